"""How varied a list is, and lists that are liked and varied at once.

The lists are greedy ones of maximal marginal relevance (Carbonell and Goldstein 1998): each song is the one that is
liked most, less what it resembles the songs before it. Beside it we tried a determinantal point process (greedy
maximum, Chen 2018) with three kernels: on real music with planted tastes it was as good where lists are hardly varied,
and worse from there on. Resemblance is mostly the mean, since the nearest song alone says little of the list.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.recommend.stock import Mask, Values

Vectors = NDArray[np.float32]
Rows = NDArray[np.intp]

NEAREST = 0.25
"""The share of the most similar song in a resemblance. With none at all, lists get songs that are nearly the same."""
SAME_ARTIST = 0.1
"""What a second song of an artist resembles the list more, as a cosine: nearly free, and half again as many artists."""
WEIGHTS = (0.0, *np.geomspace(0.25, 128, 10))
"""Of resemblance, against deviations of relevance; those of the first lists."""
LISTS = 32
"""So many are made, those after the first where two neighbors differ most: the steps of the slider lie between them."""
CLOSEST = 1.005
"""Weights whose ratio is less are not told apart."""
ROUNDING = 1e-9


@dataclass(frozen=True)
class Candidates:
    """Songs that a list may be made of, best first; every array is (songs,)."""

    relevance: Values
    units: Vectors
    """(songs, dim) of length 1, or 0."""
    artists: Rows
    albums: Rows
    max_per_artist: int | None = None
    max_per_album: int | None = None
    started: int = 0
    """The first so many are in the list already."""

    def __len__(self) -> int:
        return len(self.relevance)


@dataclass(frozen=True)
class Listing:
    """A list that could be made: numbers of candidates, what was started with first."""

    chosen: list[int]
    relevance: float
    """The mean of what was chosen."""
    diversity: float


def diversity(units: Vectors) -> float:
    """The mean cosine distance (0 to 2) of all pairs of (songs, dim) rows of length 1; 0 for fewer than two."""
    count = len(units)
    if count < 2:
        return 0.0
    exact = units.astype(np.float64)
    # The squared length of the sum holds every cosine twice, and each song's with itself.
    cosines = float((exact.sum(axis=0) ** 2).sum() - (exact**2).sum())
    return 1 - cosines / (count * (count - 1))


def varied(candidates: Candidates, *, wanted: int, variety: float) -> list[int]:
    """Up to ``wanted`` numbers of candidates: 0 is the most relevant ones, 1 as varied as can be.

    More variety never gives a less diverse list nor a more relevant one: lists are made with many weights, and the one
    taken is the most relevant of those that have come that far from the diversity of the first to that of the last.
    """
    greedy = _Greedy(candidates)
    if variety <= 0:
        return greedy.listing(wanted, weight=0.0).chosen
    found = _listings(greedy, wanted)
    least, most = found[0].diversity, max(each.diversity for each in found)
    target = least + min(variety, 1.0) * (most - least) - ROUNDING
    enough = [each for each in found if each.diversity >= target]
    return max(enough, key=lambda each: (each.relevance, each.diversity)).chosen


def _listings(greedy: "_Greedy", wanted: int) -> list[Listing]:
    """From the most relevant list on, in small steps of diversity."""
    made = {weight: greedy.listing(wanted, weight=weight) for weight in WEIGHTS}
    while len(made) < LISTS:
        # Below the first weight there is nothing to halve, and hardly a list differs from the most relevant one.
        neighbors = [pair for pair in pairwise(sorted(made)) if pair[1] > CLOSEST * pair[0] > 0]
        gaps = [abs(made[more].diversity - made[less].diversity) for less, more in neighbors]
        if max(gaps, default=0.0) <= ROUNDING:
            break
        between = float(np.sqrt(np.prod(neighbors[int(np.argmax(gaps))])))
        made[between] = greedy.listing(wanted, weight=between)
    return [made[weight] for weight in sorted(made)]


class _Greedy:
    """Makes lists of the same candidates with different weights."""

    def __init__(self, candidates: Candidates) -> None:
        self._of = candidates
        self._cosines: NDArray[np.float32] = candidates.units @ candidates.units.T
        deviation = float(candidates.relevance.std()) if len(candidates) else 0.0
        self._relevance = candidates.relevance / (deviation if deviation > ROUNDING else 1.0)

    def listing(self, wanted: int, *, weight: float) -> Listing:
        of, chosen = self._of, list(range(self._of.started))
        state = _State.of(of)
        for number in chosen:
            state.take(number, cosines=self._cosines, of=of)
        while len(chosen) < min(wanted, len(of)) and state.open.any():
            scores = self._relevance if not weight else self._relevance - weight * state.resemblance(len(chosen))
            best = int(np.where(state.open, scores, -np.inf).argmax())
            chosen.append(best)
            state.take(best, cosines=self._cosines, of=of)
        own = of.relevance[chosen[of.started :]]
        return Listing(chosen, float(own.mean()) if len(own) else 0.0, diversity(of.units[chosen]))


@dataclass
class _State:
    """Of a list that is being made: what each candidate resembles it, and which may still come; (songs,)."""

    open: Mask
    total: NDArray[np.float64]
    nearest: NDArray[np.float32]
    of_artist: Rows
    """How many of the list are by the candidate's artist."""
    of_album: Rows

    @classmethod
    def of(cls, candidates: Candidates) -> "_State":
        count = len(candidates)
        none = np.zeros(count, dtype=np.intp)
        nearest = np.full(count, -1, dtype=np.float32)
        return cls(np.ones(count, dtype=bool), np.zeros(count), nearest, none, none.copy())

    def resemblance(self, length: int) -> NDArray[np.float64]:
        if not length:
            return self.total
        found: NDArray[np.float64] = NEAREST * self.nearest + (1 - NEAREST) / length * self.total
        found += SAME_ARTIST * (self.of_artist > 0)
        return found

    def take(self, number: int, *, cosines: NDArray[np.float32], of: Candidates) -> None:
        self.open[number] = False
        self.total += cosines[number]
        np.maximum(self.nearest, cosines[number], out=self.nearest)
        self.of_artist += of.artists == of.artists[number]
        self.of_album += of.albums == of.albums[number]
        if of.max_per_artist is not None:
            self.open &= self.of_artist < of.max_per_artist
        if of.max_per_album is not None:
            self.open &= self.of_album < of.max_per_album
