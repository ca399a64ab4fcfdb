"""What the child does, done in this process: checkpoints, predictions, sentences, answers."""

from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.errors import UserError
from core.models import checkpoint
from core.store.companion import CompanionStore, Prediction
from core.store.embeddings import EmbeddingStore
from core.training import classifier, tasks
from core.training.classifier import ClassifierConfig, predict
from core.training.protocol import TrainingJob
from tests.planted_jobs import NAMES, TASTE, VERSION, planted_job, with_own_classifier


@dataclass
class Recorder:
    """A reporter that remembers, and wishes to stop after some messages of a kind."""

    said: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    stop_after: tuple[str, int] = ("", 0)

    def say(self, event: str, **values: Any) -> None:  # noqa: ANN401 - as the protocol
        self.said.append((event, values))

    def stopped(self) -> bool:
        event, count = self.stop_after
        return bool(event) and len(self.of(event)) >= count

    def of(self, event: str) -> list[dict[str, Any]]:
        return [values for name, values in self.said if name == event]


@pytest.fixture(autouse=True)
def short_training(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classifier, "LEAST_STEPS", 60)
    monkeypatch.setattr(tasks, "ClassifierConfig", partial(ClassifierConfig, patience=10))


@pytest.fixture
def job(tmp_path: Path) -> TrainingJob:
    return planted_job(tmp_path)


def predictions(job: TrainingJob, version: str) -> dict[str, Prediction]:
    store = CompanionStore(job.companion_db)
    try:
        return {str(name): prediction for name, prediction in store.predictions(version).items()}
    finally:
        store.close()


def test_every_embedded_song_is_predicted_under_the_models_version(job: TrainingJob) -> None:
    result = tasks.train_classifier(job, Recorder())
    stored = predictions(job, result["model_version"])
    assert set(stored) == set(NAMES)
    assert result["predicted"] == len(NAMES)
    assert result["songs"] == 90
    assert all(0 <= each.low <= each.rating <= each.high <= 1 for each in stored.values())


def test_the_checkpoint_predicts_what_was_stored(job: TrainingJob) -> None:
    result = tasks.train_classifier(job, Recorder())
    loaded = checkpoint.load(Path(result["checkpoint"]))  # with weights_only=True
    again = predict(loaded.build(), TASTE.vectors)
    stored = predictions(job, result["model_version"])
    assert again == pytest.approx([stored[name].rating for name in NAMES])
    assert loaded.config.input_version == VERSION
    assert loaded.config.metrics["val_mse"] == result["primary_metric"]
    best = checkpoint.load(job.checkpoint_dir / "classifier_best.pt")
    assert best.config == loaded.config


def test_what_happens_is_said(job: TrainingJob) -> None:
    recorder = Recorder()
    result = tasks.train_classifier(job, recorder)
    (started,) = recorder.of("started")
    assert started["songs"] == 90
    assert 0 < started["held_out"] < 45
    epochs = recorder.of("epoch")
    assert [each["epoch"] for each in epochs] == list(range(1, result["epochs"] + 1))
    assert min(each["val/mse"] for each in epochs) == result["primary_metric"]
    assert recorder.of("checkpoint") == [{"path": result["checkpoint"]}]


def test_equal_data_give_an_equal_version_and_other_ratings_another(job: TrainingJob) -> None:
    first, again = (tasks.train_classifier(job, Recorder()) for _ in range(2))
    assert first["model_version"] == again["model_version"]
    other = replace(
        job, songs=[replace(job.songs[0], rating=0.1 if job.songs[0].rating > 0.5 else 1.0), *job.songs[1:]]
    )
    assert tasks.train_classifier(other, Recorder())["model_version"] != first["model_version"]


def test_a_stopped_run_keeps_its_best_and_replaces_no_complete_one(job: TrainingJob) -> None:
    complete = tasks.train_classifier(job, Recorder())
    before = predictions(job, complete["model_version"])
    recorder = Recorder(stop_after=("epoch", 7))
    stopped = tasks.train_classifier(job, recorder)
    assert stopped["epochs"] == 7
    assert stopped["primary_metric"] == min(each["val/mse"] for each in recorder.of("epoch"))
    assert stopped["model_version"] != complete["model_version"]
    assert len(predictions(job, stopped["model_version"])) == len(NAMES)
    assert predictions(job, complete["model_version"]) == before
    assert (
        checkpoint.load(job.checkpoint_dir / "classifier_best.pt").config.metrics["val_mse"]
        == (complete["primary_metric"])
    )


