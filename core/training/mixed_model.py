"""The predictor: a linear mixed model of ratings with effects of genre, artist, album and sound, shrunk by counts.

The shares of the variance are the likeliest ones; what predicts is the half, or both, that did best on songs left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from core.training.catalog import Catalog, catalog_of, numbered_apart
from core.training.effects import (
    ALBUM,
    ARTIST,
    GENRE,
    LINEAR,
    MEAN,
    NEARNESS,
    PARAMETERS,
    Array,
    Design,
    Posterior,
)
from core.training.fitted_effects import Asked, fitted_effects
from core.training.fitted_model import MixedModel, Predicted, Ratings, Vectors, asked
from core.training.intervals import Stretch, stretch
from core.training.left_out import LeftOut, left_out
from core.training.names import Names, names_several
from core.training.sound_features import Kernel, SoundFeatures, fit_sound_features
from core.training.variance_components import estimate

__all__ = ["MixedModel", "Names", "Predicted", "fit"]

Integers = NDArray[np.intp]

LEAST_DEVIATION = 0.1
"""Half a star: ratings that are all equal do not prove that the next one will be."""
SEARCHED = 2500
"""Songs from which the variances are estimated: whole groups, drawn by the seed."""
FEWEST_KNOWN = 20
"""Songs of artists with other albums, below which what is said of them is judged with all the rest."""
HALVES = {
    "both": {ARTIST, ALBUM, GENRE, LINEAR, NEARNESS},
    "names": {ARTIST, ALBUM, GENRE},
    "sound": {LINEAR, NEARNESS},
    "mean": set(),
}


@dataclass(frozen=True)
class Training:
    """Rated songs in the order of their design."""

    design: Design
    ratings: Array
    """(songs,) in units of their deviation, mean 0."""
    artists: Integers
    """(songs,): what is left out to ask for unseen artists."""
    albums: Integers
    """(songs,): what is left out to ask for new albums."""
    known: NDArray[np.bool_]
    """(songs,): whether the artist stays known when the album is left out."""
    names_columns: int
    """Columns that need no sound: the first ones."""

    def without_sound(self) -> "Training":
        features = np.ascontiguousarray(self.design.features[:, : self.names_columns])
        design = Design(
            features,
            self.design.columns[: self.names_columns],
            self.design.artist,
            self.design.album,
            self.design.nested,
        )
        return Training(design, self.ratings, self.artists, self.albums, self.known, self.names_columns)


@dataclass(frozen=True)
class Candidate:
    """One of the halves, or both, with what it said of songs left out."""

    posterior: Posterior
    unseen: LeftOut
    new_album: LeftOut


def fit(
    ratings: Ratings,
    *,
    vectors: Vectors,
    names: Names,
    groups: Sequence[str],
    seed: int,
    kernel: Kernel = "rbf",
) -> MixedModel:
    """Fit the predictor to ratings (songs,) from 0 to 1 of songs with embeddings (songs, dim) and names.

    ``groups`` are what must never straddle a split. A row of NaN is a song without embedding.
    """
    center = float(ratings.mean())
    scale = max(float(ratings.std()), LEAST_DEVIATION)
    catalog = catalog_of(names)
    vectors = np.asarray(vectors, dtype=np.float32)
    sound = fit_sound_features(vectors, kernel=kernel, seed=seed)
    songs = asked(vectors, names, catalog=catalog, sound=sound)
    training, order, albums = _training(
        songs, (ratings - center) / scale, names=names, groups=groups, sound=sound, catalog=catalog
    )
    candidates = {
        name: _candidate(training if "sound" in name or name == "both" else training.without_sound(), active)
        for name, active in HALVES.items()
    }
    errors = {name: _error(each, training) for name, each in candidates.items()}
    best = min(errors, key=errors.__getitem__)
    chosen = candidates[best]
    known, unseen = _stretches(chosen, training)
    keep = {"artists": len(catalog.artists), "albums": albums}
    return MixedModel(
        center=center,
        scale=scale,
        catalog=catalog,
        sound=sound,
        chosen=fitted_effects(chosen.posterior, **keep),
        names_only=fitted_effects(candidates["names"].posterior, **keep),
        known=known,
        unseen=unseen,
        figures=_figures(candidates, errors, best=best, training=training, scale=scale),
    )


def _training(
    songs: Asked, ratings: Array, *, names: Names, groups: Sequence[str], sound: SoundFeatures, catalog: Catalog
) -> tuple[Training, Integers, Integers]:
    artist, album = numbered_apart(songs.artist), numbered_apart(songs.album)
    order = np.lexsort((album, artist))
    first = np.r_[True, np.diff(album[order]) != 0]
    columns = np.repeat(
        [MEAN, GENRE, ALBUM, LINEAR, NEARNESS],
        [1, len(catalog.genres), len(catalog.shared), sound.linear_count, sound.nearness_count],
    )
    design = Design(
        features=songs.features[order].astype(np.float64),
        columns=columns,
        artist=artist[order],
        album=np.cumsum(first) - 1,
        nested=1.0 - songs.on_shared_album[order][first],
    )
    out_artists = _joined(artist, groups)
    out_albums = _codes(names.albums)
    if out_artists.max() == 0:
        out_artists = out_albums if out_albums.max() else np.arange(len(ratings))
    others = np.bincount(artist)[artist] - _pair_counts(artist, out_albums)
    training = Training(
        design,
        ratings[order],
        out_artists[order],
        out_albums[order],
        (others > 0)[order] & (songs.artist >= 0)[order],
        1 + len(catalog.genres) + len(catalog.shared),
    )
    return training, order, songs.album[order][first]


def _joined(artist: Integers, groups: Sequence[str]) -> Integers:
    """Numbers of what hangs together by artist or by group."""
    several = np.array([not group or names_several(group) for group in groups])
    group = _codes(["" if each else name for each, name in zip(several, groups, strict=True)]) + artist.max() + 1
    size = int(group.max()) + 1
    links = coo_array((np.ones(len(artist)), (artist, group)), shape=(size, size))
    return connected_components(links, directed=False)[1][artist].astype(np.intp)


def _codes(keys: Sequence[str]) -> Integers:
    """A number for each key, and one of its own for each that is empty."""
    numbers = {key: number for number, key in enumerate(sorted(set(keys) - {""}))}
    return numbered_apart(np.array([numbers.get(key, -1) for key in keys], dtype=np.intp))


def _pair_counts(left: Integers, right: Integers) -> Integers:
    _, row, counts = np.unique(left * (right.max() + 1) + right, return_inverse=True, return_counts=True)
    return counts[row]


def _candidate(training: Training, active: set[int]) -> Candidate:
    variances = estimate(training.design, training.ratings, active=active)
    posterior = Posterior(training.design, training.ratings, variances)
    return Candidate(posterior, left_out(posterior, training.artists), left_out(posterior, training.albums))


def _error(candidate: Candidate, training: Training) -> float:
    """The mean squared error on unseen artists and on new albums of known ones, each question counting the same."""
    unseen = float((candidate.unseen.residuals**2).mean())
    if training.known.sum() < FEWEST_KNOWN:
        return unseen
    return (unseen + float((candidate.new_album.residuals[training.known] ** 2).mean())) / 2


def _stretches(candidate: Candidate, training: Training) -> tuple[Stretch, Stretch]:
    unseen = candidate.unseen.residuals / candidate.unseen.deviations
    of_unseen = stretch(unseen, groups=training.artists)
    if training.known.sum() < FEWEST_KNOWN:
        return of_unseen, of_unseen
    known = (candidate.new_album.residuals / candidate.new_album.deviations)[training.known]
    return stretch(known, groups=training.albums[training.known]), of_unseen


def _figures(
    candidates: dict[str, Candidate], errors: dict[str, float], *, best: str, training: Training, scale: float
) -> dict[str, float]:
    figures = {f"val_mse_{name}": error * scale**2 for name, error in errors.items()}
    figures["val_mse"] = errors[best] * scale**2
    variances = candidates[best].posterior.variances
    figures |= {
        f"share_{name}": float(share) for name, share in zip(PARAMETERS, variances / variances.sum(), strict=True)
    }
    return figures | {"uses_names": float(best in {"both", "names"}), "uses_sound": float(best in {"both", "sound"})}
