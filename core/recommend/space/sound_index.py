"""Whom to measure in a library of millions: an index by faiss (the extra ``similar``) that proposes songs."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import faiss

CELLS_PER_ROOT = 4
"""Cells for each root of the number of songs, as faiss recommends."""
EXAMPLES_OF_A_CELL = 64
LOOKED_AT = 8
"""An eighth of the cells is searched."""


@dataclass(frozen=True)
class SoundIndex:
    """An inverted file: songs in cells around centers (Jégou 2011), each value in eight bits."""

    index: "faiss.Index"

    @classmethod
    def of(cls, units: NDArray[np.float32]) -> "SoundIndex | None":
        """Of songs (songs, dim) of length 1; None where faiss is not installed. A million take minutes."""
        try:
            import faiss
        except ImportError:
            return None
        cells = max(min(int(CELLS_PER_ROOT * len(units) ** 0.5), len(units) // EXAMPLES_OF_A_CELL), 1)
        index = faiss.index_factory(units.shape[1], f"IVF{cells},SQ8", faiss.METRIC_INNER_PRODUCT)
        examples = np.random.default_rng(0).permutation(len(units))[: EXAMPLES_OF_A_CELL * cells]
        index.train(np.ascontiguousarray(units[np.sort(examples)]))
        index.add(np.ascontiguousarray(units))
        faiss.ParameterSpace().set_index_parameter(index, "nprobe", max(cells // LOOKED_AT, 1))
        return cls(index)

    def near(self, units: NDArray[np.float32], *, wanted: int) -> NDArray[np.intp]:
        """The rows of about the ``wanted`` nearest songs to each of some vectors (songs, dim), in order of rows."""
        _, found = self.index.search(np.ascontiguousarray(units), min(wanted, self.index.ntotal))
        return np.unique(found[found >= 0]).astype(np.intp)
