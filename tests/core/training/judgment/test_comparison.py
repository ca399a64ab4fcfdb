"""Comparing encoders: the one that hears the taste wins, on groups held out, and a collapsed one never does."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core.training.judgment.comparison import compare, folds_within, score
from tests.planted_taste import PlantedTaste

TASTE = PlantedTaste(songs=100)
SONGS = [
    replace(song, genre="Rock" if int(song.group.split()[1]) % 2 else "Jazz", path=f"/{number}.flac")
    for number, song in enumerate(TASTE.rated([f"song {number}" for number in range(TASTE.songs)]))
]
HEARD = TASTE.vectors
DEAF = np.random.default_rng(5).normal(size=HEARD.shape).astype(np.float32)


def compared(first: np.ndarray, second: np.ndarray, **options: Any) -> dict[str, Any]:  # noqa: ANN401 - as compare
    return compare(SONGS, {"first": first, "second": second}, seed=1, **options)


def test_the_one_that_hears_the_taste_is_better() -> None:
    found = compared(DEAF, HEARD)
    assert found["better"] == "second"
    assert found["second"]["spearman"] > 0.6
    assert found["second"]["same_artist"] > found["first"]["same_artist"]
    assert found["margins"]["spearman"]["mean"] == pytest.approx(
        found["second"]["spearman"] - found["first"]["spearman"]
    )
    assert (found["songs"], found["rated"]) == (100, 100)
    assert set(found["first"]) == set(found["second"])
    assert compared(HEARD, DEAF)["better"] == "first"


def test_of_equal_ones_the_first_stays() -> None:
    found = compared(HEARD, HEARD.copy())
    assert found["better"] == "first"
    assert found["first"] == found["second"]
    assert found["margins"]["ndcg20"] == {"mean": 0.0, "standard_error": 0.0}


def test_the_shares_of_songs_add_up_to_the_score() -> None:
    found = compared(DEAF, HEARD)
    assert found["margin"]["mean"] == pytest.approx(found["second"]["score"] - found["first"]["score"])
    assert found["margin"]["artists"] == 20
    assert (found["surely"], found["margin"]["chance"] < 0.01) == ("second", True)
    assert compared(HEARD, DEAF)["surely"] == "first"
    score_of_first, score_of_second = (f"{found[name]['score']:.3f}" for name in ("first", "second"))
    assert found["found"] == (
        f"On artists that were held out, second reached {score_of_second} and first {score_of_first}, a difference "
        "that chance alone makes in fewer than 1 of 100 cases."
    )


def test_a_little_better_is_not_surely_better() -> None:
    """Two spaces that hear the taste equally well, each through noise of its own: one is ahead, by chance."""
    first, second = (
        HEARD + np.random.default_rng(seed).normal(size=HEARD.shape) * HEARD.std(axis=0) for seed in (1, 2)
    )
    for found in (compared(first, second), compared(second, first)):
        assert found["first"]["score"] != found["second"]["score"]
        assert found["surely"] is None
        assert found["margin"]["chance"] > 0.1
        assert "a difference that chance alone makes in" in found["found"]


def test_equal_ones_are_told_apart_by_nothing() -> None:
    found = compared(HEARD, HEARD.copy())
    assert (found["surely"], found["margin"]) == (None, {"mean": 0.0, "chance": 1.0, "artists": 0})
    assert found["found"] == "On artists that were held out, nothing tells second from first."


def test_a_collapsed_one_is_never_better() -> None:
    point = np.ones_like(HEARD) + 1e-5 * (HEARD - HEARD.mean(axis=0)) / HEARD.std(axis=0)
    found = compared(point, DEAF)
    assert found["first"]["collapsed"] == 1.0
    assert found["first"]["score"] > found["second"]["score"]
    assert (found["better"], found["surely"]) == ("second", "second")
    assert found["found"] == "first has collapsed: it hears nearly the same in every song."
    assert compared(DEAF, point)["surely"] == "first"


def test_only_groups_that_were_held_out_are_asked_for() -> None:
    held_out = {f"artist {number}" for number in range(8)}
    own = np.array([song.group in held_out for song in SONGS])
    # What was learned from is remembered perfectly; of the held-out groups nothing is heard.
    cheating = np.where(own[:, None], DEAF, 30 * HEARD)
    found = compared(cheating, HEARD, held_out=held_out)
    assert found["songs"] == 40
    assert found["better"] == "second"
    assert abs(found["first"]["spearman"]) < 0.4 < found["second"]["spearman"]


def test_groups_that_nobody_knows_ask_for_all() -> None:
    assert compared(HEARD, HEARD, held_out={"somebody"})["songs"] == 100


def test_folds_within_groups_learn_from_all_others() -> None:
    units = [song.group for song in SONGS]
    asked = np.array([int(unit.split()[1]) < 8 for unit in units])
    folds = folds_within(units, asked, seed=1)
    assert (np.sum([fold.test for fold in folds], axis=0) == asked).all()
    for fold in folds:
        names = np.array(units)
        assert not set(names[fold.train]) & set(names[fold.test])
        assert (fold.train | fold.test).sum() == 100


def test_too_few_ratings_leave_retrieval_to_decide() -> None:
    songs = [replace(song, rating=song.rating if number < 20 else -1.0) for number, song in enumerate(SONGS)]
    found = compare(songs, {"first": DEAF, "second": HEARD}, seed=1)
    assert "spearman" not in found["second"]
    assert (found["better"], found["rated"], found["margins"]) == ("second", 20, {})


def test_songs_that_one_has_not_heard_are_left_out() -> None:
    partly = HEARD.copy()
    partly[:40] = np.nan
    found = compared(partly, HEARD)
    assert found["songs"] == 60
    assert found["first"] == found["second"]


def test_no_songs_at_all_are_no_error() -> None:
    found = compare([], {"first": HEARD[:0], "second": DEAF[:0]}, seed=1)
    assert (found["better"], found["songs"]) == ("first", 0)


def test_stopping_is_an_empty_answer() -> None:
    told: list[tuple[int, int]] = []
    found = compared(DEAF, HEARD, on_fold=lambda *step: told.append(step), stopped=lambda: len(told) == 3)
    assert found == {}
    assert told == [(1, 10), (2, 10), (3, 10)]


def test_the_score_by_hand() -> None:
    assert score({"same_artist": 0.2, "genre": 0.6, "spearman": 0.5}) == pytest.approx(0.45)
    assert score({"genre": 0.6}) == pytest.approx(0.6)
    assert score({"spearman": 0.5}) == pytest.approx(0.5)
    assert score({}) == 0.0
