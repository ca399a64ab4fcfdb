"""Trainings with a record: what is asked of the child, what is kept of its words, and ends of every kind."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.engine import Engine
from core.errors import UserError
from core.jobs.events import Control, Event, Finished
from core.parts import encoders, learning
from core.parts.trainings import TrainingChoice, What
from core.training.process import Probed, StepDone, TrainingFinished
from core.training.protocol import TrainingJob
from tests.planted_library import PlantedLibrary


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with PlantedLibrary.create(tmp_path).open() as opened:
        yield opened


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> list[TrainingJob]:
    """The jobs that children got; each trains a little and is stopped before its end."""
    asked: list[TrainingJob] = []

    def child(job: TrainingJob, *, control: Control | None = None) -> Iterator[Event]:
        asked.append(job)
        yield StepDone(1, {"train/total_loss": 2.0})
        yield Probed(1, {"probe/score": 0.5})
        yield TrainingFinished(complete=False, result={"songs": 30})

    for module in (encoders, learning):
        monkeypatch.setattr(module, "run_training", child)
    return asked


def test_the_child_is_asked_for_what_was_chosen(engine: Engine, jobs: list[TrainingJob]) -> None:
    choice = TrainingChoice(What.ENCODER, preset="quick", mode="contrastive", device="cpu")
    assert list(engine.trainings.run(choice))[-1] == Finished(complete=False)
    (job,) = jobs
    assert (job.kind, job.device, job.options["preset"], job.options["mode"]) == (
        "train-encoder",
        "cpu",
        "quick",
        "contrastive",
    )


@pytest.mark.parametrize(("what", "kind"), [(What.CLASSIFIER, "train-classifier"), (What.JOINT, "train-joint")])
def test_presets_and_modes_are_of_encoders_alone(
    engine: Engine, jobs: list[TrainingJob], what: What, kind: str
) -> None:
    list(engine.trainings.run(TrainingChoice(what, preset="quick", mode="distill")))
    assert jobs[0].kind == kind
    assert jobs[0].device == "auto"
    assert not {"preset", "mode"} & jobs[0].options.keys()


def test_a_stopped_training_leaves_its_curves(engine: Engine, jobs: list[TrainingJob]) -> None:
    list(engine.trainings.run(TrainingChoice()))
    (record,) = engine.trainings.records()
    assert (record.complete, record.used, record.best, record.songs) == (False, False, 0.5, 30)
    assert record.ended is not None
    assert {curve.name for curve in engine.trainings.curves(record)} == {"train/total_loss", "probe/score"}
    engine.trainings.forget(record)
    assert engine.trainings.records() == []


def test_a_training_runs_until_it_has_ended(engine: Engine, jobs: list[TrainingJob]) -> None:
    events = engine.trainings.run(TrainingChoice())
    next(events)
    (record,) = engine.trainings.records()
    assert engine.trainings.is_running(record)
    with Engine.open(profile=engine.profile, database=engine.database.path) as opened_anew:
        assert opened_anew.trainings.is_running(record)
    list(events)
    assert not engine.trainings.is_running(record)


def test_a_failure_is_told_and_kept(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def child(job: TrainingJob, *, control: Control | None = None) -> Iterator[Event]:
        raise UserError("The disk is full.")
        yield

    monkeypatch.setattr(encoders, "run_training", child)
    with pytest.raises(UserError, match="disk is full"):
        list(engine.trainings.run(TrainingChoice()))
    (record,) = engine.trainings.records()
    assert record.failure == "The disk is full."


def test_where_something_was_trained_does_not_make_it_be_learned_again(engine: Engine) -> None:
    here, there = (engine.learning.job("train-classifier", device=device) for device in ("cpu", "cuda"))
    assert engine.learning.predictor_key(here) == engine.learning.predictor_key(there)
