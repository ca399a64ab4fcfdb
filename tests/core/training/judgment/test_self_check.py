"""The self-check itself: it passes for an honest predictor, and fails for one that leaks, or that hears nothing."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest

from core.errors import UserError
from core.training.judgment import self_check
from core.training.judgment.evaluation import Fold
from core.training.judgment.self_check import main_directions, negative_control, planted_taste, trial_of
from core.training.protocol import TrainingSong
from core.training.rating import mixed_model
from core.training.rating.names import Names
from tests.planted_taste import PlantedTaste

TASTE = PlantedTaste(songs=80)
SONGS = TASTE.rated([f"song {number}" for number in range(TASTE.songs)])


@dataclass(frozen=True)
class Said:
    """What a predictor made for a test says."""

    ratings: np.ndarray

    @property
    def low(self) -> np.ndarray:
        return self.ratings

    high = without_audio = low


@dataclass(frozen=True)
class Answering:
    """A predictor that answers by a function of the vectors that it is asked for."""

    say: Callable[[np.ndarray], np.ndarray]

    def predict(self, vectors: np.ndarray, *, names: Names) -> Said:
        return Said(self.say(vectors))


def use(monkeypatch: pytest.MonkeyPatch, fit: Callable[..., Answering]) -> None:
    monkeypatch.setattr(mixed_model, "fit", fit)


def ridge(ratings: np.ndarray, *, vectors: np.ndarray, **_: object) -> Answering:
    """Honest and a thousandth of the time of the real one."""
    weights = np.linalg.solve(vectors.T @ vectors + 300 * np.eye(vectors.shape[1]), vectors.T @ ratings)
    return Answering(lambda asked: asked @ weights)


def test_the_real_predictor_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_check, "TASTES", 2)
    found = self_check.self_check(SONGS, vectors=TASTE.vectors, seed=1, shuffles=5)
    assert found["passed"]
    assert found["positive"]["mean_spearman"] > 0.5
    assert abs(found["negative"]["mean_spearman"]) <= 2 * found["negative"]["standard_error"]
    assert (found["songs"], found["negative"]["shuffles"] % 5) == (80, 0)


@pytest.mark.parametrize("seed", range(6))
def test_an_honest_predictor_passes_with_any_seed(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    use(monkeypatch, ridge)
    found = self_check.self_check(SONGS, vectors=TASTE.vectors, seed=seed)
    assert found["passed"]
    assert found["positive"]["mean_spearman"] < found["positive"]["ceiling"] + 0.05


def test_a_leak_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    # The songs that are asked for are learned from too.
    monkeypatch.setattr(self_check, "Fold", lambda train, test: Fold(np.ones_like(train), test))
    use(monkeypatch, ridge)
    found = self_check.self_check(SONGS, vectors=TASTE.vectors, seed=1)
    assert not found["negative"]["passed"]
    assert not found["passed"]
    assert found["negative"]["shuffles"] == 60


def test_a_predictor_that_hears_nothing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, lambda ratings, **_: Answering(lambda asked: np.full(len(asked), ratings.mean())))
    found = self_check.self_check(SONGS, vectors=TASTE.vectors, seed=1)
    assert found["negative"] == {"passed": True, "mean_spearman": 0.0, "standard_error": 0.0, "shuffles": 20}
    assert not found["positive"]["passed"]
    assert not found["passed"]


def test_the_negative_control_by_hand() -> None:
    assert negative_control([0.1, -0.1, 0.05, -0.02])["passed"]
    assert not negative_control([0.1, 0.12, 0.08, 0.11])["passed"]
    assert not negative_control([-0.1, -0.12, -0.08, -0.11])["passed"]


def test_a_planted_taste_lies_in_the_embedding() -> None:
    vectors = main_directions(TASTE.vectors)
    ratings, liking = planted_taste(vectors, seed=3)
    assert set(np.round(ratings * 10)) == set(range(1, 11))
    assert np.corrcoef(ratings, liking)[0, 1] == pytest.approx(0.88, abs=0.06)
    weights, *_ = np.linalg.lstsq(np.c_[vectors, np.ones(80)], liking)
    assert np.c_[vectors, np.ones(80)] @ weights == pytest.approx(liking, abs=1e-4)


def test_main_directions_keep_the_distances() -> None:
    standardized = (TASTE.vectors - TASTE.vectors.mean(axis=0)) / TASTE.vectors.std(axis=0)
    found = main_directions(TASTE.vectors)
    assert found @ found.T == pytest.approx(standardized @ standardized.T, abs=1e-3)


def test_of_many_songs_whole_groups_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_check, "SONGS", 64)
    trial = trial_of(SONGS, TASTE.vectors, seed=1)
    assert 50 <= len(trial.songs) <= 78
    taken = {song.group for song in trial.songs}
    assert len(trial.songs) == sum(song.group in taken for song in SONGS)


def test_songs_without_embedding_are_left_out() -> None:
    vectors = TASTE.vectors.copy()
    vectors[7] = np.nan
    assert [song.song_id for song in trial_of(SONGS, vectors, seed=1).songs] == [
        song.song_id for number, song in enumerate(SONGS) if number != 7
    ]


@pytest.mark.parametrize("songs", [0, 59])
def test_too_few_songs_are_a_sentence(songs: int) -> None:
    few: list[TrainingSong] = SONGS[:songs]
    with pytest.raises(UserError, match=f"Only {songs} of your rated songs"):
        self_check.self_check(few, vectors=TASTE.vectors[:songs], seed=1)


def test_every_step_is_told_and_stopping_is_an_empty_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, ridge)
    told: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> None:
        told.append((done, total))

    found = self_check.self_check(SONGS, vectors=TASTE.vectors, seed=1, on_step=tell, stopped=lambda: len(told) == 7)
    assert found == {}
    assert told == [(number, 25) for number in range(1, 8)]
