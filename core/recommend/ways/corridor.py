"""What lies between two songs: how far along each song is, the songs near the straight line, and the walk along it."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from core.recommend.space.sound_space import Rows, SoundSpace

POINTS = 12
"""Places on the line around which songs are taken, so that a crowd around one end leaves room for the other."""
ROUNDING = 6
"""Digits: what is nearer than that to an end's place is at it."""

Vectors = NDArray[np.float32]
Mask = NDArray[np.bool_]
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Corridor:
    """Between two songs of a space; the space itself is looked through just once, when this is made."""

    start: int
    end: int
    cosines: Vectors
    """(2, songs): with the song at the start, and with the one at the end."""

    @classmethod
    def between(cls, space: SoundSpace, *, start: int, end: int) -> Self:
        return cls(start, end, 1 - space.distances(np.array([start, end])))

    @property
    def positions(self) -> Values:
        """(songs,): how much nearer each song is to the end than to the start; -1 to 1 are those of the two ends.

        All 0 where both ends sound the same. It is the place of a song's projection onto the line.
        """
        nearer = np.round(self.cosines[1].astype(np.float64) - self.cosines[0], ROUNDING)
        ahead, behind = nearer[self.end], -nearer[self.start]
        width = (ahead + behind) / 2
        centered: Values = nearer - (ahead - behind) / 2
        return centered / width if width > 0 else np.zeros_like(centered)

    def straight_walk(self, usable: Mask, *, wanted: int) -> list[int]:
        """What is usually done: the nearest song that is left to each of ``wanted`` even points from start to end."""
        left = self._inner(usable)
        walk = []
        for share in np.linspace(0, 1, wanted)[1:-1]:
            if not left.any():
                break
            row = int(np.where(left, self._along(share), -np.inf).argmax())
            left[row] = False
            walk.append(row)
        return [self.start, *walk, self.end]

    def songs(self, usable: Mask, *, most: int) -> Rows:
        """The rows, in their order, of the two ends and of the ``most`` usable songs nearest to points of the line."""
        rows = np.flatnonzero(self._inner(usable))
        if len(rows) > most:
            rows = rows[np.argsort(self._ranks(rows, most=most), kind="stable")[:most]]
        return np.sort(np.append(rows, [self.start, self.end]))

    def _ranks(self, rows: Rows, *, most: int) -> Rows:
        """(rows,): how many of them are nearer to the point of the line to which each is among the nearest."""
        ranks = np.full(len(rows), len(rows))
        for share in np.linspace(0, 1, POINTS):
            farness = -self._along(share)[rows]
            nearest = np.argpartition(farness, most - 1)[:most]
            nearest = nearest[np.argsort(farness[nearest], kind="stable")]
            ranks[nearest] = np.minimum(ranks[nearest], np.arange(most))
        return ranks

    def _along(self, share: float) -> Vectors:
        """(songs,): more for songs that are nearer to a point of the line; not comparable between points."""
        found: Vectors = np.float32(1 - share) * self.cosines[0] + np.float32(share) * self.cosines[1]
        return found

    def _inner(self, usable: Mask) -> Mask:
        inner = usable.copy()
        inner[[self.start, self.end]] = False
        return inner
