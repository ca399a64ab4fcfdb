"""The order in which the songs of a list follow each other most smoothly."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.recommend.space.sound_space import Rows
from core.recommend.stock import Stock

Distances = NDArray[np.float32]
Order = NDArray[np.intp]

SAME_ARTIST = 0.2
"""What two songs of one artist in a row cost, as a cosine distance: a third fewer of them for steps 2 % larger."""
MOVED = 3
"""The most songs that are moved to another place together (Or 1976)."""
PASSES = 40
"""Enough for 500 songs, which settle after 10 or so; it bounds the time of lists that are much longer."""
TRIES = 30
WORK = 100_000
"""Distances within a list, for all tries from another order: more than some 300 songs have time for none."""
GAIN = 1e-5
"""A shorter way by less than this may be rounding, and would be found again and again."""


def between(stock: Stock, rows: Sequence[int] | Rows) -> Distances:
    """(rows, rows): the cosine distances between some songs, 0 to 2."""
    units = stock.space.units[np.asarray(rows)]
    distances: Distances = np.maximum(1 - units @ units.T, np.float32(0))
    return distances


def steps(stock: Stock, rows: Sequence[int]) -> list[float]:
    """How far each song lies from the one before it (cosine distances, 0 to 2), one less than there are songs."""
    units = stock.space.units[list(rows)]
    return [float(step) for step in 1 - np.einsum("ij,ij->i", units[:-1], units[1:])]


def largest_step(stock: Stock, rows: Sequence[int]) -> float:
    """The largest of the ``steps``; 0 for fewer than two songs."""
    return max(steps(stock, rows), default=0.0)


def smooth_order(
    stock: Stock, rows: Sequence[int], *, first: int | None = None, last: int | None = None, seed: int
) -> list[int]:
    """The rows in an order of small steps, in which one artist seldom follows itself.

    ``first`` and ``last`` stay there. Where the order starts by itself, ``seed`` draws the song that is tried first.
    The same songs give the same order, however they come. From the nearest next song on, parts are turned around
    (2-opt) and up to three songs moved elsewhere (Or-opt) as long as that shortens the way; then parts are exchanged
    (the double bridge of Martin, Otto and Felten 1991) to see whether it goes on from there.
    """
    middle = sorted((row for row in rows if row not in (first, last)), key=lambda row: stock.songs[row].song_id)
    listed = [*([] if first is None else [first]), *middle, *([] if last is None or last == first else [last])]
    if len(listed) < 3:
        return listed
    way = _Way(_distances(stock, listed), has_first=first is not None, has_last=last is not None and last != first)
    random = np.random.default_rng(seed)
    way.start(random)
    way.settle()
    for _ in range(min(TRIES, WORK // len(listed) ** 2)):
        way.try_another(random)
    return [listed[number] for number in way.order]


def _distances(stock: Stock, rows: list[int]) -> Distances:
    """Between all of them, and last one song that is next to everything: where an order begins and ends."""
    artists = stock.artists[rows]
    distances = between(stock, rows) + np.float32(SAME_ARTIST) * (artists[:, None] == artists)
    return np.pad(distances, ((0, 1), (0, 1)))


class _Way:
    """An order of songs that is made shorter; its ends lie at the song that is next to everything."""

    def __init__(self, distances: Distances, *, has_first: bool, has_last: bool) -> None:
        self._distances = distances
        self._songs = len(distances) - 1
        self._has_first, self._has_last = has_first, has_last
        self._around: Order = np.arange(-1, self._songs + 1)
        """The order with the song next to everything (the last of the distances) at both its ends."""
        self._around[[0, -1]] = self._songs

    @property
    def order(self) -> list[int]:
        return [int(song) for song in self._around[1:-1]]

    @property
    def _places(self) -> range:
        """Of the songs that may be elsewhere."""
        return range(1 + self._has_first, self._songs + 1 - self._has_last)

    def start(self, random: np.random.Generator) -> None:
        """Go from each song to the nearest that is left."""
        left = np.ones(self._songs, dtype=bool)
        if self._has_last:
            left[-1] = False
        here = 0 if self._has_first else int(random.integers(left.sum()))
        for place in range(1, self._songs + 1 - self._has_last):
            if place > 1:
                here = int(np.where(left, self._distances[here, :-1], np.inf).argmin())
            left[here] = False
            self._around[place] = here
        if self._has_last:
            self._around[-2] = self._songs - 1

    def settle(self) -> None:
        """Make the way shorter until nothing that is tried does."""
        for _ in range(PASSES):
            turned = self.turn_parts()
            if not self.move_songs() and not turned:
                break

    def try_another(self, random: np.random.Generator) -> None:
        """Exchange two parts that follow each other, which nothing else here does, and keep that if it ends shorter."""
        kept, length = self._around, self._length()
        if len(self._places) > 2:
            first, middle, last = np.sort(random.choice(np.append(self._places, self._places.stop), 3, replace=False))
            parts = (kept[:first], kept[middle:last], kept[first:middle], kept[last:])
            self._around = np.concatenate(parts)
            self.settle()
            if self._length() > length - GAIN:
                self._around = kept

    def _length(self) -> float:
        return float(self._distances[self._around[:-1], self._around[1:]].sum())

    def turn_parts(self) -> bool:
        """Turn the part around from each place that makes the way shorter by the most; whether any did."""
        shorter = False
        for place in self._places[:-1]:
            around, distances = self._around, self._distances
            before, here = around[place - 1], around[place]
            lasts = around[place + 1 : self._places.stop]
            afters = around[place + 2 : self._places.stop + 1]
            gains = distances[before, here] + distances[lasts, afters]
            gains = gains - distances[before, lasts] - distances[here, afters]
            best = int(gains.argmax())
            if gains[best] > GAIN:
                part = slice(place, place + 2 + best)
                around[part] = around[part][::-1].copy()
                shorter = True
        return shorter

    def move_songs(self) -> bool:
        """Move up to three songs from each place to the best other one, turned around or not; whether any did."""
        shorter = False
        for size in range(1, MOVED + 1):
            for place in range(self._places.start, self._places.stop - size + 1):
                shorter |= self._move(place, size=size)
        return shorter

    def _move(self, place: int, *, size: int) -> bool:
        around, distances = self._around, self._distances
        part, rest = around[place : place + size], np.delete(around, slice(place, place + size))
        head, tail = part[0], part[-1]
        saved = (
            distances[rest[place - 1], head] + distances[tail, rest[place]] - distances[rest[place - 1], rest[place]]
        )
        # Between these of the rest a song may come: not before a first one that stays, nor after such a last one.
        gaps = slice(self._has_first, len(rest) - 1 - self._has_last)
        before, after = rest[:-1][gaps], rest[1:][gaps]
        straight = distances[before, head] + distances[tail, after]
        turned = distances[before, tail] + distances[head, after]
        added = np.minimum(straight, turned) - distances[before, after]
        best = int(added.argmin())
        if saved - added[best] <= GAIN:
            return False
        put = part[::-1] if turned[best] < straight[best] else part
        self._around = np.insert(rest, best + gaps.start + 1, put)
        return True
