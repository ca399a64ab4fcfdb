"""Fitting the predictor: what it learns from, what it stores under which name, and that the store is only read."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.errors import UserError
from core.store.companion import CompanionStore, Prediction
from core.store.embeddings import EmbeddingStore
from core.training.protocol import TrainingJob
from core.training.rating.fitting import fit_predictor
from tests.planted_jobs import NAMES, TASTE, VERSION, planted_job
from tests.recorded_messages import Messages


@pytest.fixture
def job(tmp_path: Path) -> TrainingJob:
    return planted_job(tmp_path, kind="fit-predictor")


def predictions(job: TrainingJob, version: str) -> dict[str, Prediction]:
    with closing(CompanionStore(job.companion_db)) as store:
        return {str(name): prediction for name, prediction in store.predictions(version).items()}


def test_every_embedded_song_is_predicted_under_the_predictors_version(job: TrainingJob) -> None:
    result = fit_predictor(job, Messages())
    stored = predictions(job, result["model_version"])
    assert set(stored) == set(NAMES)
    assert (result["predicted"], result["songs"]) == (90, 90), "of copies and gone songs nobody is told"
    assert all(0 <= each.low <= each.rating <= each.high <= 1 for each in stored.values())


def test_the_planted_taste_is_predicted_for_songs_that_were_not_rated(job: TrainingJob) -> None:
    stored = predictions(job, fit_predictor(job, Messages())["model_version"])
    predicted = [stored[name].rating for name in NAMES[90:]]
    assert np.corrcoef(predicted, TASTE.ratings[90:])[0, 1] > 0.9


def test_a_song_that_the_library_does_not_name_is_predicted_by_its_sound(job: TrainingJob) -> None:
    """A copy, a spoken file, or one that is gone: its names are not told."""
    stored = predictions(job, fit_predictor(job, Messages())["model_version"])
    assert len(job.songs) == 90
    assert NAMES[-1] in stored


def test_what_happens_is_said(job: TrainingJob) -> None:
    messages = Messages()
    result = fit_predictor(job, messages)
    assert messages.of("started") == [{"kind": "fit-predictor", "device": "cpu", "songs": 90}]
    assert messages.of("checkpoint") == [{"path": result["checkpoint"]}]
    assert Path(result["checkpoint"]).name == f"{result['model_version']}.npz"


def test_equal_data_give_an_equal_version_and_other_ratings_another(job: TrainingJob) -> None:
    first, again = (fit_predictor(job, Messages()) for _ in range(2))
    assert first["model_version"] == again["model_version"]
    other = replace(job, songs=[replace(job.songs[0], rating=0.5), *job.songs[1:]])
    assert fit_predictor(other, Messages())["model_version"] != first["model_version"]


@pytest.mark.parametrize("rated", [0, 9])
def test_too_few_ratings_are_one_sentence(tmp_path: Path, rated: int) -> None:
    job = planted_job(tmp_path, rated=rated)
    with pytest.raises(UserError, match=f"Only {rated} of your rated songs have been listened to, and at least 10"):
        fit_predictor(job, Messages())
    assert not job.checkpoint_dir.exists()


def test_rated_songs_without_an_embedding_do_not_count(job: TrainingJob) -> None:
    strangers = [replace(song, song_id=f"file:///away/{number}") for number, song in enumerate(job.songs)]
    with pytest.raises(UserError, match="Only 4 of your rated"):
        fit_predictor(replace(job, songs=[*strangers, *job.songs[:4]]), Messages())
    assert fit_predictor(replace(job, songs=[*strangers, *job.songs]), Messages())["songs"] == 90


def test_an_unknown_version_of_embeddings_is_one_sentence(job: TrainingJob) -> None:
    with pytest.raises(UserError, match="Only 0 of your rated"):
        fit_predictor(replace(job, embedding_version="never-made"), Messages())


def test_a_predictor_that_cannot_be_written_is_one_sentence(job: TrainingJob) -> None:
    job.checkpoint_dir.write_text("a file where a folder should be")
    with pytest.raises(UserError, match="cannot be written"):
        fit_predictor(job, Messages())


def test_the_store_is_only_read(job: TrainingJob) -> None:
    with closing(EmbeddingStore(job.embeddings_db)) as store:
        before = store.state(VERSION)
        fit_predictor(job, Messages())
        assert store.state(VERSION) == before
        assert np.array_equal(store.matrix(VERSION).vectors, TASTE.vectors)


FEW = 12


def with_plays(job: TrainingJob, popularity: np.ndarray, *, rated: int = FEW) -> TrainingJob:
    """Few ratings, and plays of every song."""
    songs = [
        replace(song, popularity=float(value), rating=song.rating if number < rated else -1.0)
        for number, (song, value) in enumerate(zip(TASTE.rated(NAMES), popularity, strict=True))
    ]
    return replace(job, songs=songs, options={"use_play_counts": True})


def error(job: TrainingJob) -> float:
    """Of the predictions of songs that were not rated."""
    stored = predictions(job, fit_predictor(job, Messages())["model_version"])
    pairs = zip(NAMES[FEW:], TASTE.ratings[FEW:], strict=True)
    return float(np.mean([abs(stored[name].rating - rating) for name, rating in pairs]))


def test_plays_that_follow_the_taste_help_where_there_are_few_ratings(job: TrainingJob) -> None:
    noisy = TASTE.ratings + np.random.default_rng(5).normal(scale=0.1, size=TASTE.songs)
    informed = with_plays(job, np.clip(noisy, 0, 1))
    assert fit_predictor(informed, Messages())["figures"]["uses_plays"] == 1
    assert error(informed) < 0.8 * error(replace(informed, options={}))


def test_plays_are_left_out_where_they_tell_nothing_of_held_out_ratings(job: TrainingJob) -> None:
    noise = with_plays(job, np.random.default_rng(5).uniform(size=TASTE.songs), rated=60)
    result = fit_predictor(noise, Messages())
    assert result["figures"]["uses_plays"] == 0
    assert result["figures"]["val_mse_gain_of_plays"] <= 0
    assert error(noise) == pytest.approx(error(replace(noise, options={})), rel=0.05)
