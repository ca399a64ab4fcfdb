"""What a fitted model would have said of songs had their whole group been left out, without fitting it again.

For a Gaussian model, the residuals of a left-out group G are (V⁻¹_GG)⁻¹ (V⁻¹ y)_G (Rasmussen and Williams 2006, 5.4.2,
for single songs; the block form follows in the same way).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import scipy.linalg

from core.training.rating.effects import Array, Integers, Posterior

LARGEST_GROUP = 1000
"""Songs that are left out at once: a larger group is cut, or it takes longer than all others."""


@dataclass(frozen=True)
class LeftOut:
    """Of each song, as if its group were unknown: the rating less what would be said, and its expected deviation."""

    residuals: Array
    deviations: Array


def left_out(posterior: Posterior, groups: Integers) -> LeftOut:
    """Leave out each group (songs,) in turn; the variances stay as they are."""
    solved = posterior.explained_by_features
    residuals, deviations = np.empty(len(groups)), np.empty(len(groups))
    parts = rows_of(groups)
    # All at once, for there may be thousands.
    single = np.concatenate([rows for rows in parts if len(rows) == 1] or [np.zeros(0, np.intp)])
    variances = 1 / (posterior.inverse_diagonal(single) - np.square(solved[single]).sum(axis=1))
    residuals[single] = variances * posterior.dual[single]
    deviations[single] = np.sqrt(np.maximum(variances, 1e-12))
    for rows in (each for each in parts if len(each) > 1):
        inverse = posterior.inverse_block(rows) - solved[rows] @ solved[rows].T
        block = scipy.linalg.inv(inverse, check_finite=False)
        residuals[rows] = block @ posterior.dual[rows]
        deviations[rows] = np.sqrt(np.maximum(np.diag(block), 1e-12))
    return LeftOut(residuals, deviations)


def rows_of(groups: Integers) -> Sequence[Integers]:
    """The rows of each group, in parts of at most ``LARGEST_GROUP``."""
    order = np.argsort(groups, kind="stable")
    edges = [0, *(np.flatnonzero(np.diff(groups[order])) + 1).tolist(), len(order)]
    whole = [order[first:last] for first, last in pairwise(edges)]
    return [part for rows in whole for part in _cut(rows)]


def _cut(rows: Integers) -> Sequence[Integers]:
    if len(rows) <= LARGEST_GROUP:
        return [rows]
    return np.array_split(rows, -(-len(rows) // LARGEST_GROUP))
