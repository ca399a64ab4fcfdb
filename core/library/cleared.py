"""The songs whose stars the owner took away in the player: a click left of the stars, which stores a 0."""

import sqlite3
from pathlib import Path

from core.library.read_only import PATIENCE, read_database
from core.library.songs_table import column_names
from core.song import SECTION, SongId


def cleared_songs(path: Path, *, patience: float = PATIENCE) -> set[SongId]:
    """Their keys, for as long as the player keeps the 0: when it reads such a file anew, it makes a -1 of it.

    A ``Song`` is unrated either way. Raises UserError when the database cannot be read.
    """
    return read_database(path, _fetch, patience=patience).value


def _fetch(connection: sqlite3.Connection) -> set[SongId]:
    columns = column_names(connection, "songs")
    location = "url" if "url" in columns else "filename"
    cue = "ifnull(cue_path, '') <> ''" if "cue_path" in columns else "0"
    if not {location, "rating", "beginning"} <= columns:
        return set()
    query = f"SELECT CAST({location} AS TEXT), beginning / 1e9, {cue} FROM songs WHERE rating = 0"  # noqa: S608 - ours
    rows = connection.execute(query).fetchall()
    return {SongId(f"{url}{SECTION}{beginning:g}" if is_cue else url) for url, beginning, is_cue in rows}
