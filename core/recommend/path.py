"""A path from one song to another: songs that change gradually, with no step larger than it must be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.recommend.filters import Filters
from core.recommend.remark import Remark, Remarks, Shortage, fewer
from core.recommend.space.sound_space import Rows
from core.recommend.stock import Mask, Stock
from core.recommend.suggestion import SongList
from core.recommend.transitions import SAME_ARTIST, between, largest_step, steps
from core.recommend.ways.chains import Distances, smoothest
from core.recommend.ways.corridor import Corridor

SONGS = 2000
"""Looked at around the line: among more, the largest step of 20 songs hardly gets smaller."""
WORK = 80_000_000
"""Distances compared for all songs of a path; of a long one fewer candidates are looked at, but 4 for each song."""
AT_ONCE = 256
"""Songs of which the costs of all steps are computed."""
EVENNESS = 0.2
"""What uneven progress costs, against the size of the steps: more makes the steps larger and little more even."""


@dataclass(frozen=True)
class _Search:
    """What is the same for every attempt at a path."""

    stock: Stock
    corridor: Corridor
    wanted: int
    weight: float
    straight: float
    """The largest step of the straight-line walk."""


def path(
    stock: Stock,
    *,
    start: int,
    end: int,
    wanted: int,
    weight: float = 0.0,
    filters: Filters = Filters(),  # noqa: B008 - frozen, and empty
) -> SongList:
    """``wanted`` songs from the row ``start`` to the row ``end``, both among them, that change gradually.

    Each song is nearer to the end, against the start, than the one before it, and of all such paths (among the 2,000
    songs nearest to the line) it is one whose largest step is the smallest; of those, one of small and even steps that
    seldom stay with an artist. Where more songs are wanted than that order can hold without a larger step, the others
    are put in where they need the smallest steps. A step is a cosine distance, 0 to 2.

    ``weight`` (0 to 1) trades smoothness for songs that are liked, by the owner's stars or the predicted ones: at 1
    only liking counts, and steps may be as large as those of a straight-line walk, but never larger because of it. The
    filters hold for the songs between; their limits count the two ends, which stay whatever they are. An end that no
    playlist can hold leads the way, and is left out of the list.

    The ``score`` of a suggestion is 1 minus the step from the song before it, and 1 for the first. The figures are
    ``largest_step``, ``mean_step`` and, for comparison, ``straight_largest_step``: that of the usual walk, which takes
    the nearest song that is left to each of as many even points between the two. Raises UserError for fewer than two
    songs.
    """
    if wanted < 2:
        raise UserError(f"A path has at least two songs, its start and its end, not {wanted}.")
    if start == end:
        return _listed(stock, [start], straight=0.0, remarks=[Remark("The path starts and ends with the same song.")])
    usable = filters.allowed(stock)
    corridor = Corridor.between(stock.space, start=start, end=end)
    walk = corridor.straight_walk(usable, wanted=wanted)
    search = _Search(stock, corridor, wanted, weight, largest_step(stock, walk))
    rows = _within_limits(search, usable, filters=filters)
    remarks = [*fewer(len(rows), wanted=wanted), *_jump(stock, rows)]
    return _listed(stock, rows, straight=search.straight, remarks=remarks)


def _within_limits(search: _Search, usable: Mask, *, filters: Filters) -> list[int]:
    """The path that keeps the limits per artist and album: what is too much of one is banned, and another path sought.

    Every round brings one more artist or album within its limit for good, so that it ends.
    """
    stock, usable = search.stock, usable.copy()
    while True:
        rows = _best(search, usable)
        kept = filters.choose(_ends_first(stock, rows), stock=stock, wanted=len(rows))
        banned = _too_much(stock, rows, kept=kept, filters=filters)
        banned[[*kept, search.corridor.start, search.corridor.end]] = False
        if not (banned & usable).any():
            return rows
        usable &= ~banned


def _ends_first(stock: Stock, rows: Sequence[int]) -> list[int]:
    """The two ends, then the songs between: first those with the smallest steps around them."""
    sizes = steps(stock, rows)
    larger = [max(pair) for pair in pairwise(sizes)]
    return [rows[0], rows[-1], *(rows[place + 1] for place in np.argsort(larger, kind="stable"))]


def _too_much(stock: Stock, rows: Sequence[int], *, kept: Sequence[int], filters: Filters) -> Mask:
    """(songs,): all songs of the artists and albums of which there are more in the path than may be."""
    banned = np.zeros(len(stock), dtype=bool)
    if len(kept) < len(rows):
        for groups, limit in ((stock.artists, filters.max_per_artist), (stock.albums, filters.max_per_album)):
            if limit is not None:
                counts = np.bincount(groups[list(rows)], minlength=len(stock))
                banned |= counts[groups] > limit
    return banned


def _best(search: _Search, usable: Mask) -> list[int]:
    """The best path of usable songs, without any limits per artist and album."""
    corridor = search.corridor
    most = max(4 * search.wanted, min(SONGS, int((WORK / search.wanted) ** 0.5)))
    rows, positions = _in_order(search, corridor.songs(usable, most=most))
    distances = between(search.stock, rows)
    first, last = (int(np.flatnonzero(rows == end)[0]) for end in (corridor.start, corridor.end))
    chain = smoothest(
        distances,
        costs=_costs(search, rows, positions=positions, distances=distances),
        ends=(first, last),
        wanted=search.wanted,
        limit=lambda least: least + search.weight * max(search.straight - least, 0),
    )
    return [int(rows[song]) for song in chain]


def _in_order(search: _Search, rows: Rows) -> tuple[Rows, NDArray[np.float64]]:
    """The songs and their positions from start to end: those at the place of an end lie between the ends."""
    corridor, songs = search.corridor, search.stock.songs
    positions = corridor.positions[rows]
    inner = 1 * (rows != corridor.start) + 1 * (rows == corridor.end)
    order = np.lexsort(([songs[row].song_id for row in rows], inner, positions))
    return rows[order], positions[order]


def _costs(search: _Search, rows: Rows, *, positions: NDArray[np.float64], distances: Distances) -> Distances:
    """(rows, rows): what a step costs from one song to another, for paths whose largest step is the same."""
    artists = search.stock.artists[rows]
    liking = search.stock.liking[rows]
    known = np.isfinite(liking)
    # A song of which nothing is known is neither better nor worse than the others.
    disliking = 1 - np.where(known, liking, liking[known].mean() if known.any() else 0)
    costs = np.empty_like(distances)
    for start in range(0, len(rows), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        # Progress in steps of an even path, of which the two ends are 2 apart.
        progress = ((positions[None, :] - positions[part, None]) * (search.wanted - 1) / 2).astype(np.float32)
        # By squares, even steps cost less than tiny and large ones: two recordings of one song are no progress.
        rough = distances[part] ** 2 + EVENNESS * progress**2 + SAME_ARTIST * (artists[part, None] == artists)
        costs[part] = (1 - search.weight) * rough + search.weight * disliking
    return costs


def _listed(stock: Stock, rows: Sequence[int], *, straight: float, remarks: Iterable[Remark | Shortage]) -> SongList:
    sizes = steps(stock, rows)
    scores = [1.0, *(1 - step for step in sizes)]
    listed = zip(rows, scores, strict=True)
    suggestions = tuple(stock.suggestion(row, score=score) for row, score in listed if stock.playable[row])
    figures = {
        "largest_step": max(sizes, default=0.0),
        "straight_largest_step": straight,
        "mean_step": float(np.mean(sizes)) if sizes else 0.0,
    }
    gone = (stock.songs[row].name for row in rows if not stock.playable[row])
    left_out = [Remark(f"{name} cannot be played and is left out.") for name in gone]
    title = f"From {stock.songs[rows[0]].name} to {stock.songs[rows[-1]].name}"
    return SongList(title, suggestions, (*remarks, *left_out), figures)


def _jump(stock: Stock, rows: Sequence[int]) -> Remarks:
    """A sentence where the largest step is hardly smaller than that between any two songs."""
    sizes = steps(stock, rows)
    place = int(np.argmax(sizes))
    pair = [rows[place], rows[place + 1]]
    others = stock.space.distances(np.array(pair))
    if sizes[place] < float((others.mean(axis=1) - others.std(axis=1)).mean()):
        return ()
    before, after = (stock.songs[row].name for row in pair)
    return (Remark(f"The largest step is from {before} to {after}: they sound hardly more alike than any two songs."),)
