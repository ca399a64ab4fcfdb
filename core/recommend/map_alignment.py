"""Turning a map onto the one before, so that nobody loses the way: rotation or reflection, size and place."""

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.float32]
"""(songs, 2)."""
SMALLEST = 1e-100
"""Songs that are drawn together may pass through places that are all but one."""


def framed(positions: NDArray[np.floating]) -> Places:
    """About the middle, the outermost coordinate 1 or -1."""
    middle = (positions.max(axis=0) + positions.min(axis=0)) / 2
    return _fitted(positions - middle)


def framed_like(positions: NDArray[np.floating], before: Places) -> Places:
    """The same turned as ``before`` (songs, 2), which is NaN for songs that had no place (Procrustes, 1962).

    Where fewer than three songs had one, there is nothing to turn to.
    """
    known = np.isfinite(before).all(axis=1)
    if known.sum() < 3:
        return framed(positions)
    old, new = before[known].astype(np.float64), positions[known].astype(np.float64)
    to, center = old.mean(axis=0), new.mean(axis=0)
    left, _, right = np.linalg.svd((new - center).T @ (old - to))
    # By the ratio of their spreads: the least squares would shrink a map that is unlike the one before.
    size = float(np.linalg.norm(old - to)) / max(float(np.linalg.norm(new - center)), SMALLEST)
    return _fitted((positions - center) @ (left @ right) * size + to)


def _fitted(positions: NDArray[np.floating]) -> Places:
    outermost = float(np.abs(positions).max()) if len(positions) else 0.0
    return (positions / max(outermost, SMALLEST)).astype(np.float32)
