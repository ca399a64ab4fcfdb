"""How a list of songs is told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import typer

from core.cli.destination import Destination
from core.cli.named_songs import path_of
from core.cli.shell import ACT
from core.cli.terminal import Terminal
from core.engine import Engine
from core.jobs.events import Control, Finished
from core.recommend.suggestion import Listed, SongList, Suggestion

TO_FIND_OUT = "To find out what you think of it."


class Entry(Listed, Protocol):
    """A line of a table of songs."""

    @property
    def why(self) -> str: ...

    @property
    def is_exploration(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Measure:
    """What the score of a list means, as a column; ``of`` is given the place of a song in the list, and the song."""

    name: str
    of: Callable[[int, Suggestion], str]


LIKENESS = Measure("likeness", lambda _, each: f"{each.score:4.0%}")
STEP = Measure("step", lambda place, each: f"{1 - each.score:.2f}" if place else "")


def learn_if_possible(terminal: Terminal, engine: Engine, *, control: Control) -> None:
    """Bring the predictions up to date; that there are too few ratings is only told, for lists are made without."""
    if engine.active_version is not None:  # without one, the list that is asked for says what to do
        terminal.follow(engine.learn_if_possible(control=control), what="Learning", kind=Finished)


def tell_list(
    terminal: Terminal,
    engine: Engine,
    found: SongList,
    destination: Destination,
    *,
    written: bool = True,
    measure: Measure | None = None,
    remark: str = "",
) -> None:
    """Show a list; ``written`` writes it as a playlist even where neither a file nor the player asks for one.

    People are told the score only as a ``measure``; ``remark`` is a sentence about the whole list. The command ends
    with ACT where the list is empty.
    """
    playlist = destination.write(engine, found) if written or destination.is_asked_for else None
    if terminal.as_json:
        terminal.json(list_facts(found, playlist))
    else:
        _show(terminal, found, playlist, measure=measure)
        if remark and found.suggestions:
            terminal.say(remark)
    _require_any(found)


def tell_lists(terminal: Terminal, engine: Engine, lists: Sequence[SongList], destination: Destination) -> None:
    """The same for several lists, each written under its own title."""
    playlists = [destination.write(engine, each) for each in lists]
    if terminal.as_json:
        facts = [list_facts(each, playlist) for each, playlist in zip(lists, playlists, strict=True)]
        songs = [song_facts(each) for found in lists for each in found.suggestions]
        terminal.json({"mixes": facts, "songs": songs})
    else:
        for each, playlist in zip(lists, playlists, strict=True):
            _show(terminal, each, playlist)
    _require_any(*lists)


def list_facts(found: SongList, playlist: Path | None) -> dict[str, object]:
    """What a program is told of a list."""
    return {
        "title": found.title,
        "output": str(playlist) if playlist else None,
        "songs": [song_facts(each) for each in found.suggestions],
        "notice": found.notice,
        "figures": dict(found.figures),
    }


def song_facts(each: Suggestion) -> dict[str, object]:
    """What a program is told of a song in a list; ``predicted`` is null for “not yet”."""
    song, prediction = each.song, each.prediction
    return {
        "path": path_of(song),
        "title": song.title,
        "artist": song.artist,
        "album": song.album,
        "predicted": each.predicted_rating,
        "low": prediction.low if prediction else None,
        "high": prediction.high if prediction else None,
        "stars": song.rating * 5 if song.is_rated else None,
        "score": each.score,
        "why": each.why,
        "exploration": each.is_exploration,
    }


def show_songs(
    terminal: Terminal, title: str, entries: Sequence[Entry], *, column: tuple[str, Sequence[str]] | None = None
) -> None:
    """A table of songs; a reason that is that of all stands once below it. ``column`` has a name and its cells."""
    whys = [each.why or (TO_FIND_OUT if each.is_exploration else "") for each in entries]
    columns = [
        ("title", [each.song.title for each in entries]),
        ("artist", [each.song.artist for each in entries]),
        ("stars", [stars_of(each) for each in entries]),
        *([column] if column else []),
    ]
    is_one_for_all = len(entries) > 1 and len(set(whys)) == 1
    if not is_one_for_all and any(whys):
        columns.append(("why", whys))
    names, cells = zip(*columns, strict=True)
    terminal.table(title, names, zip(*cells, strict=True))
    if is_one_for_all and whys[0]:
        terminal.say(f"Why: {whys[0]}")


def tell_playlist(terminal: Terminal, playlist: Path, *, songs: int) -> None:
    """Say where a playlist is."""
    terminal.say(f"{songs} songs are in {playlist}." if songs != 1 else f"1 song is in {playlist}.")


def stars_of(each: Listed) -> str:
    """The owner's stars, or the predicted ones with a tilde, or “not yet”."""
    if each.song.is_rated:
        return f"{each.song.rating * 5:g}"
    return "not yet" if each.predicted_rating is None else f"~{each.predicted_rating * 5:.1f}"


def _show(terminal: Terminal, found: SongList, playlist: Path | None, *, measure: Measure | None = None) -> None:
    if found.suggestions:
        cells = [measure.of(place, each) for place, each in enumerate(found.suggestions)] if measure else []
        column = (measure.name, cells) if measure and any(cells) else None
        show_songs(terminal, found.title, found.suggestions, column=column)
    if playlist is not None:
        tell_playlist(terminal, playlist, songs=len(found.suggestions))
    if found.notice:
        terminal.warn(found.notice)


def _require_any(*lists: SongList) -> None:
    if not any(each.suggestions for each in lists):
        raise typer.Exit(ACT)
