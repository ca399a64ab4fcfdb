"""What a prediction owes to each rating, against predictions that really were made without it."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from core.training.rating.effects import ALBUM, ARTIST, MEAN_VARIANCE, NOISE, PARAMETERS
from core.training.rating.fitted_effects import Asked, fitted_effects
from core.training.rating.fitted_model import MixedModel, asked
from core.training.rating.influence import Influence, influence
from core.training.rating.mixed_model import fit
from core.training.rating.names import Names

SONGS, RATED = 60, 40
RANDOM = np.random.default_rng(4)
VECTORS = RANDOM.normal(size=(SONGS, 5)).astype(np.float32)
VECTORS[7] = np.nan
ARTISTS = [f"artist {number % 9}" if number % 11 else "" for number in range(SONGS)]
ALBUMS = [
    "" if number % 7 == 3 else "hits" if number % 13 == 0 else f"{artist} {number % 2}"
    for number, artist in enumerate(ARTISTS)
]
NAMES = Names(ARTISTS, ALBUMS, ["Rock" if number % 3 else "Jazz; Soul" for number in range(SONGS)])
RATINGS = np.clip(0.6 + 0.15 * np.nan_to_num(VECTORS[:, 0]) + 0.1 * RANDOM.normal(size=9)[np.arange(SONGS) % 9], 0.1, 1)
VARIANCES = np.array([0.4, 0.2, 0.15, 0.1, 0.3, 0.25, *np.zeros(len(PARAMETERS) - 6)])
GIVEN = Names(*(each[:RATED] for each in (ARTISTS, ALBUMS, NAMES.genres)))


@pytest.fixture(scope="module")
def fitted() -> MixedModel:
    return fit(RATINGS[:RATED], vectors=VECTORS[:RATED], names=GIVEN, groups=GIVEN.artists, seed=0)


def of(model: MixedModel) -> Influence:
    return influence(
        model, RATINGS[:RATED], vectors=VECTORS[:RATED], names=GIVEN, asked_vectors=VECTORS, asked_names=NAMES
    )


def covariance(model: MixedModel, songs: Asked) -> NDArray[np.float64]:
    """Between all songs, as the model says that what is liked in them hangs together."""
    chosen = model.chosen
    scales = np.sqrt(np.append(chosen.variances, MEAN_VARIANCE))[chosen.columns]
    features = songs.features[:, : chosen.columns_count].astype(np.float64) * scales
    same_artist = (songs.artist[:, None] == songs.artist) & (songs.artist >= 0)
    same_album = (songs.album[:, None] == songs.album) & (songs.album >= 0) & ~songs.on_shared_album
    return features @ features.T + chosen.variances[ARTIST] * same_artist + chosen.variances[ALBUM] * same_album


def predicted(model: MixedModel, *, without: list[int]) -> NDArray[np.float64]:
    """(songs,) by the plain formula, from all ratings but some."""
    kept = [row for row in range(RATED) if row not in without]
    songs = asked(VECTORS, NAMES, catalog=model.catalog, sound=model.sound)
    between, variances = covariance(model, songs), model.chosen.variances
    ratings = (RATINGS[kept] - model.center) / model.scale
    # What has no artist or no album of a name is liked for one of its own, which says nothing of other songs.
    own = variances[ARTIST] * (songs.artist < 0) + variances[ALBUM] * ((songs.album < 0) & ~songs.on_shared_album)
    noisy = between[np.ix_(kept, kept)] + np.diag(own[kept] + variances[NOISE])
    return between[:, kept] @ np.linalg.solve(noisy, ratings) * model.scale + model.center


@pytest.fixture(scope="module", params=["both", "names", "every effect"])
def model(request: pytest.FixtureRequest, fitted: MixedModel) -> MixedModel:
    if request.param == "names":
        return replace(fitted, chosen=fitted.names_only)
    if request.param == "both":
        return fitted
    posterior = replace(of(fitted).posterior, variances=VARIANCES)
    return replace(fitted, chosen=fitted_effects(posterior, len(fitted.catalog.artists), np.arange(0)))


def test_each_change_is_that_of_a_prediction_without_the_rating(model: MixedModel) -> None:
    before, found = predicted(model, without=[]), of(model).changes
    assert found.shape == (SONGS, RATED)
    for row in range(RATED):
        assert found[:, row] == pytest.approx(before - predicted(model, without=[row]), abs=1e-6)


def test_several_ratings_change_what_they_change_together(model: MixedModel) -> None:
    before, found = predicted(model, without=[]), of(model)
    for rows in ([3, 12, 21], [0, 9, 39], [5]):
        assert found.without(rows) == pytest.approx(before - predicted(model, without=rows), abs=1e-6)


def test_it_speaks_of_the_predictions_that_the_model_makes(fitted: MixedModel) -> None:
    parts = fitted.predict(VECTORS, names=NAMES).parts
    assert predicted(fitted, without=[]) == pytest.approx(np.sum(list(parts.values()), axis=0), abs=1e-5)


def test_a_high_rating_speaks_for_its_own_song_and_a_low_one_against_it(fitted: MixedModel) -> None:
    own = np.diag(of(fitted).changes)
    left_out = RATINGS[:RATED] - (np.sum(list(fitted.predict(VECTORS, names=NAMES).parts.values()), axis=0)[:RATED])
    assert (np.sign(own) == np.sign(left_out)).mean() > 0.9
