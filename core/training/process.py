"""The parent's side of the training child: start it, read its messages as events, stop it; no torch here."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from core.errors import Cause, UserError
from core.jobs.events import Control, Event, Finished, Notice, Progress, Stage
from core.jobs.line_process import LineProcess, LineProcessError
from core.jobs.process_pool import get_default_workers
from core.training.protocol import TrainingJob

MODULE = "core.training"
TORCHRUN = "torch.distributed.run"
ALWAYS_THERE = ("version", "event")
LAST_EVENTS = ("finished", "failed")
TRACEBACK = '  File "'
"""In the log of a child that an error of ours has ended."""


@dataclass(frozen=True, slots=True)
class TrainingBegan(Event):
    """What a training is going to do; ``epochs_done`` are those of before a stop or a kill."""

    epochs: int = 0
    """0 where that is not known before."""
    epochs_done: int = 0
    steps_per_epoch: int = 0
    device: str = ""


@dataclass(frozen=True, slots=True)
class PresetChosen(Event):
    """With which figures an encoder is trained, and why those: for who knows the configuration."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class EpochDone(Event):
    number: int
    values: dict[str, float]
    """Metrics by their names, such as ``train/mse`` and ``val/mse``."""


@dataclass(frozen=True, slots=True)
class StepDone(Event):
    """Now and then, within an epoch of training."""

    number: int
    values: dict[str, float]


@dataclass(frozen=True, slots=True)
class Probed(Event):
    """What was measured after an epoch on groups that are not learned from."""

    epoch: int
    values: dict[str, float]
    """By names such as ``probe/score``."""


@dataclass(frozen=True, slots=True)
class TrainingFinished(Finished):
    """What the child found, by the names of its last message."""

    result: dict[str, Any] | None = None


def run_training(job: TrainingJob, *, control: Control | None = None) -> Iterator[Event]:
    """Run a job in a child process; raises UserError for what the owner can mend. Stopping keeps the best so far."""
    reins = control or Control()
    asked_to_stop = False
    with _child(job) as child:
        for message in _messages(child, job):
            if reins.stopped and not asked_to_stop:
                child.say({"say": "stop"})
                asked_to_stop = True
            event = _event(message, complete=not asked_to_stop)
            if event is not None:
                yield event


def _messages(child: LineProcess, job: TrainingJob) -> Iterator[dict[str, Any]]:
    """What the child says; to be killed is no fault of its program, nor is what code of the owner's does to it."""
    last = ""
    try:
        for message in child.messages():
            last = message["event"]
            yield message
    except LineProcessError as error:
        if error.code < 0:
            raise UserError(
                f"The training process was killed (signal {-error.code}), perhaps because memory ran out: close what "
                "else takes it and start again; a training goes on where it was."
            ) from error
        if not _own_code(job) or TRACEBACK in str(error):
            raise
        raise UserError(_ended_early(job, code=error.code)) from error
    if last not in LAST_EVENTS:
        raise UserError(_ended_early(job, code=0))


def _ended_early(job: TrainingJob, *, code: int) -> str:
    own = _own_code(job)
    hint = f": {own} must not end it, as os._exit does" if own else ""
    return f"The training process ended with code {code} before it had a result{hint}."


def _own_code(job: TrainingJob) -> str:
    """The owner's function or classes that the child runs, quoted; empty if there are none."""
    named = (job.options.get("train_fn"), job.encoder_class, job.classifier_class)
    return " or ".join(f'"{name}"' for name in named if name is not None and ":" in name)


@contextmanager
def _child(job: TrainingJob) -> Iterator[LineProcess]:
    """The child; with ``processes`` among the options it is torchrun's, which starts so many of them."""
    processes, message = job.options.get("processes", 1), job.to_message()
    if processes == 1:
        with LineProcess(MODULE, job=message, environment=_few_threads()) as child:
            yield child
        return
    with TemporaryDirectory(prefix="marmalade-torchrun-") as name:
        file = Path(name, "job.json")
        file.write_text(json.dumps(message), encoding="utf-8")
        arguments = ["--standalone", "--log-dir", name, "--nproc-per-node", str(processes)]
        arguments += ["-m", MODULE, "--job", str(file)]
        with LineProcess(TORCHRUN, job=message, arguments=arguments, environment=_few_threads()) as child:
            yield child


def _few_threads() -> dict[str, str]:
    """Leave cores to the player: numpy would take all of them, and says so only to who asks before it is imported."""
    return dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), str(get_default_workers()))


BEGAN = ("epochs", "epochs_done", "steps_per_epoch", "device")
TOLD: dict[str, Callable[[dict[str, Any]], Event]] = {
    "started": lambda values: TrainingBegan(
        values.get("epochs", 0),
        values.get("epochs_done", 0),
        values.get("steps_per_epoch", 0),
        values.get("device", ""),
    ),
    "warning": lambda values: Notice(values["sentence"]),
    "preset": lambda values: PresetChosen(values["name"], values["reason"]),
    "stage": lambda values: Stage(values["name"]),
    "progress": lambda values: Progress(values["done"], values["total"]),
    "trial": lambda values: Progress(values["done"], values["total"]),
    "epoch": lambda values: EpochDone(values.pop("epoch"), values),
    "step": lambda values: StepDone(values.pop("step"), values),
    "probe": lambda values: Probed(values.pop("epoch"), values),
}
"""The events that messages become; ``checkpoint`` is for those who read the messages themselves."""


def _event(message: dict[str, Any], *, complete: bool) -> Event | None:
    values = {name: value for name, value in message.items() if name not in ALWAYS_THERE}
    match message["event"]:
        case "failed":
            raise UserError(values["sentence"], cause=Cause(values["cause"]))
        case "finished":
            return TrainingFinished(complete=complete, result=values)
        case event:
            return TOLD[event](values) if event in TOLD else None
