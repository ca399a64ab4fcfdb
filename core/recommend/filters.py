"""Which songs a list may hold, and how many of one artist or album: the same for every kind of list."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from core.recommend.stock import Mask, Stock
from core.song import Song, SongId


@dataclass(frozen=True, slots=True)
class Filters:
    """None and empty values limit nothing."""

    genre: str = ""
    """Only songs whose genre contains this, in any case."""
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
    max_per_artist: int | None = None
    max_per_album: int | None = None

    def allowed(self, stock: Stock) -> Mask:
        """(songs,): which songs of the stock may be suggested; the limits per artist and album are ``choose``'s."""
        allowed = stock.playable.copy()
        if self.genre or self.first_year is not None or self.last_year is not None or self.without_groups:
            allowed &= np.fromiter((self._fits(song) for song in stock.songs), dtype=bool, count=len(stock))
        if self.min_rating is not None:
            # NaN, a song without any rating, is not above it.
            allowed &= np.nan_to_num(stock.liking, nan=-1.0) >= self.min_rating
        if self.unrated:
            allowed &= ~stock.is_rated
        allowed[stock.rows(self.without_songs)] = False
        return allowed

    def _fits(self, song: Song) -> bool:
        if self.genre and self.genre.casefold() not in song.genre.casefold():
            return False
        if self.first_year is not None and song.year < max(self.first_year, 1):
            return False
        if self.last_year is not None and not 0 < song.year <= self.last_year:
            return False
        return song.group not in self.without_groups

    def choose(self, rows: Iterable[int], *, stock: Stock, wanted: int) -> list[int]:
        """The first ``wanted`` of rows in their order, as far as the limits per artist and album let them in."""
        artists: Counter[int] = Counter()
        albums: Counter[int] = Counter()
        chosen: list[int] = []
        for row in rows:
            if len(chosen) == wanted:
                break
            artist, album = int(stock.artists[row]), int(stock.albums[row])
            if self._is_full(artists[artist], albums[album]):
                continue
            artists[artist] += 1
            albums[album] += 1
            chosen.append(int(row))
        return chosen

    def _is_full(self, of_artist: int, of_album: int) -> bool:
        full_artist = self.max_per_artist is not None and of_artist >= self.max_per_artist
        return full_artist or (self.max_per_album is not None and of_album >= self.max_per_album)
