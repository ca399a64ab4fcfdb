"""Where songs lie by their sound: distances between them, and how near they are with the hubs among them corrected."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from core.training.judgment.hubness import Reach, mutual_proximity
from core.training.judgment.neighbors import standardized

Vectors = NDArray[np.float32]
Rows = NDArray[np.intp]


@dataclass(frozen=True)
class SoundSpace:
    """One row a song; songs are named by their row."""

    units: Vectors
    """(songs, dim): standardized embeddings of length 1."""
    reach: Reach
    """Mean and deviation of the distances from each song to all others."""

    @classmethod
    def of(cls, vectors: Vectors) -> Self:
        """The space of embeddings (songs, dim)."""
        units = standardized(vectors) if len(vectors) else np.asarray(vectors, np.float32)
        return cls(units, _reach(units))

    def __len__(self) -> int:
        return len(self.units)

    def distances(self, rows: Rows) -> Vectors:
        """Cosine distances (rows, songs) from some songs to all, 0 to 2."""
        found: Vectors = 1 - self.units[rows] @ self.units.T
        return found

    def nearness(self, rows: Rows) -> Vectors:
        """(rows, songs): how near each song is to some of them, seen from both sides; larger is nearer, at most 0."""
        asked = Reach(self.reach.mean[rows], self.reach.deviation[rows])
        return mutual_proximity(self.distances(rows), rows=asked, columns=self.reach)

    def at(self, rows: Rows) -> "SoundSpace":
        """The same places, of some of the songs."""
        return SoundSpace(self.units[rows], Reach(self.reach.mean[rows], self.reach.deviation[rows]))


def _reach(units: Vectors) -> Reach:
    """Exact and without any distance: both moments of the cosines follow from the mean and the squares of all rows."""
    others = max(len(units) - 1, 1)
    # A song's cosine with itself is 1, and is no distance to another.
    mean = (units @ units.sum(axis=0) - 1) / others
    squares = (np.einsum("ij,ij->i", units @ (units.T @ units), units) - 1) / others
    deviation = np.sqrt(np.maximum(squares - mean**2, 0))
    return Reach((1 - mean).astype(np.float32), np.where(deviation > 0, deviation, 1).astype(np.float32))
