"""Commands that make lists of songs: similar ones, a path, mixes, surprises."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from core.cli.destination import Destination, with_destination
from core.cli.filter_options import filtered
from core.cli.named_songs import NamedSongs
from core.cli.shell import Shell, command
from core.cli.song_lists import LIKENESS, STEP, learn_if_possible, tell_list, tell_lists
from core.cli.terminal import stopped_by_interrupt
from core.engine import Engine
from core.recommend.filters import Filters
from core.recommend.suggestion import SongList
from core.song import SongId

VARIETY, MIXES = 0.5, 6

SongPath = Annotated[str, typer.Argument(metavar="SONG", help="A song of your library, by its path.")]


@command("similar")
@filtered
@with_destination
def similar(
    shell: Shell,
    songs: Annotated[list[str], typer.Argument(metavar="SONG…", help="More like these songs of your library.")],
    filters: Filters,
    destination: Destination,
    less_like: Annotated[list[str], typer.Option(help="Less like this song; may be given several times.")] = [],  # noqa: B006 - Typer's way to say none
    less_like_disliked: Annotated[
        bool, typer.Option("--less-like-disliked", help="Less like all that you gave two stars or fewer.")
    ] = False,
    other_artists: Annotated[bool, typer.Option("--other-artists", help="None by the artists of SONG.")] = False,
    top_n: Annotated[int, typer.Option(min=1, help="How many songs.")] = 20,
) -> None:
    """Find the songs that sound most like others."""
    with shell.engine() as engine:
        plus, minus = _named(engine, songs), _named(engine, less_like)
        found = engine.discoveries.similar(
            plus,
            minus=minus,
            unlike_disliked=less_like_disliked,
            other_artists=other_artists,
            filters=filters,
            wanted=top_n,
        )
        tell_list(shell.terminal, engine, found, destination, written=False, measure=LIKENESS)


@command("path")
@filtered
@with_destination
def path(
    shell: Shell,
    start: SongPath,
    end: SongPath,
    filters: Filters,
    destination: Destination,
    top_n: Annotated[int, typer.Option(min=2, help="How many songs, both ends among them.")] = 12,
    weight: Annotated[float, typer.Option(min=0, max=1, help="How much it counts that songs are liked.")] = 0.0,
) -> None:
    """Make a playlist that changes gradually from one song to another."""
    with shell.engine() as engine:
        first, last = (_named(engine, [each])[0] for each in (start, end))
        found = engine.discoveries.path(first, last, wanted=top_n, weight=weight, filters=filters)
        tell_list(shell.terminal, engine, found, destination, written=False, measure=STEP, remark=_steps(found))


@command("mix")
@filtered
@with_destination
def mix(
    shell: Shell,
    filters: Filters,
    destination: Destination,
    top_n: Annotated[int, typer.Option(min=1, help="How many songs, in each mix.")] = 50,
    variety: Annotated[
        float | None, typer.Option(min=0, max=1, help="0 only the best, 1 as varied as can be.", show_default="0.5")
    ] = None,
    explore: Annotated[float, typer.Option(min=0, max=1, help="The share of songs to find out about.")] = 0.1,
    daily: Annotated[bool, typer.Option("--daily", help="A mix for each kind of songs that you like.")] = False,
    mixes: Annotated[int | None, typer.Option(min=1, help="At most so many daily mixes.", show_default="6")] = None,
) -> None:
    """Write a playlist of songs that are good and varied."""
    _require_of_one_kind(daily=daily, variety=variety, mixes=mixes, output=destination.output)
    with shell.engine() as engine:
        _learn(shell, engine)
        discoveries = engine.discoveries
        if daily:
            found: Sequence[SongList] = discoveries.daily_mixes(
                mixes=mixes or MIXES, wanted=top_n, explored=explore, filters=filters
            )
            tell_lists(shell.terminal, engine, found, destination)
        else:
            varied = VARIETY if variety is None else variety
            found = [discoveries.mix(wanted=top_n, variety=varied, explored=explore, filters=filters)]
            tell_list(shell.terminal, engine, found[0], destination)


@command("surprise")
@filtered
@with_destination
def surprise(
    shell: Shell,
    filters: Filters,
    destination: Destination,
    top_n: Annotated[int, typer.Option(min=1, help="How many songs.")] = 20,
) -> None:
    """Write a playlist of songs that you would probably like, unlike anything that you have rated or played."""
    with shell.engine() as engine:
        _learn(shell, engine)
        found = engine.discoveries.surprise(wanted=top_n, filters=filters)
        tell_list(shell.terminal, engine, found, destination)


@command("rate-next")
@filtered
@with_destination
def rate_next(
    shell: Shell,
    filters: Filters,
    destination: Destination,
    top_n: Annotated[
        int | None, typer.Option(min=1, help="How many songs.", show_default="10, before your first stars 20")
    ] = None,
) -> None:
    """Ask for the stars that would teach the most, as a list and as a playlist for the player."""
    with shell.engine() as engine:
        found = engine.questions.next(wanted=top_n, filters=filters)
        tell_list(shell.terminal, engine, found, destination)


def _require_of_one_kind(*, daily: bool, variety: float | None, mixes: int | None, output: Path | None) -> None:
    """Refuse what would have no effect on one mix, or on daily ones."""
    if daily and output is not None:
        raise typer.BadParameter("Daily mixes are several playlists with names of their own: leave out --output.")
    if daily and variety is not None:
        raise typer.BadParameter("Each of the daily mixes is of one kind of songs: leave out --variety.")
    if not daily and mixes is not None:
        raise typer.BadParameter("Without --daily there is one mix: leave out --mixes.")


def _steps(found: SongList) -> str:
    """How smooth a path is, against the usual way of making one."""
    largest, straight = (found.figures[name] for name in ("largest_step", "straight_largest_step"))
    return f"The largest step is {largest:.2f} (a straight walk has {straight:.2f})." if straight else ""


def _named(engine: Engine, songs: Sequence[str]) -> list[SongId]:
    return NamedSongs(engine.library().songs).find(songs) if songs else []


def _learn(shell: Shell, engine: Engine) -> None:
    with stopped_by_interrupt() as control:
        learn_if_possible(shell.terminal, engine, control=control)
