"""Names for the regions of a map: what is common in a place and less so elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.recommend.map_terms import Found, Terms

LEVELS = 5
COARSEST = 4
"""Cells a side on the coarsest level; each further one has twice as many."""
MOST = 300
"""Labels that are tried on one level."""
WIDTH, HEIGHT = 0.8, 0.3
"""Of a cell, that a label keeps free around it."""
APART = 2.0
"""Cells between two labels of one text."""
FROM_AFAR = 8
"""Labels that are wanted over the whole map."""


@dataclass(frozen=True, slots=True)
class Region:
    """A label: a genre or an artist at the middle of its songs there.

    Show those up to a level: of level 0 there are few over the whole map; each level is meant for twice the zoom of
    the one before, and no two that are shown together lie upon each other.
    """

    text: str
    x: float
    y: float
    weight: float
    """How much it says: larger is drawn larger, or first."""
    level: int


def regions(positions: NDArray[np.float32], *, genres: Sequence[str], artists: Sequence[str]) -> list[Region]:
    """The labels of a map (songs, 2) whose songs have these genres and artists ("" for unknown), heaviest first.

    Positions are as in a SongMap. Genres that say nothing are left out; 60,000 songs take less than 100 ms.
    """
    kinds = [_Kind(positions, Terms.of_genres(genres)), _Kind(positions, Terms.of(artists))]
    labels = _Labels()
    for level in range(LEVELS):
        cells = COARSEST * 2**level
        found = [(each, kind) for kind in kinds for each in kind.distinctive(cells)]
        found.sort(key=lambda pair: -pair[0].weight)
        for each, kind in found[:MOST]:
            if labels.has_room(each.text, _center(each, cells), level=level):
                place = kind.middle(each, cells)
                if labels.has_room(each.text, place, level=level):
                    labels.add(Region(each.text, *place, each.weight, level))
    labels.fill_coarsest()
    return sorted(labels.kept, key=lambda each: -each.weight)


def _center(found: Found, cells: int) -> tuple[float, float]:
    row, column = divmod(found.group, cells)
    return (2 * column + 1) / cells - 1, (2 * row + 1) / cells - 1


class _Kind:
    """The songs of a map by one kind of word."""

    def __init__(self, positions: NDArray[np.float32], terms: Terms) -> None:
        self._positions, self._terms = positions, terms
        self._by_term = np.argsort(terms.codes, kind="stable")
        self._first = np.searchsorted(terms.codes[self._by_term], np.arange(len(terms.texts) + 1))

    def distinctive(self, cells: int) -> list[Found]:
        """The words of the cells of a grid."""
        column, row = np.clip(((self._positions + 1) * cells / 2).astype(np.int64), 0, cells - 1).T
        return self._terms.distinctive(row * cells + column, groups=cells * cells)

    def middle(self, found: Found, cells: int) -> tuple[float, float]:
        """Of the songs that have the word in the cell and a little around it: borders of cells cut through regions."""
        own = self._positions[self._by_term[self._first[found.term] : self._first[found.term + 1]]]
        near = own[(np.abs(own - np.array(_center(found, cells), np.float32)) <= 2 / cells).all(axis=1)]
        x, y = near.mean(axis=0).tolist()
        return x, y


class _Labels:
    """Labels that leave each other room."""

    def __init__(self) -> None:
        self.kept: list[Region] = []
        self._texts: dict[str, list[int]] = {}
        self._places = np.empty((LEVELS * MOST, 2))

    def has_room(self, text: str, place: tuple[float, float], *, level: int) -> bool:
        """Whether none of the same text, nor any other, is too near on this level."""
        size = 2 / (COARSEST * 2**level)
        away = np.abs(self._places[: len(self.kept)] - place)
        if ((away[:, 0] < WIDTH * size) & (away[:, 1] < HEIGHT * size)).any():
            return False
        same = self._texts.get(text.casefold(), [])
        return not (away[same].max(axis=1, initial=0) < APART * size).any() if same else True

    def add(self, region: Region) -> None:
        self._texts.setdefault(region.text.casefold(), []).append(len(self.kept))
        self._places[len(self.kept)] = region.x, region.y
        self.kept.append(region)

    def fill_coarsest(self) -> None:
        """Show the heaviest of the finer labels from afar too, where a coarse cell holds too much for a name."""
        coarse = _Labels()
        for each in self.kept:
            if each.level == 0:
                coarse.add(each)
        for each in sorted(self.kept, key=lambda each: -each.weight):
            if len(coarse.kept) >= FROM_AFAR:
                break
            if each.level and coarse.has_room(each.text, (each.x, each.y), level=0):
                coarse.add(each)
        promoted = {id(each) for each in coarse.kept}
        self.kept = [replace(each, level=0) if id(each) in promoted else each for each in self.kept]
