"""Planted shares of the variance are found again."""

import numpy as np
import pytest

from core.training.rating.effects import ALBUM, ARTIST, GENRE, LINEAR, MEAN, NOISE, PARAMETERS, Design
from core.training.rating.variance_components import LEAST_NOISE, estimate

ARTIST_OF = np.repeat(np.arange(100), 9)
ALBUM_OF = np.repeat(np.arange(300), 3)
RANDOM = np.random.default_rng(0)
FEATURES = np.c_[np.ones(900), RANDOM.normal(size=(900, 20))]
DESIGN = Design(FEATURES, np.array([MEAN, *[LINEAR] * 20]), ARTIST_OF, ALBUM_OF, np.ones(300))


def test_planted_shares_are_found_again() -> None:
    ratings = np.sqrt(0.3) * RANDOM.normal(size=100)[ARTIST_OF] + np.sqrt(0.2) * RANDOM.normal(size=300)[ALBUM_OF]
    ratings = ratings + np.sqrt(0.4) * RANDOM.normal(size=900) + FEATURES[:, 1:] @ RANDOM.normal(scale=0.1, size=20)
    found = estimate(DESIGN, ratings - ratings.mean(), active={ARTIST, ALBUM, LINEAR})
    assert found[[NOISE, ARTIST, ALBUM]] == pytest.approx([0.4, 0.3, 0.2], rel=0.35)
    assert found[LINEAR] == pytest.approx(0.01, rel=0.6)
    assert found[GENRE] == 0


def test_where_the_search_begins_does_not_decide_where_it_ends() -> None:
    random, start = np.random.default_rng(2), np.zeros(len(PARAMETERS))
    ratings = np.sqrt(0.4) * random.normal(size=100)[ARTIST_OF] + np.sqrt(0.6) * random.normal(size=900)
    start[[NOISE, ALBUM]] = 0.9, 0.3
    usual, other = (
        estimate(DESIGN, ratings - ratings.mean(), active={ARTIST, ALBUM, LINEAR}, start=each) for each in (None, start)
    )
    assert other == pytest.approx(usual, abs=0.02)


def test_noise_has_no_artists() -> None:
    found = estimate(DESIGN, np.random.default_rng(1).normal(size=900), active={ARTIST, ALBUM, LINEAR})
    assert found[NOISE] == pytest.approx(1, rel=0.1)
    assert found[ARTIST] + found[ALBUM] < 0.1


def test_ratings_that_are_all_equal_leave_the_least_noise() -> None:
    assert estimate(DESIGN, np.zeros(900), active={ARTIST})[NOISE] == pytest.approx(LEAST_NOISE)
