"""The sound of songs in few numbers, as a map is laid out by it: principal components of standardized embeddings."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.float32]
"""(songs, at most 50)."""

DIMENSIONS = 50
CONSTANT = 1e-6
"""A value that deviates less says nothing; dividing by its deviation would blow up rounding errors."""


@dataclass(frozen=True, eq=False)
class SoundAxes:
    """How embeddings (songs, dim) become sound: kept with a map, so that songs that come later find their place."""

    mean: NDArray[np.float32]
    """(dim,)."""
    directions: NDArray[np.float32]
    """(dim, kept), each divided by the deviations of the values; never fewer than two."""

    @classmethod
    def of(cls, vectors: NDArray[np.float32]) -> Self:
        """The principal components of these songs, the widest first."""
        mean, deviation = vectors.mean(axis=0), vectors.std(axis=0)
        scale = np.where(deviation > CONSTANT, 1 / np.maximum(deviation, CONSTANT), 0).astype(np.float32)
        centered = (vectors - mean) * scale
        _, found = np.linalg.eigh((centered.T @ centered).astype(np.float64) / len(vectors))
        kept = min(DIMENSIONS, *vectors.shape)
        directions = (found[:, ::-1][:, :kept] * scale[:, None]).astype(np.float32)
        filled = np.pad(directions, ((0, 0), (0, max(0, 2 - kept))))
        return cls(mean.astype(np.float32), filled)

    def sound(self, vectors: NDArray[np.float32]) -> Sound:
        """Of these songs (songs, dim)."""
        return np.asarray((vectors - self.mean) @ self.directions, np.float32)
