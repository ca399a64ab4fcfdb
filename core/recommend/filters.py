"""Which songs a list may hold, and how many of one artist or album: the same for every kind of list."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from core.recommend.stock import Mask, Stock
from core.song import SongId

DAY = 86_400
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Filters:
    """None and empty values limit nothing."""

    genre: str = ""
    """Only songs whose genre contains this, in any case."""
    artist: str = ""
    """Only songs of which the artist or the album artist contains this, in any case."""
    first_year: int | None = None
    last_year: int | None = None
    """Songs of an unknown year are left out by either."""
    min_rating: float | None = None
    """0 to 1: the least rating, the owner's own or the predicted one; a song without any is left out."""
    unrated: bool = False
    """Only songs that the owner has not rated."""
    without_groups: frozenset[str] = frozenset()
    """``Song.group`` of artists that are not wanted."""
    without_songs: frozenset[SongId] = frozenset()
    not_played_for_days: int | None = None
    """Only songs that the player has not played for so many days, or never."""
    max_per_artist: int | None = None
    max_per_album: int | None = None

    def allowed(self, stock: Stock) -> Mask:
        """(songs,): which songs of the stock may be suggested; the limits per artist and album are ``choose``'s."""
        allowed = stock.playable.copy()
        for mask in self._masks(stock):
            allowed &= mask
        allowed[stock.rows(self.without_songs)] = False
        return allowed

    def _masks(self, stock: Stock) -> Iterator[Mask]:
        if self.genre:
            wanted = self.genre.casefold()
            yield np.array([wanted in name.casefold() for name in stock.genre_names], dtype=bool)[stock.genres]
        if self.artist:
            wanted = self.artist.casefold()
            yield np.array([wanted in name.casefold() for name in stock.performer_names], dtype=bool)[stock.performers]
        if self.first_year is not None:
            yield stock.years >= max(self.first_year, 1)
        if self.last_year is not None:
            yield (stock.years > 0) & (stock.years <= self.last_year)
        if self.without_groups:
            yield np.array([name not in self.without_groups for name in stock.groups], dtype=bool)[stock.artists]
        if self.min_rating is not None:
            # NaN, a song without any rating, is not above it.
            yield np.nan_to_num(stock.liking, nan=-1.0) >= self.min_rating
        if self.unrated:
            yield ~stock.is_rated
        if self.not_played_for_days is not None:
            yield stock.last_played <= time.time() - self.not_played_for_days * DAY

    def choose(self, rows: Iterable[int], *, stock: Stock, wanted: int, beside: Sequence[int] = ()) -> list[int]:
        """The first ``wanted`` of rows in their order, as far as the limits per artist and album let them in.

        Songs ``beside`` them, in the same list, count for the limits.
        """
        listed = list(beside)
        artists, albums = Counter(stock.artists[listed].tolist()), Counter(stock.albums[listed].tolist())
        chosen: list[int] = []
        for row in rows if wanted > 0 else ():
            artist, album = int(stock.artists[row]), int(stock.albums[row])
            if self._is_full(artists[artist], albums[album]):
                continue
            artists[artist] += 1
            albums[album] += 1
            chosen.append(int(row))
            # Before the next row is asked for: rows may be ranked as they are needed.
            if len(chosen) == wanted:
                break
        return chosen

    def _is_full(self, of_artist: int, of_album: int) -> bool:
        full_artist = self.max_per_artist is not None and of_artist >= self.max_per_artist
        return full_artist or (self.max_per_album is not None and of_album >= self.max_per_album)
