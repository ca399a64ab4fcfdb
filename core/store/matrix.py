"""All embeddings of a version as one contiguous memory-mapped matrix, rebuilt when the store has moved on.

60,000 calls of ``numpy.load`` take 1.7 s; mapping the matrix takes milliseconds.
"""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.store.database import Database, sentences

ITEM_SIZE = 4


@dataclass(frozen=True)
class EmbeddingMatrix:
    """``vectors[i]`` is the embedding of ``filenames[i]``; vectors have shape (songs, dim), float32, read-only."""

    filenames: list[str]
    vectors: NDArray[np.float32]

    def index(self) -> dict[str, int]:
        """The row of each song."""
        return {name: row for row, name in enumerate(self.filenames)}

    def rows(self, filenames: list[str]) -> tuple[list[str], NDArray[np.float32]]:
        """Those of the songs that have a vector, and their vectors in the same order."""
        index = self.index()
        found = [name for name in filenames if name in index]
        return found, np.asarray(self.vectors[[index[name] for name in found]])


def load_matrix(database: Database, model_version: str, *, beside: Path) -> EmbeddingMatrix:
    """Map the matrix file of a version; write it anew when the store holds other vectors than it does."""
    stamp = version_state(database, model_version)
    if stamp[0] == 0:
        return EmbeddingMatrix([], np.empty((0, 0), dtype=np.float32))
    if str(beside) == ":memory:":
        return _read(database, model_version)
    file = beside.with_name(f"{beside.stem}-{hashlib.sha256(model_version.encode()).hexdigest()[:12]}.npy")
    names = file.with_suffix(".json")
    if not _is_current(names, stamp):
        with sentences(file):
            _write(_read(database, model_version), file=file, names=names, stamp=stamp)
    vectors = np.load(file, mmap_mode="r", allow_pickle=False)
    return EmbeddingMatrix(json.loads(names.read_text())["filenames"], vectors)


def version_state(database: Database, model_version: str) -> list[float]:
    """Numbers that differ whenever the vectors of a version do; the first is how many there are."""
    query = "SELECT count(*), total(updated_at), max(updated_at) FROM embeddings WHERE model_version = ?"
    return list(database.rows(query, [model_version])[0])


def _is_current(names: Path, stamp: list[float]) -> bool:
    try:
        return bool(json.loads(names.read_text())["stamp"] == stamp)
    except (OSError, ValueError, KeyError):
        return False


def _read(database: Database, model_version: str) -> EmbeddingMatrix:
    newest = "SELECT embedding_dim FROM embeddings WHERE model_version = ? ORDER BY updated_at DESC LIMIT 1"
    size = int(database.rows(newest, [model_version])[0][0]) * ITEM_SIZE
    query = "SELECT filename, embedding FROM embeddings WHERE model_version = ? AND embedding_dim = ? ORDER BY filename"
    rows = database.rows(query, [model_version, size // ITEM_SIZE])
    # numpy.save writes the values last, so that the tail of the bytes is the vector whatever its header's length.
    data = b"".join(row["embedding"][-size:] for row in rows)
    vectors = np.frombuffer(data, dtype="<f4").reshape(len(rows), -1)
    return EmbeddingMatrix([row["filename"] for row in rows], vectors)


def _write(matrix: EmbeddingMatrix, *, file: Path, names: Path, stamp: list[float]) -> None:
    # The names are written last: a matrix without them is stale, so that a kill in between costs only a rebuild.
    for target, write in (
        (file, lambda stream: np.save(stream, matrix.vectors, allow_pickle=False)),
        (names, lambda stream: stream.write(json.dumps({"stamp": stamp, "filenames": matrix.filenames}).encode())),
    ):
        temporary = target.with_name(f".{target.name}.{os.getpid()}")
        with temporary.open("wb") as stream:
            write(stream)
        temporary.replace(target)
