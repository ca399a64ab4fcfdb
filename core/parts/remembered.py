"""Lists as they were made, while the stock that they were made from is the newest one."""

from collections.abc import Callable
from threading import Lock
from weakref import ref

from core.recommend.recipe import Recipe
from core.recommend.stock import Stock
from core.recommend.suggestion import SongList

MOST = 12
"""Lists that are kept while nothing changes: who sorts a list anew, or locks a song, should not wait for the songs."""


class Remembered:
    """Asked from several threads: the window cooks while an update renews, and each may have another stock."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._stock: Callable[[], Stock | None] = lambda: None
        """Not kept for this: it holds the places of all songs."""
        self._lists: dict[Recipe, SongList] = {}

    def get(self, recipe: Recipe, *, stock: Stock) -> SongList | None:
        """The list of a recipe; None if it was not made from this stock."""
        with self._lock:
            if self._stock() is not stock:
                self._stock, self._lists = ref(stock), {}
            return self._lists.get(recipe)

    def keep(self, recipe: Recipe, made: SongList, *, stock: Stock) -> None:
        """Remember a list, unless its stock is not the newest any more."""
        with self._lock:
            if self._stock() is stock:
                self._lists.pop(recipe, None)
                while len(self._lists) >= MOST:
                    self._lists.pop(next(iter(self._lists)))
                self._lists[recipe] = made
