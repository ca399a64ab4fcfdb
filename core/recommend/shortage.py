"""What is said of a list that is shorter than its owner asked for."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core.recommend.filters import Filters
from core.recommend.remark import Remark, Remarks, Shortage
from core.recommend.stock import Stock


def recounted(remarks: Remarks, *, shown: int, wanted: int) -> Remarks:
    """The remarks on a list as they are to be read above ``shown`` of ``wanted`` songs.

    A list is made with some songs to spare, and without those that are to stay.
    """
    if shown >= wanted:
        return tuple(each for each in remarks if not isinstance(each, Shortage))
    return tuple(replace(each, found=shown, wanted=wanted) if isinstance(each, Shortage) else each for each in remarks)


def lower_minimum(stock: Stock, *, filters: Filters, shown: int, wanted: int, beside: Sequence[int] = ()) -> Remarks:
    """The highest minimum, in tenths of a star, that would give as many songs as can be had; nothing for none.

    ``shown`` are in the list as it is, among them those ``beside``, which stay in every case.
    """
    if filters.min_rating is None or shown >= wanted:
        return ()
    allowed = replace(filters, min_rating=None).allowed(stock) & np.isfinite(stock.liking)
    rows = np.flatnonzero(allowed)
    best_first = rows[np.argsort(-stock.liking[rows], kind="stable")].tolist()
    chosen = filters.choose(best_first, stock=stock, wanted=wanted - len(beside), beside=beside)
    if len(chosen) + len(beside) <= shown:
        return ()
    stars = float(np.floor(stock.liking[chosen[-1]] * 50) / 10)
    return (Remark(f"A minimum of {stars:.1f} stars would give {len(chosen) + len(beside)}."),)
