"""What a killed run is taken up from: its state on disk, which belongs to one job with one configuration."""

import hashlib
import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from core.models import checkpoint

FORMAT = "marmalade-run-1"
SECONDS_BETWEEN = 30.0
"""Time decides only when a state is written, never what is learned."""


@dataclass
class Progress:
    """How far a run has come, and the best that it has seen; plain values and tensors only."""

    epoch: int = 0
    """Epochs that are through."""
    step: int = 0
    """Steps that are through of the epoch that is being trained."""
    loss_sum: float = 0.0
    """Of those steps, so that an epoch that was interrupted tells the same mean."""
    first_loss: float | None = None
    """The loss of the first step of all, which is that of the start."""
    best_epoch: int = -1
    best_score: float = -math.inf
    best_loss: float | None = None
    """None while the best is the start, and nothing has been learned."""
    best_values: dict[str, float] = field(default_factory=dict)
    best_state: list[dict[str, Tensor]] = field(default_factory=list)
    """The weights of the models that the checkpoint holds."""
    collapsed: bool = False
    """Whether the last epoch's embeddings had."""
    parts: int = 1
    """In how many parts a batch is worked on."""

    def step_done(self, loss: float) -> None:
        self.step += 1
        self.loss_sum += loss
        self.first_loss = loss if self.first_loss is None else self.first_loss

    def epoch_done(self) -> float:
        """Go on to the next epoch; returns the mean loss of this one."""
        mean = self.loss_sum / self.step
        self.epoch, self.step, self.loss_sum = self.epoch + 1, 0, 0.0
        return mean

    def keep_if_best(
        self, score: float, models: Sequence[nn.Module], *, values: Mapping[str, float], loss: float | None
    ) -> bool:
        """Remember the weights when no epoch had a higher score; of equal ones, the later has learned more."""
        if not score >= self.best_score:
            return False
        self.best_epoch, self.best_score, self.best_loss = self.epoch, score, loss
        self.best_values = dict(values)
        self.best_state = [checkpoint.weights_of(model) for model in models]
        return True


@dataclass(frozen=True)
class Learner:
    """Everything that changes while a run learns."""

    models: Sequence[nn.Module]
    optimizer: torch.optim.Optimizer
    scaler: torch.amp.GradScaler

    def state(self) -> dict[str, Any]:
        return {
            "models": [model.state_dict() for model in self.models],
            "optimizer": self.optimizer.state_dict(),
            "scaler": self.scaler.state_dict(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        for model, weights in zip(self.models, state["models"], strict=True):
            model.load_state_dict(weights)
        self.optimizer.load_state_dict(state["optimizer"])
        self.scaler.load_state_dict(state["scaler"])


class RunFile:
    """The file that a run's state lies in; what another run left there is not taken up, and is written over."""

    def __init__(self, path: Path, *, run: str, writes: bool = True) -> None:
        self.path = path
        self._run = run
        self._writes = writes
        self._written = time.monotonic()

    def read(self) -> dict[str, Any] | None:
        """What this run left here; None when that is nothing, or damaged: the run then begins anew."""
        if not self.path.is_file():
            return None
        try:
            content = torch.load(self.path, map_location="cpu", weights_only=True)
        except Exception:  # noqa: BLE001 - torch raises several kinds for a file that is damaged or not its own
            return None
        ours = isinstance(content, dict) and content.get("format") == FORMAT and content.get("run") == self._run
        return content if ours else None

    @property
    def has_state(self) -> bool:
        return self.read() is not None

    def write(self, progress: Progress, learner: Learner) -> None:
        """Write the state by a rename: whenever the run is killed, one whole state lies here."""
        self._written = time.monotonic()
        if self._writes:
            plain = {each.name: getattr(progress, each.name) for each in fields(progress)}
            content = {"format": FORMAT, "run": self._run, "progress": plain, "learner": learner.state()}
            checkpoint.write(self.path, content)

    def due(self) -> bool:
        """Whether a kill would cost more than some seconds by now."""
        return time.monotonic() - self._written > SECONDS_BETWEEN

    def delete(self) -> None:
        """The run is through, or not worth to be taken up."""
        if self._writes:
            self.path.unlink(missing_ok=True)
            checkpoint.sweep(self.path)


def restored(content: Mapping[str, Any] | None, learner: Learner) -> Progress:
    """Take up what ``RunFile.read`` found, in place; a run of which there is nothing begins."""
    if content is None:
        return Progress()
    learner.restore(content["learner"])
    return Progress(**content["progress"])


def run_name(*subjects: object) -> str:
    """Equal for equal data and settings; values are told apart by how they are written."""
    return hashlib.sha256("\n".join(repr(subject) for subject in subjects).encode()).hexdigest()[:16]
