"""The two questions of the evaluation: what they hold out, what the baselines can know, what shuffled ratings give."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from core.training import classifier
from core.training.classifier import ClassifierConfig
from core.training.evaluation import Question, artist_mean, evaluate, global_mean, questions
from core.training.protocol import TrainingSong
from tests.planted_taste import PlantedTaste

TASTE = PlantedTaste(songs=160)
SONGS = TASTE.rated([f"song {number}" for number in range(TASTE.songs)])
CONFIG = ClassifierConfig(hidden_dims=[16], learning_rate=0.02, patience=10)


@pytest.fixture(autouse=True)
def short_training(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classifier, "LEAST_STEPS", 60)


def asked(name: str, songs: list[TrainingSong] = SONGS) -> Question:
    return next(question for question in questions(songs, seed=1) if question.name == name)


def answer(question: Question, songs: list[TrainingSong] = SONGS) -> dict[str, dict[str, dict[str, float]]]:
    vectors = TASTE.vectors[: len(songs)]
    return evaluate(question, embeddings=vectors, songs=songs, config=CONFIG, on_fold=lambda: None)  # type: ignore[return-value]


@cache
def answer_about(name: str) -> dict[str, dict[str, dict[str, float]]]:
    return answer(asked(name))


def test_unseen_artists_are_not_trained_on() -> None:
    artists = np.array(TASTE.artists)
    question = asked("unseen_artist")
    assert len(question.folds) == 5
    assert (np.sum([fold.test for fold in question.folds], axis=0) == 1).all()
    for fold in question.folds:
        assert not set(artists[fold.train]) & set(artists[fold.test])


def test_new_albums_are_of_artists_that_are_trained_on() -> None:
    artists = np.array(TASTE.artists)
    albums = np.array([f"{song.group} {song.album}" for song in SONGS])
    for fold in asked("known_artist").folds:
        assert fold.test.any()
        assert set(artists[fold.test]) <= set(artists[fold.train])
        assert not set(albums[fold.test]) & set(albums[fold.train])


def test_albums_of_one_name_by_two_artists_are_two() -> None:
    songs = [TrainingSong(str(number), 0.5, f"artist {number % 8}", "Greatest Hits") for number in range(80)]
    # Each artist has this one album only: whoever is held out is unknown.
    assert not any(fold.test.any() for fold in asked("known_artist", songs).folds)


def test_a_planted_taste_beats_the_baselines_on_unseen_artists() -> None:
    found = answer_about("unseen_artist")
    assert found["songs"] == 160
    assert found["model"]["spearman"] > 0.6
    assert found["model"]["mae"] < 0.8 * found["baselines"]["global_mean"]["mae"]
    assert found["baselines"]["global_mean"]["spearman"] == 0.0
    assert found["baselines"]["global_mean"]["auc4"] == 0.5


def test_of_unseen_artists_the_artist_mean_knows_nothing_more() -> None:
    baselines = answer_about("unseen_artist")["baselines"]
    assert baselines["artist_mean"] == baselines["global_mean"]


def test_of_known_artists_the_artist_mean_knows_something() -> None:
    baselines = answer_about("known_artist")["baselines"]
    assert baselines["artist_mean"]["mae"] < baselines["global_mean"]["mae"]


def test_shuffled_ratings_give_no_skill() -> None:
    shuffled = np.random.default_rng(1).permutation([song.rating for song in SONGS])
    songs = [replace(song, rating=float(rating)) for song, rating in zip(SONGS, shuffled, strict=True)]
    assert abs(answer(asked("unseen_artist", songs), songs)["model"]["spearman"]) < 0.3


def test_intervals_of_baselines_are_honest_where_artists_have_one_song() -> None:
    # The mean of one song is that song: a radius from the songs in the mean would be 0.
    songs = [replace(song, artist=f"artist {number}") for number, song in enumerate(SONGS)]
    assert answer(asked("unseen_artist", songs), songs)["baselines"]["artist_mean"]["coverage90"] > 0.8


@pytest.mark.parametrize("artists", [1, 2])
def test_too_few_to_hold_any_out_is_an_empty_answer(artists: int) -> None:
    songs = [TrainingSong(str(number), 0.5, f"artist {number}", "") for number in range(artists)]
    for question in questions(songs, seed=1):
        assert answer(question, songs) == {}


def test_every_fold_is_told() -> None:
    told: list[int] = []
    evaluate(
        asked("unseen_artist"), embeddings=TASTE.vectors, songs=SONGS, config=CONFIG, on_fold=lambda: told.append(1)
    )
    assert len(told) == 5


def test_stopping_ends_it_after_the_fold_without_an_answer() -> None:
    told: list[int] = []
    found = evaluate(
        asked("unseen_artist"),
        embeddings=TASTE.vectors,
        songs=SONGS,
        config=CONFIG,
        on_fold=lambda: told.append(1),
        stopped=lambda: len(told) == 2,
    )
    assert (found, len(told)) == ({}, 2)


def test_means_by_hand() -> None:
    ratings = np.array([0.2, 0.4, 0.9, 0.5])
    train, test = np.array([True, True, True, False]), np.array([False, False, False, True])
    assert global_mean(ratings, ["a", "a", "b", "b"], train, test).tolist() == pytest.approx([0.5])
    assert artist_mean(ratings, ["a", "a", "b", "b"], train, test).tolist() == pytest.approx([0.9])
    assert artist_mean(ratings, ["a", "a", "b", "c"], train, test).tolist() == pytest.approx([0.5])
