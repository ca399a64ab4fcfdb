"""Embeddings of several model versions side by side, in SQLite and as one memory-mapped matrix a version."""

import io
import json
import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.store.database import Database
from core.store.matrix import EmbeddingMatrix, load_matrix, version_state

Vector = NDArray[np.float32]

MIGRATIONS = (
    """
    CREATE TABLE IF NOT EXISTS embeddings (
        filename TEXT NOT NULL,
        model_version TEXT NOT NULL,
        embedding BLOB NOT NULL,
        embedding_dim INTEGER NOT NULL,
        created_at REAL NOT NULL,
        updated_at REAL NOT NULL,
        PRIMARY KEY (filename, model_version)
    );
    CREATE INDEX IF NOT EXISTS idx_model_version ON embeddings(model_version);
    CREATE INDEX IF NOT EXISTS idx_updated_at ON embeddings(updated_at);
    CREATE INDEX IF NOT EXISTS idx_version_updated ON embeddings(model_version, updated_at);
    CREATE TABLE IF NOT EXISTS model_metadata (
        model_version TEXT PRIMARY KEY,
        encoder_class TEXT,
        hyperparameters TEXT,
        created_at REAL NOT NULL
    );
    """,
)


class EmbeddingStore:
    """SQLite-backed storage for song embeddings; one instance may be used by several threads.

    ``filename`` is a ``SongId``: the file URL as the player stores it, a cue track with ``#t=START`` appended.
    """

    def __init__(self, db_path: str | Path = "./embeddings.db", *, remembered: int = 4096) -> None:
        """Open or create the store; ``remembered`` vectors stay in memory, the least recently used leave first."""
        self.path = Path(db_path)
        self._database = Database(db_path if str(db_path) == ":memory:" else self.path, migrations=MIGRATIONS)
        self._cache: OrderedDict[tuple[str, str], Vector] = OrderedDict()
        self._remembered = remembered
        self._lock = Lock()
        self._seen_change = 0

    def store_embedding(self, filename: str, embedding: Vector, model_version: str) -> None:
        """Insert or replace one vector of shape (dim,)."""
        self.store_embeddings_batch([(filename, embedding)], model_version)

    def store_embeddings_batch(self, data: Sequence[tuple[str, Vector]], model_version: str) -> None:
        """Insert or replace vectors in one transaction; ValueError unless they are finite vectors of one dimension."""
        vectors = [(filename, _checked(vector)) for filename, vector in data]
        if len({vector.size for _, vector in vectors}) > 1:
            message = "the vectors of one batch differ in their dimension"
            raise ValueError(message)
        now = time.time()
        rows = [(name, model_version, _to_bytes(vector), vector.size, now, now) for name, vector in vectors]
        with self._lock, self._database.transaction() as connection:
            connection.executemany(
                "INSERT INTO embeddings VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (filename, model_version) DO UPDATE SET "
                "embedding = excluded.embedding, embedding_dim = excluded.embedding_dim, "
                "updated_at = excluded.updated_at",
                rows,
            )
            self._forget([filename for filename, _ in vectors], model_version)

    def get_embedding(self, filename: str, model_version: str) -> Vector | None:
        """The vector of one song, or None."""
        return self.get_embeddings_batch([filename], model_version).get(filename)

    def get_embeddings_batch(self, filenames: Sequence[str], model_version: str) -> dict[str, Vector]:
        """The vectors of those songs that have one, in no particular order."""
        # One lock around both: a vector read before another thread replaced it must not be remembered after.
        with self._lock:
            self._forget_what_others_changed()
            found = self._recall(filenames, model_version)
            missing = json.dumps([name for name in filenames if name not in found])
            # As JSON, because a list may be longer than the number of parameters that SQLite takes.
            query = (
                "SELECT filename, embedding FROM embeddings "
                "WHERE model_version = ? AND filename IN (SELECT value FROM json_each(?))"
            )
            for row in self._database.rows(query, [model_version, missing]):
                found[row["filename"]] = _from_bytes(row["embedding"])
            self._remember(found, model_version)
        return found

    def get_all_versions(self, filename: str) -> list[str]:
        """The model versions that have a vector of this song."""
        query = "SELECT model_version FROM embeddings WHERE filename = ? ORDER BY model_version"
        return [row["model_version"] for row in self._database.rows(query, [filename])]

    def has_embedding(self, filename: str, model_version: str) -> bool:
        query = "SELECT 1 FROM embeddings WHERE filename = ? AND model_version = ?"
        return bool(self._database.rows(query, [filename, model_version]))

    def filenames(self, model_version: str) -> set[str]:
        """The songs that have a vector of this version."""
        # The plus keeps SQLite from an index that leads to each row: 60,000 take 0.04 s from the primary key, else 0.2.
        query = "SELECT filename FROM embeddings WHERE +model_version = ?"
        return {row["filename"] for row in self._database.rows(query, [model_version])}

    def count(self, model_version: str | None = None) -> int:
        """The number of vectors, of all versions or of one."""
        counts = self.counts()
        return sum(counts.values()) if model_version is None else counts.get(model_version, 0)

    def counts(self) -> dict[str, int]:
        """The number of vectors for each model version."""
        query = "SELECT model_version, count(*) FROM embeddings GROUP BY model_version ORDER BY model_version"
        return {row[0]: row[1] for row in self._database.rows(query)}

    def state(self, model_version: str) -> list[float]:
        """Numbers that differ whenever the vectors of a version do: how many, and when they were written."""
        return version_state(self._database, model_version)

    def written_at(self, filenames: Sequence[str], model_version: str) -> dict[str, float]:
        """When the vector of each of these songs was written (Unix seconds), of those that have one."""
        query = (
            "SELECT filename, updated_at FROM embeddings "
            "WHERE model_version = ? AND filename IN (SELECT value FROM json_each(?))"
        )
        rows = self._database.rows(query, [model_version, json.dumps(list(filenames))])
        return {row[0]: row[1] for row in rows}

    def newest_version(self) -> str | None:
        """The version that was written last, or None for an empty store."""
        rows = self._database.rows("SELECT model_version FROM embeddings ORDER BY updated_at DESC LIMIT 1")
        return rows[0][0] if rows else None

    def get_embedding_dim(self, model_version: str | None = None) -> int | None:
        """The dimension of a version (of the newest one if none is named), or None when it has no vector."""
        query = (
            "SELECT embedding_dim FROM embeddings WHERE model_version = coalesce(?, model_version) "
            "ORDER BY updated_at DESC LIMIT 1"
        )
        rows = self._database.rows(query, [model_version])
        return int(rows[0][0]) if rows else None

    def clear(self, model_version: str | None = None) -> None:
        """Delete all vectors, or those of one version."""
        with self._lock, self._database.transaction() as connection:
            connection.execute(
                "DELETE FROM embeddings WHERE model_version = coalesce(?, model_version)", [model_version]
            )
            self._cache.clear()

    def forget_version(self, model_version: str) -> None:
        """Delete the vectors of a version and what is said of it."""
        self.clear(model_version)
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM model_metadata WHERE model_version = ?", [model_version])

    def remove(self, filenames: Sequence[str], model_version: str) -> None:
        """Delete the vectors of songs that do not sound like them any more."""
        with self._lock, self._database.transaction() as connection:
            connection.executemany(
                "DELETE FROM embeddings WHERE filename = ? AND model_version = ?",
                [(filename, model_version) for filename in filenames],
            )
            self._forget(filenames, model_version)

    def forget_others(self, filenames: Sequence[str], model_version: str) -> None:
        """Delete the vectors of all other versions of songs whose file has become another one."""
        with self._lock, self._database.transaction() as connection:
            connection.executemany(
                "DELETE FROM embeddings WHERE filename = ? AND model_version != ?",
                [(filename, model_version) for filename in filenames],
            )
            self._cache.clear()

    def copy(self, sources: Mapping[str, str]) -> None:
        """Give songs the vectors, of all versions, of songs that sound like them."""
        now = time.time()
        rows = [(new, now, old) for new, old in sources.items() if new != old]
        with self._lock, self._database.transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO embeddings SELECT ?1, model_version, embedding, embedding_dim, ?2, ?2 "
                "FROM embeddings WHERE filename = ?3",
                rows,
            )
            self._cache.clear()

    def store_metadata(self, model_version: str, *, encoder_class: str, hyperparameters: dict[str, Any]) -> None:
        """Say what made the vectors of a version; the first word about a version stands."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO model_metadata VALUES (?, ?, ?, ?)",
                [model_version, encoder_class, json.dumps(hyperparameters, sort_keys=True), time.time()],
            )

    def get_metadata(self, model_version: str) -> dict[str, Any] | None:
        """The encoder's class and hyperparameters, or None for an unknown version."""
        query = "SELECT encoder_class, hyperparameters, created_at FROM model_metadata WHERE model_version = ?"
        rows = self._database.rows(query, [model_version])
        if not rows:
            return None
        return {**dict(rows[0]), "hyperparameters": json.loads(rows[0]["hyperparameters"])}

    def matrix(self, model_version: str) -> EmbeddingMatrix:
        """All vectors of a version as a read-only matrix (songs, dim), mapped from a file beside the store."""
        return load_matrix(self._database, model_version, beside=self.path)

    def close(self) -> None:
        self._database.close()

    def _forget_what_others_changed(self) -> None:
        """Another process (a scan from a shell, while the window is open) may have replaced what is remembered."""
        change = int(self._database.rows("PRAGMA data_version")[0][0])
        if change != self._seen_change:
            self._cache.clear()
            self._seen_change = change

    def _forget(self, filenames: Iterable[str], model_version: str) -> None:
        for filename in filenames:
            self._cache.pop((filename, model_version), None)

    def _recall(self, filenames: Iterable[str], model_version: str) -> dict[str, Vector]:
        found = {name: self._cache[name, model_version] for name in filenames if (name, model_version) in self._cache}
        for name in found:
            self._cache.move_to_end((name, model_version))
        return found

    def _remember(self, vectors: dict[str, Vector], model_version: str) -> None:
        for name, vector in vectors.items():
            self._cache[name, model_version] = vector
            self._cache.move_to_end((name, model_version))
        while len(self._cache) > self._remembered:
            self._cache.popitem(last=False)


def _checked(vector: Vector) -> Vector:
    array = np.asarray(vector, dtype=np.float32)
    if array.ndim != 1 or not array.size or not np.isfinite(array).all():
        message = f"an embedding must be one finite vector, not an array of shape {array.shape}"
        raise ValueError(message)
    return np.ascontiguousarray(array)


def _to_bytes(vector: Vector) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, vector, allow_pickle=False)
    return buffer.getvalue()


def _from_bytes(blob: bytes) -> Vector:
    vector: Vector = np.asarray(np.load(io.BytesIO(blob), allow_pickle=False), dtype=np.float32)
    vector.flags.writeable = False
    return vector


def vectors_in(store: Path, filenames: Sequence[str], *, version: str) -> NDArray[np.float32]:
    """``EmbeddingMatrix.vectors_of`` of a store that is opened for nothing else."""
    opened = EmbeddingStore(store)
    try:
        return opened.matrix(version).vectors_of(filenames)
    finally:
        opened.close()
