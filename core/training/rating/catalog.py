"""Numbers for the names of songs: which artists, albums and genres the ratings know."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.training.rating.names import Names, genres_of

Integers = NDArray[np.intp]
UNKNOWN = -1
MOST_GENRES = 200


@dataclass(frozen=True)
class Catalog:
    """What is known of the rated songs, in the order in which the model counts it."""

    artists: list[str]
    albums: list[str]
    """Keys of an artist's songs on an album (see ``_album_keys``), so that an album never has two artists."""
    shared: list[str]
    """Albums on which several artists are rated: their effect is one for all of these."""
    genres: list[str]

    @cached_property
    def _numbers(self) -> list[dict[str, int]]:
        every = (self.artists, self.albums, self.shared, self.genres)
        return [{name: number for number, name in enumerate(names) if name} for names in every]

    def artists_of(self, names: Names) -> Integers:
        """(songs,) numbers; -1 for an artist who is not known."""
        return _found(self._numbers[0], names.artists)

    def albums_of(self, names: Names) -> Integers:
        """(songs,) numbers; -1 for an album, or a part of one by this artist, that is not known."""
        return _found(self._numbers[1], _album_keys(names))

    def shared_of(self, names: Names) -> Integers:
        """(songs,) numbers of albums by several artists; -1 for any other."""
        return _found(self._numbers[2], names.albums)

    def genre_features(self, names: Names) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        """(songs, genres) of length 1, or 0 where no genre is known, and which songs have one that is known."""
        distinct, row = np.unique(np.asarray(names.genres, dtype=object).astype(str), return_inverse=True)
        table = np.zeros((len(distinct), len(self.genres)), np.float32)
        for number, tagged in enumerate(distinct):
            table[number, [self._numbers[3][each] for each in genres_of(tagged) if each in self._numbers[3]]] = 1
        table /= np.sqrt(np.maximum(table.sum(axis=1, keepdims=True), 1))
        has_genre = np.asarray(table.any(axis=1))
        return table[row], has_genre[row]


def catalog_of(names: Names) -> Catalog:
    """The catalog of rated songs; a name that is missing stands for itself alone, so nothing is shared through it."""
    artists_on: dict[str, set[str]] = {}
    for artist, album in zip(names.artists, names.albums, strict=True):
        artists_on.setdefault(album, set()).add(artist)
    shared = sorted(album for album, artists in artists_on.items() if album and (len(artists) > 1 or "" in artists))
    genres = Counter(genre for tagged in names.genres for genre in genres_of(tagged))
    common = sorted(genres, key=lambda genre: (-genres[genre], genre))[:MOST_GENRES]
    artists = sorted(set(names.artists) - {""})
    albums = sorted(set(_album_keys(names)) - {""})
    return Catalog(artists, albums, shared, common)


def numbered_apart(numbers: Integers) -> Integers:
    """The same numbers, but one of its own for each that is unknown."""
    unknown = numbers == UNKNOWN
    apart = numbers.copy()
    apart[unknown] = numbers.max(initial=UNKNOWN) + 1 + np.arange(int(unknown.sum()))
    return apart


def _album_keys(names: Names) -> list[str]:
    pairs = zip(names.artists, names.albums, strict=True)
    return [f"{artist}\0{album}" if artist and album else "" for artist, album in pairs]


def _found(numbers: dict[str, int], keys: Iterable[str]) -> Integers:
    return np.fromiter((numbers.get(key, UNKNOWN) for key in keys), dtype=np.intp)
