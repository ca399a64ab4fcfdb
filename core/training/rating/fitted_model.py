"""A fitted predictor: what it says of songs, with intervals and with the parts that a prediction is the sum of."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.training.rating.catalog import Catalog
from core.training.rating.fitted_effects import PARTS, Asked, FittedEffects
from core.training.rating.intervals import Stretch
from core.training.rating.names import Names
from core.training.rating.sound_features import SoundFeatures, present_rows
from core.training.rating.vectors_beside import AnyVectors

PREDICTED_AT_ONCE = 1024
"""Songs: of 8,192 every step needs 35 MB of memory that is new to the process, which doubles the time."""

Ratings = NDArray[np.float64]
Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Predicted:
    """Arrays (songs,) in ratings, 0 to 1."""

    ratings: Ratings
    low: Ratings
    high: Ratings
    """The interval from ``low`` to ``high`` holds nine of ten ratings."""
    without_audio: Ratings
    """What the names alone would say."""
    parts: dict[str, Ratings]
    """What ``ratings`` are the sum of, before they are kept within 0 to 1: global, genre, artist, album, sound."""


@dataclass(frozen=True)
class MixedModel:
    """A fitted predictor; ``core.training.rating.mixed_model.fit`` makes one."""

    center: float
    """The rating that effects are counted from."""
    scale: float
    """The ratings that one unit of an effect is worth."""
    catalog: Catalog
    sound: SoundFeatures
    chosen: FittedEffects
    """What predicts."""
    names_only: FittedEffects
    """What would predict without any sound."""
    known: Stretch
    """Of the intervals of songs whose artist has been rated."""
    unseen: Stretch
    """Of all others."""
    figures: dict[str, float]
    """Shares of the variance, errors on groups left out, and which halves were chosen (1 or 0)."""

    def predict(self, vectors: AnyVectors, *, names: Names) -> Predicted:
        """Predict songs from embeddings (songs, dim), read in blocks, and their names; a missing row is NaN."""
        if len(vectors) != len(names):
            error = f"{len(vectors)} embeddings, but the names of {len(names)} songs"
            raise ValueError(error)
        blocks = [self._block(vectors, names, start) for start in range(0, len(names), PREDICTED_AT_ONCE)]
        if not blocks:
            nothing = np.empty(0)
            return Predicted(nothing, nothing, nothing, nothing, dict.fromkeys(PARTS, nothing))
        ratings, low, high, without = (
            np.concatenate(each) for each in zip(*(block[:4] for block in blocks), strict=True)
        )
        parts = {name: np.concatenate([block[4][name] for block in blocks]) for name in PARTS}
        return Predicted(ratings, low, high, without, parts)

    def save(self, path: Path) -> None:
        """Write it as ``core.training.rating.model_file`` says."""
        from core.training.rating.model_file import save

        save(self, path)

    @staticmethod
    def load(path: Path) -> "MixedModel":
        """Read what ``save`` wrote; raises UserError for a file that is missing, damaged or from elsewhere."""
        from core.training.rating.model_file import load

        return load(path)

    def _block(
        self, vectors: AnyVectors, names: Names, start: int
    ) -> tuple[Ratings, Ratings, Ratings, Ratings, dict[str, Ratings]]:
        stop = start + PREDICTED_AT_ONCE
        part = Names(names.artists[start:stop], names.albums[start:stop], names.genres[start:stop])
        asked = self._asked(np.array(vectors[start:stop], dtype=np.float32), part)
        mean, deviation, parts = self.chosen.predict(asked)
        without, _, _ = self.names_only.predict(asked)
        known = asked.artist >= 0
        below = deviation * np.where(known, self.known.low, self.unseen.low)
        above = deviation * np.where(known, self.known.high, self.unseen.high)
        shares = {name: value * self.scale for name, value in parts.items()}
        shares["global"] = shares["global"] + self.center
        ends = (self._rating(each) for each in (mean, mean - below, mean + above, without))
        return *ends, {name: value.astype(np.float64) for name, value in shares.items()}  # type: ignore[return-value]  # four ends

    def _rating(self, units: NDArray[np.float32]) -> Ratings:
        found: Ratings = np.clip(units.astype(np.float64) * self.scale + self.center, 0, 1)
        return found

    def _asked(self, vectors: Vectors, names: Names) -> Asked:
        return asked(vectors, names, catalog=self.catalog, sound=self.sound)


def asked(vectors: Vectors, names: Names, *, catalog: Catalog, sound: SoundFeatures) -> Asked:
    """Songs as the model counts them: a column of ones, genres, albums of several artists, then the sound."""
    genres, has_genre = catalog.genre_features(names)
    shared = catalog.shared_of(names)
    on_shared = shared[:, None] == np.arange(len(catalog.shared))
    heard, unexplained = sound.of(vectors)
    ones = np.ones((len(names), 1), np.float32)
    return Asked(
        features=np.concatenate([ones, genres, on_shared.astype(np.float32), heard], axis=1),
        unexplained=unexplained,
        artist=catalog.artists_of(names),
        album=catalog.albums_of(names),
        without_genre=~has_genre,
        without_sound=~present_rows(vectors),
        on_shared_album=shared >= 0,
    )
