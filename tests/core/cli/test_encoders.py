"""Training encoders from a shell: what is asked of the engine, and what is told of the result."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.errors import UserError
from core.jobs.events import Control, Event
from core.parts.encoders import EncoderFinished, Encoders
from core.training.protocol import Kind
from tests.planted_library import PlantedLibrary
from tests.shell_calls import Call

RESULT = {
    "embedding_version": "mel-1-new",
    "checkpoint": "/models/mel-1-new.pt",
    "primary_metric": 1.25,
    "primary_metric_name": "encoder_loss",
    "epochs": 3,
    "seconds": 12.0,
    "preset": "quick",
    "comparison": None,
}


class Asked:
    """Stands for the training: remembers what was asked for."""

    def __init__(self) -> None:
        self.calls: list[tuple[Kind, dict[str, Any]]] = []
        self.finished = EncoderFinished(result=RESULT, is_used=False)

    def __call__(self, kind: Kind, *, control: Control, **options: object) -> Iterator[Event]:
        self.calls.append((kind, options))
        yield self.finished


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    recorder = Asked()
    monkeypatch.setattr(Encoders, "train", recorder)
    return recorder


def test_a_training_is_told_as_one_object(call: Call, library: PlantedLibrary, asked: Asked) -> None:
    answer = json.loads(call("train-encoder", "--json", *library.arguments).stdout)
    assert answer["version"] == RESULT["embedding_version"]
    assert {name: answer[name] for name in answer if name in RESULT} == {
        name: value for name, value in RESULT.items() if name != "embedding_version"
    }
    assert answer["used"] is False
    assert asked.calls == [("train-encoder", {"processes": 1})]


@pytest.mark.parametrize(
    ("arguments", "kind", "options"),
    [
        (
            ["train-encoder", "--encoder-module", "mine:E", "--batch-size", "8", "--preset", "quick"],
            "train-encoder",
            {"encoder_class": "mine:E", "embed_batch_size": 8, "preset": "quick", "processes": 1},
        ),
        (
            ["train-encoder", "--mode", "distill", "--processes", "2"],
            "train-encoder",
            {"mode": "distill", "processes": 2},
        ),
        (
            ["train-joint", "--classifier-module", "mine:C"],
            "train-joint",
            {"classifier_class": "mine:C", "processes": 1},
        ),
    ],
)
def test_options_arrive_at_the_training(
    call: Call, library: PlantedLibrary, asked: Asked, arguments: list[str], kind: str, options: dict[str, object]
) -> None:
    result = call(*arguments, *library.arguments)
    assert result.exit_code == 0, result.output
    assert asked.calls == [(kind, options)]


def test_the_configuration_may_be_the_first_word(
    call: Call, library: PlantedLibrary, asked: Asked, tmp_path: Path
) -> None:
    config = tmp_path / "own.yaml"
    config.write_text("nonsense: 1\n")
    result = call("train-encoder", config, *library.arguments)
    assert isinstance(result.exception, UserError)
    assert "nonsense" in str(result.exception)


def test_two_configurations_are_one_too_many(call: Call, library: PlantedLibrary, asked: Asked, tmp_path: Path) -> None:
    result = call("train-encoder", tmp_path / "a.yaml", "--config", tmp_path / "b.yaml", *library.arguments)
    assert result.exit_code == 2
    said = " ".join(word for word in result.stderr.split() if word != "│")  # a long path breaks its line anywhere
    assert "two configurations" in said


def test_an_own_function_is_run(call: Call, library: PlantedLibrary, asked: Asked, tmp_path: Path) -> None:
    config = tmp_path / "own.yaml"
    config.write_text("seed: 3\n")
    result = call("run", config, "--train-fn", "mine:train", *library.arguments)
    assert result.exit_code == 0, result.output
    assert asked.calls == [("run", {"train_fn": "mine:train"})]


def test_what_was_stopped_is_said(call: Call, library: PlantedLibrary, asked: Asked) -> None:
    asked.finished = EncoderFinished(complete=False)
    result = call("train-encoder", *library.arguments)
    assert isinstance(result.exception, UserError)
    assert "the same command goes on" in str(result.exception)


def test_people_read_a_sentence(call: Call, library: PlantedLibrary, asked: Asked) -> None:
    result = call("train-encoder", *library.arguments)
    assert "Trained in 12 s: encoder_loss 1.2500. The model is /models/mel-1-new.pt." in result.stdout
