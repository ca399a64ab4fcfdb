"""The algebra without matrices of songs against the same with them."""

import numpy as np
import pytest
from numpy.typing import NDArray

from core.training.rating.effects import (
    ALBUM,
    ARTIST,
    GENRE,
    LINEAR,
    MEAN,
    MEAN_VARIANCE,
    NEARNESS,
    NOISE,
    Design,
    Posterior,
)

SONGS = 50
VARIANCES = np.array([0.5, 0.3, 0.2, 0.1, 0.4, 0.6])


def design() -> Design:
    """Unbalanced artists and albums, of which some are shared, and columns of every kind."""
    random = np.random.default_rng(0)
    artist = np.sort(np.unique(random.integers(0, 10, SONGS), return_inverse=True)[1])
    album = np.unique(artist * 3 + random.integers(0, 3, SONGS), return_inverse=True)[1]
    order = np.lexsort((album, artist))
    nested = (random.random(album.max() + 1) > 0.2).astype(float)
    features = np.c_[np.ones(SONGS), random.normal(size=(SONGS, 8))]
    columns = np.array([MEAN, GENRE, GENRE, ALBUM, LINEAR, LINEAR, NEARNESS, NEARNESS, NEARNESS])
    return Design(features, columns, artist[order], album[order], nested)


def covariance(of: Design, variances: NDArray[np.float64]) -> NDArray[np.float64]:
    by_column = np.append(variances, MEAN_VARIANCE)[of.columns]
    same_album = (of.album[:, None] == of.album) * of.nested[of.album]
    same_artist = of.artist[:, None] == of.artist
    effects = (
        variances[ARTIST] * same_artist + variances[ALBUM] * same_album + (of.features * by_column) @ of.features.T
    )
    return np.asarray(effects + variances[NOISE] * np.eye(len(of.artist)))


def evidence(of: Design, ratings: NDArray[np.float64], variances: NDArray[np.float64]) -> float:
    whole = covariance(of, variances)
    return float(-0.5 * (np.linalg.slogdet(whole)[1] + ratings @ np.linalg.solve(whole, ratings)))


@pytest.fixture
def ratings() -> NDArray[np.float64]:
    return np.random.default_rng(1).normal(size=SONGS)


def test_the_evidence_is_that_of_the_whole_matrix(ratings: NDArray[np.float64]) -> None:
    found = Posterior(design(), ratings, VARIANCES).log_evidence()
    assert found == pytest.approx(evidence(design(), ratings, VARIANCES))


def test_the_slope_is_that_of_the_evidence(ratings: NDArray[np.float64]) -> None:
    step = 1e-5
    factors = np.exp(step * np.eye(len(VARIANCES)))
    steps = [
        evidence(design(), ratings, VARIANCES * up) - evidence(design(), ratings, VARIANCES / up) for up in factors
    ]
    assert Posterior(design(), ratings, VARIANCES).slope() == pytest.approx(np.array(steps) / (2 * step), rel=1e-4)


def test_the_dual_solves_the_whole_matrix(ratings: NDArray[np.float64]) -> None:
    solved = np.linalg.solve(covariance(design(), VARIANCES), ratings)
    assert Posterior(design(), ratings, VARIANCES).dual == pytest.approx(solved)


def test_effects_without_variance_leave_the_rest_as_it_is(ratings: NDArray[np.float64]) -> None:
    without = VARIANCES * np.array([1, 0, 0, 1, 1, 0])
    posterior = Posterior(design(), ratings, without)
    assert posterior.dual == pytest.approx(np.linalg.solve(covariance(design(), without), ratings))
    assert posterior.slope()[[ARTIST, ALBUM, NEARNESS]] == pytest.approx(0)
