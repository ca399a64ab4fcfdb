"""The command that lists the songs which are, or may be, spoken."""

from collections.abc import Sequence

from core.analysis.speech_class import SpeechClass
from core.cli.named_songs import name_of, path_of
from core.cli.shell import AsCsv, Shell, command
from core.cli.terminal import Terminal
from core.engine import Engine
from core.parts.speech import SpokenSong

COLUMNS = ("class", "ratio", "said_by_owner", "path", "title", "artist", "song")


@command("speech")
def speech(shell: Shell, csv: AsCsv = False) -> None:
    """List the spoken songs, which stay out of playlists, and the doubtful ones, which wait for your word."""
    shell.require_one_format(csv=csv)
    terminal = shell.terminal
    with shell.engine() as engine:
        found = sorted(engine.speech.listed(engine.library().songs), key=lambda each: -each.ratio)
        spoken = [each for each in found if each.speech_class is SpeechClass.SPOKEN]
        doubtful = [each for each in found if each.speech_class is SpeechClass.DOUBTFUL]
        if terminal.as_json:
            terminal.json({"spoken": list(map(_facts, spoken)), "doubtful": list(map(_facts, doubtful))})
        elif csv:
            terminal.csv(COLUMNS, map(_row, [*spoken, *doubtful]))
        else:
            _tell(terminal, engine, spoken=spoken, doubtful=doubtful)


def _facts(each: SpokenSong) -> dict[str, object]:
    facts = {"path": path_of(each.song), "ratio": each.ratio, "said_by_owner": each.by_owner}
    return {**facts, "song": each.song.song_id}


def _row(each: SpokenSong) -> tuple[str | float | bool, ...]:
    song = each.song
    known = (each.speech_class.value, each.ratio, each.by_owner, path_of(song))
    return (*known, song.title, song.artist, song.song_id)


def _tell(terminal: Terminal, engine: Engine, *, spoken: Sequence[SpokenSong], doubtful: Sequence[SpokenSong]) -> None:
    if not engine.speech.is_enabled:
        terminal.say("Speech is not looked for (music.speech_detection.enabled): only your own word counts.")
    elif engine.active_version is None:
        terminal.say("No song has been listened to yet: run “marmalade scan” first.")
    if not spoken and not doubtful:
        terminal.say("No song is taken for speech.")
        return
    terminal.say(f"Spoken songs, out of training and playlists: {len(spoken):,}")
    terminal.say("".join(map(_line, spoken)))
    if doubtful:
        terminal.say(f"Doubtful songs, which stay in until you say what they are: {len(doubtful):,}")
        terminal.say("".join(map(_line, doubtful)))
    terminal.say(
        "The number is the share of speech. “marmalade verdict music PATH” or “… spoken PATH” decides for ever."
    )


def _line(each: SpokenSong) -> str:
    said = "   (you said so)" if each.by_owner else ""
    return f"  {each.ratio:4.0%}  {name_of(each.song)}{said}\n"
