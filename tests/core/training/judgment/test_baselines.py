"""Baselines by hand, and that none of them knows what it has to be asked for."""

from collections.abc import Callable

import numpy as np
import pytest

from core.training import classifier
from core.training.classifier import ClassifierConfig
from core.training.judgment.baselines import (
    Rated,
    album_mean,
    artist_genre_ridge,
    artist_mean,
    baselines,
    classifier_on,
    global_mean,
    ridge_on,
)
from core.training.metrics import coverage, spearman
from core.training.rating.names import Names
from tests.planted_taste import PlantedTaste

TASTE = PlantedTaste(songs=160)
TEST = np.arange(160) % 20 < 4
TRAIN = ~TEST


def rated(ratings: list[float], artists: list[str], albums: list[str]) -> Rated:
    return Rated(Names(artists, albums, [""] * len(artists)), np.array(ratings), artists)


def planted(*, genres: list[str] | None = None) -> Rated:
    """Twenty artists; the first four are asked for."""
    albums = [f"{artist}\n{album}" for artist, album in zip(TASTE.artists, TASTE.albums, strict=True)]
    return Rated(Names(TASTE.artists, albums, genres or [""] * 160), TASTE.ratings, TASTE.artists)


SMALL = rated([0.2, 0.4, 0.9, 0.5, 0.6], ["a", "a", "b", "a", ""], ["a\nx", "a\ny", "b\nx", "a\ny", ""])
SMALL_TRAIN = np.array([True, True, True, False, False])


@pytest.mark.parametrize(
    ("mean", "expected"), [(global_mean, [0.5, 0.5]), (artist_mean, [0.3, 0.5]), (album_mean, [0.4, 0.5])]
)
def test_means_by_hand(mean: Callable[..., np.ndarray], expected: list[float]) -> None:
    assert mean(SMALL, SMALL_TRAIN, ~SMALL_TRAIN).tolist() == pytest.approx(expected)


def test_an_album_that_is_not_known_has_its_artist_s_mean() -> None:
    fresh = rated([0.2, 0.4, 0.9, 0.5], ["a", "a", "b", "a"], ["a\nx", "a\ny", "b\nx", "a\nz"])
    assert album_mean(fresh, np.array([1, 1, 1, 0], dtype=bool), np.array([0, 0, 0, 1], dtype=bool)) == pytest.approx(
        [0.3]
    )


def test_names_that_are_not_known_make_nobody() -> None:
    nameless = rated([0.1, 0.9, 0.9, 0.5], ["", "", "b", ""], ["", "", "b\nx", ""])
    train, test = np.array([1, 1, 1, 0], dtype=bool), np.array([0, 0, 0, 1], dtype=bool)
    overall = (0.1 + 0.9 + 0.9) / 3
    assert artist_mean(nameless, train, test) == pytest.approx([overall])
    assert album_mean(nameless, train, test) == pytest.approx([overall])


def test_intervals_of_means_are_honest_where_artists_have_one_song() -> None:
    # The mean of one song is that song: a radius from the songs in the mean would be 0.
    ratings = np.random.default_rng(1).integers(1, 11, 120) / 10
    names = [f"artist {number}" for number in range(120)]
    train = np.arange(120) < 60
    guess = baselines({}, classifier=None)["artist_mean"](rated(ratings.tolist(), names, names), train, ~train)
    assert coverage(ratings[~train], low=guess.low, high=guess.high) > 0.8


def test_a_ridge_finds_a_planted_taste_of_artists_it_has_not_heard() -> None:
    guess = ridge_on(TASTE.vectors)(planted(), TRAIN, TEST)
    assert spearman(TASTE.ratings[TEST], guess.ratings) > 0.9
    assert coverage(TASTE.ratings[TEST], low=guess.low, high=guess.high) > 0.7
    assert float((guess.high - guess.low).mean()) < 0.5


def test_the_ratings_that_are_asked_for_are_not_looked_at() -> None:
    plain = planted(genres=["Rock; Pop" if number % 3 else "Jazz" for number in range(160)])
    lies = Rated(plain.names, np.where(TEST, 1.1 - plain.ratings, plain.ratings), plain.units)
    vectors = {"model": TASTE.vectors, "spectral": TASTE.vectors[:, ::2]}
    for name, baseline in baselines(vectors, classifier=None).items():
        first, second = baseline(plain, TRAIN, TEST), baseline(lies, TRAIN, TEST)
        assert first.ratings.tolist() == second.ratings.tolist(), name
        assert first.low.tolist() == second.low.tolist(), name


def test_genres_are_known_of_unseen_artists() -> None:
    genres = ["Rock; Pop" if number % 2 else "pop/JAZZ" for number in range(160)]
    ratings = np.where(np.arange(160) % 2, 0.9, 0.3) + 0.02 * np.random.default_rng(2).normal(size=160)
    plain = planted(genres=genres)
    guess = artist_genre_ridge(Rated(plain.names, ratings, plain.units), TRAIN, TEST)
    assert np.abs(guess.ratings - ratings[TEST]).mean() < 0.1


def test_artists_are_known_of_new_albums() -> None:
    levels = np.random.default_rng(3).random(20)[np.arange(160) % 20]
    new = np.arange(160) // 20 % 2 == 1
    guess = artist_genre_ridge(Rated(planted().names, levels, planted().names.albums), ~new, new)
    assert spearman(levels[new], guess.ratings) > 0.95


def test_without_names_the_ridge_says_the_mean() -> None:
    nameless = Rated(Names.unknown(160), TASTE.ratings, TASTE.artists)
    assert np.ptp(artist_genre_ridge(nameless, TRAIN, TEST).ratings) < 0.05


def test_songs_without_vectors_are_predicted_by_the_mean() -> None:
    vectors = TASTE.vectors.copy()
    vectors[::5] = np.nan
    guess = ridge_on(vectors)(planted(), TRAIN, TEST)
    silent = np.isnan(vectors[TEST]).any(axis=1)
    assert guess.ratings[silent] == pytest.approx(np.full(int(silent.sum()), TASTE.ratings[TRAIN].mean()))
    assert spearman(TASTE.ratings[TEST][~silent], guess.ratings[~silent]) > 0.8


def test_each_embedding_has_its_name() -> None:
    matrix = TASTE.vectors
    vectors = dict.fromkeys(("model", "spectral", "random", "bliss", "musicnn"), matrix)
    found = baselines(vectors | {"nothing": np.full_like(matrix, np.nan)}, classifier=None)
    means = {"global_mean", "artist_mean", "album_mean", "artist_genre_ridge"}
    assert set(found) - means == {"model_ridge", "spectral_ridge", "random_encoder", "bliss_ridge", "musicnn"}
    assert set(found) >= means


def test_the_plain_classifier_is_trained_and_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classifier, "LEAST_STEPS", 60)
    config = ClassifierConfig(hidden_dims=[16], learning_rate=0.02, patience=10)
    guess = classifier_on(TASTE.vectors, config=config)(planted(), TRAIN, TEST)
    assert spearman(TASTE.ratings[TEST], guess.ratings) > 0.6
    assert (guess.low <= guess.ratings).all()
    assert "classifier" in baselines({"model": TASTE.vectors}, classifier=config)
