"""The reasons of one prediction, of a rated song as if it were not, and of one by the owner's own classifier."""

from pathlib import Path

import numpy as np
import pytest

from core.models import checkpoint
from core.models.checkpoint import CheckpointConfig
from core.models.classifiers import SimpleRatingClassifier
from core.training.protocol import TrainingSong
from core.training.rating import reasons as reasons_module
from core.training.rating.mixed_model import fit
from core.training.rating.reasons import reasons_of, strongest_ratings
from core.training.rating.removal import Lesson, unlimited
from tests.planted_taste import PlantedTaste

TASTE = PlantedTaste(songs=60, artists_count=12)
SONGS = TASTE.rated([f"{number}" for number in range(TASTE.songs)])
LESSON = Lesson(SONGS[:45], TASTE.vectors[:45], (), seed=1)


@pytest.fixture(scope="module")
def predictor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("models") / "rating-1.npz"
    LESSON.learned().save(path)
    return path


def vector(row: int) -> np.ndarray:
    return TASTE.vectors[row : row + 1]


def test_the_parts_are_those_of_the_prediction(predictor: Path) -> None:
    found = reasons_of(SONGS[50], vector(50), lesson=LESSON, predictor=predictor, folder=None)
    assert sum(found.parts.values()) == pytest.approx(found.unlimited)
    assert found.low <= found.predicted <= found.high
    assert found.predicted == pytest.approx(np.clip(found.unlimited, 0, 1))
    assert found.rated_of_artist == sum(song.group == SONGS[50].group for song in SONGS[:45])
    named = {found.learned_from[row] for row in found.speak_for.rows + found.speak_against.rows}
    assert named <= {song.song_id for song in SONGS[:45]}
    assert found.speak_for.measured


def test_a_rated_song_is_explained_as_if_it_were_not(predictor: Path) -> None:
    found = reasons_of(SONGS[7], vector(7), lesson=LESSON, predictor=predictor, folder=None)
    without = LESSON.without([7]).learned()
    assert found.unlimited == pytest.approx(unlimited(without, vector(7), songs=[SONGS[7]])[0])
    assert "7" not in found.learned_from


def test_without_a_predictor_it_is_learned_here(predictor: Path) -> None:
    asked = {"lesson": LESSON, "folder": None}
    learned = reasons_of(SONGS[50], vector(50), predictor=None, **asked)
    assert learned.unlimited == pytest.approx(
        reasons_of(SONGS[50], vector(50), predictor=predictor, **asked).unlimited, abs=1e-6
    )


def test_of_very_many_ratings_it_is_reckoned(predictor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reasons_module, "MOST_LEARNED_AGAIN", 40)
    found = reasons_of(SONGS[50], vector(50), lesson=LESSON, predictor=predictor, folder=None)
    assert found.speak_for.rows
    assert not found.speak_for.measured


def test_many_songs_get_their_strongest_rating_at_once(predictor: Path) -> None:
    found = strongest_ratings(SONGS[45:], TASTE.vectors[45:], lesson=LESSON, predictor=predictor)
    one = reasons_of(SONGS[50], vector(50), lesson=LESSON, predictor=predictor, folder=None)
    rated, change = found["50"]
    assert set(found) == {song.song_id for song in SONGS[45:]}
    assert rated == one.learned_from[one.speak_for.rows[0]]
    assert change == pytest.approx(one.speak_for.changes[0], abs=1e-6)


def test_the_owners_classifier_is_heard_through(tmp_path: Path) -> None:
    classifier = SimpleRatingClassifier(TASTE.dimension, hidden_dims=[8], seed=1).eval()
    path = tmp_path / "rating-2.npz"
    config = CheckpointConfig("SimpleRatingClassifier", {"embedding_dim": TASTE.dimension, "hidden_dims": [8]})
    checkpoint.save(path.with_suffix(".pt"), classifier, config=config)
    heard = LESSON.ratings.astype(np.float32)[:, None]
    fit(
        LESSON.ratings,
        vectors=heard,
        names=LESSON.names,
        groups=[song.group for song in SONGS[:45]],
        seed=1,
        kernel="linear",
    ).save(path)
    found = reasons_of(SONGS[50], vector(50), lesson=LESSON, predictor=path, folder=tmp_path)
    assert 0 <= found.predicted <= 1
    assert not found.speak_for.measured


def test_a_song_of_nobody_known_has_no_other_by_its_artist(predictor: Path) -> None:
    stranger = TrainingSong("new", -1, "stranger", "", artist="stranger")
    assert reasons_of(stranger, vector(50), lesson=LESSON, predictor=predictor, folder=None).rated_of_artist == 0
