"""What the owner has said about songs, and the command that lists it."""

import shlex
from dataclasses import dataclass
from itertools import chain
from typing import Final

from core.cli.named_songs import name_of, name_of_id
from core.cli.shell import AsCsv, Shell, command
from core.engine import Engine
from core.song import Song, SongId

NOT_A_DUPLICATE: Final = "not-a-duplicate"
KEEP: Final = "keep"

MEANINGS = {
    NOT_A_DUPLICATE: "are different songs",
    KEEP: "is the copy to keep",
    "music": "is music",
    "spoken": "is spoken",
}
"""What a verdict says of its songs."""


@dataclass(frozen=True)
class Said:
    """One verdict of the owner; two songs for one that parts them, else one."""

    verdict: str
    songs: tuple[SongId, ...]

    def sentence(self, names: dict[SongId, str]) -> str:
        """The verdict in words; ``names`` as ``names_of`` gives them."""
        return f"{' and '.join(names[each] for each in self.songs)} {MEANINGS[self.verdict]}"

    def undoing(self, names: dict[SongId, str]) -> str:
        """The command that takes it back."""
        return shlex.join(["marmalade", "verdict", "take-back", *(names[each] for each in self.songs)])


@command("verdicts")
def verdicts(shell: Shell, csv: AsCsv = False) -> None:
    """List all that you have said about songs, each with the way to take it back."""
    shell.require_one_format(csv=csv)
    terminal = shell.terminal
    with shell.engine() as engine:
        found = everything_said(engine)
        names = names_of(engine.library().songs if found else [], also=found)
    if terminal.as_json:
        terminal.json({"verdicts": [_facts(each, names) for each in found]})
    elif csv:
        columns = ("verdict", "name", "other_name", "song", "other_song", "take_back")
        terminal.csv(columns, [_row(each, names) for each in found])
    elif found:
        terminal.say("\n".join(f"{each.sentence(names)}\n  {each.undoing(names)}" for each in found))
    else:
        terminal.say("You have said nothing about songs yet; “marmalade verdict --help” tells what you can say.")


def everything_said(engine: Engine) -> list[Said]:
    """All verdicts, in a fixed order, each with the songs that are there; with those that are gone if no other is."""
    available = {song.song_id for song in engine.library().songs if not song.unavailable}
    known = engine.stores.companion.verdicts
    said = [Said(NOT_A_DUPLICATE, tuple(sorted(pair))) for pair in known.not_duplicates(available)]
    said += [Said(KEEP, (song_id,)) for song_id in known.kept_copies(available) | known.kept_copies()]
    said += [Said(speech_class, (song_id,)) for song_id, speech_class in known.speech().items()]
    sounds = engine.stores.companion.checksums({song_id for each in said for song_id in each.songs})
    there = {_subject(each, sounds) for each in said if set(each.songs) <= available}
    shown = [each for each in said if set(each.songs) <= available or _subject(each, sounds) not in there]
    return sorted(shown, key=lambda each: (list(MEANINGS).index(each.verdict), each.songs))


def _subject(said: Said, sounds: dict[SongId, str]) -> tuple[str, ...]:
    """Equal for verdicts on the same sounds: files that were moved have several names."""
    return (said.verdict, *sorted(sounds.get(song_id, song_id) for song_id in said.songs))


def names_of(songs: list[Song], *, also: list[Said]) -> dict[SongId, str]:
    """What to type for each song of the library, and for those that were spoken of and are gone."""
    gone = {song_id: name_of_id(song_id) for song_id in chain.from_iterable(each.songs for each in also)}
    return gone | {song.song_id: name_of(song) for song in songs}


def _facts(said: Said, names: dict[SongId, str]) -> dict[str, object]:
    named = [names[each] for each in said.songs]
    return {"verdict": said.verdict, "names": named, "songs": list(said.songs), "take_back": said.undoing(names)}


def _row(said: Said, names: dict[SongId, str]) -> tuple[str, ...]:
    first, second = said.songs[0], said.songs[1] if len(said.songs) > 1 else SongId("")
    return (said.verdict, names[first], names.get(second, ""), first, second, said.undoing(names))
