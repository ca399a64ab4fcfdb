"""Training a classifier: its checkpoint, and the predictor that hears with it."""

from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from core.errors import UserError
from core.models import checkpoint
from core.store.companion import CompanionStore
from core.training import classifier, classifier_stage
from core.training.classifier import ClassifierConfig
from core.training.predictor import load_predictor, predictor_file
from core.training.protocol import TrainingJob
from core.training.rating_stage import train_ratings
from tests.planted_jobs import NAMES, TASTE, VERSION, planted_job, with_own_classifier
from tests.recorded_messages import Messages


@pytest.fixture(autouse=True)
def short_training(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classifier, "LEAST_STEPS", 60)
    monkeypatch.setattr(classifier_stage, "ClassifierConfig", partial(ClassifierConfig, patience=10))


@pytest.fixture
def job(tmp_path: Path) -> TrainingJob:
    return planted_job(tmp_path)


def stored(job: TrainingJob, version: str) -> dict[str, float]:
    with closing(CompanionStore(job.companion_db)) as store:
        return {str(name): each.rating for name, each in store.predictions(version).items()}


def test_the_classifier_is_kept_and_the_predictor_hears_with_it(job: TrainingJob) -> None:
    result = train_ratings(job, Messages())
    best = checkpoint.load(job.checkpoint_dir / "classifier_best.pt")  # with weights_only=True
    assert result["checkpoint"] == str(job.checkpoint_dir / "classifier_best.pt")
    assert best.config.input_version == VERSION
    assert best.config.metrics["val_mse"] == result["primary_metric"]
    predictor = load_predictor(predictor_file(job.checkpoint_dir, result["model_version"]), folder=None)
    assert predictor.classifier is not None
    found = stored(job, result["model_version"])
    assert set(found) == set(NAMES)
    assert np.corrcoef([found[name] for name in NAMES[90:]], TASTE.ratings[90:])[0, 1] > 0.8


def test_without_a_class_of_the_owner_s_the_predictor_reads_the_embeddings(job: TrainingJob) -> None:
    result = train_ratings(replace(job, classifier_class=None), Messages())
    assert Path(result["checkpoint"]).name == "classifier_best.pt"
    predictor = load_predictor(predictor_file(job.checkpoint_dir, result["model_version"]), folder=None)
    assert predictor.classifier is None
    assert result["predictor_mse"] < result["primary_metric"]


def test_a_stopped_run_keeps_its_best_and_replaces_no_complete_one(job: TrainingJob) -> None:
    complete = train_ratings(job, Messages())
    before = stored(job, complete["model_version"])
    stopped = train_ratings(job, Messages(stop_after=("epoch", 7)))
    assert "model_version" not in stopped
    assert stopped["epochs"] == 7
    assert Path(stopped["checkpoint"]).is_file()
    assert stored(job, complete["model_version"]) == before
    best = checkpoint.load(job.checkpoint_dir / "classifier_best.pt")
    assert best.config.metrics["val_mse"] == complete["primary_metric"]


def test_a_promise_broken_after_training_predicts_nothing(job: TrainingJob, own_folder: Path) -> None:
    with pytest.raises(UserError, match="not finite"):
        train_ratings(with_own_classifier(job, "own_classifiers:NotNumbers", folder=own_folder), Messages())
    assert not list(job.checkpoint_dir.glob("*.npz"))