@pytest.mark.parametrize("kind", ["train-classifier", "evaluate"])
def test_too_few_ratings_are_one_sentence(tmp_path: Path, kind: str) -> None:
    job = planted_job(tmp_path, rated=9)
    work = tasks.train_classifier if kind == "train-classifier" else tasks.evaluate_classifier
    with pytest.raises(UserError, match="Only 9 of your rated songs have been listened to, and at least 10 are needed"):
        work(job, Recorder())
    assert not job.checkpoint_dir.exists()


def test_rated_songs_without_an_embedding_do_not_count(job: TrainingJob) -> None:
    strangers = [replace(song, song_id=f"file:///away/{number}") for number, song in enumerate(job.rated)]
    with pytest.raises(UserError, match="Only 4 of your rated"):
        tasks.train_classifier(replace(job, songs=[*strangers, *job.rated[:4]]), Recorder())
    assert tasks.train_classifier(replace(job, songs=[*strangers, *job.rated]), Recorder())["songs"] == 90


def test_an_unknown_version_of_embeddings_is_one_sentence(job: TrainingJob) -> None:
    with pytest.raises(UserError, match="Only 0 of your rated"):
        tasks.train_classifier(replace(job, embedding_version="never-made"), Recorder())


def test_a_promise_broken_after_training_stores_nothing(job: TrainingJob, own_folder: Path) -> None:
    with pytest.raises(UserError, match="not finite"):
        tasks.train_classifier(with_own_classifier(job, "own_classifiers:NotNumbers", folder=own_folder), Recorder())
    assert not job.checkpoint_dir.exists()


def test_a_checkpoint_that_cannot_be_written_is_one_sentence(job: TrainingJob) -> None:
    job.checkpoint_dir.write_text("a file where a folder should be")
    with pytest.raises(UserError, match="cannot be written"):
        tasks.train_classifier(job, Recorder())


def test_a_missing_gpu_is_a_notice(job: TrainingJob, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    recorder = Recorder()
    assert tasks.config_of(replace(job, device="cuda"), recorder).device == "cpu"
    assert recorder.of("warning") == [
        {"sentence": "There is no CUDA device on this machine: training runs on the CPU."}
    ]
    assert tasks.config_of(replace(job, device="auto"), Recorder()).device == "cpu"


def test_an_evaluation_answers_all_questions(job: TrainingJob) -> None:
    recorder = Recorder()
    found = tasks.evaluate_classifier(job, recorder)
    assert set(found) == {"unseen_artist", "known_artist", "retrieval"}
    for name in ("unseen_artist", "known_artist"):
        figures = {"mae", "macro_mae", "spearman", "ndcg20", "auc4", "ece", "coverage90"}
        assert set(found[name]["model"]) == figures
        assert {baseline: set(values) for baseline, values in found[name]["baselines"].items()} == {
            "global_mean": figures,
            "artist_mean": figures,
        }
    assert found["unseen_artist"]["model"]["spearman"] > 0.3
    # Embeddings of one artist lie together, and an album is half of an artist.
    assert found["retrieval"]["album_mates_at_10"] > 2 * found["retrieval"]["chance"]
    assert [each["done"] for each in recorder.of("probe")] == list(range(1, 11))


def test_an_evaluation_that_is_stopped_asks_no_more(job: TrainingJob) -> None:
    recorder = Recorder(stop_after=("probe", 2))
    found = tasks.evaluate_classifier(job, recorder)
    assert len(recorder.of("probe")) <= 3
    assert found["unseen_artist"] == found["known_artist"] == {}


def test_the_store_is_only_read(job: TrainingJob) -> None:
    store = EmbeddingStore(job.embeddings_db)
    before = store.state(VERSION)
    tasks.train_classifier(job, Recorder())
    assert store.state(VERSION) == before
    assert np.array_equal(store.matrix(VERSION).vectors, TASTE.vectors)
    store.close()
