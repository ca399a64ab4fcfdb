"""The stars that the owner gave here: every statement with its time, never in the player's database, never overwritten.

A rating is about a sound: it holds for every file of that sound, under whatever name, and not for another sound under
the old name. The sound of a song is the checksum in the ``files`` table of the same store; until a song was heard, the
song itself stands for it.
"""

import time
from collections.abc import Container, Iterable
from typing import NamedTuple

from core.song import UNRATED, SongId
from core.store.database import Database
from core.store.sounds import Sounds

MIGRATION = """
    CREATE TABLE own_ratings (
        id INTEGER PRIMARY KEY,
        sound TEXT NOT NULL,
        song_id TEXT NOT NULL,
        rating REAL NOT NULL,
        said_at REAL NOT NULL
    );
    CREATE INDEX idx_own_ratings_sound ON own_ratings(sound);
    CREATE INDEX idx_own_ratings_song ON own_ratings(song_id);
"""
"""``rating`` is -1 where stars were taken back; ``song_id`` is the song of which it was said."""

SOUND_WHEN_SAID = (
    "CASE WHEN own.sound = own.song_id THEN ifnull((SELECT checksum FROM files WHERE files.song_id = own.song_id "
    "AND files.mtime <= own.said_at AND files.updated_at >= own.said_at), own.sound) ELSE own.sound END"
)
"""A song that was heard later had this sound when it was rated, unless its file was written to in between."""
_SAID = f"SELECT {SOUND_WHEN_SAID}, song_id, rating, said_at FROM own_ratings AS own ORDER BY said_at, id"  # noqa: S608
_HEARD_SINCE = (
    "SELECT own.id, files.checksum FROM own_ratings AS own JOIN files USING (song_id) "
    "WHERE own.sound = own.song_id AND files.checksum IS NOT NULL "
    "AND files.mtime <= own.said_at AND files.updated_at >= own.said_at"
)


class Statement(NamedTuple):
    """What was said about a song, and when."""

    rating: float
    """0.1 to 1.0; -1 where stars were taken back."""
    at: float | None
    """Unix seconds; None for what was there before our first look, so before everything that has a time."""


class SaidOfSound(NamedTuple):
    """The newest statement about a sound, with the song of which it was said."""

    sound: str
    song_id: SongId
    statement: Statement
    bearers: frozenset[SongId]
    """The songs that have, or had when they were heard last, this sound."""


class OwnRatings:
    """A part of the companion store."""

    def __init__(self, database: Database) -> None:
        self._database, self._heard = database, Sounds(database)

    def say(self, song_ids: Iterable[SongId], rating: float, *, changed: Container[SongId] = frozenset()) -> None:
        """These songs have this rating, 0.1 to 1.0; -1 takes back what was said before.

        ``changed`` are songs whose file is not the one any more that was heard.
        """
        wanted = list(song_ids)
        sounds, now = self._heard.of([song_id for song_id in wanted if song_id not in changed]), time.time()
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT INTO own_ratings (sound, song_id, rating, said_at) VALUES (?, ?, ?, ?)",
                [(sounds.get(song_id, song_id), song_id, rating, now) for song_id in wanted],
            )

    def take_back(self, song_ids: Iterable[SongId]) -> None:
        self.say(song_ids, UNRATED)

    def newest(self) -> list[SaidOfSound]:
        """The newest statement about each sound, the sound last spoken of at the end."""
        said: dict[str, tuple[SongId, Statement]] = {}
        for sound, song_id, rating, said_at in self._database.rows(_SAID):
            said.pop(sound, None)
            said[sound] = (song_id, Statement(rating, said_at))
        bearers = self._heard.bearers((sound, song_id) for sound, (song_id, _) in said.items())
        return [SaidOfSound(sound, *found, frozenset(bearers[sound])) for sound, found in said.items()]

    def statements(self) -> dict[SongId, Statement]:
        """The newest statement about each song, among them those that took stars back."""
        return {song_id: said.statement for said in self.newest() for song_id in said.bearers}

    def history(self, song_id: SongId) -> list[Statement]:
        """All that was ever said of a song or of its sound, the oldest first."""
        known = self._heard.of([song_id]).get(song_id)
        return [
            Statement(rating, said_at)
            for sound, said_of, rating, said_at in self._database.rows(_SAID)
            if sound in (known, song_id) or (said_of == song_id and known is None)
        ]

    def hold_to_sounds(self) -> None:
        """Let statements about songs that were heard since then stand for their sounds; nothing is written for none."""
        rows = [(row[1], row[0]) for row in self._database.rows(_HEARD_SINCE)]
        if rows:
            with self._database.transaction() as connection:
                connection.executemany("UPDATE own_ratings SET sound = ? WHERE id = ?", rows)
