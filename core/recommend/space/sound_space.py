"""Where songs lie by their sound: distances between them, and how near they are with the hubs among them corrected."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

from core.recommend.space.reach_balance import balanced_reach
from core.recommend.space.sound_index import SoundIndex
from core.training.judgment.neighbors import standardized
from core.training.judgment.reach import APART, Report, apart, completed, local_reach

Vectors = NDArray[np.float32]
Rows = NDArray[np.intp]

AT_ONCE = 5000
"""Songs whose reaches are balanced when they are first needed."""
QUICK_SAMPLE = 500
INDEXED_ABOVE = 1_000_000
"""Songs beyond which an index proposes whom to measure, if faiss is installed."""
PROPOSED = 2000
FEW = 12
"""Songs for whom one product with a vector each, in blocks that stay in the cache, beats a product of matrices."""
CACHED_ROWS = 256
WORTH_A_THREAD = 2**24
"""Products of numbers."""


@dataclass(frozen=True)
class SoundSpace:
    """One row a song; songs are named by their row."""

    units: Vectors
    """(songs, dim): standardized embeddings of length 1."""
    known_reaches: Vectors | None = None
    """(songs,): what ``balanced`` returned before, NaN for songs that are new since."""
    listed: NDArray[np.bool_] | None = None
    """(songs,): which songs a list may hold; None for all."""
    indexed_above: int = INDEXED_ABOVE

    @classmethod
    def of(
        cls,
        vectors: Vectors,
        *,
        reaches: Vectors | None = None,
        listed: NDArray[np.bool_] | None = None,
        into: Vectors | None = None,
    ) -> Self:
        """The space of embeddings (songs, dim); its places are written ``into`` an array, if it may be had for that."""
        units = standardized(vectors, into=into) if len(vectors) else np.asarray(vectors, np.float32)
        return cls(units, reaches, listed)

    def __len__(self) -> int:
        return len(self.units)

    @cached_property
    def reaches(self) -> Vectors:
        """(songs,): distances are measured in the reaches of both their songs.

        Those that are known; else balanced ones in libraries of up to 5,000 songs (within a second or two), and an
        estimate by the nearest of 500 songs in larger ones.
        """
        if self.known_reaches is not None:
            return completed(self.known_reaches, self.units)
        return self.balanced() if len(self) <= AT_ONCE else local_reach(self.units, sample=QUICK_SAMPLE)

    def balanced(self, *, report: Report = lambda _: None) -> Vectors:
        """Reaches (songs,) under which each song that a list may hold is among the ten nearest of another.

        They are worth keeping: 60,000 songs take minutes. ``report`` is told the share that is done.
        """
        if self.listed is None or self.listed.all():
            return balanced_reach(self.units, report=report)
        reaches = np.full(len(self), np.nan, np.float32)
        reaches[self.listed] = balanced_reach(self.units[self.listed], report=report)
        return completed(reaches, self.units)

    def distances(self, rows: Rows) -> Vectors:
        """Cosine distances (rows, songs) from some songs to all, 0 to 2."""
        found: Vectors = 1 - _products(self.units[rows], self.units)
        return found

    def nearness(self, rows: Rows, *, to: Rows | None = None) -> Vectors:
        """(rows, songs): how near each song, or those of ``to``, is to some of them; larger is nearer, at most 0.

        The distance by local scaling, below zero: -1 is about the tenth nearest song of both.
        """
        units, reaches = self._places(to)
        return _scaled(_products(self.units[rows], units), self.reaches[rows], reaches)

    def nearness_and_mean(self, rows: Rows, others: Rows, *, to: Rows | None = None) -> tuple[Vectors, Vectors]:
        """``nearness`` to the rows, and the mean (songs,) of that to all the others, which costs no more than one."""
        units, reaches = self._places(to)
        weights = 1 / self.reaches[others]
        products = _products(np.vstack([self.units[rows], weights @ self.units[others]]), units)
        mean = (products[-1] - np.float32(1 + APART) * weights.sum()) / (reaches * np.float32(len(others)))
        return _scaled(products[:-1], self.reaches[rows], reaches), mean

    def _places(self, rows: Rows | None) -> tuple[Vectors, Vectors]:
        return (self.units, self.reaches) if rows is None else (self.units[rows], self.reaches[rows])

    def at(self, rows: Rows) -> "SoundSpace":
        """The same places, of some of the songs."""
        return SoundSpace(self.units[rows], self.reaches[rows])

    def proposals(self, rows: Rows) -> Iterator[Rows | None]:
        """Whom to measure against some songs, more and more of them; the last is None, for all."""
        wanted = PROPOSED
        while self._index is not None and wanted < len(self):
            yield self._index.near(self.units[rows], wanted=wanted)
            wanted *= 8
        yield None

    @cached_property
    def _index(self) -> SoundIndex | None:
        return SoundIndex.of(self.units) if len(self) > self.indexed_above else None


def _scaled(cosines: Vectors, rows: Vectors, columns: Vectors) -> Vectors:
    near = apart(cosines)
    near /= -rows[:, None]
    near /= columns
    return near


def _products(asked: Vectors, units: Vectors) -> Vectors:
    """(asked, songs): the inner products of vectors (asked, dim) with all songs (songs, dim).

    For a few vectors numpy's product of matrices takes thrice as long as reading the songs once: here a block of songs
    is read from the cache by all but the first vector, and each core does its share of the songs.
    """
    if len(asked) > FEW:
        return np.asarray(asked @ units.T)
    found = np.empty((len(asked), len(units)), np.float32)
    if units.size * len(asked) < WORTH_A_THREAD:
        _fill(found, asked, units, slice(0, len(units)))
        return found
    cores = len(os.sched_getaffinity(0))
    edges = np.linspace(0, len(units), cores + 1).astype(int).tolist()
    with ThreadPoolExecutor(cores) as pool:
        list(pool.map(lambda part: _fill(found, asked, units, slice(*part)), pairwise(edges)))
    return found


def _fill(found: Vectors, asked: Vectors, units: Vectors, songs: slice) -> None:
    for start in range(songs.start, songs.stop, CACHED_ROWS):
        part = slice(start, min(start + CACHED_ROWS, songs.stop))
        for row, vector in enumerate(asked):
            np.dot(units[part], vector, out=found[row, part])
