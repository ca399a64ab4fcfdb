"""Similar songs: “more like these, less like those”, with the hubs among them corrected."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from core.errors import UserError
from core.recommend.filters import Filters
from core.recommend.remark import NONE_FITS, fewer
from core.recommend.space.best_first import best_first
from core.recommend.space.sound_space import Rows, SoundSpace, Vectors
from core.recommend.stock import Mask, Stock
from core.recommend.suggestion import SongList

MINUS_WEIGHT = 2.0
"""On real music (tests/benchmarks/bench_similar.py) lists then hold 37 to 56 % fewer songs by the artist of the minus
examples, and 2 to 5 % fewer by that of the plus examples; with 1, 22 to 37 % fewer and no fewer."""
EXAMPLES = 5
"""Of many examples the nearest count: of hundreds of disliked songs most are far from any song."""
MOST_MINUS = 30
"""Of hundreds of disliked songs only those nearest to the plus examples can be near to what is like these."""
LEAST = 1e-6
ROUNDING = 1e-5
"""By how much a bound may be below its score, since the products come from different routines."""
ANY = Filters()


def similar(
    stock: Stock,
    *,
    plus: Sequence[int],
    minus: Sequence[int] = (),
    filters: Filters = ANY,
    wanted: int = 20,
    minus_weight: float = MINUS_WEIGHT,
) -> SongList:
    """The songs that are most like the rows ``plus`` and unlike the rows ``minus``, which are never listed themselves.

    An example's affinity to a song is exp(-distance), the distance measured by local scaling (Zelnik-Manor and Perona
    2004): 1 for the same sound, about 0.37 for the tenth nearest. A song's nearness to several examples is the root of
    the mean square of its affinities to the five nearest, so that it need not be like all of them. The score, 0 to 1,
    is the nearness to plus, times (one minus the nearness to minus) to the power of ``minus_weight``: songs that are
    far from minus lose nothing to speak of. “Not this artist” is ``Filters.without_groups``. Raises ValueError without
    any plus, and UserError for a song that is among both.
    """
    if not len(plus):
        message = "similar songs need at least one example"
        raise ValueError(message)
    if both := set(plus) & set(minus):
        song = stock.songs[min(both)]
        raise UserError(f"{song.title or song.song_id} cannot be both what you want more of and what you want less of.")
    wish = _Wish.of(stock.space, plus, minus, weight=minus_weight)
    allowed = filters.allowed(stock)
    allowed[[*plus, *minus]] = False
    chosen = _chosen(stock, wish, allowed=allowed, filters=filters, wanted=wanted)
    found = tuple(stock.suggestion(row, score=float(np.exp(score))) for row, score in chosen)
    return SongList(_title(stock, plus), found, fewer(len(found), wanted=wanted) if found else (NONE_FITS,))


@dataclass(frozen=True)
class _Wish:
    space: SoundSpace
    plus: Rows
    minus: Rows
    weight: float

    @classmethod
    def of(cls, space: SoundSpace, plus: Sequence[int], minus: Sequence[int], *, weight: float) -> Self:
        """With those of the minus examples that count."""
        wanted, unwanted = np.asarray(plus, np.intp), np.asarray(minus, np.intp)
        if len(unwanted) > MOST_MINUS:
            near = space.nearness(wanted, to=unwanted).max(axis=0)
            unwanted = unwanted[np.sort(np.argsort(-near, kind="stable")[:MOST_MINUS])]
        return cls(space, wanted, unwanted, weight)

    @property
    def is_simple(self) -> bool:
        """Whether the bounds are the scores."""
        return not len(self.minus) or self.weight <= 0

    def bounds(self, rows: Rows | None) -> tuple[Vectors, Vectors]:
        """The logarithms of the nearness to plus, and of what the score is at most: of all songs, or of some."""
        if self.is_simple:
            near = _nearness(self.space.nearness(self.plus, to=rows))
            return near, near
        # The root of a mean square is at least the geometric mean, which takes one product for all examples.
        each, mean = self.space.nearness_and_mean(self.plus, self.minus, to=rows)
        near = _nearness(each)
        return near, near + self._unlike(mean) + np.float32(ROUNDING)

    def scores(self, rows: Rows, near: Vectors) -> Vectors:
        """The logarithm of the score of songs with this nearness to plus."""
        scores: Vectors = near + self._unlike(_nearness(self.space.nearness(self.minus, to=rows)))
        return scores

    def _unlike(self, minus: Vectors) -> Vectors:
        unlike: Vectors = np.float32(self.weight) * np.log(-np.expm1(np.minimum(minus, np.float32(-LEAST))))
        return unlike


def _nearness(logarithms: Vectors) -> Vectors:
    """The logarithm (songs,) of the root of the mean square of affinities, given by theirs (examples, songs)."""
    count = len(logarithms)
    if count > EXAMPLES:
        logarithms = np.partition(logarithms, count - EXAMPLES, axis=0)[count - EXAMPLES :]
    nearest: Vectors = logarithms.max(axis=0)
    # Relative to the nearest example: the affinity of a far song may be too small for a number.
    nearness: Vectors = nearest + np.log(np.exp(2 * (logarithms - nearest)).mean(axis=0)) / 2
    return nearness


def _chosen(stock: Stock, wish: _Wish, *, allowed: Mask, filters: Filters, wanted: int) -> list[tuple[int, float]]:
    """Row and logarithm of the score of the songs in the list."""
    chosen: list[tuple[int, float]] = []
    for proposed in stock.space.proposals(wish.plus):
        chosen = _best(stock, wish, proposed, allowed=allowed, filters=filters, wanted=wanted)
        if len(chosen) == wanted:
            break
    return chosen


def _best(
    stock: Stock, wish: _Wish, proposed: Rows | None, *, allowed: Mask, filters: Filters, wanted: int
) -> list[tuple[int, float]]:
    """The same of the songs that were proposed."""
    near, bounds = wish.bounds(None) if proposed is None else _spread(wish, proposed, songs=len(stock))
    bounds = np.where(allowed, bounds, np.float32(-np.inf))
    exact = None if wish.is_simple else lambda looked_at: wish.scores(looked_at, near[looked_at])
    scores: dict[int, float] = {}

    def ranked() -> Iterator[int]:
        for row, score in best_first(bounds, names=stock.song_ids, exact=exact):
            scores[row] = score
            yield row

    return [(row, scores[row]) for row in filters.choose(ranked(), stock=stock, wanted=wanted)]


def _spread(wish: _Wish, rows: Rows, *, songs: int) -> tuple[Vectors, Vectors]:
    """The bounds of some rows in arrays (songs,); no other song is listed."""
    near, bounds = (np.full(songs, -np.inf, np.float32) for _ in range(2))
    near[rows], bounds[rows] = wish.bounds(rows)
    return near, bounds


def _title(stock: Stock, plus: Sequence[int]) -> str:
    if len(set(plus)) > 1:
        return f"Like {len(set(plus))} songs"
    song = stock.songs[plus[0]]
    return f"Like {song.name}"
