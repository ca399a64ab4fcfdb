"""Reaches under which every song is among the ten nearest of another, and none is among those of very many.

Local scaling leaves a few hubs and a few orphans, which no list holds. Both are set right as in an auction (Bertsekas
1988): a place in a list has a price, the least reach that gets it. Orphans bid for the cheapest place whose holder has
another one; hubs are lowered until they hold no more places than are allowed. All other reaches stay as they were.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.training.judgment.reach import NEIGHBORS, Numbers, Report, Vectors, apart, blocks, local_reach, smallest

CANDIDATES = 4 * NEIGHBORS
"""Songs known for each list: those behind the tenth take the places of hubs."""
MOST_PLACES = 2 * NEIGHBORS
"""A song is among the ten nearest of ten others on average."""
ROUNDS = 30
MARGIN = np.float32(1e-4)
"""How far before its rival a place is taken: more than two products of matrices round differently."""
BIDS = 20
"""For each orphan: where more than eleven songs sound exactly alike, not all of them can be in a list."""


def balanced_reach(units: Vectors, *, report: Report = lambda _: None) -> Vectors:
    """The reach (songs,) of each of the songs (songs, dim; of length 1).

    It takes one look at all distances, in blocks of 64 MB, and before that one at those to at most 15,000 songs.
    ``report`` is told the share that is done, and may raise to end the work.
    """
    reach = local_reach(units, report=lambda done: report(done / 4))
    if len(units) <= NEIGHBORS + 1:
        return reach
    candidates = Candidates.of(units, reach, report=lambda done: report((1 + 3 * done) / 4))
    reach = _lower_hubs(units, reach, candidates)
    return _adopt_orphans(units, reach, candidates)


@dataclass(frozen=True)
class Candidates:
    """The songs that each list can hold; cells are (lists, candidates)."""

    songs: NDArray[np.int32]
    distances: Vectors
    bound: Vectors
    """(lists,): no other song is nearer than this, in its own reach."""

    @classmethod
    def of(
        cls, units: Vectors, reach: Vectors, *, rows: Numbers | None = None, report: Report = lambda _: None
    ) -> "Candidates":
        """For the lists of all songs, or of some."""
        asked = np.arange(len(units)) if rows is None else rows
        wanted = min(CANDIDATES, len(units) - 1)
        songs = np.empty((len(asked), wanted), np.int32)
        distances = np.empty((len(asked), wanted), np.float32)
        for part in blocks(len(asked), width=len(units)):
            away = apart(units[asked[part]] @ units.T)
            away[np.arange(len(away)), asked[part]] = np.inf
            songs[part] = smallest(away / reach, wanted=wanted)
            distances[part] = np.take_along_axis(away, songs[part], axis=1)
            report(part.stop / len(asked))
        return cls(songs, distances, (distances / reach[songs]).max(axis=1))

    def ordered(self, reach: Vectors) -> tuple[Numbers, Vectors]:
        """The candidates, nearest first, and their distances in their own reach."""
        scaled = self.distances / reach[self.songs]
        order = np.argsort(scaled, axis=1, kind="stable")
        return np.take_along_axis(self.songs.astype(np.int64), order, axis=1), np.take_along_axis(scaled, order, axis=1)

    def complete(self, units: Vectors, reach: Vectors) -> None:
        """Look anew where a song that is no candidate may have come before the tenth, since others fell back."""
        if self.songs.shape[1] >= len(units) - 1:
            return
        tenth = np.partition(self.distances / reach[self.songs], NEIGHBORS - 1, axis=1)[:, NEIGHBORS - 1]
        unsure = np.flatnonzero(tenth >= self.bound)
        if len(unsure):
            anew = Candidates.of(units, reach, rows=unsure)
            self.songs[unsure], self.distances[unsure], self.bound[unsure] = anew.songs, anew.distances, anew.bound


def _lower_hubs(units: Vectors, reach: Vectors, candidates: Candidates) -> Vectors:
    """Lower the reach of songs in more than twenty lists until they are in twenty."""
    for _ in range(ROUNDS):
        factors = _factors_of_hubs(reach, candidates)
        if factors is None:
            break
        reach = reach / factors
        candidates.complete(units, reach)
    return reach


def _factors_of_hubs(reach: Vectors, candidates: Candidates) -> Vectors | None:
    """By what (songs,) the reach of each hub is to be divided to leave the lists that are too many."""
    songs, scaled = candidates.ordered(reach)
    holders = songs[:, :NEIGHBORS]
    places = np.bincount(holders.ravel(), minlength=len(reach))
    of_hubs = places[holders] > MOST_PLACES
    if not of_hubs.any() or songs.shape[1] == NEIGHBORS:
        return None
    # A song leaves a list when the eleventh comes before it.
    leaving = (scaled[:, NEIGHBORS, None] / scaled[:, :NEIGHBORS])[of_hubs]
    order = np.lexsort((leaving, holders[of_hubs]))
    hubs, starts = np.unique(holders[of_hubs][order], return_index=True)
    factors = np.ones_like(reach)
    factors[hubs] = leaving[order][starts + places[hubs] - MOST_PLACES - 1] * (1 + MARGIN)
    return factors


def _adopt_orphans(units: Vectors, reach: Vectors, candidates: Candidates) -> Vectors:
    """Raise the reach of each song that no list holds until one does."""
    reach = reach.copy()
    songs, scaled = candidates.ordered(reach)
    auction = _Auction(songs[:, :NEIGHBORS].copy(), scaled[:, :NEIGHBORS].copy())
    orphans = np.flatnonzero(auction.places == 0).tolist()
    for _ in range(BIDS * len(orphans)):
        if not orphans:
            break
        orphan = orphans.pop(0)
        if auction.places[orphan] == 0:
            reach[orphan], lost = auction.bid(orphan, apart(units @ units[orphan]))
            orphans += lost
    return reach


class _Auction:
    """The ten places of each list: who holds them, and how near they are."""

    def __init__(self, holders: Numbers, scaled: Vectors) -> None:
        self.holders, self.scaled = holders, scaled
        self.places = np.bincount(holders.ravel(), minlength=len(holders))

    def bid(self, orphan: int, distances: Vectors) -> tuple[np.float32, list[int]]:
        """Take the cheapest place, and all that come with it; the reach that is paid, and the new orphans."""
        prices = distances / self.scaled[:, -1]
        prices[orphan] = np.inf
        fair = np.where(self.places[self.holders[:, -1]] > 1, prices, np.inf)
        cheapest = fair.min() if np.isfinite(fair.min()) else prices.min()
        reach = np.float32(cheapest * (1 + MARGIN))
        taken = np.flatnonzero(prices < reach)
        losers = self.holders[taken, -1]
        np.subtract.at(self.places, losers, 1)
        self.places[orphan] += len(taken)
        self._enter(orphan, taken, distances[taken] / reach)
        return reach, [int(loser) for loser in np.unique(losers) if self.places[loser] == 0]

    def _enter(self, song: int, lists: Numbers, scaled: Vectors) -> None:
        self.holders[lists, -1], self.scaled[lists, -1] = song, scaled
        order = np.argsort(self.scaled[lists], axis=1, kind="stable")
        self.holders[lists] = np.take_along_axis(self.holders[lists], order, axis=1)
        self.scaled[lists] = np.take_along_axis(self.scaled[lists], order, axis=1)
