"""The duplicate cache: what each file is, the fingerprint of its excerpt, and that of the whole where it was needed.

All of it can be made again from the files, so what belongs to another size or time of a file is simply dropped.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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
)


@dataclass(frozen=True, slots=True)
class FingerprintRecord:
    """What one look at a file gave; of a cue track, ``metadata.duration`` is that of its section."""

    song_id: SongId
    metadata: AudioMetadata
    items: Items | None = None
    """Of the excerpt, shape (n,); None where the file was not heard."""


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

    def metadata(self) -> dict[SongId, AudioMetadata]:
        """What every file was when it was last looked at; ``filename`` in it is the key, not a path."""
        query = "SELECT filename, file_size, duration, sample_rate, bit_rate, channels, codec, mtime FROM dedup_cache"
        return {row[0]: AudioMetadata(*row) for row in self._database.rows(query)}

    def excerpts(self) -> dict[SongId, Items]:
        """The items of every excerpt, read-only."""
        rows = self._database.rows("SELECT filename, items FROM excerpt_items")
        return {row[0]: np.frombuffer(row[1], dtype="<u4") for row in rows}

    def whole(self) -> dict[SongId, str]:
        """The encoded fingerprint of every song that one was needed of."""
        rows = self._database.rows("SELECT filename, fingerprint FROM dedup_cache WHERE fingerprint IS NOT NULL")
        return {row[0]: row[1] for row in rows}

    def known(self) -> set[SongId]:
        """The songs whose excerpt has a fingerprint."""
        return {row[0] for row in self._database.rows("SELECT filename FROM excerpt_items")}

    def move(self, moves: Mapping[SongId, SongId]) -> None:
        """Change the keys of songs whose files were moved or renamed; what was known under a new key is dropped."""
        rename = "UPDATE dedup_cache SET filename = ? WHERE filename = ?"
        with self._database.transaction() as connection:
            # By way of names that no file has: two files may have changed places.
            connection.executemany(rename, [(f"moving {old}", old) for old in moves])
            connection.executemany("DELETE FROM dedup_cache WHERE filename = ?", [(new,) for new in moves.values()])
            connection.executemany(rename, [(new, f"moving {old}") for old, new in moves.items()])

    def retag(self, states: Mapping[SongId, tuple[int, float]]) -> None:
        """Set size and time of files that only got other tags, so that what is known of their sound stays."""
        with self._database.transaction() as connection:
            connection.executemany(
                "UPDATE dedup_cache SET file_size = ?, mtime = ? WHERE filename = ?",
                [(size, mtime, song_id) for song_id, (size, mtime) in states.items()],
            )

    def remove(self, song_ids: Iterable[SongId]) -> None:
        """Forget files that do not sound like this any more."""
        with self._database.transaction() as connection:
            connection.executemany("DELETE FROM dedup_cache WHERE filename = ?", [(song_id,) for song_id in song_ids])


def record_of(song_id: SongId, metadata: AudioMetadata, *, duration: float, items: Items | None) -> FingerprintRecord:
    """The record of a song that may be a section of its file, with its own duration in seconds."""
    return FingerprintRecord(song_id, replace(metadata, filename=song_id, duration=duration), items)


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
