"""Songs in the order of their scores, of which only as many are computed and sorted as are asked for."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from core.song import SongId

Scores = NDArray[np.float32]
Rows = NDArray[np.intp]
Exact = Callable[[Rows], Scores]

FIRST = 500
GROWTH = 4


def best_first(bounds: Scores, *, names: Sequence[SongId], exact: Exact | None = None) -> Iterator[tuple[int, float]]:
    """Yield row and score, largest score first, equal ones in the order of ``names`` (songs,); -inf is never yielded.

    ``bounds`` (songs,) are the scores, or what none of them exceeds if ``exact`` computes the score of some rows.
    """
    left = np.flatnonzero(bounds > -np.inf)
    rows, scores = np.array([], dtype=np.intp), np.array([], dtype=np.float32)
    wanted = FIRST
    while left.size or rows.size:
        looked_at, left = _split(left, bounds, wanted=wanted)
        rows = np.concatenate([rows, looked_at])
        scores = np.concatenate([scores, bounds[looked_at] if exact is None else exact(looked_at)])
        # Whoever is left scores at most as much as this; whoever scores more is next.
        is_next = scores > (bounds[left].max() if left.size else -np.inf)
        yield from sorted(
            zip(rows[is_next].tolist(), scores[is_next].tolist(), strict=True),
            key=lambda each: (-each[1], names[each[0]]),
        )
        waits = ~is_next & (scores > -np.inf)
        rows, scores = rows[waits], scores[waits]
        wanted *= GROWTH


def _split(rows: Rows, bounds: Scores, *, wanted: int) -> tuple[Rows, Rows]:
    """The rows with the largest bounds, all those that share the least of them too, and the others."""
    if rows.size <= wanted:
        return rows, rows[:0]
    limit = np.partition(bounds[rows], rows.size - wanted)[rows.size - wanted]
    chosen = bounds[rows] >= limit
    return rows[chosen], rows[~chosen]
