"""What the owner's ratings were and when they changed: the player itself keeps only the newest one."""

import json
import time
from collections.abc import Container, Iterable, Sequence

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
"""``rating`` is -1 where stars were taken away; ``seen_at`` (Unix seconds) is NULL for what a song came with."""

_FIRST_LOOK = SongId("")
"""No song's key: its row says that there was a first look, of which an owner without ratings leaves no other trace."""
_LISTENED_TO = "SELECT song_id FROM files WHERE song_id IN (SELECT value FROM json_each(?))"
"""Of the companion store, in the same file: history has no row of a song that was unrated when it was first seen."""
_LATEST = "SELECT song_id, rating, seen_at, max(id) FROM rating_history GROUP BY song_id"


class RatingHistory:
    """A part of the companion store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, songs: Iterable[Song]) -> list[SongId]:
        """Remember every rating that differs from the last one known; returns the songs whose rating has changed.

        What the very first look finds was there before us, and so is what a new row comes with: stars in the tags of a
        copy are older than the owner's last click. Only what was seen before can change: a song with a history, or one
        that was listened to. A song that is gone with its row keeps what is known.
        """
        known = {row[0]: row[1] for row in self._database.rows(_LATEST)}
        rows = [(song.song_id, song.rating) for song in songs if song.is_rated or song.song_id in known]
        different = [(song_id, rating) for song_id, rating in rows if known.get(song_id, UNRATED) != rating]
        changed = self._seen_before([song_id for song_id, _ in different], known=known) if known else set()
        if not known:
            different.append((_FIRST_LOOK, UNRATED))
        if different:
            now = time.time()
            with self._database.transaction() as connection:
                connection.executemany(
                    "INSERT INTO rating_history (song_id, rating, seen_at) VALUES (?, ?, ?)",
                    [(song_id, rating, now if song_id in changed else None) for song_id, rating in different],
                )
        return [song_id for song_id, _ in different if song_id in changed]

    def _seen_before(self, song_ids: Sequence[SongId], *, known: Container[SongId]) -> set[SongId]:
        without_history = [song_id for song_id in song_ids if song_id not in known]
        found = self._database.rows(_LISTENED_TO, [json.dumps(without_history)]) if without_history else []
        return {song_id for song_id in song_ids if song_id in known} | {row[0] for row in found}

    def changed_at(self) -> dict[SongId, float]:
        """When the rating of each song was seen to change last, in Unix seconds; without what they came with."""
        return {row[0]: row[2] for row in self._database.rows(_LATEST) if row[2] is not None}

    def of(self, song_id: SongId) -> list[tuple[float, float | None]]:
        """Every rating of a song with the time at which it was first seen, the oldest first."""
        query = "SELECT rating, seen_at FROM rating_history WHERE song_id = ? ORDER BY id"
        return [(row[0], row[1]) for row in self._database.rows(query, [song_id])]
