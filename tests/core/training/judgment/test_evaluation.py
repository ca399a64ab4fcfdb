"""The two questions of the evaluation: what they hold out, what is found again, what names and noise cannot give."""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from core.training.judgment import evaluation
from core.training.judgment.evaluation import Question, answer, evaluate, questions
from core.training.metrics import measure
from core.training.protocol import TrainingSong
from tests.planted_taste import PlantedTaste

TASTE = PlantedTaste(songs=160)
SONGS = TASTE.rated([f"song {number}" for number in range(TASTE.songs)])
METRICS = {"mae", "macro_mae", "spearman", "ndcg20", "auc4", "ece", "coverage90"}


def asked(name: str, songs: list[TrainingSong] = SONGS) -> Question:
    return next(question for question in questions(songs, seed=1) if question.name == name)


@cache
def answers() -> dict[str, dict[str, Any]]:
    noise = np.random.default_rng(3).normal(size=(160, 8))
    return evaluate(SONGS, vectors={"model": TASTE.vectors, "random": noise}, seed=1)


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


def test_an_artist_on_a_sampler_is_not_unseen() -> None:
    songs = [TrainingSong(f"own {n}", 0.5, f"artist {n % 10}", "lp", artist=f"Artist {n % 10}") for n in range(40)]
    songs += [TrainingSong(f"va {n}", 0.5, "various artists", "hits", artist=f"Artist {n % 10}") for n in range(40)]
    artists = np.array([song.artist for song in songs])
    folds = asked("unseen_artist", songs).folds
    assert len(folds) == 5
    for fold in folds:
        assert not set(artists[fold.train]) & set(artists[fold.test])


def test_a_planted_taste_beats_the_baselines_on_unseen_artists() -> None:
    found = answers()["unseen_artist"]
    assert (found["songs"], found["folds"]) == (160, 5)
    for name in ("global_mean", "artist_mean", "album_mean", "artist_genre_ridge", "random_encoder", "without_audio"):
        assert found["model"]["spearman"] > 0.6 + found["baselines"][name]["spearman"], name
        assert found["model"]["ndcg20"] > found["baselines"][name]["ndcg20"], name
        assert found["model"]["mae"] < 0.8 * found["baselines"][name]["mae"], name
    assert found["baselines"]["model_ridge"]["spearman"] > 0.6


def test_a_constant_prediction_orders_nothing() -> None:
    baselines = answers()["unseen_artist"]["baselines"]
    assert baselines["global_mean"]["spearman"] == 0.0
    assert baselines["global_mean"]["auc4"] == 0.5


def test_every_predictor_has_every_figure() -> None:
    for found in answers().values():
        assert set(found["model"]) == METRICS
        for name, line in found["baselines"].items():
            assert set(line) == METRICS
            assert all(value is not None for value in line.values()) or name == "without_audio"


def test_of_unseen_artists_the_artist_mean_knows_nothing_more() -> None:
    baselines = answers()["unseen_artist"]["baselines"]
    assert baselines["artist_mean"] == baselines["album_mean"] == baselines["global_mean"]


def test_of_known_artists_the_artist_mean_knows_something() -> None:
    baselines = answers()["known_artist"]["baselines"]
    assert baselines["artist_mean"]["mae"] < baselines["global_mean"]["mae"]
    assert baselines["artist_mean"]["spearman"] > 0.1


def test_margins_are_taken_fold_by_fold() -> None:
    found = answers()["unseen_artist"]
    margin = found["margins"]["global_mean"]["spearman"]
    assert margin["mean"] == pytest.approx(found["model"]["spearman"])
    assert margin["standard_error"] == pytest.approx(found["standard_errors"]["model"]["spearman"])
    assert 0 < margin["standard_error"] < 0.2
    assert "model" not in found["margins"]


def test_shuffled_ratings_give_no_skill() -> None:
    shuffled = np.random.default_rng(1).permutation([song.rating for song in SONGS])
    songs = [replace(song, rating=float(rating)) for song, rating in zip(SONGS, shuffled, strict=True)]
    found = evaluate(songs, vectors={"model": TASTE.vectors}, seed=1)
    assert abs(found["unseen_artist"]["model"]["spearman"]) < 0.3


def test_spearman_is_a_mean_over_folds() -> None:
    # Each fold predicts its own level, the right way round within and the wrong way round between: pooled, it is lost.
    truth = np.array([0.1, 0.2, 0.3, 0.4])
    rounds = [{"model": measure(truth + shift, truth - shift)} for shift in (0.0, 0.4)]
    question = Question("any", [], [evaluation.Fold(np.zeros(4, dtype=bool), np.ones(4, dtype=bool))] * 2)
    found = answer(rounds, question)
    assert found["model"]["spearman"] == 1.0
    assert (found["songs"], found["folds"]) == (8, 2)


def test_songs_that_have_not_been_heard_are_left_out() -> None:
    vectors = TASTE.vectors.copy()
    vectors[::2] = np.nan
    found = evaluate(SONGS, vectors={"model": vectors, "spectral": TASTE.vectors}, seed=1)
    assert found["unseen_artist"]["songs"] == 80


@pytest.mark.parametrize("artists", [0, 1, 2])
def test_too_few_to_hold_any_out_is_an_empty_answer(artists: int) -> None:
    songs = [TrainingSong(str(number), 0.5, f"artist {number}", "") for number in range(artists)]
    assert evaluate(songs, vectors={"model": TASTE.vectors[:artists]}, seed=1) == {
        "unseen_artist": {},
        "known_artist": {},
    }


@pytest.mark.parametrize("rating", [0.2, 1.0])
def test_ratings_that_are_all_equal_are_no_error(rating: float) -> None:
    songs = [replace(song, rating=rating) for song in SONGS[:40]]
    found = evaluate(songs, vectors={"model": TASTE.vectors[:40]}, seed=1)["unseen_artist"]
    assert found["model"]["mae"] < 0.1
    assert found["model"]["spearman"] == 0.0


def test_every_fold_is_told() -> None:
    told: list[tuple[int, int]] = []
    evaluate(SONGS[:40], vectors={"model": TASTE.vectors[:40]}, seed=1, on_fold=lambda *step: told.append(step))
    assert told == [(number, 10) for number in range(1, 11)]


@pytest.mark.parametrize(("folds", "empty"), [(2, ["unseen_artist", "known_artist"]), (7, ["known_artist"])])
def test_stopping_ends_it_after_the_fold_without_an_answer(folds: int, empty: list[str]) -> None:
    told: list[int] = []
    found = evaluate(
        SONGS[:40],
        vectors={"model": TASTE.vectors[:40]},
        seed=1,
        on_fold=lambda done, _: told.append(done),
        stopped=lambda: len(told) == folds,
    )
    assert [name for name, answered in found.items() if not answered] == empty
    assert len(told) == folds


def test_two_evaluations_agree() -> None:
    vectors = {"model": TASTE.vectors[:60]}
    assert evaluate(SONGS[:60], vectors=vectors, seed=4) == evaluate(SONGS[:60], vectors=vectors, seed=4)
