"""The table of songs that Clementine and its fork Strawberry share, turned into Songs."""

import os
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, make_dataclass, replace
from pathlib import Path
from typing import Any, Final

from core.file_url import is_local, name_from_url, path_text
from core.song import Song, SongId

Row = tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class PlayerSchema:
    """What one player's tables are like; ``oldest`` and ``newest`` are the schema versions that were read."""

    player: str
    location: str
    """The column with the URL of the file."""
    oldest: int
    newest: int
    own_columns: frozenset[str] = frozenset()
    """Further columns that tell this player's table from the other's."""
    condition: str = "1"
    """Which rows are songs of the library."""


@dataclass(frozen=True, kw_only=True)
class Library:
    """One snapshot of a player's library; songs whose file is gone are in it, marked unavailable."""

    database: Path
    player: str
    schema_version: int
    songs: list[Song]
    directories: list[Path]
    """The music folders, where ``music.path_map`` says that they lie."""
    notices: tuple[str, ...] = ()
    repeated: tuple[Song, ...] = ()
    """Rows that stand for a file that is among the songs already."""


@dataclass(frozen=True)
class RawLibrary:
    """The rows as they were fetched, before anything is made of them."""

    schema: PlayerSchema
    schema_version: int
    songs: list[Row]
    directories: list[str]


TEXT = "ifnull(CAST({0} AS TEXT), '')"
INTEGER = "ifnull(CAST({0} AS INTEGER), {1})"
COUNT = "max(ifnull(CAST({0} AS INTEGER), 0), 0)"
# Stars are tenths that went through a 32-bit float (0.699999988079071); 0 is a click left of the stars, not a verdict.
RATING = "CASE WHEN round({0} * 10) > 0 THEN min(round({0} * 10), 10.0) / 10.0 ELSE -1.0 END"
DURATION = "CASE WHEN {0} > 0 THEN {0} / 1e9 ELSE -1.0 END"
BEGINNING = "CASE WHEN {0} > 0 THEN {0} / 1e9 ELSE 0.0 END"

EXPRESSIONS: Final = (
    ("title", TEXT, ""),
    ("artist", TEXT, ""),
    ("album", TEXT, ""),
    ("year", INTEGER, "-1"),
    ("rating", RATING, "-1"),
    ("location", TEXT, ""),
    ("albumartist", TEXT, ""),
    ("genre", TEXT, ""),
    ("track", INTEGER, "-1"),
    ("length", DURATION, "-1"),
    ("beginning", BEGINNING, "0"),
    ("mtime", INTEGER, "-1"),
    ("filesize", COUNT, "0"),
    ("playcount", COUNT, "0"),
    ("skipcount", COUNT, "0"),
    ("score", "ifnull(CAST({0} AS REAL), -1.0)", "-1"),
    ("lastplayed", "CASE WHEN {0} > 0 THEN CAST({0} AS INTEGER) ELSE -1 END", "-1"),
    ("ctime", INTEGER, "-1"),
    ("unavailable", "ifnull(CAST({0} AS INTEGER), 0) <> 0", "0"),
    ("cue_path", "ifnull({0}, '') <> ''", "''"),
)
"""Column, what is selected of it, and the default: in the order of Song's fields, after rowid.

SQLite does the conversion inside the read, for nothing that could be measured: 0.30 s for 100,000 rows with or without.
BLOB and TEXT file names become text, and a column that an old schema lacks becomes its default.
"""


LOCATION = 6
FLAGS = 19
"""Where the two that are true or false begin in a row."""
TRUTH: Final[dict[Row, Row]] = {(first, second): (first == 1, second == 1) for first in (0, 1) for second in (0, 1)}
"""SQLite has 0 and 1 for them."""

SongDraft: Final[Any] = make_dataclass(
    "SongDraft", [(each.name, each.type, field(default=each.default)) for each in fields(Song)], slots=True
)
"""A Song that can still be written to; with the same slots, it can turn into one."""


def column_names(connection: sqlite3.Connection, table: str) -> set[str]:
    return {row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))}


def select_statement(schema: PlayerSchema, columns: Iterable[str]) -> str:
    """The SELECT that gives Song's fields from the columns that this database has."""
    present = set(columns)
    selected = ["rowid"]
    for name, expression, default in EXPRESSIONS:
        column = schema.location if name == "location" else name
        selected.append(expression.format(column if column in present else "NULL", default))
    return f"SELECT {', '.join(selected)} FROM songs WHERE {schema.condition}"  # noqa: S608 - nothing from outside


def songs_from_rows(rows: Iterable[Row], *, path_map: Mapping[str, str]) -> list[Song]:
    """Songs from rows of ``select_statement``.

    Each is filled as a draft and then becomes a Song. Filling frozen values took half of the time of a whole library:
    100,000 Songs made by position cost 0.33 s of processor time, drafts 0.18 s.
    """
    if path_map:
        folders = longest_first(path_map)
        songs = [SongDraft(*row[:FLAGS], *TRUTH[row[FLAGS:]], *_mapping(row[LOCATION], folders)) for row in rows]
    else:
        songs = [SongDraft(*row[:FLAGS], *TRUTH[row[FLAGS:]]) for row in rows]
    known = dict[str, str]().setdefault
    for song in songs:
        # SQLite gives each row texts of its own; the songs of an album have theirs in common.
        song.artist, song.albumartist = known(song.artist, song.artist), known(song.albumartist, song.albumartist)
        song.album, song.genre = known(song.album, song.album), known(song.genre, song.genre)
        song.__class__ = Song
    return [song if song.title.strip() else replace(song, title=name_from_url(song.filename)) for song in songs]


def without_repeated(songs: list[Song]) -> list[Song]:
    """One row for each song: overlapping music folders list a file twice, and an old row can outlive its file.

    The available row stands before the unavailable one, then the one with stars.
    """
    if len({song.song_id for song in songs}) == len(songs):
        return songs
    kept: dict[SongId, Song] = {}
    for song in songs:
        other = kept.get(song.song_id)
        if other is None or (not song.unavailable, song.rating) > (not other.unavailable, other.rating):
            kept[song.song_id] = song
    return list(kept.values())


def left_out(rows: list[Song], songs: list[Song]) -> tuple[Song, ...]:
    """The rows that ``without_repeated`` did not keep."""
    if len(rows) == len(songs):
        return ()
    kept = {id(song) for song in songs}
    return tuple(row for row in rows if id(row) not in kept)


def longest_first(path_map: Mapping[str, str]) -> list[tuple[str, str]]:
    """The folders of a path map without their last slash, so that the deepest one is found first."""
    pairs = [(old.rstrip("/"), os.path.expanduser(new).rstrip("/")) for old, new in path_map.items()]  # noqa: PTH111
    return sorted(pairs, key=lambda pair: len(pair[0]), reverse=True)


def mapped_path(path: str, folders: Iterable[tuple[str, str]]) -> str:
    """Where a path of the player lies here; empty where no folder of ``longest_first`` holds it."""
    for old, new in folders:
        if path.startswith(old) and (len(path) == len(old) or path[len(old)] == "/"):
            return new + path[len(old) :]
    return ""


def _mapping(url: str, folders: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The last field of a Song, as the rest of its arguments."""
    return (mapped_path(path_text(url), folders) if is_local(url) else "",)
