"""What the auxiliary heads learn: artists, albums, genres and periods as numbers, and which songs are no strangers.

Written over both shapes of a song: ``Song`` of the player's library and ``TrainingSong`` of the child. Everything is
a function of the set of songs: ties go by the alphabet, never by the order of rows.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.song import Song
from core.training.data.genres import GENRE_CATEGORIES, map_genre_to_category
from core.training.protocol import TrainingSong

AnySong = Song | TrainingSong
Integers = NDArray[np.int64]

TOP_ARTISTS = 5000
TOP_ALBUMS = 10000
LEAST_SONGS_OF_ARTIST = 5
LEAST_SONGS_OF_ALBUM = 2
MISSING = -1

PERIODS = 12
FIRST_YEAR = 1970
"""Whatever is older shares the first period with its first five years."""
OLDEST_YEAR, NEWEST_YEAR = 1000, 2100
"""A year outside was mistyped, or is none; classical music is often tagged with the year of its composition."""


@dataclass(frozen=True)
class Labels:
    """The labels of n songs; -1 and [] are missing. The numbers of classes are those of ``MultiTaskEncoder``."""

    artist: Integers
    """(n,)"""
    albums: list[list[int]]
    genre: Integers
    """(n,)"""
    period: Integers
    """(n,)"""
    num_artists: int
    num_albums: int
    num_genres: int = len(GENRE_CATEGORIES)
    num_periods: int = PERIODS

    def __len__(self) -> int:
        return len(self.artist)


def labels_of(songs: Sequence[AnySong], *, top_k_artists: int = TOP_ARTISTS, top_k_albums: int = TOP_ALBUMS) -> Labels:
    """The labels of ``songs``, their classes counted over the same songs, which name all their copies’ albums."""
    artist_to_idx = build_artist_mapping(songs, top_k=top_k_artists)
    album_to_idx = build_album_mapping(songs, top_k=top_k_albums)
    song_to_albums = build_song_to_albums_mapping(songs)
    return Labels(
        artist=np.array([artist_to_idx.get(song.artist, MISSING) for song in songs], np.int64),
        albums=[get_album_labels(song, album_to_idx, song_to_albums) for song in songs],
        genre=np.array([genre_label(song) for song in songs], np.int64),
        period=np.array([year_to_period(song.year) for song in songs], np.int64),
        num_artists=len(artist_to_idx),
        num_albums=len(album_to_idx),
    )


def build_artist_mapping(
    songs: Iterable[AnySong], top_k: int = TOP_ARTISTS, min_songs: int = LEAST_SONGS_OF_ARTIST
) -> dict[str, int]:
    """Artists with at least ``min_songs`` songs -> 0, 1, ..., the one with most songs first."""
    return _numbered(Counter(song.artist for song in songs if song.artist), top_k=top_k, least=min_songs)


def build_album_mapping(
    songs: Iterable[AnySong], top_k: int = TOP_ALBUMS, min_songs_per_album: int = LEAST_SONGS_OF_ALBUM
) -> dict[str, int]:
    """Albums ("Artist - Album") with at least so many songs -> 0, 1, ..., the one with most songs first.

    Give it the songs before duplicates are removed, or ``TrainingSong``s, which bring the albums of their copies.
    """
    counts = Counter(key for song in songs for key in album_keys(song))
    return _numbered(counts, top_k=top_k, least=min_songs_per_album)


def build_song_to_albums_mapping(
    songs: Iterable[AnySong], *, copy_of: Mapping[str, str] | None = None
) -> dict[str, list[str]]:
    """Song id -> the sorted "Artist - Album" keys of all albums it is on; songs without one are absent.

    The id is the filename, for a cue track with its section: the tracks of one file are on albums of their own. With
    ``copy_of`` (the id of a copy -> that of the song which is kept) the kept song gets the albums of its copies.
    """
    kept = copy_of or {}
    found = dict[str, set[str]]()
    for song in songs:
        if keys := album_keys(song):
            found.setdefault(kept.get(song.song_id, song.song_id), set()).update(keys)
    return {song_id: sorted(keys) for song_id, keys in found.items()}


def get_album_labels(
    song: AnySong, album_to_idx: Mapping[str, int], filename_to_albums: Mapping[str, Collection[str]]
) -> list[int]:
    """The numbers of all albums that the song is on, as far as they have one."""
    keys = filename_to_albums.get(song.song_id, ())
    return [album_to_idx[key] for key in keys if key in album_to_idx]


def get_primary_album_label(
    song: AnySong,
    album_to_idx: Mapping[str, int],
    filename_to_albums: Mapping[str, Collection[str]],
    prefer_artist_albums: bool = True,  # noqa: FBT001, FBT002 - as the plan calls it
    *,
    counts: Mapping[str, int] | None = None,
) -> int:
    """One album for a song that may be on several, or -1.

    Its artist's own albums come before compilations; among several the one with most songs is taken, among equals the
    first by the alphabet. Songs are counted over ``filename_to_albums``, unless ``counts`` (album -> songs) knows.
    """
    keys = [key for key in filename_to_albums.get(song.song_id, ()) if key in album_to_idx]
    own = [key for key in keys if prefer_artist_albums and song.artist and key.startswith(f"{song.artist} - ")]
    candidates = own or keys
    if not candidates:
        return MISSING
    if len(candidates) > 1 and counts is None:
        counts = album_counts(filename_to_albums)
    return album_to_idx[min(candidates, key=lambda key: (-(counts or {}).get(key, 0), key))]


def album_counts(filename_to_albums: Mapping[str, Collection[str]]) -> dict[str, int]:
    """The number of songs on each album."""
    return Counter(key for keys in filename_to_albums.values() for key in set(keys))


def album_keys(song: AnySong) -> set[str]:
    """The "Artist - Album" of the song and, where it names them, of its copies; both parts must be known."""
    albums = song.albums if isinstance(song, TrainingSong) else ((song.artist, song.album),)
    return {f"{artist} - {album}" for artist, album in albums if artist and album}


def genre_label(song: AnySong) -> int:
    """The number of the song's genre category, or -1."""
    category = map_genre_to_category(song.genre)
    return MISSING if category is None else category


def year_to_period(year: int) -> int:
    """The five years that a song comes from: 0 for all before 1975, 11 for 2025 and later, -1 for no year."""
    if not OLDEST_YEAR <= year <= NEWEST_YEAR:
        return MISSING
    return min(max(year - FIRST_YEAR, 0) // 5, PERIODS - 1)


def _numbered(counts: Mapping[str, int], *, top_k: int, least: int) -> dict[str, int]:
    enough = sorted((-count, name) for name, count in counts.items() if count >= least)
    return {name: number for number, (_, name) in enumerate(enough[:top_k])}
