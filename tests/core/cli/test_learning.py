"""Training and evaluating from a shell; the evaluation is the demo's, told again."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.cli import main
from core.errors import UserError
from core.jobs.events import Event
from core.parts.encoders import EncoderFinished, Encoders
from tests.demo_run import DemoRun
from tests.planted_library import PlantedLibrary
from tests.recorded_trainings import Trainings
from tests.shell_calls import Call, Told, the_object


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
    assert Path(learned.answer["checkpoint"]).name == "classifier_best.pt"
    predictor = Path(learned.answer["checkpoint"]).with_name(f"{learned.answer['version']}.npz")
    assert predictor.is_file(), "what predicts from now on"


def test_an_evaluation_is_told_as_one_object(
    call: Call, library: PlantedLibrary, trainings: Trainings, demo_run: DemoRun
) -> None:
    trainings.result = demo_run.finished.evaluation or {}
    answer = the_object(call("evaluate", "--json", *library.arguments).stdout_bytes)
    assert {"unseen_artist", "known_artist", "retrieval"} <= set(answer)
    figures = {"mae", "macro_mae", "spearman", "ndcg20", "auc4", "ece", "coverage90"}
    assert set(answer["unseen_artist"]["model"]) == figures
    baselines = answer["unseen_artist"]["baselines"]
    assert {"global_mean", "artist_mean", "album_mean", "artist_genre_ridge", "random_encoder"} <= set(baselines)
    assert all(set(values) == figures for values in baselines.values())


def test_an_evaluation_is_shown_as_tables(
    call: Call, library: PlantedLibrary, trainings: Trainings, demo_run: DemoRun
) -> None:
    trainings.result = {**(demo_run.finished.evaluation or {}), "known_artist": {}}
    result = call("evaluate", *library.arguments)
    assert result.exit_code == 0
    for word in ("Artists that it has not heard of", "Marmalade", "global mean", "artist mean", "spearman"):
        assert word in result.stdout
    assert "New albums of artists that it knows: there are too few ratings to hold any out." in result.stdout
    for word in ("same artist", "album mates at 10 across formats", "Hubness: skewness"):
        assert word in result.stdout, "and what lies near what"


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


CHECKED: dict[str, Any] = {
    "negative": {"passed": True, "mean_spearman": 0.004, "standard_error": 0.011, "shuffles": 20},
    "positive": {"passed": True, "mean_spearman": 0.612, "needed": 0.3, "ceiling": 0.8, "tastes": 2},
    "passed": True,
    "songs": 36,
}
FAILED = CHECKED | {"negative": CHECKED["negative"] | {"passed": False, "mean_spearman": 0.25}, "passed": False}


def test_a_self_check_that_passes_is_a_table(call: Call, library: PlantedLibrary, trainings: Trainings) -> None:
    trainings.result = CHECKED
    result = call("evaluate", "--self-check", *library.arguments)
    assert result.exit_code == 0
    assert [job.kind for job in trainings.jobs] == ["self-check"]
    lines = [line for line in result.stdout.splitlines() if "passed" in line]
    assert len(lines) == 2
    assert "mean spearman 0.612" in lines[1]
    assert "FAILED" not in result.stdout


def test_a_self_check_that_fails_says_so_and_what_failed(
    call: Call, library: PlantedLibrary, trainings: Trainings
) -> None:
    trainings.result = FAILED
    result = call("evaluate", "--self-check", *library.arguments)
    assert isinstance(result.exception, UserError)
    assert "cannot be trusted on this library" in str(result.exception)
    assert any("negative" in line and "FAILED" in line for line in result.stdout.splitlines())


@pytest.mark.parametrize(("found", "code"), [(CHECKED, 0), (FAILED, 1)])
def test_a_self_check_is_one_object_and_an_exit_code(
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
    library: PlantedLibrary,
    trainings: Trainings,
    found: dict[str, Any],
    code: int,
) -> None:
    trainings.result = found
    monkeypatch.setattr("sys.argv", ["marmalade", "evaluate", "--self-check", "--json", *library.arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert (ended.value.code or 0) == code
    output, errors = capfdbinary.readouterr()
    assert {name: value for name, value in the_object(output).items() if name in found} == found
    assert (b"cannot be trusted" in errors) == bool(code)
    assert len(errors.splitlines()) == code


@pytest.mark.parametrize(("mode", "kind"), [("encoder", "train-encoder"), ("joint", "train-joint")])
def test_train_does_what_the_configuration_says(
    call: Call, library: PlantedLibrary, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, mode: str, kind: str
) -> None:
    asked: list[str] = []

    def train(kind: str, **_: object) -> Iterator[Event]:
        asked.append(kind)
        yield EncoderFinished(
            result={"primary_metric_name": "x", "primary_metric": 1.0, "seconds": 1.0, "checkpoint": ""}
        )

    monkeypatch.setattr(Encoders, "train", lambda _, kind, **options: train(kind, **options))
    config = tmp_path / "own.yaml"
    config.write_text(f"training_mode: {mode}\n")
    result = call("train", config, *library.arguments)
    assert result.exit_code == 0, result.output
    assert asked == [kind]


def test_train_trains_the_classifier_where_nothing_is_said(
    call: Call, library: PlantedLibrary, trainings: Trainings
) -> None:
    trainings.result = {"songs": 36, "seconds": 2.0, "epochs": 1000, "primary_metric": 0.01, "predicted": 60}
    result = call("train", *library.arguments)
    assert [job.kind for job in trainings.jobs] == ["train-classifier"]
    assert "Learned from 36 ratings" in result.stdout
