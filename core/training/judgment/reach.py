"""How far each song reaches: the one number of a song that corrects how near it seems, so that no song is a hub.

In high dimensions a few songs lie near all others and enter most lists of neighbors, while others enter none
(Radovanović 2010). Local scaling measures each distance in the reaches of both its songs (Zelnik-Manor and Perona
2004; Schnitzer 2012 calls it NICDM, after Jégou 2007). ``core/recommend/space/reach_balance.py`` balances the reaches.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Numbers = NDArray[np.int64]
Report = Callable[[float], object]
"""Is told which share of the work is done; what it raises ends the work."""

NEIGHBORS = 10
SAMPLE = 15_000
"""Songs among which the nearest are sought; the reaches need not be exact, for the balance looks at all songs."""
FEWEST = 2
APART = 1e-3
"""Added to each distance: no two songs are at quite the same place, so that a reach is never zero."""
BLOCK_BYTES = 2**26
MOST_ROWS = 4096
"""Of a block, however narrow it is: its distances are held two or three times at once."""
STRIDE = 8
NARROW = 1000
"""Columns below which a plain partition is as fast."""


def apart(cosines: Vectors) -> Vectors:
    """The distances (0.001 to 2.001) of songs with these cosines."""
    distances: Vectors = 1 - cosines
    np.maximum(distances, 0, out=distances)
    distances += np.float32(APART)
    return distances


def local_reach(units: Vectors, *, sample: int = SAMPLE, report: Report = lambda _: None) -> Vectors:
    """The root of the mean distance from each of the songs (songs, dim; of length 1) to the ten nearest: (songs,).

    In larger libraries than ``sample`` the nearest are those among as many songs, fewer of them in proportion, but at
    least two.
    """
    count = len(units)
    chosen = np.sort(np.random.default_rng(count).permutation(count)[:sample])
    own = np.full(count, -1)
    own[chosen] = np.arange(len(chosen))
    return reach_among(units, units[chosen], own=own, of_songs=count, report=report)


def reach_among(
    units: Vectors, others: Vectors, *, own: Numbers, of_songs: int, report: Report = lambda _: None
) -> Vectors:
    """The same for any songs by what is nearest of the ``others``, a sample of ``of_songs``.

    ``own`` (songs,) tells which of the others each song is itself, -1 for none.
    """
    wanted = min(max(round(NEIGHBORS * len(others) / max(of_songs, 1)), FEWEST), len(others) - 1)
    if wanted < 1:
        return np.ones(len(units), np.float32)
    found = np.empty(len(units), np.float32)
    for part in blocks(len(units), width=len(others)):
        distances = apart(units[part] @ others.T)
        known = np.flatnonzero(own[part] >= 0)
        distances[known, own[part][known]] = np.inf
        found[part] = np.take_along_axis(distances, smallest(distances, wanted=wanted), axis=1).mean(axis=1)
        report(part.stop / len(units))
    return np.sqrt(found)


def completed(reach: Vectors, units: Vectors) -> Vectors:
    """The reaches (songs,) with those that are NaN measured among the songs whose reach is known."""
    new, known = np.flatnonzero(np.isnan(reach)), np.flatnonzero(~np.isnan(reach))
    if not new.size:
        return reach
    if known.size < 2:
        return local_reach(units)
    sample = np.random.default_rng(known.size).permutation(known)[:SAMPLE]
    filled = reach.copy()
    filled[new] = reach_among(units[new], units[sample], own=np.full(new.size, -1), of_songs=known.size)
    return filled


def smallest(values: Vectors, *, wanted: int) -> Numbers:
    """The columns (rows, wanted) of the smallest values of each row, in no order.

    A partition of long rows is slower than the product of matrices that they come from, so that most columns are
    first ruled out by the rank of a value in an eighth of the row.
    """
    if values.shape[1] < max(NARROW, STRIDE * wanted):
        return np.argpartition(values, wanted - 1, axis=1)[:, :wanted]
    rank = wanted // 5 + 2
    limit = np.partition(values[:, ::STRIDE], rank, axis=1)[:, rank]
    rows, columns = np.divmod(np.flatnonzero(values <= limit[:, None]), values.shape[1])
    counts = np.bincount(rows, minlength=len(values))
    narrow = np.full((len(values), int(counts.max())), np.inf, np.float32)
    place = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    narrow[rows, place] = values[rows, columns]
    column_of = np.zeros(narrow.shape, np.int64)
    column_of[rows, place] = columns
    return _from_narrow(values, narrow, column_of, few=np.flatnonzero(counts < wanted), wanted=wanted)


def _from_narrow(values: Vectors, narrow: Vectors, column_of: Numbers, *, few: Numbers, wanted: int) -> Numbers:
    """The smallest of the columns that are left, or of all for the rows with too ``few``."""
    if narrow.shape[1] <= wanted:
        return np.argpartition(values, wanted - 1, axis=1)[:, :wanted]
    chosen = np.argpartition(narrow, wanted - 1, axis=1)[:, :wanted]
    found = np.take_along_axis(column_of, chosen, axis=1)
    if few.size:
        found[few] = np.argpartition(values[few], wanted - 1, axis=1)[:, :wanted]
    return found


def blocks(count: int, *, width: int) -> list[slice]:
    """Parts of ``count`` rows, of which a matrix of float32 with ``width`` columns has at most 64 MB."""
    rows = min(max(BLOCK_BYTES // (4 * max(width, 1)), 1), MOST_ROWS)
    return [slice(start, min(start + rows, count)) for start in range(0, count, rows)]
