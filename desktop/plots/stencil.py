"""The pixels that a point covers: offsets from its own pixel, and how much of each is covered."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

FULL = 256
"""Of a pixel that is covered whole."""
LEAST = 10
"""What covers less of a pixel is not drawn: it is not seen, and costs as much."""


@dataclass(frozen=True, eq=False)
class Stencil:
    """The outermost pixels come first: where points overlap, each pixel is left to the one whose middle is nearest."""

    right: NDArray[np.intp]
    down: NDArray[np.intp]
    cover: NDArray[np.uint32]
    """0 to FULL."""

    def core(self) -> "Stencil":
        """Only the pixels that are more than half covered, for drawing in haste."""
        kept = self.cover * 2 > FULL
        return Stencil(self.right[kept], self.down[kept], self.cover[kept])


@lru_cache(maxsize=128)
def disc(diameter: float) -> Stencil:
    """A round point with soft edges; ``diameter`` in device pixels."""
    right, down, distance = _around(diameter)
    return _made(right, down, np.clip(diameter / 2 + 0.5 - distance, 0.0, 1.0))


@lru_cache(maxsize=128)
def ring(diameter: float, width: float) -> Stencil:
    """A circle that is empty inside."""
    right, down, distance = _around(diameter)
    outer, inner = (np.clip(edge + 0.5 - distance, 0.0, 1.0) for edge in (diameter / 2, diameter / 2 - width))
    return _made(right, down, outer - inner)


def _around(diameter: float) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
    reach = int(np.ceil(diameter / 2))
    down, right = np.mgrid[-reach : reach + 1, -reach : reach + 1].astype(np.intp)
    return right.ravel(), down.ravel(), np.hypot(right, down).ravel()


def _made(right: NDArray[np.intp], down: NDArray[np.intp], share: NDArray[np.float64]) -> Stencil:
    cover = np.round(share * FULL).astype(np.uint32)
    order = np.argsort(-np.hypot(right, down), kind="stable")
    order = order[cover[order] >= LEAST]
    return Stencil(right[order], down[order], cover[order])
