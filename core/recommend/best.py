"""The best list: unrated songs by their predicted stars; and other draws from the songs at the top of a list."""

from dataclasses import replace

import numpy as np

from core.recommend.filters import Filters
from core.recommend.remark import About, Remark, Shortage
from core.recommend.space.best_first import best_first
from core.recommend.stock import Mask, Stock
from core.recommend.suggestion import SongList

POOL = 3
"""So many times the songs wanted are there to draw from when a list is shuffled."""
TITLE = "Best"


def best(stock: Stock, *, wanted: int, filters: Filters) -> SongList:
    """The songs without stars that are predicted best, best first; the score is the predicted rating, 0 to 1."""
    unrated = replace(filters, unrated=True)
    allowed = unrated.allowed(stock) & np.isfinite(stock.predicted)
    bounds = np.where(allowed, stock.predicted, -np.inf).astype(np.float32)
    ranked = (row for row, _ in best_first(bounds, names=stock.song_ids))
    rows = filters.choose(ranked, stock=stock, wanted=wanted)
    chosen = tuple(stock.suggestion(row, score=stock.predicted[row]) for row in rows)
    return SongList(TITLE, chosen, () if len(rows) >= wanted else (_fewer(stock, len(rows), wanted, filters=unrated),))


def drawn(found: SongList, *, wanted: int, seed: int) -> SongList:
    """``wanted`` songs of a longer list, in its order, drawn by their scores: twice the score is twice the chance."""
    pool = found.suggestions
    if len(pool) <= wanted:
        return found
    scores = np.maximum([each.score for each in pool], 1e-9)
    # The largest of exponential races are a draw without replacement by these chances (Efraimidis and Spirakis 2006).
    keys = np.random.default_rng(seed).random(len(pool)) ** (1 / scores)
    kept = sorted(np.argsort(-keys, kind="stable")[:wanted].tolist())
    remark = Remark(f"Drawn from the first {len(pool)} songs, those at the top more often.", About.MAKING)
    return replace(found, suggestions=tuple(pool[place] for place in kept), remarks=(remark,))


def _fewer(stock: Stock, found: int, wanted: int, *, filters: Filters) -> Remark | Shortage:
    highest = _highest(stock, replace(filters, min_rating=None).allowed(stock))
    if filters.min_rating is not None and highest is not None:
        stars = f"predicted to get {filters.min_rating * 5:.3g} stars; the highest prediction is {highest:.1f}."
        return Shortage(found, wanted, f" are {stars}") if found else Remark(f"No song is {stars}")
    if not found:
        return Remark("No song without stars fits: loosen what is asked for, or scan the library.")
    return Shortage(found, wanted, ": no more songs without stars fit.")


def _highest(stock: Stock, allowed: Mask) -> float | None:
    """In stars, rounded down; None where nothing is predicted."""
    predicted = stock.predicted[allowed & np.isfinite(stock.predicted)]
    return float(np.floor(predicted.max() * 50) / 10) if len(predicted) else None
