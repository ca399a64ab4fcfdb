"""What the predictor has to beat: means, ridges on names and on other ears, the plan's plain classifier."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.training.judgment.ridge import FOLDS, PENALTIES, fit_ridge
from core.training.metrics import conformal_radius
from core.training.rating.names import Names, genres_of
from core.training.split import Mask, group_folds, held_out_groups

if TYPE_CHECKING:
    from core.training.classifier import ClassifierConfig

Ratings = NDArray[np.float64]
Vectors = NDArray[np.floating]

INNER_SHARE = 0.2
RIDGE_NAMES = {
    "spectral": "spectral_ridge",
    "random": "random_encoder",
    "bliss": "bliss_ridge",
    "encoder": "encoder_ridge",
    "model": "model_ridge",
}
"""What the ridge on each kind of embedding is called; others go by their own name."""
NAME_PENALTIES = np.logspace(-1, 3, 9)
"""Of columns of ones and zeros, where a penalty is a number of songs at the mean."""


@dataclass(frozen=True)
class Rated:
    """Rated songs as a question sees them."""

    names: Names
    ratings: Ratings
    """(songs,) 0 to 1."""
    units: Sequence[str]
    """What the question holds out whole: artists, or albums. Whatever has to be held out within the training songs goes
    by them too, so that an interval says how wrong an answer to this very question may be."""
    seed: int = 0

    @property
    def genres(self) -> list[list[str]]:
        return [genres_of(tagged) for tagged in self.names.genres]


@dataclass(frozen=True)
class Guess:
    """Ratings (songs,) with the ends of intervals that should hold nine of ten, if there are any."""

    ratings: Ratings
    low: Ratings | None = None
    high: Ratings | None = None

    @classmethod
    def around(cls, ratings: Ratings, residuals: Ratings) -> "Guess":
        """With an interval from residuals on songs that were held out (split conformal prediction)."""
        radius = conformal_radius(residuals)
        return cls(ratings, ratings - radius, ratings + radius)


Baseline = Callable[[Rated, Mask, Mask], Guess]
"""Learns from the songs of the first mask, and answers for those of the second."""
Mean = Callable[[Rated, Mask, Mask], Ratings]


def baselines(vectors: Mapping[str, Vectors], *, classifier: "ClassifierConfig | None") -> dict[str, Baseline]:
    """Everything to compare with: ``vectors`` (songs, dim) by name, rows of NaN where a song has none.

    The classifier learns from the vectors named ``encoder``, or else ``model``; without a configuration it is left out.
    """
    found: dict[str, Baseline] = {
        "global_mean": _with_interval(global_mean),
        "artist_mean": _with_interval(artist_mean),
        "album_mean": _with_interval(album_mean),
        "artist_genre_ridge": artist_genre_ridge,
    }
    for name, matrix in vectors.items():
        if np.isfinite(matrix).all(axis=1).any():
            found[RIDGE_NAMES.get(name, name)] = ridge_on(matrix)
    embedded = vectors.get("encoder", vectors.get("model"))
    if classifier is not None and embedded is not None:
        found["classifier"] = classifier_on(embedded, config=classifier)
    return found


def global_mean(rated: Rated, train: Mask, asked: Mask) -> Ratings:
    """The mean rating of the training songs for everything."""
    return np.full(int(asked.sum()), rated.ratings[train].mean())


def artist_mean(rated: Rated, train: Mask, asked: Mask) -> Ratings:
    """The mean rating of the artist's training songs; the global mean for an artist without any."""
    return _mean_of(
        rated.names.artists, rated.ratings, train=train, asked=asked, other=global_mean(rated, train, asked)
    )


def album_mean(rated: Rated, train: Mask, asked: Mask) -> Ratings:
    """The mean rating of the album's training songs; the artist's mean for an album without any."""
    return _mean_of(rated.names.albums, rated.ratings, train=train, asked=asked, other=artist_mean(rated, train, asked))


