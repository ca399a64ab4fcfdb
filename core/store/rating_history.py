"""What the owner's ratings were and when they changed: the player itself keeps only the newest one."""

import time
from collections.abc import Iterable

from core.song import UNRATED, Song, SongId
from core.store.database import Database

MIGRATION = """
    CREATE TABLE rating_history (
        id INTEGER PRIMARY KEY,
        song_id TEXT NOT NULL,
        rating REAL NOT NULL,
        seen_at REAL
    );
    CREATE INDEX idx_rating_history_song ON rating_history(song_id);
"""
"""``rating`` is -1 where stars were taken away; ``seen_at`` (Unix seconds) is NULL for what was there before us."""

_FIRST_LOOK = SongId("")
"""No song's key: its row says that there was a first look, of which an owner without ratings leaves no other trace."""
_LATEST = "SELECT song_id, rating, seen_at, max(id) FROM rating_history GROUP BY song_id"


class RatingHistory:
    """A part of the companion store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, songs: Iterable[Song]) -> list[SongId]:
        """Remember every rating that differs from the last one known; returns the songs whose rating has changed.

        What the very first look finds was there before us. A song that is gone with its row keeps what is known.
        """
        known = {row[0]: row[1] for row in self._database.rows(_LATEST)}
        is_first_look = not known
        rows = [(song.song_id, song.rating) for song in songs if song.is_rated or song.song_id in known]
        changed = [(song_id, rating) for song_id, rating in rows if known.get(song_id, UNRATED) != rating]
        if is_first_look:
            changed.append((_FIRST_LOOK, UNRATED))
        if changed:
            now = None if is_first_look else time.time()
            with self._database.transaction() as connection:
                connection.executemany(
                    "INSERT INTO rating_history (song_id, rating, seen_at) VALUES (?, ?, ?)",
                    [(song_id, rating, now) for song_id, rating in changed],
                )
        return [] if is_first_look else [song_id for song_id, _ in changed]

    def changed_at(self) -> dict[SongId, float]:
        """When the rating of each song was seen to change last, in Unix seconds; without those from before us."""
        return {row[0]: row[2] for row in self._database.rows(_LATEST) if row[2] is not None}

    def of(self, song_id: SongId) -> list[tuple[float, float | None]]:
        """Every rating of a song with the time at which it was first seen, the oldest first."""
        query = "SELECT rating, seen_at FROM rating_history WHERE song_id = ? ORDER BY id"
        return [(row[0], row[1]) for row in self._database.rows(query, [song_id])]
