"""What the player knows of the file of one song beyond what lists need: how much of the sound it keeps."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from core.library.read_only import read_database
from core.library.songs_table import column_names
from core.song import Song

PATIENCE = 2.0
"""Seconds to wait for a player that is writing: nobody waits longer for a bit rate."""
COLUMNS = ("bitrate", "samplerate")


@dataclass(frozen=True, slots=True)
class SongDetails:
    """None for what the player does not know."""

    bit_rate: int | None = None
    """In thousands a second."""
    sample_rate: int | None = None
    """In Hz."""


def read_details(database: Path, song: Song) -> SongDetails:
    """Look up one row in one short read; the row's number is only a hint, for the player may renumber them.

    Raises UserError for a database that cannot be read.
    """
    return read_database(database, lambda connection: _fetch(connection, song), patience=PATIENCE).value


def _fetch(connection: sqlite3.Connection, song: Song) -> SongDetails:
    present = column_names(connection, "songs")
    location = "filename" if "filename" in present else "url"
    selected = ", ".join(f"CAST({name} AS INTEGER)" if name in present else "NULL" for name in COLUMNS)
    # The names are ours; that of a file may be stored as bytes, which equal no text.
    found = connection.execute(
        f"SELECT {selected} FROM songs WHERE CAST({location} AS TEXT) = ? ORDER BY rowid = ? DESC LIMIT 1",  # noqa: S608
        (song.filename, song.rowid),
    ).fetchone()
    known = [value if value is not None and value > 0 else None for value in found or (None,) * len(COLUMNS)]
    return SongDetails(*known)
