"""All embeddings of a version as one contiguous memory-mapped matrix, rebuilt when the store has moved on.

60,000 calls of ``numpy.load`` take 1.7 s; mapping the matrix takes milliseconds. The file has two lines of JSON, its
stamp and its names, then the values: one file, so that names and vectors can never be those of two different moments.
"""

import hashlib
import json
import mmap
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from core.store.database import Database, sentences

ITEM_SIZE = 4
PIECE = 4096
"""Rows that are read from the file at once."""
ALIGNMENT = 64
"""Bytes; numpy and torch are slow on values that lie askew."""


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
        return found, self.at(np.array([index[name] for name in found], dtype=np.intp))

    def vectors_of(self, filenames: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of songs in their order; one that has none, since it was removed, counts as like all others."""
        index = self.index()
        rows = np.array([index.get(name, -1) for name in filenames], dtype=np.intp)
        vectors = self.at(rows)
        vectors[rows < 0] = vectors[rows >= 0].mean(axis=0)
        return vectors

    def at(self, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """A copy (rows, dim) of some rows, for which hardly more memory is taken than it has itself."""
        found = np.empty((len(rows), self.vectors.shape[1]), np.float32)
        for places, vectors in self.pieces(rows):
            found[places] = vectors
        return found

    def pieces(self, rows: NDArray[np.intp]) -> Iterator[tuple[NDArray[np.intp], NDArray[np.float32]]]:
        """Some rows, few at once in the order of the file: their places among ``rows``, and their vectors."""
        order = np.argsort(rows, kind="stable")
        for start in range(0, len(order), PIECE):
            places = order[start : start + PIECE]
            yield places, self.vectors[rows[places]]
            self._let_go()

    def _let_go(self) -> None:
        """Pages of the file that were read count as memory of this process until it says so."""
        mapping = getattr(self.vectors, "_mmap", None)
        if mapping is not None:
            mapping.madvise(mmap.MADV_DONTNEED)


NOTHING = EmbeddingMatrix([], np.empty((0, 0), dtype=np.float32))


def load_matrix(database: Database, model_version: str, *, beside: Path) -> EmbeddingMatrix:
    """Map the matrix file of a version; write it anew when the store holds other vectors than it does."""
    stamp = version_state(database, model_version)
    if stamp[0] == 0:
        return NOTHING
    if str(beside) == ":memory:":
        return _read(database, model_version)
    file = matrix_file(beside, model_version)
    current = _map(file, stamp)
    if current is None:
        built = _read(database, model_version)
        with sentences(file):
            _write(built, file=file, stamp=stamp)
        # Another process may have put a newer one in its place by now; then the one in memory serves.
        current = _map(file, stamp) or built
    return current


def matrix_file(store: Path, model_version: str) -> Path:
    """Where the matrix of a version lies."""
    return store.with_name(f"{store.stem}-{hashlib.sha256(model_version.encode()).hexdigest()[:12]}.matrix")


def version_state(database: Database, model_version: str) -> list[float]:
    """Numbers that differ whenever the vectors of a version do; the first is how many there are."""
    query = "SELECT count(*), total(updated_at), max(updated_at) FROM embeddings WHERE model_version = ?"
    return list(database.rows(query, [model_version])[0])


def _map(file: Path, stamp: list[float]) -> EmbeddingMatrix | None:
    """The matrix in a file, or None when there is none, or one of another moment."""
    try:
        with file.open("rb") as stream:
            *written, dimension = json.loads(stream.readline())
            if written != stamp:
                return None
            names = json.loads(stream.readline())
            vectors = np.memmap(stream, dtype="<f4", mode="r", offset=stream.tell())
            # A file that broke off may hold a whole number of values for each name all the same.
            return EmbeddingMatrix(names, vectors.reshape(len(names), dimension))
    except (OSError, ValueError, TypeError):
        return None


def _read(database: Database, model_version: str) -> EmbeddingMatrix:
    newest = "SELECT embedding_dim FROM embeddings WHERE model_version = ? ORDER BY updated_at DESC LIMIT 1"
    found = database.rows(newest, [model_version])
    if not found:
        return NOTHING
    size = int(found[0][0]) * ITEM_SIZE
    query = "SELECT filename, embedding FROM embeddings WHERE model_version = ? AND embedding_dim = ? ORDER BY filename"
    names, data = [], bytearray()
    for row in database.each(query, [model_version, size // ITEM_SIZE]):
        names.append(row["filename"])
        # numpy.save writes the values last, so that the tail of the bytes is the vector whatever its header's length.
        data += row["embedding"][-size:]
    vectors = np.frombuffer(data, dtype="<f4").reshape(len(names), size // ITEM_SIZE)
    vectors.flags.writeable = False
    return EmbeddingMatrix(names, vectors)


def _write(matrix: EmbeddingMatrix, *, file: Path, stamp: list[float]) -> None:
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            _write_lines(stream, stamp=[*stamp, matrix.vectors.shape[1]], names=matrix.filenames)
            stream.write(np.ascontiguousarray(matrix.vectors).data)
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)


def _write_lines(stream: IO[bytes], *, stamp: list[float], names: list[str]) -> None:
    head = json.dumps(stamp).encode() + b"\n" + json.dumps(names).encode()
    padding = -(len(head) + 1) % ALIGNMENT
    stream.write(head + b" " * padding + b"\n")
