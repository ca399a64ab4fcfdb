"""The search for hyperparameters from a shell: what is asked of the child, and what is told of its trials."""

import json
from pathlib import Path
from typing import Any

import pytest

from core.errors import UserError
from tests.planted_library import PlantedLibrary
from tests.recorded_trainings import Trainings
from tests.shell_calls import Call

FOUND: dict[str, Any] = {
    "study": "classifier-1",
    "metric": "val_mse",
    "minimize": True,
    "complete": True,
    "trials": [
        {
            "number": 0,
            "state": "complete",
            "value": 0.0312,
            "parameters": {"dropout": 0.3},
            "seconds": 4,
            "sentence": "",
        },
        {"number": 1, "state": "failed", "value": None, "parameters": {}, "seconds": 1, "sentence": "It was too wide."},
    ],
    "asked": 2,
    "best": {"number": 0, "value": 0.0312, "parameters": {"dropout": 0.3}, "checkpoint": "/models/best.pt"},
    "yaml": "hyperparameters:\n  dropout: 0.3\n",
}


@pytest.fixture
def found(trainings: Trainings) -> Trainings:
    trainings.result = FOUND
    return trainings


def test_trials_are_shown_as_a_table_with_what_to_paste(call: Call, library: PlantedLibrary, found: Trainings) -> None:
    result = call("tune", "classifier", *library.arguments)
    assert result.exit_code == 0, result.output
    for words in ("2 of 2 trials", "val_mse", "0.0312", "dropout 0.3", "It was too wide.", "The best is number 0."):
        assert words in result.stdout
    assert result.stdout.rstrip().endswith("hyperparameters:\n  dropout: 0.3")


def test_trials_are_told_as_one_object(call: Call, library: PlantedLibrary, found: Trainings) -> None:
    answer = json.loads(call("tune", "classifier", "--json", *library.arguments).stdout)
    assert {name: answer[name] for name in FOUND} == FOUND


@pytest.mark.parametrize(
    ("arguments", "what", "trials"),
    [(["encoder"], "encoder", None), (["classifier", "--n-trials", "3"], "classifier", 3), (["joint"], "joint", None)],
)
def test_what_is_tuned_arrives_at_the_child(
    call: Call, library: PlantedLibrary, found: Trainings, arguments: list[str], what: str, trials: int | None
) -> None:
    assert call("tune", *arguments, *library.arguments).exit_code == 0
    (job,) = found.jobs
    assert (job.kind, job.options["what"], job.options["trials"]) == ("tune", what, trials)
    assert job.options["train_fn"] is None


def test_a_configuration_and_an_own_function_are_tuned(
    call: Call, library: PlantedLibrary, found: Trainings, tmp_path: Path
) -> None:
    config = tmp_path / "own.yaml"
    config.write_text("seed: 3\n")
    assert call("tune", config, "--train-fn", "mine:train", *library.arguments).exit_code == 0
    (job,) = found.jobs
    assert (job.options["train_fn"], job.options["what"], job.seed) == ("mine:train", "mine:train", 3)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["everything"], "everything cannot be tuned"),
        (["own.yaml"], "--train-fn says what is tuned"),
        (["encoder", "--tuner", "dice"], "there is no tuner dice"),
        (["encoder", "--n-trials", "0"], "--n-trials"),
    ],
)
def test_what_cannot_be_tuned_is_wrong_usage(
    call: Call, library: PlantedLibrary, found: Trainings, arguments: list[str], words: str
) -> None:
    result = call("tune", *arguments, *library.arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert found.jobs == []


def test_stopped_before_the_first_trial_is_one_sentence(
    call: Call, library: PlantedLibrary, trainings: Trainings
) -> None:
    trainings.complete = False
    trainings.result = FOUND | {"trials": [], "best": None, "yaml": ""}
    result = call("tune", "classifier", *library.arguments)
    assert isinstance(result.exception, UserError)
    assert "the same command goes on" in str(result.exception)


def test_stopped_later_the_trials_so_far_are_told(call: Call, library: PlantedLibrary, found: Trainings) -> None:
    found.complete = False
    found.result = FOUND | {"asked": 50}
    result = call("tune", "classifier", *library.arguments)
    assert result.exit_code == 0
    assert "2 of 50 trials" in result.stdout
