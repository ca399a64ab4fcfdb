"""The duplicate cache: what each file is, how its excerpt and where needed all of it sounds, and how songs compared.

All of it can be made again from the files, so what belongs to another size or time of a file is simply dropped.
"""

import json
import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.audio.probe import AudioMetadata
from core.song import SongId
from core.store.database import Database

Items = NDArray[np.uint32]

MIGRATIONS = (
    """
    CREATE TABLE IF NOT EXISTS dedup_cache (
        filename TEXT PRIMARY KEY,
        file_size INTEGER,
        duration REAL,
        sample_rate INTEGER,
        bit_rate INTEGER,
        channels INTEGER,
        codec TEXT,
        mtime REAL,
        fingerprint TEXT,
        updated_at REAL
    );
    CREATE INDEX IF NOT EXISTS idx_metadata_sig
        ON dedup_cache(file_size, duration, sample_rate, bit_rate, channels);
    CREATE INDEX IF NOT EXISTS idx_mtime ON dedup_cache(mtime);
    CREATE TABLE IF NOT EXISTS excerpt_items (
        filename TEXT PRIMARY KEY REFERENCES dedup_cache(filename) ON UPDATE CASCADE ON DELETE CASCADE,
        items BLOB NOT NULL
    );
    """,
    # A version that judges differently than the one before deletes from both tables, and all is compared again.
    """
    CREATE TABLE comparisons (
        first TEXT NOT NULL REFERENCES dedup_cache(filename) ON UPDATE CASCADE ON DELETE CASCADE,
        second TEXT NOT NULL REFERENCES dedup_cache(filename) ON UPDATE CASCADE ON DELETE CASCADE,
        likeness TEXT NOT NULL,
        score REAL NOT NULL,
        doubt TEXT NOT NULL,
        PRIMARY KEY (first, second)
    ) WITHOUT ROWID;
    CREATE INDEX idx_comparisons_second ON comparisons(second);
    CREATE TABLE searched (
        filename TEXT PRIMARY KEY REFERENCES dedup_cache(filename) ON UPDATE CASCADE ON DELETE CASCADE
    ) WITHOUT ROWID;
    """,
)
MANY = 15_000
"""Songs; more are found faster by reading all 60,000."""
_FORGET_SEARCH = (
    "DELETE FROM comparisons WHERE first = ?",
    "DELETE FROM comparisons WHERE second = ?",
    "DELETE FROM searched WHERE filename = ?",
)
_FORGET_PAIR = "DELETE FROM comparisons WHERE (first = ? AND second = ?) OR (second = ? AND first = ?)"


@dataclass(frozen=True, slots=True)
class FingerprintRecord:
    """What one look at a file gave; of a cue track, ``metadata.duration`` is that of its section."""

    song_id: SongId
    metadata: AudioMetadata
    items: Items | None = None
    """Of the excerpt, shape (n,); None where the file was not heard."""


@dataclass(frozen=True, slots=True)
class ComparisonRecord:
    """The verdict on two songs, in the words of ``Likeness`` and ``Doubt``."""

    first: SongId
    second: SongId
    likeness: str
    score: float
    doubt: str


