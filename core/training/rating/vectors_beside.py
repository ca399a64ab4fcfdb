"""Vectors of two kinds side by side, put together a few songs at a time."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class VectorsBeside:
    """Vectors with others beside them, which are joined when rows are asked for: all at once, 60,000 take 256 MB.

    Use::

        VectorsBeside(own, others, places)[1000:2000]  # an array (1000, own dim + others' dim)
    """

    own: Vectors
    """(songs, dim)."""
    others: Vectors
    """(of other songs, in another order, dim)."""
    places: NDArray[np.intp]
    """(songs,): the row of each song among the others; -1 for one that is not there, which gets NaN."""

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.own), self.own.shape[1] + self.others.shape[1]

    def __len__(self) -> int:
        return len(self.own)

    def __getitem__(self, rows: slice | NDArray[np.intp] | NDArray[np.bool_] | list[int]) -> Vectors:
        places, edge = self.places[rows], self.own.shape[1]
        both = np.empty((len(places), self.shape[1]), np.float32)
        both[:, :edge] = self.own[rows]
        np.take(self.others, places, axis=0, out=both[:, edge:], mode="wrap")  # -1 is the last row, for the moment
        both[places < 0, edge:] = np.nan
        return both

    def __array__(self, dtype: Any = None, *, copy: bool | None = None) -> NDArray[Any]:  # noqa: ANN401 - numpy's own
        """All of them, for numpy."""
        del copy  # it is one in any case
        return self[:].astype(dtype or np.float32, copy=False)


AnyVectors = Vectors | VectorsBeside
"""(songs, dim): of both kinds ``len``, ``shape`` and rows can be asked for, and numpy takes either."""
