"""Embeddings with a taste planted in them: what a classifier has to find again, without any audio.

Use::

    from tests.planted_taste import PlantedTaste

    taste = PlantedTaste(songs=200)
    taste.vectors, taste.ratings, taste.artists
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.training.protocol import TrainingSong


@dataclass(frozen=True)
class PlantedTaste:
    """Songs of which the rating is linear in four of the values of their embedding, plus noise, in half stars."""

    songs: int = 200
    dimension: int = 16
    artists_count: int = 20
    noise: float = 0.03
    seed: int = 7

    @cached_property
    def vectors(self) -> NDArray[np.float32]:
        """Shape (songs, dimension); songs of one artist lie together, and the values differ in size."""
        generator = np.random.default_rng(self.seed)
        artists = generator.normal(size=(self.artists_count, self.dimension))[self._artist_numbers]
        own = generator.normal(size=(self.songs, self.dimension))
        sizes = np.geomspace(0.1, 100, self.dimension)
        return ((artists + own) * sizes + 3 * sizes).astype(np.float32)

    @cached_property
    def ratings(self) -> NDArray[np.float64]:
        """Shape (songs,), 0.1 to 1.0 in half stars."""
        generator = np.random.default_rng(self.seed + 1)
        standardized = (self.vectors - self.vectors.mean(axis=0)) / self.vectors.std(axis=0)
        liking = standardized[:, ::4].mean(axis=1) + generator.normal(scale=self.noise, size=self.songs)
        return np.clip(np.round((0.6 + 0.4 * liking) * 10), 1, 10) / 10

    @property
    def artists(self) -> list[str]:
        return [f"artist {number}" for number in self._artist_numbers]

    @property
    def albums(self) -> list[str]:
        """Two albums of each artist."""
        return [f"album {number // self.artists_count % 2}" for number in range(self.songs)]

    def rated(self, names: list[str]) -> list[TrainingSong]:
        """The songs as the training child hears of them."""
        rows = zip(names, self.ratings.tolist(), self.artists, self.albums, strict=True)
        return [TrainingSong(name, rating, artist, album) for name, rating, artist, album in rows]

    @property
    def _artist_numbers(self) -> NDArray[np.int64]:
        return np.arange(self.songs) % self.artists_count
