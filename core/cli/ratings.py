"""The command that lists and exports all ratings, given here and in the player, and where the two differ."""

from collections.abc import Sequence
from typing import Annotated

import typer

from core.analysis.rating_statements import Source
from core.cli.named_songs import NamedSongs, file_name_of_id, path_of, path_of_id
from core.cli.shell import AsCsv, Shell, command
from core.cli.spreadsheet import Cell
from core.cli.stars import day, in_words, iso, stars_of
from core.cli.terminal import Terminal
from core.engine import Engine
from core.parts.ratings import KnownRating, Telling
from core.store.own_ratings import Statement

Conflicts = Annotated[bool, typer.Option("--conflicts", help="Only songs with other stars here than in the player.")]
HistoryOf = Annotated[
    str | None, typer.Option("--history", metavar="SONG", help="All that you ever said of this song, here and there.")
]

WHERE = {Source.PLAYER: "player", Source.MARMALADE: "here", Source.REMEMBERED: "player, which lost it"}


@command("ratings")
def ratings(shell: Shell, conflicts: Conflicts = False, history: HistoryOf = None, csv: AsCsv = False) -> None:
    """List the stars of your songs with where and when you gave them; --csv and --json export them.

    Of your stars here and in the player those that you gave last count.
    """
    shell.require_one_format(csv=csv)
    if history is not None and conflicts:
        raise typer.BadParameter("--history is about one song, --conflicts about all: choose one of them.")
    with shell.engine() as engine:
        if history is not None:
            _tell_history(shell.terminal, engine, history, csv=csv)
        else:
            known = engine.ratings.known(engine.library().songs)
            _tell(shell.terminal, [each for each in known if each.is_conflict or not conflicts], csv, only=conflicts)


def _tell(terminal: Terminal, known: Sequence[KnownRating], csv: bool, *, only: bool) -> None:
    facts = [_facts(each) for each in known]
    if terminal.as_json:
        terminal.json({"conflicts" if only else "ratings": facts})
    elif csv:
        terminal.csv(list(COLUMNS), [tuple(each[name] for name in COLUMNS) for each in facts])
    elif known:
        title = "Stars that differ" if only else "Your ratings"
        terminal.table(title, ["song", "stars", "given", "when", "player", "here"], [_row(each) for each in known])
        _tell_conflicts(terminal, sum(each.is_conflict for each in known))
    else:
        terminal.say("No song has other stars here than in the player." if only else "No song has stars yet.")


def _tell_conflicts(terminal: Terminal, number: int) -> None:
    if number:
        songs = "1 song has" if number == 1 else f"{number} songs have"
        terminal.say(f"{songs} other stars here than in the player: those that you gave last count.")


def _tell_history(terminal: Terminal, engine: Engine, name: str, *, csv: bool) -> None:
    songs = engine.library().songs
    (song_id,) = NamedSongs(songs, also=engine.ratings.spoken_of()).find([name])
    told = engine.ratings.history(song_id)
    rows = [(each.source.value, stars_of(each.statement.rating), iso(each.statement.at)) for each in told]
    if terminal.as_json:
        entries = [dict(zip(("source", "stars", "at"), row, strict=True)) for row in rows]
        terminal.json({"path": path_of_id(song_id), "song": song_id, "history": entries})
    elif csv:
        terminal.csv(["source", "stars", "at"], rows)
    else:
        called = next((song.name for song in songs if song.song_id == song_id), file_name_of_id(song_id))
        _tell_story(terminal, told, called)


def _tell_story(terminal: Terminal, told: Sequence[Telling], called: str) -> None:
    if told:
        terminal.table(f"What you said of {called}", ["when", "where", "stars"], map(_telling, told))
    else:
        terminal.say(f"You have never given stars to {called}.")


def _telling(each: Telling) -> tuple[str, str, str]:
    return day(each.statement.at), WHERE[each.source], in_words(each.statement.rating)


def _row(each: KnownRating) -> tuple[str, ...]:
    counting, own = each.counting, _own(each)
    return (
        each.song.name if each.song is not None else file_name_of_id(each.song_id),
        f"{stars_of(counting.rating):g}" if counting else "",
        WHERE[counting.source] if counting else "",
        day(counting.at) if counting else "",
        f"{stars_of(each.player.rating):g}" if each.player else "",
        f"{stars_of(own.rating):g}" if own else "",
    )


def _own(each: KnownRating) -> Statement | None:
    """The stars given here; what was taken back gives none, and the history tells of it."""
    return each.own if each.own is not None and each.own.rating > 0 else None


COLUMNS = (
    "path", "title", "artist", "album", "stars", "source", "at", "player_stars", "player_at", "own_stars", "own_at",
    "conflict", "song",
)  # fmt: skip
"""Of the export; times are ISO 8601 in UTC and empty for what was there before the first look."""


def _facts(each: KnownRating) -> dict[str, Cell]:
    song, counting, player, own = each.song, each.counting, each.player, _own(each)
    return {
        "path": path_of(song) if song is not None else path_of_id(each.song_id),
        "title": song.title if song is not None else "",
        "artist": song.artist if song is not None else "",
        "album": song.album if song is not None else "",
        "stars": stars_of(counting.rating) if counting else None,
        "source": counting.source.value if counting else None,
        "at": iso(counting.at) if counting else None,
        "player_stars": stars_of(player.rating) if player else None,
        "player_at": iso(player.at) if player else None,
        "own_stars": stars_of(own.rating) if own else None,
        "own_at": iso(own.at) if own else None,
        "conflict": each.is_conflict,
        "song": each.song_id,
    }
