"""The owner's own playlists in the player's database: what they put together by hand."""

import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from core.file_url import is_local
from core.library.read_only import PATIENCE, read_database
from core.library.songs_table import BEGINNING, TEXT, Row, column_names
from core.song import UNRATED, Song, SongId


@dataclass(frozen=True, slots=True)
class PlayerPlaylist:
    """One tab or favorite of the player; its songs in their order, each once."""

    name: str
    song_ids: tuple[SongId, ...]
    """Those that are local files, whether the library has them or not."""
    is_favorite: bool = False
    """The owner starred the playlist, so that closing its tab does not delete it."""
    is_automatic: bool = False
    """Filled by the player: a smart playlist that renews itself, or one of a service."""


@dataclass(frozen=True)
class ItemsTable:
    """How one player's items name a song of the library: ``link`` is its rowid, for items of the ``kind``.

    Items of other kinds use the same column for rows of other tables (Clementine's Magnatune and Jamendo).
    """

    link: str
    kind: str
    location: str


# Both observed on databases that the players wrote: Clementine 1.4 (schema 51), Strawberry 1.0.14 (schema 15).
TABLES = (ItemsTable("library_id", "Library", "filename"), ItemsTable("collection_id", "2", "url"))
MARKS = ("is_favorite", "dynamic_playlist_type", "special_type")
"""Columns that came one after the other; without them a playlist is neither starred nor filled."""

AUTOMATIC = "ifnull(CAST({dynamic_playlist_type} AS TEXT), '') NOT IN ('', '0') OR ifnull({special_type}, '') <> ''"
# The type is a name in Clementine, NULL for none; a number in Strawberry, 0 for none.


def read_playlists(path: Path, *, without: Collection[str] = (), patience: float = PATIENCE) -> list[PlayerPlaylist]:
    """The playlists of Clementine or Strawberry that hold a song; none where the database has no such tables.

    ``without`` are names, in any case, of playlists that are not the owner's work: a file that Marmalade wrote is
    opened as a tab of its name. Raises UserError for a database that cannot be read. An item of the library is
    followed to the row that it names, as the player does; it is left out where that row is gone.
    """
    lists, items = read_database(path, _fetch, patience=patience).value
    songs = {playlist: _song_ids(rows) for playlist, rows in groupby(items, key=lambda row: row[0])}
    left_out = {name.casefold() for name in without}
    return [
        PlayerPlaylist(name, songs[rowid], bool(favorite), bool(automatic))
        for rowid, name, favorite, automatic in lists
        if songs.get(rowid) and name.casefold() not in left_out
    ]


def _fetch(connection: sqlite3.Connection) -> tuple[list[Row], list[Row]]:
    of_lists, of_items, of_songs = (column_names(connection, each) for each in ("playlists", "playlist_items", "songs"))
    table = next((each for each in TABLES if each.link in of_items and each.location in of_songs), None)
    if table is None or "name" not in of_lists:
        return [], []
    lists = connection.execute(_lists_statement(of_lists)).fetchall()
    return lists, connection.execute(_items_statement(table, of_items, of_songs)).fetchall()


def _lists_statement(columns: set[str]) -> str:
    present = {name: name if name in columns else "NULL" for name in MARKS}
    automatic = AUTOMATIC.format(**present)
    marks = f"ifnull({present['is_favorite']}, 0), {automatic}"
    return f"SELECT rowid, {TEXT.format('name')}, {marks} FROM playlists ORDER BY rowid"  # noqa: S608 - nothing from outside


def _items_statement(table: ItemsTable, columns: set[str], of_songs: set[str]) -> str:
    """Playlist, URL, seconds where a section begins, and whether it is one; the song's own row before the item's."""
    own = [f"item.{name}" for name in (table.location, "url") if name in columns]
    locations = ", ".join(
        f"nullif({TEXT.format(each)}, '')" for each in (f"song.{table.location}", *dict.fromkeys(own))
    )
    begins, sheets = (
        f"CASE WHEN song.rowid IS NULL THEN {'item.' + name if name in columns else 'NULL'} ELSE "
        f"{'song.' + name if name in of_songs else 'NULL'} END"
        for name in ("beginning", "cue_path")
    )
    selected = f"item.playlist, coalesce({locations}, ''), {BEGINNING.format(begins)}, ifnull({sheets}, '') <> ''"
    joined = f"song.rowid = item.{table.link} AND CAST(item.type AS TEXT) = '{table.kind}'"
    return (
        f"SELECT {selected} FROM playlist_items AS item LEFT JOIN songs AS song ON {joined} "  # noqa: S608 - the same
        "ORDER BY item.playlist, item.rowid"
    )


def _song_ids(rows: Iterable[Row]) -> tuple[SongId, ...]:
    # A Song knows how its key is made; nothing else of it is known here.
    songs = (
        Song(-1, "", "", "", -1, UNRATED, url, beginning=beginning, is_cue_track=bool(is_section))
        for _, url, beginning, is_section in rows
        if is_local(url)
    )
    return tuple(dict.fromkeys(song.song_id for song in songs))
