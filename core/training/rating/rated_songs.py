"""Rated songs as the mixed model takes them: sorted by artist and album, and with what is left out to judge it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from core.training.rating.catalog import Catalog, numbered_apart
from core.training.rating.effects import ALBUM, GENRE, LINEARS, MEAN, NEARNESS, Array, Design, Integers
from core.training.rating.fitted_effects import Asked
from core.training.rating.names import Names, names_several
from core.training.rating.sound_features import SoundFeatures


@dataclass(frozen=True)
class RatedSongs:
    """Everything of shape (songs,) stands in the order of the design."""

    design: Design
    ratings: Array
    """In units of their deviation, with mean 0."""
    artists: Integers
    """What is left out to ask for unseen artists."""
    albums: Integers
    """What is left out to ask for new albums."""
    known: NDArray[np.bool_]
    """Whether the artist stays known when the album is left out."""
    album_numbers: Integers
    """(albums of the design,): their numbers in the catalog; -1 for a song without an album."""

    def without_sound(self) -> "RatedSongs":
        """The same with the columns of names alone."""
        kept = np.isin(self.design.columns, [MEAN, GENRE, ALBUM])
        features = np.ascontiguousarray(self.design.features[:, kept])
        return replace(self, design=replace(self.design, features=features, columns=self.design.columns[kept]))

    def sample(self, most: int, *, seed: int) -> "RatedSongs":
        """Whole artists, drawn until there are about ``most`` songs; all songs when there are no more."""
        if len(self.ratings) <= most:
            return self
        order = np.random.default_rng(seed).permutation(int(self.artists.max()) + 1)
        counts = np.bincount(self.artists, minlength=len(order))[order]
        within = np.cumsum(counts) <= most
        within[0] = True
        return self._at(np.flatnonzero(np.isin(self.artists, order[within])))

    def _at(self, rows: Integers) -> "RatedSongs":
        design = self.design
        albums, numbers = np.unique(design.album[rows], return_inverse=True)
        part = Design(
            features=design.features[rows],
            columns=design.columns,
            artist=np.unique(design.artist[rows], return_inverse=True)[1],
            album=numbers,
            nested=design.nested[albums],
        )
        return RatedSongs(
            design=part,
            ratings=self.ratings[rows],
            artists=self.artists[rows],
            albums=self.albums[rows],
            known=self.known[rows],
            album_numbers=self.album_numbers[albums],
        )


def rated_songs(
    songs: Asked, ratings: Array, *, names: Names, groups: Sequence[str], catalog: Catalog, sound: SoundFeatures
) -> RatedSongs:
    """Sort songs; ``groups`` (songs,) never straddle a split, except those that name no artist."""
    artist, album = numbered_apart(songs.artist), numbered_apart(songs.album)
    order = order_of(songs)
    first = np.r_[True, np.diff(album[order]) != 0]
    counts = [1, len(catalog.genres), len(catalog.shared), *sound.aspects, sound.nearness_count]
    design = Design(
        features=songs.features[order].astype(np.float64),
        columns=np.repeat([MEAN, GENRE, ALBUM, *LINEARS[: len(sound.aspects)], NEARNESS], counts),
        artist=artist[order],
        album=np.cumsum(first) - 1,
        nested=(~songs.on_shared_album[order][first]).astype(np.float64),
    )
    out_albums = _numbers(names.albums)
    has_other_albums = np.bincount(artist)[artist] > _together(artist, out_albums)
    return RatedSongs(
        design=design,
        ratings=ratings[order],
        artists=_left_out_together(artist, out_albums, groups)[order],
        albums=out_albums[order],
        known=(has_other_albums & (songs.artist >= 0))[order],
        album_numbers=songs.album[order][first],
    )


def order_of(songs: Asked) -> Integers:
    """(songs,): the rows in the order of the design, by artist and then by album."""
    return np.lexsort((numbered_apart(songs.album), numbered_apart(songs.artist)))


def _left_out_together(artist: Integers, album: Integers, groups: Sequence[str]) -> Integers:
    """Numbers of what hangs together by artist or by group; of albums, or else songs, where that is everything."""
    several = [not group or names_several(group) for group in groups]
    group = _numbers(["" if each else name for each, name in zip(several, groups, strict=True)]) + artist.max() + 1
    size = int(group.max()) + 1
    links = coo_array((np.ones(len(artist)), (artist, group)), shape=(size, size))
    _, parts = connected_components(links, directed=False)
    found = np.unique(parts[artist], return_inverse=True)[1]
    if found.max() > 0:
        return found
    return album if album.max() > 0 else np.arange(len(artist))


def _numbers(keys: Sequence[str]) -> Integers:
    """A number for each key, and one of its own for each that is empty."""
    numbers = {key: number for number, key in enumerate(sorted(set(keys) - {""}))}
    return numbered_apart(np.array([numbers.get(key, -1) for key in keys], dtype=np.intp))


def _together(left: Integers, right: Integers) -> Integers:
    """(songs,): how many songs share both numbers of each."""
    _, row, counts = np.unique(left * (right.max() + 1) + right, return_inverse=True, return_counts=True)
    found: Integers = counts[row]
    return found