class FingerprintStore:
    """The file ``fingerprints.db``; one instance may be used by several threads."""

    def __init__(self, db_path: str | Path = "./fingerprints.db") -> None:
        self.path = Path(db_path)
        self._database = Database(db_path if str(db_path) == ":memory:" else self.path, migrations=MIGRATIONS)

    def close(self) -> None:
        self._database.close()

    def save(self, records: Sequence[FingerprintRecord]) -> None:
        """Insert or replace in one transaction; what is known of the sound stays while size and time of the file do."""
        now = time.time()
        with self._database.transaction() as connection:
            connection.executemany(
                "DELETE FROM dedup_cache WHERE filename = ? AND NOT (file_size = ? AND mtime = ?)",
                [(record.song_id, record.metadata.file_size, record.metadata.mtime) for record in records],
            )
            connection.executemany(
                "INSERT INTO dedup_cache VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, ?) ON CONFLICT (filename) DO UPDATE SET "
                "duration = excluded.duration, sample_rate = excluded.sample_rate, bit_rate = excluded.bit_rate, "
                "channels = excluded.channels, codec = excluded.codec, updated_at = excluded.updated_at",
                [(record.song_id, *_columns(record.metadata), now) for record in records],
            )
            connection.executemany(
                "INSERT OR REPLACE INTO excerpt_items VALUES (?, ?)",
                [(record.song_id, _to_bytes(record.items)) for record in records if record.items is not None],
            )
            heard = [(record.song_id,) for record in records if record.items is not None]
            connection.executemany("DELETE FROM searched WHERE filename = ?", heard)

    def save_whole(self, fingerprints: Iterable[tuple[AudioMetadata, str]]) -> None:
        """Store encoded fingerprints of whole songs beside the metadata, as ``metadata`` gave it, that they belong to.

        A song whose file has become another one in the meantime gets none.
        """
        now = time.time()
        with self._database.transaction() as connection:
            connection.executemany(
                "UPDATE dedup_cache SET fingerprint = ?, updated_at = ? "
                "WHERE filename = ? AND file_size = ? AND mtime = ?",
                [(encoded, now, found.filename, found.file_size, found.mtime) for found, encoded in fingerprints],
            )

    def metadata(self, song_ids: Iterable[SongId] | None = None) -> dict[SongId, AudioMetadata]:
        """What every file, or each of these, was when it was last looked at; ``filename`` in it is the key, no path."""
        query = "SELECT filename, file_size, duration, sample_rate, bit_rate, channels, codec, mtime FROM dedup_cache"
        return {row[0]: AudioMetadata(*row) for row in self._rows(query, song_ids)}

    def durations(self, song_ids: Iterable[SongId] | None = None) -> dict[SongId, float]:
        """The seconds of every song, or of each of these."""
        return {row[0]: row[1] for row in self._rows("SELECT filename, duration FROM dedup_cache", song_ids)}

    def excerpts(self, song_ids: Iterable[SongId] | None = None) -> dict[SongId, Items]:
        """The items of every excerpt, or of each of these; read-only."""
        rows = self._rows("SELECT filename, items FROM excerpt_items", song_ids)
        return {row[0]: np.frombuffer(row[1], dtype="<u4") for row in rows}

    def whole(self) -> dict[SongId, str]:
        """The encoded fingerprint of every song that one was needed of."""
        rows = self._database.rows("SELECT filename, fingerprint FROM dedup_cache WHERE fingerprint IS NOT NULL")
        return {row[0]: row[1] for row in rows}

    def known(self) -> set[SongId]:
        """The songs whose excerpt has a fingerprint."""
        return {row[0] for row in self._database.rows("SELECT filename FROM excerpt_items")}

    def save_comparisons(self, comparisons: Iterable[ComparisonRecord], *, searched: Iterable[SongId] = ()) -> None:
        """Insert or replace verdicts, and note which songs have been searched for copies, in one transaction.

        A pair of which a file is no longer known is left out. Between ``excerpts`` and this no other file may have come
        into the place of one that was compared, so a scan and a search take turns.
        """
        rows = [(min(each.first, each.second), max(each.first, each.second), each) for each in comparisons]
        with self._database.transaction() as connection:
            connection.executemany(_FORGET_PAIR, [(first, second) * 2 for first, second, _ in rows])
            connection.executemany(
                "INSERT INTO comparisons SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS (SELECT 1 FROM dedup_cache WHERE "
                "filename = ?1) AND EXISTS (SELECT 1 FROM dedup_cache WHERE filename = ?2)",
                [(first, second, each.likeness, each.score, each.doubt) for first, second, each in rows],
            )
            connection.executemany(
                "INSERT OR IGNORE INTO searched SELECT filename FROM dedup_cache WHERE filename = ?",
                [(song_id,) for song_id in searched],
            )

    def comparisons(self) -> list[ComparisonRecord]:
        """All verdicts, each with its songs in alphabetical order, in the order of their songs."""
        rows = self._database.rows("SELECT first, second, likeness, score, doubt FROM comparisons")
        # A file that was moved may have changed places with the other in the alphabet.
        found = [ComparisonRecord(min(row[:2]), max(row[:2]), *row[2:]) for row in map(tuple, rows)]
        return sorted(found, key=lambda each: (each.first, each.second))

    def unsearched(self) -> set[SongId]:
        """The songs that are new or changed since copies were searched for, or were never searched for."""
        query = "SELECT filename FROM dedup_cache WHERE filename NOT IN (SELECT filename FROM searched)"
        return {row[0] for row in self._database.rows(query)}

    def copy(self, new_ids: Mapping[SongId, SongId]) -> None:
        """Give songs (the keys) what is known of the sound of others (the values), which keep it.

        A song that ``save`` has not yet described gets the description of the other as well.
        """
        now = time.time()
        with self._database.transaction() as connection:
            for new, old in new_ids.items():
                connection.execute(
                    "INSERT OR IGNORE INTO dedup_cache SELECT ?, file_size, duration, sample_rate, bit_rate, channels, "
                    "codec, mtime, fingerprint, ? FROM dedup_cache WHERE filename = ?",
                    (new, now, old),
                )
                connection.execute(
                    "UPDATE dedup_cache SET updated_at = ?, fingerprint = coalesce("
                    "(SELECT fingerprint FROM dedup_cache WHERE filename = ?), fingerprint) WHERE filename = ?",
                    (now, old, new),
                )
                connection.execute(
                    "INSERT OR REPLACE INTO excerpt_items SELECT ?, items FROM excerpt_items WHERE filename = ?",
                    (new, old),
                )
                connection.execute("DELETE FROM searched WHERE filename = ?", (new,))

    def retag(self, states: Mapping[SongId, tuple[int, float]]) -> None:
        """Set size and time of files that only got other tags, so that what is known of their sound stays.

        How they compared is forgotten: they may have been identical files.
        """
        with self._database.transaction() as connection:
            connection.executemany(
                "UPDATE dedup_cache SET file_size = ?, mtime = ? WHERE filename = ?",
                [(size, mtime, song_id) for song_id, (size, mtime) in states.items()],
            )
            for forget in _FORGET_SEARCH:
                connection.executemany(forget, [(song_id,) for song_id in states])

    def remove(self, song_ids: Iterable[SongId]) -> None:
        """Forget files that do not sound like this any more."""
        with self._database.transaction() as connection:
            connection.executemany("DELETE FROM dedup_cache WHERE filename = ?", [(song_id,) for song_id in song_ids])

    def _rows(self, query: str, song_ids: Iterable[SongId] | None) -> list[sqlite3.Row]:
        if song_ids is None:
            return self._database.rows(query)
        wanted = set(song_ids)
        if len(wanted) > MANY:
            return [row for row in self._database.rows(query) if row[0] in wanted]
        names = json.dumps(list(wanted), ensure_ascii=False)
        some = " WHERE filename IN (SELECT value FROM json_each(?))"
        return self._database.rows(query + some, [names])


def _columns(found: AudioMetadata) -> tuple[int, float, int, int, int, str, float]:
    return (
        found.file_size,
        found.duration,
        found.sample_rate,
        found.bit_rate,
        found.channels,
        found.codec,
        found.mtime,
    )


def _to_bytes(items: Items) -> bytes:
    return np.ascontiguousarray(items, dtype="<u4").tobytes()
