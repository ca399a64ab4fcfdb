"""Songs that stand for all others: each next one brings the songs nearer to one that stands for them."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from core.recommend.space.sound_space import Rows, SoundSpace
from core.recommend.stock import Values

UNREACHED = 2.0
"""The largest cosine distance: how far a song is from nothing."""


def medoids(
    space: SoundSpace,
    *,
    candidates: Rows,
    covered: Rows,
    preference: Values | None = None,
    weights: Values | None = None,
    beside: Rows | None = None,
    artists: Rows | None = None,
) -> Iterator[int]:
    """Yield candidates, the one that brings the ``covered`` songs nearest first: the greedy k-medoids.

    What it gains is the sum over the covered songs of the distance that they come nearer, by their ``weights``
    (covered,), times its ``preference`` (candidates,). The songs ``beside`` stand for others already. With ``artists``
    (songs,), a second song of one is yielded only when everyone has had one. Of equals the first candidate comes first.
    """
    distances = 1 - space.units[covered] @ space.units[candidates].T
    reached = _reached(space, covered, beside)
    preferred = np.ones(len(candidates)) if preference is None else preference
    shares = (np.ones(len(covered)) if weights is None else weights).astype(np.float32)
    free = np.ones(len(candidates), dtype=bool)
    due = free.copy()
    while free.any():
        if not (free & due).any():
            due[:] = True
        gains = shares @ np.maximum(reached[:, None] - distances, 0)
        # A song that brings nobody nearer still comes, last.
        column = int(np.where(free & due, gains * preferred + 1e-9 * preferred, -1.0).argmax())
        free[column] = False
        if artists is not None:
            due &= artists[candidates] != artists[candidates[column]]
        reached = np.minimum(reached, distances[:, column])
        yield int(candidates[column])


def _reached(space: SoundSpace, covered: Rows, beside: Rows | None) -> NDArray[np.float32]:
    if beside is None or not len(beside):
        return np.full(len(covered), UNREACHED, np.float32)
    found: NDArray[np.float32] = 1 - (space.units[covered] @ space.units[beside].T).max(axis=1)
    return found
