"""Training and evaluating from a shell; the evaluation is the demo's, told again."""

from pathlib import Path

import pytest

from core.errors import UserError
from tests.demo_run import DemoRun
from tests.planted_library import PlantedLibrary
from tests.recorded_trainings import Trainings
from tests.shell_calls import Call, Told, the_object


@pytest.fixture
def library(tmp_path: Path) -> PlantedLibrary:
    return PlantedLibrary.create(tmp_path)


def test_a_training_is_told_as_one_object(learned: Told) -> None:
    assert set(learned.answer) == {
        "version",
        "checkpoint",
        "primary_metric",
        "primary_metric_name",
        "epochs",
        "seconds",
    }
    assert learned.answer["primary_metric_name"] == "val_mse"
    assert learned.answer["epochs"] >= 1000
    assert Path(learned.answer["checkpoint"]).name == f"{learned.answer['version']}.pt"


def test_an_evaluation_is_told_as_one_object(
    call: Call, library: PlantedLibrary, trainings: Trainings, demo_run: DemoRun
) -> None:
    trainings.result = demo_run.finished.evaluation or {}
    answer = the_object(call("evaluate", "--json", *library.arguments).stdout_bytes)
    assert {"unseen_artist", "known_artist", "retrieval"} <= set(answer)
    figures = {"mae", "macro_mae", "spearman", "ndcg20", "auc4", "ece", "coverage90"}
    assert set(answer["unseen_artist"]["model"]) == figures
    assert {name: set(values) for name, values in answer["unseen_artist"]["baselines"].items()} == {
        "global_mean": figures,
        "artist_mean": figures,
    }


def test_an_evaluation_is_shown_as_tables(
    call: Call, library: PlantedLibrary, trainings: Trainings, demo_run: DemoRun
) -> None:
    trainings.result = {**(demo_run.finished.evaluation or {}), "known_artist": {}}
    result = call("evaluate", *library.arguments)
    assert result.exit_code == 0
    for word in ("unseen_artist", "model", "global_mean", "artist_mean", "spearman"):
        assert word in result.stdout
    assert "known_artist: there are too few ratings to hold any out." in result.stdout


@pytest.mark.parametrize("command", ["evaluate", "train-classifier"])
def test_what_was_stopped_is_said(call: Call, library: PlantedLibrary, trainings: Trainings, command: str) -> None:
    trainings.complete = False
    result = call(command, "--json", *library.arguments)
    assert isinstance(result.exception, UserError)
    assert "Stopped before the end" in str(result.exception)
    assert result.stdout == ""


def test_a_training_is_told_in_a_sentence(call: Call, library: PlantedLibrary, trainings: Trainings) -> None:
    trainings.result = {"songs": 36, "seconds": 2.0, "epochs": 1000, "primary_metric": 0.01, "predicted": 60}
    result = call("train-classifier", *library.arguments)
    assert "Learned from 36 ratings in 2.0 s (1000 epochs, held-out error 0.0100); 60 songs have a prediction." in (
        result.stdout
    )
