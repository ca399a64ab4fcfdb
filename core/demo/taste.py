"""The planted taste: an invented owner who likes it warm, slow and in minor, and who rated half of the songs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.demo.recipe import DemoSong, generator
from core.song import UNRATED

ARTIST_DEVIATION = 0.2
NOISE_DEVIATION = 0.3
"""Moods of the day, which nothing predicts. Both in units of the taste for sound, whose deviation is 1."""


@dataclass(frozen=True)
class PlantedTaste:
    """Two values for each song, in the order of the songs that were asked about."""

    truth: NDArray[np.float64]
    """What the owner would give without noise and rounding, 0.1 to 1.0 (one half star is 0.1)."""
    ratings: NDArray[np.float64]
    """What the owner gave: steps of 0.1, -1 where unrated."""


def plant_taste(songs: Sequence[DemoSong], *, seed: int) -> PlantedTaste:
    """The truth for all songs and ratings for half of them; some artists have no rated song at all."""
    numbers = generator(seed, "taste")
    liking = _liking_of_sound(songs) + _liking_of_artists(songs, numbers=numbers)
    given = np.round(_as_rating(liking + numbers.normal(0.0, NOISE_DEVIATION, len(songs))), 1)
    rated = _rated_songs(songs, numbers=numbers)
    return PlantedTaste(truth=_as_rating(liking), ratings=np.where(rated, given, UNRATED))


def _liking_of_sound(songs: Sequence[DemoSong]) -> NDArray[np.float64]:
    """Warm before bright, slow before fast, minor before major; each feature within the library's own range."""
    brightness = _standardized([np.log(song.sound.brightness) for song in songs])
    tempo = _standardized([np.log(song.sound.tempo) for song in songs])
    darkness = _standardized([song.sound.darkness for song in songs])
    return _standardized(-0.8 * brightness - 0.4 * tempo + 0.3 * darkness)


def _standardized(values: Sequence[float] | NDArray[np.float64]) -> NDArray[np.float64]:
    array = np.asarray(values, dtype=np.float64)
    return np.asarray((array - array.mean()) / (array.std() or 1.0), dtype=np.float64)


def _liking_of_artists(songs: Sequence[DemoSong], *, numbers: np.random.Generator) -> NDArray[np.float64]:
    """Sympathy for an artist, whatever the sound."""
    artists = sorted({song.artist for song in songs})
    sympathy = dict(zip(artists, numbers.normal(0.0, ARTIST_DEVIATION, len(artists)), strict=True))
    return np.array([sympathy[song.artist] for song in songs])


def _as_rating(liking: NDArray[np.float64]) -> NDArray[np.float64]:
    """Stars as people give them: crowded between 3.5 and 5, with a thin tail of bad ones."""
    return np.clip(1.06 - 0.28 * np.exp(-0.5 * liking), 0.1, 1.0)


def _rated_songs(songs: Sequence[DemoSong], *, numbers: np.random.Generator) -> NDArray[np.bool_]:
    """Half of the songs, none of them by a quarter of the artists: the "unseen artists"."""
    artists = sorted({song.artist for song in songs})
    unheard = set(numbers.permutation(artists)[: len(artists) // 4])
    candidates = [place for place, song in enumerate(songs) if song.artist not in unheard]
    chosen = numbers.permutation(candidates)[: len(songs) // 2]
    rated = np.zeros(len(songs), dtype=np.bool_)
    rated[chosen] = True
    return rated
