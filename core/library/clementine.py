"""A player's database -> Songs: the one place where the owner's library comes in."""

import logging
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from core.errors import Cause, UserError
from core.library.locate import choose_database
from core.library.read_only import PATIENCE, read_database
from core.library.songs_table import (
    Library,
    PlayerSchema,
    RawLibrary,
    column_names,
    left_out,
    longest_first,
    mapped_path,
    select_statement,
    songs_from_rows,
    without_repeated,
)
from core.library.strawberry import STRAWBERRY
from core.song import Song

log = logging.getLogger(__name__)

CLEMENTINE = PlayerSchema(
    player="Clementine",
    location="filename",
    oldest=31,  # before that, filename was a plain path
    newest=51,
)

SAME_PATHS: Mapping[str, str] = MappingProxyType({})


def read_library(path: Path, *, path_map: Mapping[str, str] = SAME_PATHS, patience: float = PATIENCE) -> Library:
    """The library in a database of Clementine or Strawberry, with a notice for everything unusual about it.

    ``path_map`` exchanges folders of the player for folders of this machine. The database is closed before the first
    Song is made. Raises UserError for a file that is not such a database, is too old, or stays locked for ``patience``
    seconds.
    """
    reading = read_database(path, _fetch, patience=patience)
    raw = reading.value
    if raw is None:
        raise UserError(
            f"{path} is not the database of a player: choose Clementine's clementine.db or Strawberry's strawberry.db.",
            cause=Cause.DATABASE,
            file=path,
        )
    _require_readable(path, raw)
    folders = longest_first(path_map)
    rows = songs_from_rows(raw.songs, path_map=path_map)
    songs = without_repeated(rows)
    notices = (*reading.notices, *_notices(path, raw, repeated=len(rows) - len(songs)))
    for notice in notices:
        log.warning(notice)
    return Library(
        database=path,
        player=raw.schema.player,
        schema_version=raw.schema_version,
        songs=songs,
        directories=[Path(mapped_path(folder, folders) or folder) for folder in raw.directories],
        notices=notices,
        repeated=left_out(rows, songs),
    )


def load_all_songs(db_path: Path | str | None = None) -> list[Song]:
    """The songs that are there to be heard; without a path, of the database that ``locate`` chooses."""
    database = choose_database(None if db_path is None else Path(db_path))
    return [song for song in read_library(database.path).songs if not song.unavailable]


def get_rated_songs(songs: Iterable[Song]) -> list[Song]:
    return [song for song in songs if song.is_rated]


def get_unrated_songs(songs: Iterable[Song]) -> list[Song]:
    return [song for song in songs if not song.is_rated]


def _fetch(connection: sqlite3.Connection) -> RawLibrary | None:
    """All that is needed, fetched whole; None where the tables are not those of a player."""
    columns = column_names(connection, "songs")
    schema = _schema_of(columns)
    if schema is None or not all(column_names(connection, table) for table in ("schema_version", "directories")):
        return None
    versions = connection.execute("SELECT CAST(version AS INTEGER) FROM schema_version").fetchall()
    folders = connection.execute("SELECT CAST(path AS TEXT) FROM directories WHERE path <> ''").fetchall()
    songs = connection.execute(select_statement(schema, columns)).fetchall()
    return RawLibrary(schema, max((row[0] or 0 for row in versions), default=0), songs, [row[0] for row in folders])


def _schema_of(columns: set[str]) -> PlayerSchema | None:
    for schema in (STRAWBERRY, CLEMENTINE):
        if {schema.location, "title", "artist", *schema.own_columns} <= columns:
            return schema
    return None


def _require_readable(path: Path, raw: RawLibrary) -> None:
    if raw.schema_version < raw.schema.oldest:
        raise UserError(
            f"{path} is of an old {raw.schema.player} (schema {raw.schema_version}, at least {raw.schema.oldest} is "
            f"needed): start a current {raw.schema.player} once, which converts it."
        )


def _notices(path: Path, raw: RawLibrary, *, repeated: int) -> list[str]:
    notices = []
    if raw.schema_version > raw.schema.newest:
        notices.append(
            f"{path} is of a newer {raw.schema.player} than this program knows (schema {raw.schema_version}, known up "
            f"to {raw.schema.newest}): the columns that are there were read."
        )
    if repeated:
        notices.append(f"{path} lists {repeated} songs twice: the available row with the most stars counts.")
    return notices
