"""What is said of a list that is shorter than its owner asked for."""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core.recommend.filters import Filters
from core.recommend.stock import Stock
from core.recommend.suggestion import SongList


def only(found: int, wanted: int) -> str:
    """How the sentence of every list begins."""
    return f"Only {found} of {wanted} songs"


def notice_for(found: SongList, *, asked: int, shown: int, wanted: int) -> str:
    """The notice of a list, of which ``asked`` songs were made, as it is to be read above ``shown`` of ``wanted``.

    A list is made with some songs to spare, and without those that are to stay.
    """
    said = only(len(found.suggestions), asked)
    if shown < wanted:
        return found.notice.replace(said, only(shown, wanted))
    return " ".join(each for each in re.split(r"(?<=\.) ", found.notice) if said not in each)


def lower_minimum(stock: Stock, *, filters: Filters, shown: int, wanted: int, beside: Sequence[int] = ()) -> str:
    """The highest minimum, in tenths of a star, that would give as many songs as can be had; empty for none.

    ``shown`` are in the list as it is, among them those ``beside``, which stay in every case.
    """
    if filters.min_rating is None or shown >= wanted:
        return ""
    allowed = replace(filters, min_rating=None).allowed(stock) & np.isfinite(stock.liking)
    rows = np.flatnonzero(allowed)
    best_first = rows[np.argsort(-stock.liking[rows], kind="stable")].tolist()
    chosen = filters.choose(best_first, stock=stock, wanted=wanted - len(beside), beside=beside)
    if len(chosen) + len(beside) <= shown:
        return ""
    stars = float(np.floor(stock.liking[chosen[-1]] * 50) / 10)
    return f"A minimum of {stars:.1f} stars would give {len(chosen) + len(beside)}."
