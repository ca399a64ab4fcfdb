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
