"""What the owner's ratings were and when they changed: the player itself keeps only the newest one.

Together the rows are a snapshot of the player's ratings at each change. Each is held to the sound that was rated, so
that it outlives the name of a file, and does not pass on to another sound under that name.
"""

import json
import time
from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

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
"""``rating`` is -1 where stars are gone, and 0 where the owner clicked left of the stars, which takes them away.

``seen_at`` (Unix seconds) is NULL for what a song came with.
"""
SOUND_MIGRATION = """
    ALTER TABLE rating_history ADD COLUMN sound TEXT;
    ALTER TABLE rating_history ADD COLUMN noted_at REAL;
    ALTER TABLE rating_history ADD COLUMN restored_at REAL;
    UPDATE rating_history SET sound = (SELECT checksum FROM files WHERE files.song_id = rating_history.song_id);
    CREATE INDEX idx_rating_history_sound ON rating_history(sound);
"""
"""``sound`` is the checksum of what was rated, ``noted_at`` when it was written down, ``restored_at`` says that it was
seen by another companion store: it comes from a backup.
"""

CLEARED: Final = 0.0
"""A click left of the stars: the owner's only way to take a rating away in the player."""
FIRST_LOOK: Final = SongId("")
"""No song's key: its row says that there was a first look, of which an owner without ratings leaves no other trace."""
SAME_TIME: Final = 2.0
"""Seconds: the player has whole ones, and some file systems even ones."""
TAGS_FOLLOW: Final = 10.0
"""Seconds: a player that keeps stars in the tags too writes the file just after its database."""
_WAS_HEARD_AS_IT_WAS = (
    f"files.mtime <= ifnull(history.noted_at + {TAGS_FOLLOW}, files.mtime) "
    "AND files.updated_at >= ifnull(history.noted_at, files.updated_at)"
)
SOUND_WHEN_NOTED = (
    "ifnull(history.sound, (SELECT checksum FROM files WHERE files.song_id = history.song_id "  # noqa: S608 - ours
    f"AND {_WAS_HEARD_AS_IT_WAS}))"
)
"""A song that was heard later had this sound when its rating was noted, unless its file was written to in between."""

# Of the companion store, in the same file: history has no row of a song that was unrated when it was first seen.
_KNOWN_UNRATED = (
    "SELECT song_id FROM files WHERE song_id IN (SELECT value FROM json_each(?1)) "
    "UNION SELECT song_id FROM own_ratings WHERE song_id IN (SELECT value FROM json_each(?1))"
)
_LATEST = (
    "SELECT song_id, rating, seen_at, max(id) FROM rating_history WHERE restored_at IS NULL AND song_id <> '' "
    "GROUP BY song_id"
)
_LATEST_RESTORED = (
    "SELECT song_id, rating, max(seen_at) FROM rating_history "
    "WHERE restored_at IS NOT NULL AND seen_at IS NOT NULL GROUP BY song_id"
)
_STATES = (
    "SELECT song_id, checksum, size, mtime FROM files "
    "WHERE checksum IS NOT NULL AND song_id IN (SELECT value FROM json_each(?))"
)
_HEARD_SINCE = (
    "SELECT history.id, files.checksum FROM rating_history AS history JOIN files USING (song_id) "  # noqa: S608 - ours
    f"WHERE history.sound IS NULL AND files.checksum IS NOT NULL AND {_WAS_HEARD_AS_IT_WAS}"
)
# What has no time is older than all that has one; of two without, what was seen here counts.
_STORY = (
    f"SELECT history.song_id, {SOUND_WHEN_NOTED} AS sound, files.checksum AS sound_now, rating, seen_at, noted_at "  # noqa: S608
    "FROM rating_history AS history LEFT JOIN files USING (song_id) WHERE history.song_id <> '' "
    "ORDER BY seen_at IS NOT NULL, seen_at, restored_at IS NULL, history.id"
)


class LastStars(NamedTuple):
    """The last stars that the player is known to have had for one song, and that the owner did not take away."""

    song_id: SongId
    sound: str | None
    """Of the file that was rated; None where it was never heard."""
    sound_now: str | None
    """Of what lies under the same name now, as it was last heard."""
    rating: float
    """0.1 to 1.0."""
    seen_at: float | None
    """When they were seen to change, in Unix seconds; None for what was there before our first look."""
    noted_at: float | None
    """When they were written down; None where that was not written down itself."""


