"""Whether one of two models is better than another by more than chance: compared song by song, and by whole artists.

Songs of an artist are alike, so that what is found on one of them is found on the others: artists are what is counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEVEL = 0.1
"""Of models that are no better, so many pass for it: it costs little to use one, and much to leave a better one unused.

On 280 real songs, of which 55 were held out, an encoder that was ahead by 0.046 could have been so by chance in 5 cases
of 100: with less, nothing that is learned from such a library would ever be used.
"""
DRAWS = 10_000
AT_ONCE = 500
"""Draws; all of them with thousands of artists would take hundreds of megabytes."""
ROUNDING = 1e-12

Shares = NDArray[np.float64]
"""What each song (songs,) gives to the figure of a model, which is their sum."""


@dataclass(frozen=True, slots=True)
class Margin:
    """By how much the figure of one model is above another's."""

    mean: float
    chance: float
    """How often two models that are equally good differ by as much to this side; 1 where they answer the same."""
    artists: int
    """That made a difference."""

    @property
    def is_sure(self) -> bool:
        return self.chance <= LEVEL


def margin_between(model: Shares, rival: Shares, *, units: Sequence[str], seed: int) -> Margin:
    """How far ``model`` is ahead of ``rival``, or behind: both by the shares of the same songs, which are of ``units``.

    Were both equally good, it would be a matter of chance, for each unit, which of them has which figure (Fisher's
    randomization test): the answers are exchanged so, many times.
    """
    _, numbers = np.unique(np.asarray(units, dtype=str), return_inverse=True)
    differences = np.bincount(numbers, weights=model - rival).astype(np.float64)
    differences = differences[np.abs(differences) > ROUNDING]
    found = float(differences.sum())
    if not differences.size:
        return Margin(0.0, 1.0, 0)
    beyond = sum(int(np.count_nonzero(drawn >= abs(found) - ROUNDING)) for drawn in _drawn(differences, seed=seed))
    return Margin(found, (1 + beyond) / (1 + DRAWS), differences.size)


def _drawn(differences: Shares, *, seed: int) -> list[Shares]:
    """The sums of differences whose signs are drawn by lot."""
    generator = np.random.default_rng(seed)
    sizes = [AT_ONCE] * (DRAWS // AT_ONCE)
    return [generator.choice((-1.0, 1.0), size=(size, differences.size)) @ differences for size in sizes]


def told(margin: Margin) -> str:
    """How often chance alone would do that, for people."""
    hundredth = round(100 * margin.chance)
    return f"in {hundredth} of 100 cases" if hundredth else "in fewer than 1 of 100 cases"
