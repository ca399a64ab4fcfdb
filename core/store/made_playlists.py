"""The playlists that were made: their files, what we wrote to each, and the recipe that makes them again."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from core.song import SongId
from core.store.database import Database

MIGRATION = """
    CREATE TABLE made_playlists (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        files TEXT NOT NULL,
        recipe TEXT NOT NULL,
        songs TEXT NOT NULL,
        made_at REAL NOT NULL,
        keep_up_to_date INTEGER NOT NULL
    );
"""
"""``files`` is a JSON object of paths and the checksums of what was written; ``songs`` a JSON list of song ids."""
_COLUMNS = "name, files, recipe, songs, made_at, keep_up_to_date"


@dataclass(frozen=True, slots=True)
class MadePlaylist:
    """One row of the history."""

    name: str
    files: dict[Path, str]
    """The SHA-256 of what was written to each, in hexadecimal; the first is the one that a player opens."""
    recipe: str
    """As text that this Marmalade may be too old to read."""
    songs: tuple[SongId, ...]
    made_at: float
    """Unix seconds."""
    keep_up_to_date: bool
    key: int = 0
    """0 until it is stored."""


class MadePlaylists:
    """A part of the companion store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[MadePlaylist]:
        """The newest first."""
        rows = self._database.rows(f"SELECT {_COLUMNS}, id FROM made_playlists ORDER BY made_at DESC, id DESC")  # noqa: S608 - our own names
        return [
            MadePlaylist(
                row["name"],
                {Path(path): checksum for path, checksum in json.loads(row["files"]).items()},
                row["recipe"],
                tuple(json.loads(row["songs"])),
                row["made_at"],
                bool(row["keep_up_to_date"]),
                row["id"],
            )
            for row in rows
        ]

    def save(self, made: MadePlaylist, *, instead_of: Iterable[int] = ()) -> int:
        """Store a playlist, under its key if it has one, in the place of others; its key."""
        with self._database.transaction() as connection:
            connection.executemany(
                "DELETE FROM made_playlists WHERE id = ?", [(key,) for key in (made.key, *instead_of) if key]
            )
            cursor = connection.execute(
                f"INSERT INTO made_playlists ({_COLUMNS}, id) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - our own names
                [
                    made.name,
                    # ASCII, because a path may hold bytes that are no text.
                    json.dumps({str(path): checksum for path, checksum in made.files.items()}),
                    made.recipe,
                    json.dumps(made.songs),
                    made.made_at,
                    made.keep_up_to_date,
                    made.key or None,
                ],
            )
        return int(cursor.lastrowid or made.key)

    def forget(self, key: int) -> None:
        """Take a playlist out of the history."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM made_playlists WHERE id = ?", [key])
