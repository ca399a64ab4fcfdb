"""Predictions and their deviations against the same from a whole matrix of covariances."""

import numpy as np
import pytest
from numpy.typing import NDArray

from core.training.rating.catalog import catalog_of
from core.training.rating.effects import ALBUM, ARTIST, MEAN_VARIANCE, NOISE, Posterior
from core.training.rating.fitted_effects import Asked, FittedEffects, fitted_effects
from core.training.rating.fitted_model import asked
from core.training.rating.names import Names
from core.training.rating.rated_songs import rated_songs
from core.training.rating.sound_features import fit_sound_features

RATED = Names(
    ["abba", "abba", "abba", "bach", "bach", "cher", "cher", ""],
    ["gold", "gold", "live", "mass", "hits", "hits", "cher", ""],
    ["Pop", "Pop", "Pop; Rock", "Classical", "", "Pop", "Pop", "Rock"],
)
NEW = Names(
    ["abba", "abba", "bach", "cher", "nobody", "nobody", ""],
    ["gold", "new", "hits", "hits", "hits", "none", ""],
    ["Pop", "Rock", "Classical", "Pop", "Rock", "Jazz", ""],
)
RANDOM = np.random.default_rng(0)
VECTORS = RANDOM.normal(size=(8, 3)).astype(np.float32)
NEW_VECTORS = RANDOM.normal(size=(7, 3)).astype(np.float32)
RATINGS = RANDOM.normal(size=8)
VARIANCES = np.array([0.3, 0.4, 0.2, 0.15, 0.5, 0.25])


@pytest.fixture(scope="module")
def both() -> tuple[FittedEffects, Asked, NDArray[np.float64], NDArray[np.float64]]:
    """What was fitted, what is asked, and the true mean and deviation of each answer."""
    catalog = catalog_of(RATED)
    sound = fit_sound_features(VECTORS, kernel="rbf", seed=0)
    known = asked(VECTORS, RATED, catalog=catalog, sound=sound)
    songs = rated_songs(known, RATINGS, names=RATED, groups=RATED.artists, catalog=catalog, sound=sound)
    fitted = fitted_effects(
        Posterior(songs.design, songs.ratings, VARIANCES), len(catalog.artists), songs.album_numbers
    )
    new = asked(NEW_VECTORS, NEW, catalog=catalog, sound=sound)
    names = Names(*([*ours, *theirs] for ours, theirs in zip(vars(RATED).values(), vars(NEW).values(), strict=True)))
    features = np.concatenate([known.features, new.features]).astype(np.float64)
    whole = covariance(names, features, songs.design.columns)
    own = np.r_[known.unexplained, new.unexplained] * VARIANCES[5]
    own[-7:] += np.r_[new.without_genre] * VARIANCES[3]
    whole += np.diag(own * (np.arange(15) >= 8) + VARIANCES[NOISE])
    cross = whole[8:, :8] @ np.linalg.inv(whole[:8, :8])
    return fitted, new, cross @ RATINGS, np.sqrt(np.diag(whole[8:, 8:] - cross @ whole[:8, 8:]))


def covariance(names: Names, features: NDArray[np.float64], columns: NDArray[np.intp]) -> NDArray[np.float64]:
    """Of all effects; the album of several artists has its effect as a column, and nobody is like nobody."""
    apart = [name or str(number) for number, name in enumerate(names.artists)]
    artist = np.array(apart)[:, None] == np.array(apart)
    pairs = np.array(
        [f"{own} {album or number}" for number, (own, album) in enumerate(zip(apart, names.albums, strict=True))]
    )
    nested = np.array([album != "hits" for album in names.albums])
    scales = np.append(VARIANCES, MEAN_VARIANCE)[columns]
    album = (pairs[:, None] == pairs) & nested
    return np.asarray(VARIANCES[ARTIST] * artist + VARIANCES[ALBUM] * album + (features * scales) @ features.T)


def test_means_are_those_of_the_whole_matrix(
    both: tuple[FittedEffects, Asked, NDArray[np.float64], NDArray[np.float64]],
) -> None:
    fitted, new, mean, _ = both
    found, _, parts = fitted.predict(new)
    assert found == pytest.approx(mean, abs=1e-4)
    assert np.sum(list(parts.values()), axis=0) == pytest.approx(found, abs=1e-5)


def test_deviations_are_those_of_the_whole_matrix(
    both: tuple[FittedEffects, Asked, NDArray[np.float64], NDArray[np.float64]],
) -> None:
    fitted, new, _, deviation = both
    assert fitted.predict(new)[1] == pytest.approx(deviation, abs=1e-4)


def test_artist_and_album_say_nothing_of_a_song_without_either(
    both: tuple[FittedEffects, Asked, NDArray[np.float64], NDArray[np.float64]],
) -> None:
    fitted, new, *_ = both
    parts = fitted.predict(new)[2]
    assert parts["artist"][-3:] == pytest.approx(0)
    assert parts["album"][-2:] == pytest.approx(0)
    assert abs(parts["album"][4]) > 0  # an unknown artist, but an album of several artists that is known