class RatingHistory:
    """A part of the companion store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(
        self, songs: Iterable[Song], *, cleared: Callable[[], Container[SongId]] = frozenset[SongId]
    ) -> list[SongId]:
        """Remember every rating that differs from the last one known; returns the songs whose rating has changed.

        What the very first look finds was there before us, and so is what a new row comes with: stars in the tags of a
        copy are older than the owner's last click. Only what was seen before can change: a song with a history, one
        that was listened to, one that was rated here. A song that is gone with its row keeps what is known.
        ``cleared`` gives the songs whose stars the owner clicked away, and is asked only where stars are gone.
        """
        self.hold_to_sounds()
        known = {row[0]: row[1] for row in self._database.rows(_LATEST)}
        has_looked = bool(known) or bool(self._database.rows("SELECT 1 FROM rating_history WHERE song_id = ''"))
        different = _differing(songs, known=known, cleared=cleared)
        song_ids = [song.song_id for song, _ in different]
        changed = self._seen_before(song_ids, known=known) if has_looked else set()
        if different or not has_looked:
            self._write(different, changed=changed, is_first_look=not has_looked)
        return [song_id for song_id in song_ids if song_id in changed]

    def _write(self, rows: Sequence[tuple[Song, float]], *, changed: Container[SongId], is_first_look: bool) -> None:
        now, sounds = time.time(), self._sounds([song for song, _ in rows])
        with self._database.transaction() as connection:
            # Another process may have noted the same while this one waited for the lock.
            known = {row[0]: row[1] for row in self._database.rows(_LATEST)}
            values: list[tuple[Any, ...]] = [
                (song.song_id, rating, now if song.song_id in changed else None, sounds.get(song.song_id), now)
                for song, rating in rows
                if known.get(song.song_id) != rating
            ]
            if is_first_look:
                values.append((FIRST_LOOK, UNRATED, None, None, now))
            connection.executemany(
                "INSERT INTO rating_history (song_id, rating, seen_at, sound, noted_at) VALUES (?, ?, ?, ?, ?)", values
            )

    def _seen_before(self, song_ids: Sequence[SongId], *, known: Container[SongId]) -> set[SongId]:
        without_history = [song_id for song_id in song_ids if song_id not in known]
        found = self._database.rows(_KNOWN_UNRATED, [json.dumps(without_history)]) if without_history else []
        return {song_id for song_id in song_ids if song_id in known} | {row[0] for row in found}

    def changed_since_heard(self, songs: Collection[Song]) -> set[SongId]:
        """Those of which the player has another file than the one that was heard: what it sounds like is not known."""
        rows = self._database.rows(_STATES, [json.dumps([song.song_id for song in songs])])
        states = {row["song_id"]: (row["size"], row["mtime"]) for row in rows}
        return {song.song_id for song in songs if song.song_id in states and not _is_of(song, *states[song.song_id])}

    def _sounds(self, songs: Collection[Song]) -> dict[SongId, str]:
        """The sound of each song that was heard, where the player's file is still the one that was heard."""
        rows = self._database.rows(_STATES, [json.dumps([song.song_id for song in songs])])
        changed = self.changed_since_heard(songs)
        return {row["song_id"]: row["checksum"] for row in rows if row["song_id"] not in changed}

    def hold_to_sounds(self) -> None:
        """Fill in the sounds of songs that were heard since; nothing is written where there is none."""
        rows = [(row[1], row[0]) for row in self._database.rows(_HEARD_SINCE)]
        if rows:
            with self._database.transaction() as connection:
                connection.executemany("UPDATE rating_history SET sound = ? WHERE id = ?", rows)

    def changed_at(self) -> dict[SongId, float]:
        """When the rating of each song was seen to change last, in Unix seconds; without what they came with.

        What this store knows no time of may have one in a backup that was restored into it.
        """
        restored = {row[0]: (row[1], row[2]) for row in self._database.rows(_LATEST_RESTORED)}
        times = {}
        for song_id, rating, seen_at, _ in self._database.rows(_LATEST):
            if seen_at is not None:
                times[song_id] = seen_at
            elif song_id in restored and restored[song_id][0] == rating:
                times[song_id] = restored[song_id][1]
        return times

    def of(self, song_id: SongId) -> list[tuple[float, float | None]]:
        """Every rating of a song with the time at which it was first seen, the oldest first."""
        query = (
            "SELECT rating, seen_at FROM rating_history WHERE song_id = ? "
            "ORDER BY seen_at IS NOT NULL, seen_at, restored_at IS NULL, id"
        )
        return [(row[0], row[1]) for row in self._database.rows(query, [song_id])]

    def of_sound(self, song_id: SongId) -> list[tuple[float, float | None]]:
        """The same with what was seen of other names of the sound that the song has."""
        query = (
            "SELECT rating, seen_at FROM rating_history WHERE song_id = ?1 "
            "OR sound = (SELECT checksum FROM files WHERE song_id = ?1) "
            "ORDER BY seen_at IS NOT NULL, seen_at, restored_at IS NULL, id"
        )
        return [(row[0], row[1]) for row in self._database.rows(query, [song_id])]

    def last_stars(self) -> list[LastStars]:
        """The last stars of every song and sound, without those that the owner took away; the oldest first."""
        found: dict[tuple[SongId, str | None], LastStars] = {}
        for song_id, sound, sound_now, rating, seen_at, noted_at in self._database.rows(_STORY):
            key = (song_id, sound)
            if rating > 0:
                found.pop(key, None)
                found[key] = LastStars(song_id, sound, sound_now, rating, seen_at, noted_at)
            elif rating == CLEARED:
                found.pop(key, None)
        return list(found.values())


def _differing(
    songs: Iterable[Song], *, known: Mapping[SongId, float], cleared: Callable[[], Container[SongId]]
) -> list[tuple[Song, float]]:
    """The songs whose rating is not the last one known, each with what to remember of it."""
    found, without = [], []
    for song in songs:
        song_id, rating = song.song_id, song.rating if song.is_rated else UNRATED
        last = known.get(song_id, UNRATED)
        if rating > 0 and rating != last:
            found.append((song, rating))
        elif rating < 0 and song_id in known and last != CLEARED:
            without.append((song, last))
    taken: Container[SongId] = cleared() if without else set()
    for song, last in without:
        if song.song_id in taken:
            found.append((song, CLEARED))
        elif last > 0:
            found.append((song, UNRATED))
    return found


def _is_of(song: Song, size: int, mtime: float) -> bool:
    """Whether what was heard is the file that the player tells of; 0 and -1 mean that the player does not know."""
    if song.filesize > 0 and song.filesize != size:
        return False
    # A copy of the music on this machine may have times of its own, and a cue sheet is newer than its file.
    tells_time = song.mtime >= 0 and not song.mapped_path and not song.is_cue_track
    return not tells_time or abs(mtime - song.mtime) <= SAME_TIME
