"""Smoothing a curve of losses, so that its way is seen in its noise."""

import numpy as np
from numpy.typing import NDArray

WIDEST = 0.2
"""Of the whole curve, at full smoothing."""


def smoothed(values: NDArray[np.float64], *, strength: float) -> NDArray[np.float64]:
    """A centered moving average of values (n,), narrower at the ends; ``strength`` 0 (none) to 1."""
    half = round(strength * WIDEST * len(values) / 2)
    if half < 1 or len(values) < 3:
        return values
    sums = np.concatenate([[0.0], np.cumsum(values)])
    places = np.arange(len(values))
    reach = np.minimum(half, np.minimum(places, len(values) - 1 - places))
    return np.asarray((sums[places + reach + 1] - sums[places - reach]) / (2 * reach + 1))