def artist_genre_ridge(rated: Rated, train: Mask, asked: Mask) -> Guess:
    """A ridge on a column for each artist and each genre of the training songs."""
    rows = np.flatnonzero(train).tolist()
    genres = rated.genres
    columns = [*dict.fromkeys(f"artist\n{rated.names.artists[row]}" for row in rows)]
    columns += dict.fromkeys(f"genre\n{genre}" for row in rows for genre in genres[row])
    number = {name: column for column, name in enumerate(columns)}
    features = np.zeros((len(rated.ratings), len(columns)))
    for row, (artist, own) in enumerate(zip(rated.names.artists, genres, strict=True)):
        for name in (f"artist\n{artist}", *(f"genre\n{genre}" for genre in own)):
            if name in number:
                features[row, number[name]] = 1.0
    return _ridge_guess(features, rated, train, asked, penalties=NAME_PENALTIES, scaled=False)


def ridge_on(vectors: Vectors) -> Baseline:
    """A ridge on embeddings, which is what every encoder is compared by."""

    def guess(rated: Rated, train: Mask, asked: Mask) -> Guess:
        return _ridge_guess(vectors, rated, train, asked)

    return guess


def classifier_on(vectors: Vectors, *, config: "ClassifierConfig") -> Baseline:
    """The plan's plain classifier on embeddings."""

    def guess(rated: Rated, train: Mask, asked: Mask) -> Guess:
        from core.training.classifier import Examples
        from core.training.classifier import train as fit

        units = [rated.units[row] for row in np.flatnonzero(train).tolist()]
        held_out = held_out_groups(units, share=INNER_SHARE, seed=config.seed)
        known = vectors[train].astype(np.float32)
        fitted = fit(Examples(known, rated.ratings[train], held_out), config=config)
        predicted = fitted.predict(vectors[asked].astype(np.float32))
        return Guess(predicted, *fitted.interval(predicted))

    return guess


def _ridge_guess(
    features: Vectors, rated: Rated, train: Mask, asked: Mask, *, penalties: Ratings = PENALTIES, scaled: bool = True
) -> Guess:
    units = [rated.units[row] for row in np.flatnonzero(train).tolist()]
    ridge = fit_ridge(
        features[train], rated.ratings[train], groups=units, seed=rated.seed, penalties=penalties, scaled=scaled
    )
    return Guess.around(np.clip(ridge.predict(features[asked]), 0, 1), ridge.residuals)


def _with_interval(mean: Mean) -> Baseline:
    """A mean lies near each of its songs: only songs that are not in it tell how far off it is."""

    def guess(rated: Rated, train: Mask, asked: Mask) -> Guess:
        rows = np.flatnonzero(train)
        units = [rated.units[row] for row in rows.tolist()]
        residuals = []
        for held in group_folds(units, folds=FOLDS, seed=rated.seed):
            if not held.all():
                inner = np.zeros_like(train)
                inner[rows[held]] = True
                residuals.append(rated.ratings[inner] - mean(rated, train & ~inner, inner))
        return Guess.around(mean(rated, train, asked), np.concatenate([np.empty(0), *residuals]))

    return guess


def _mean_of(keys: Sequence[str], ratings: Ratings, *, train: Mask, asked: Mask, other: Ratings) -> Ratings:
    """The mean over the training songs of the same key, where there are any; an empty key is nobody's."""
    names = np.asarray(keys, dtype=object)
    sums: dict[str, tuple[float, int]] = {}
    for name, rating in zip(names[train], ratings[train].tolist(), strict=True):
        total, count = sums.get(name, (0.0, 0))
        sums[name] = (total + rating, count + 1)
    sums.pop("", None)
    own = [sums.get(name, (np.nan, 1)) for name in names[asked]]
    means = np.array([total / count for total, count in own])
    return np.where(np.isnan(means), other, means)
