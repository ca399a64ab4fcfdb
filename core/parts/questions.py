"""What to rate next: the songs whose stars would teach the most about all the others."""

from dataclasses import replace

from core.parts.stock import StockRoom, playable_list
from core.parts.workplace import Workplace
from core.recommend.asking_child import asking_in_child
from core.recommend.bootstrap import bootstrap
from core.recommend.filters import Filters
from core.recommend.inquiry import Ask, asking_here
from core.recommend.rate_next import TITLE, none_left, rate_next
from core.recommend.space.sound_space import AT_ONCE
from core.recommend.stock import Stock
from core.recommend.suggestion import SongList
from core.training.rating.hearing import hearing_in

ANY = Filters()
FIRST, QUESTIONS = 20, 10
LINED_UP = 5
"""First songs that are lined up for each wanted one: the limits per artist and album take some."""
SPANNING = "One of a few songs that together span your library: a good beginning."


class Questions:
    """A part of the engine."""

    def __init__(self, workplace: Workplace, *, stock: StockRoom) -> None:
        self._workplace, self._room, self._seed = workplace, stock, workplace.config.seed

    def next(self, *, wanted: int | None = None, filters: Filters = ANY, seed: int | None = None) -> SongList:
        """Unrated songs, the most telling first, some of them drawn at random, each with the reason why.

        They are 10, unless another number is ``wanted``; before the first stars 20 that together span the library, of
        songs alike one that the owner has played. Raises UserError before the first scan.
        """
        stock, draw = self._room.now(), self._seed if seed is None else seed
        if not stock.is_rated.any():
            return playable_list(lambda now: self._first(now, wanted=wanted or FIRST, filters=filters), stock)
        ask = self._ask(songs=len(stock))
        return playable_list(
            lambda now: rate_next(now, ask=ask, filters=filters, wanted=wanted or QUESTIONS, seed=draw), stock
        )

    def _ask(self, *, songs: int) -> Ask:
        store, measured = self._workplace.stores.embeddings, self._workplace.measured_version()
        version = self._workplace.require_version()
        if songs > AT_ONCE:
            return asking_in_child(store.path, version=version, measured=measured)
        return asking_here(hearing_in(store, version=version, measured=measured))

    def _first(self, stock: Stock, *, wanted: int, filters: Filters) -> SongList:
        fitting = replace(stock, playable=filters.allowed(stock))
        rows = filters.choose(bootstrap(fitting, wanted=LINED_UP * wanted, seed=self._seed), stock=stock, wanted=wanted)
        entries = tuple(
            stock.suggestion(row, score=1 - place / len(rows), why=SPANNING) for place, row in enumerate(rows)
        )
        return SongList(TITLE, entries, remarks=() if entries else (none_left(filters),))
