"""The doubt about songs against plain algebra, and against models that really were told the answer."""

import numpy as np
import pytest

from core.training.rating.asking_doubt import Doubt, doubt
from core.training.rating.asking_hypotheses import ARTIST, MEAN, NOISE, Listened

RANDOM = np.random.default_rng(11)
FEATURES = RANDOM.normal(size=(30, 5))
ARTISTS = np.repeat(np.arange(10), 3)
RATED, ASKED, SONGS = np.arange(8), np.arange(6, 20), np.arange(30)
RATINGS = RANDOM.normal(size=30)
EVEN = np.full(5, 0.3)
FIRST = np.array([0.6, 0.1, 0.1, 0.1, 0.1])


def at(rows: np.ndarray) -> Listened:
    return Listened(FEATURES[rows], ARTISTS[rows])


def made(rated: np.ndarray = RATED, scales: tuple[np.ndarray, ...] = (EVEN,)) -> Doubt:
    return doubt(songs=at(SONGS), questions=at(ASKED), rated=at(rated), ratings=RATINGS[rated], scales=list(scales))


def expected(rated: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Answers, songs and variances by inverting the whole covariance."""
    features = FEATURES * EVEN
    centered = features - features.mean(axis=0)
    ratings = features @ features.T + ARTIST * (ARTISTS[:, None] == ARTISTS) + MEAN
    with_songs = centered @ features.T
    inverse = np.linalg.inv(ratings[np.ix_(rated, rated)] + NOISE * np.eye(len(rated)))
    answers = ratings - ratings[:, rated] @ inverse @ ratings[rated]
    songs = with_songs - with_songs[:, rated] @ inverse @ ratings[rated]
    variances = np.diag(centered @ centered.T - with_songs[:, rated] @ inverse @ with_songs[:, rated].T)
    return answers[np.ix_(ASKED, ASKED)], songs[:, ASKED], variances


def test_it_is_the_covariance_given_the_ratings() -> None:
    found = made()
    answers, songs, variances = expected(RATED)
    assert found.answers == pytest.approx(answers)
    assert found.songs == pytest.approx(songs)
    assert found.variances == pytest.approx(variances)


def test_a_settled_question_is_as_good_as_a_rating() -> None:
    found = made()
    found.settle(10)
    after = made(np.append(RATED, ASKED[10]))
    assert found.answers == pytest.approx(after.answers)
    assert found.songs == pytest.approx(after.songs)
    assert found.variances == pytest.approx(after.variances)


def test_worth_is_what_the_answer_takes_away() -> None:
    found = made()
    worth, told, before = found.worth(), found.told(3), found.variances.copy()
    found.settle(3)
    assert worth[3] == pytest.approx((before - found.variances).sum() / before.sum())
    assert told == pytest.approx(1 - found.variances / before)


def test_a_second_song_of_an_artist_is_worth_less_than_a_stranger() -> None:
    twins = Listened(np.tile([[1.0, 0.0]], (2, 1)), np.array([0, 1]))
    songs = Listened(np.array([[1.0, 0.0], [-1.0, 0.0]]), np.array([5, 6]))
    rated = Listened(np.array([[0.0, 1.0]]), np.array([0]))
    found = doubt(songs=songs, questions=twins, rated=rated, ratings=np.zeros(1), scales=[np.ones(2)])
    # Its artist's effect is known in part, so it tells more of the sound; but asked both, the first takes most.
    own, stranger = found.worth()
    assert own > stranger
    found.settle(0)
    assert found.worth()[1] < 0.5 * stranger


def test_hypotheses_that_disagree_are_doubt() -> None:
    alone, other = made(), made(scales=(FIRST,))
    both = made(scales=(EVEN, FIRST))
    assert both.variances.sum() > min(alone.variances.sum(), other.variances.sum())
    # The sum within them, weighed, is less than the whole: what is left is how far their predictions lie apart.
    weights = np.linspace(0, 1, 1001)
    within = weights[:, None] * alone.variances + (1 - weights[:, None]) * other.variances
    assert (np.abs(both.variances - within).max(axis=1) > 1e-6).all()


def test_what_is_like_a_rated_song_is_known() -> None:
    found = made()
    assert ((found.open_share >= 0) & (found.open_share <= 1)).all()
    assert found.open_share[:2].max() < made(np.arange(0)).open_share.min() == pytest.approx(1)  # rated themselves
