"""The real child process, from the parent's side: events, sentences, stopping, and a classifier that talks."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from core.errors import UserError
from core.jobs.events import Control, Event, Notice, Progress, Stage
from core.jobs.line_process import LineProcess, LineProcessError
from core.store.companion import CompanionStore
from core.training.process import (
    MODULE,
    EpochDone,
    PresetChosen,
    Probed,
    StepDone,
    TrainingBegan,
    TrainingFinished,
    _event,
    run_training,
)
from core.training.protocol import VERSION, TrainingJob
from tests.planted_jobs import NAMES, planted_job, with_own_classifier


def finished(events: list[Event]) -> TrainingFinished:
    (last,) = [event for event in events if isinstance(event, TrainingFinished)]
    assert events[-1] is last
    return last


def predicted(job: TrainingJob, version: str) -> set[str]:
    store = CompanionStore(job.companion_db)
    try:
        return {str(name) for name in store.predictions(version)}
    finally:
        store.close()


def test_a_talkative_classifier_is_trained_and_predicts(own_folder: Path) -> None:
    job = with_own_classifier(planted_job(own_folder), "own_classifiers:Talkative", folder=own_folder)
    events = list(run_training(job))
    last = finished(events)
    assert last.complete
    assert last.result is not None
    epochs = [event for event in events if isinstance(event, EpochDone)]
    assert len(epochs) == last.result["epochs"] >= 1000
    assert set(epochs[0].values) == {"train/mse", "val/mse"}
    assert predicted(job, last.result["model_version"]) == set(NAMES)
    assert Path(last.result["checkpoint"]).is_file()
    assert last.result["seconds"] > 0


def test_stopping_keeps_the_best_so_far(tmp_path: Path) -> None:
    job, control = planted_job(tmp_path), Control()
    epochs: list[EpochDone] = []

    def stopped_in_the_fifth() -> Iterator[Event]:
        for event in run_training(job, control=control):
            if isinstance(event, EpochDone):
                epochs.append(event)
                if len(epochs) == 5:
                    control.stop()
            yield event

    last = finished(list(stopped_in_the_fifth()))
    assert not last.complete
    assert last.result is not None
    assert 5 <= last.result["epochs"] == len(epochs) < 1000
    assert last.result["primary_metric"] == min(epoch.values["val/mse"] for epoch in epochs)
    assert Path(last.result["checkpoint"]).name == "classifier_stopped.pt"
    assert Path(last.result["checkpoint"]).is_file()
    assert "model_version" not in last.result, "it predicts nothing"


def test_another_version_of_the_protocol_ends_the_child(tmp_path: Path) -> None:
    job = planted_job(tmp_path).to_message() | {"version": 99}
    with LineProcess(MODULE, job=job) as child, pytest.raises(LineProcessError, match=f"speaks version {VERSION}"):
        list(child.messages())


def test_children_say_which_version_they_speak(tmp_path: Path) -> None:
    with LineProcess(MODULE, job=planted_job(tmp_path, rated=3).to_message()) as child:
        messages = list(child.messages())
    assert [(message["version"], message["event"]) for message in messages] == [(VERSION, "failed")]
    with pytest.raises(UserError, match="Only 3 of your rated songs have been listened to"):
        _event(messages[0], complete=True)


@pytest.mark.parametrize(
    ("message", "event"),
    [
        ({"event": "epoch", "epoch": 3, "val/mse": 0.1}, EpochDone(3, {"val/mse": 0.1})),
        ({"event": "step", "step": 7, "train/total_loss": 1.5}, StepDone(7, {"train/total_loss": 1.5})),
        ({"event": "probe", "epoch": 2, "probe/score": 0.4}, Probed(2, {"probe/score": 0.4})),
        ({"event": "progress", "done": 2, "total": 9}, Progress(2, 9)),
        ({"event": "trial", "done": 1, "total": 5, "state": "complete"}, Progress(1, 5)),
        ({"event": "stage", "name": "Training the teacher"}, Stage("Training the teacher")),
        ({"event": "warning", "sentence": "It is hot."}, Notice("It is hot.")),
        (
            {"event": "preset", "name": "quick", "reason": "It was asked for."},
            PresetChosen("quick", "It was asked for."),
        ),
        ({"event": "started", "kind": "train-encoder", "epochs": 3}, TrainingBegan(epochs=3)),
        ({"event": "checkpoint", "path": "/models/encoder_best.pt"}, None),
        ({"event": "something new"}, None),
    ],
)
@pytest.mark.parametrize("complete", [True, False])
def test_messages_become_events(message: dict[str, object], event: Event | None, complete: bool) -> None:
    assert _event({"version": VERSION, **message}, complete=complete) == event


def test_what_was_asked_to_stop_ends_incomplete() -> None:
    message = {"version": VERSION, "event": "finished", "seconds": 1.5, "epochs": 2}
    assert _event(message, complete=False) == TrainingFinished(complete=False, result={"seconds": 1.5, "epochs": 2})


def test_the_parts_of_a_search_are_told_as_they_come(tmp_path: Path) -> None:
    pytest.importorskip("optuna")
    space = {"parameters": {"dropout": {"type": "uniform", "low": 0.1, "high": 0.5}}}
    tuning = {"n_trials": 1, "search_space": space}
    options = {"what": "classifier", "data_dir": str(tmp_path), "mlflow": {"enabled": False}, "tuning": tuning}
    events = list(run_training(replace(planted_job(tmp_path, kind="tune"), options=options)))
    assert [event for event in events if isinstance(event, Progress)] == [Progress(1, 1)]
    assert finished(events).complete


@pytest.mark.parametrize("code", [0, 3])
def test_a_function_of_the_owners_that_ends_the_process_is_one_sentence(tmp_path: Path, code: int) -> None:
    (tmp_path / "own_end.py").write_text(f"import os\n\n\ndef train(ctx):\n    os._exit({code})\n")
    options = {"train_fn": "own_end:train", "mlflow": {"enabled": False}}
    job = replace(planted_job(tmp_path, kind="run"), folder=tmp_path, options=options)
    with pytest.raises(UserError, match=rf'ended with code {code} .* "own_end:train" .* os\._exit') as caught:
        list(run_training(job))
    assert "\n" not in str(caught.value)


def test_an_error_of_ours_keeps_its_traceback(tmp_path: Path) -> None:
    """Also beside code of the owner's, which is not to blame for it."""
    job = with_own_classifier(planted_job(tmp_path), "own_classifiers:Plain", folder=tmp_path)
    job = replace(job, options={"compute": "not what it should be"})
    with pytest.raises(LineProcessError, match="Traceback"):
        list(run_training(job))


def test_a_killed_child_is_one_sentence(tmp_path: Path) -> None:
    events = run_training(planted_job(tmp_path))
    next(event for event in events if isinstance(event, EpochDone))
    (child,) = [each for each in psutil.Process().children() if "core.training" in each.cmdline()]
    os.kill(child.pid, 9)
    with pytest.raises(UserError, match=r"was killed \(signal 9\)"):
        list(events)
