"""Intervals that cover what they say: predicted deviations, stretched by what was seen on songs left out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

COVERAGE = 0.9
GAUSSIAN = 1.645
"""Deviations within which nine of ten values of a normal distribution lie."""
DOUBT = 10
"""Groups whose worth the normal distribution counts for: the outer residual of few groups says little."""


@dataclass(frozen=True)
class Stretch:
    """How many predicted deviations below and above a prediction nine of ten ratings lie."""

    low: float
    high: float


def stretch(residuals: NDArray[np.float64], *, groups: NDArray[np.intp]) -> Stretch:
    """From residuals (songs,) in predicted deviations, on songs whose groups (songs,) were left out.

    Conformal quantiles (Vovk 2005; Lei 2018), each side for itself since ratings are skewed. Songs of a group err
    together, so that it is groups that the doubt is counted in.
    """
    known = len(np.unique(groups))
    share = known / (known + DOUBT)
    low, high = (_quantile(side * residuals) for side in (-1, 1))
    return Stretch(share * low + (1 - share) * GAUSSIAN, share * high + (1 - share) * GAUSSIAN)


def _quantile(residuals: NDArray[np.float64]) -> float:
    """The one-sided conformal quantile; the largest residual where there are too few for it."""
    if not residuals.size:
        return GAUSSIAN
    rank = int(np.ceil((residuals.size + 1) * (1 + COVERAGE) / 2))
    return max(0.0, float(np.sort(residuals)[min(rank, residuals.size) - 1]))
