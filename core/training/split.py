"""Splits that keep groups whole: a random split leaks artists and albums, and flatters every model."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


def held_out_groups(groups: Sequence[str], *, share: float, seed: int) -> Mask:
    """Mark whole groups until about ``share`` of the songs is held out; shape (songs,).

    At least one group is held out and one is kept. With a single group the songs themselves are split, since nothing
    else can be held out; a single song is kept.
    """
    names = np.asarray(groups, dtype=object)
    distinct = np.unique(names)
    if distinct.size < 2:
        names, distinct = np.arange(len(groups)), np.arange(len(groups))
    held = np.zeros(len(groups), dtype=bool)
    for name in np.random.default_rng(seed).permutation(distinct):
        candidate = held | (names == name)
        # A group that overshoots the share by more than it fills it is left for training.
        if abs(candidate.mean() - share) < abs(held.mean() - share) and not candidate.all():
            held = candidate
    if held.any() or distinct.size < 2:
        return held
    smallest: Mask = names == min(distinct, key=lambda name: (names == name).sum())
    return smallest


def group_folds(groups: Sequence[str], *, folds: int, seed: int) -> list[Mask]:
    """Disjoint masks, one a fold, that together hold every song once; groups stay whole and folds near in size."""
    names = np.asarray(groups, dtype=object)
    distinct, counts = np.unique(names, return_counts=True)
    shuffled = np.random.default_rng(seed).permutation(distinct.size)
    largest_first = shuffled[np.argsort(-counts[shuffled], kind="stable")]
    sizes = np.zeros(min(folds, distinct.size))
    fold_of = {}
    for number in largest_first:
        fold_of[distinct[number]] = int(sizes.argmin())
        sizes[sizes.argmin()] += counts[number]
    assigned = np.array([fold_of[name] for name in names])
    return [assigned == fold for fold in range(sizes.size)]
