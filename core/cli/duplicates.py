"""The command that lists the songs which are there several times, and those that may be."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.analysis.fingerprint import NO_LIBRARY, is_available
from core.cli.named_songs import name_of, path_of
from core.cli.shell import AsCsv, Shell, command
from core.cli.spreadsheet import Cell
from core.cli.terminal import Terminal
from core.curation import Copies
from core.engine import Engine
from core.parts.duplicates import PossibleDuplicate
from core.song import Song

COLUMNS = ("group", "role", "path", "score", "kind", "why", "rating", "conflict", "title", "artist", "song")
STARS = 5


@dataclass(frozen=True)
class Found:
    """What the library has several times."""

    groups: list[Copies]
    possible: list[PossibleDuplicate]
    repeated: tuple[Song, ...]
    """Rows of the player for a file that has another row: each file counts once."""


@command("duplicates")
def duplicates(shell: Shell, csv: AsCsv = False) -> None:
    """List the songs that are there several times, and those that may be."""
    shell.require_one_format(csv=csv)
    terminal = shell.terminal
    with shell.engine() as engine:
        found = look(engine)
        if terminal.as_json:
            terminal.json(_object(found))
        elif csv:
            terminal.csv(COLUMNS, _rows(found))
        else:
            _tell_state(terminal, engine)
            _tell(terminal, found)


def look(engine: Engine) -> Found:
    library = engine.library()
    groups = engine.curation(library).duplicates
    repeated = tuple(song for song in library.repeated if not song.unavailable)
    return Found(groups, engine.duplicates.possible(library.songs), repeated)


# ------------------------------------------------------------------------------------------------------ for programs


def _object(found: Found) -> dict[str, object]:
    return {
        "groups": [_group_facts(each) for each in found.groups],
        "possible": [_possible_facts(each) for each in found.possible],
        "listed_twice": [path_of(song) for song in found.repeated],
    }


def _group_facts(group: Copies) -> dict[str, object]:
    return {
        "id": group.id,
        "keep": path_of(group.keep),
        "copies": [path_of(song) for song in group.others],
        "score": group.score,
        "kind": group.likeness.value,
        "gone": [path_of(song) for song in group.gone],
        "rating": _rating(group.rating.rating),
        "conflict": group.rating.is_conflict,
        "albums": list(dict.fromkeys(album for _, album in group.albums)),
        "songs": [song.song_id for song in (group.keep, *group.others, *group.gone)],
    }


def _possible_facts(pair: PossibleDuplicate) -> dict[str, object]:
    songs = [pair.first.song_id, pair.second.song_id]
    facts = {"first": path_of(pair.first), "second": path_of(pair.second), "score": pair.score}
    return {**facts, "why": why(pair), "songs": songs}


def _rows(found: Found) -> Iterator[tuple[Cell, ...]]:
    for group in found.groups:
        known = (group.score, group.likeness.value, "")
        for role, song in _members(group):
            yield (group.id, role, path_of(song), *known, *_about(song, conflict=group.rating.is_conflict))
    for number, pair in enumerate(found.possible, start=1):
        for song in (pair.first, pair.second):
            about = _about(song, conflict=False)
            yield (f"possible {number}", "possible", path_of(song), pair.score, "possible", why(pair), *about)
    for song in found.repeated:
        yield ("", "listed twice", path_of(song), None, "identical", "", *_about(song, conflict=False))


def _about(song: Song, *, conflict: bool) -> tuple[Cell, ...]:
    return (_rating(song.rating), conflict, song.title, song.artist, song.song_id)


def _members(group: Copies) -> list[tuple[str, Song]]:
    others = [("copy", song) for song in group.others]
    return [("keep", group.keep), *others, *(("gone", song) for song in group.gone)]


def _rating(rating: float) -> float | None:
    return rating if rating > 0 else None


# -------------------------------------------------------------------------------------------------------- for people


def _tell_state(terminal: Terminal, engine: Engine) -> None:
    """Why there may be less to see than there is."""
    if not engine.duplicates.is_enabled:
        terminal.say("Duplicates are not looked for: music.deduplicate is off in the configuration.")
    elif not is_available():
        terminal.warn(NO_LIBRARY)
    elif engine.active_version is None:
        terminal.say("No song has been listened to yet: run “marmalade scan” first.")


def _tell(terminal: Terminal, found: Found) -> None:
    if found.groups:
        copies = sum(len(group.others) for group in found.groups)
        terminal.say(f"Songs that are there several times: {len(found.groups):,}; copies left out: {copies:,}\n")
        terminal.say("\n".join(map(_group_block, found.groups)))
        terminal.say("“marmalade verdict keep PATH” keeps another copy.")
        terminal.say("“marmalade verdict not-a-duplicate PATH PATH” says that they are different songs.")
    else:
        terminal.say("No song is there twice.")
    if found.possible:
        terminal.say(f"\nPossible duplicates, which all stay in: {len(found.possible):,}\n")
        terminal.say("\n".join(map(_possible_block, found.possible)))
        terminal.say("“marmalade verdict not-a-duplicate PATH PATH” takes a pair off this list.")
    if found.repeated:
        terminal.say(f"\nFiles that the player lists twice, which count once: {len(found.repeated):,}\n")
        terminal.say("".join(f"  {name_of(song)}\n" for song in found.repeated))


def _group_block(group: Copies) -> str:
    likeness = f"{group.likeness.value}, {group.score:.2f}"
    conflict = f"; different stars, {stars(group.rating.rating)} counts" if group.rating.is_conflict else ""
    lines = [f"{group.keep.name}  ({likeness}{conflict})"]
    lines += [f"  {role:4}  {stars(song.rating):{STARS}}  {name_of(song)}" for role, song in _members(group)]
    return "\n".join(lines) + "\n"


def _possible_block(pair: PossibleDuplicate) -> str:
    songs = "".join(f"  {stars(song.rating):{STARS}}  {name_of(song)}\n" for song in (pair.first, pair.second))
    return f"{pair.first.name}  ({why(pair)}, {pair.score:.2f})\n{songs}"


def stars(rating: float) -> str:
    """Up to five stars, a half one as ½; nothing for unrated."""
    whole, half = divmod(round(max(rating, 0) * 2 * STARS), 2)
    return "★" * whole + "½" * half


def why(pair: PossibleDuplicate) -> str:
    """What is in doubt; copies that did not fit into their group have no doubt of their own."""
    return pair.doubt or "a copy of some in the group, not of all"
