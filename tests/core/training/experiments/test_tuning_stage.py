"""A search in the child: the space, the study's place, and the training that is tried come from the job."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from core.errors import UserError
from core.training import classifier
from core.training.classifier import ClassifierConfig
from core.training.encoder import train_encoder
from core.training.experiments.tuning_stage import STUDIES, _train_function, tune_models
from core.training.joint import train_joint
from core.training.protocol import TrainingJob
from core.training.rating import classifier_stage
from core.training.rating.classifier_stage import train_classifier
from tests.planted_jobs import planted_job
from tests.recorded_messages import Messages

pytest.importorskip("optuna")

SPACE = {"parameters": {"dropout": {"type": "uniform", "low": 0.1, "high": 0.5}}}


@pytest.fixture(autouse=True)
def short_training(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classifier, "LEAST_STEPS", 30)
    monkeypatch.setattr(classifier_stage, "ClassifierConfig", partial(ClassifierConfig, patience=5))


@pytest.fixture
def job(tmp_path: Path) -> TrainingJob:
    options: dict[str, Any] = {
        "what": "classifier",
        "data_dir": str(tmp_path / "data"),
        "mlflow": {"enabled": False},
        "tuning": {"n_trials": 2, "search_space": SPACE},
    }
    return replace(planted_job(tmp_path, kind="tune"), options=options)


def test_trials_of_the_configuration_s_space_are_kept_beside_the_profile_s_data(job: TrainingJob) -> None:
    messages = Messages()
    found = tune_models(job, messages)
    assert (found["metric"], found["minimize"], len(found["trials"])) == ("val_mse", True, 2)
    assert all(set(row["parameters"]) == {"dropout"} for row in found["trials"])
    assert 0.1 <= found["best"]["parameters"]["dropout"] <= 0.5
    assert Path(found["best"]["checkpoint"]).name == "classifier_best.pt"
    assert (Path(job.options["data_dir"]) / STUDIES).is_file()
    assert [each["done"] for each in messages.of("trial")] == [1, 2]
    again = tune_models(replace(job, options=job.options | {"trials": 3}), Messages())
    assert again["trials"][:2] == found["trials"], "and goes on where it was"
    assert len(again["trials"]) == 3
    assert not (job.checkpoint_dir / "classifier_best.pt").exists(), "a trial takes nobody's place"


def test_a_space_of_other_keys_is_one_sentence(job: TrainingJob) -> None:
    nothing = job.options | {"tuning": {"n_trials": 2, "search_space": {"parameters": {}}}}
    with pytest.raises(UserError, match="There is nothing to tune"):
        tune_models(replace(job, options=nothing), Messages())


@pytest.mark.parametrize(
    ("what", "function"), [("classifier", train_classifier), ("encoder", train_encoder), ("joint", train_joint)]
)
def test_what_is_tuned_chooses_the_training(job: TrainingJob, what: str, function: object) -> None:
    assert _train_function(replace(job, options={"what": what})) is function
