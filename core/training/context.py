"""What a training function is given and what it returns, as the plan says: the owner's own is written against these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from core.training.protocol import TrainingJob, TrainingSong

if TYPE_CHECKING:
    from torch import nn


class Reporter(Protocol):
    """The child's end of the line to the window or the shell."""

    def say(self, event: str, **values: Any) -> None:  # noqa: ANN401 - whatever JSON can say
        """Send one message: started, epoch, step, probe, checkpoint, warning."""
        ...

    def stopped(self) -> bool:
        """Whether the owner asked to stop: finish the step, write the checkpoint, return."""
        ...


class Silence:
    """A reporter that nobody listens to, for training functions that are called from a program of one's own."""

    def say(self, event: str, **values: Any) -> None:  # noqa: ANN401 - as the protocol
        """Drop the message."""

    def stopped(self) -> bool:
        return False


class Tracker(Protocol):
    """Where parameters, metrics and models of a run are kept: nowhere, or in MLflow."""

    def log_params(self, params: Mapping[str, Any]) -> None: ...

    def log_metrics(self, metrics: Mapping[str, float], step: int | None = None) -> None: ...

    def log_model(self, model: "nn.Module", artifact_path: str, **details: Any) -> None: ...  # noqa: ANN401 - as the plan


class NoTracker:
    """A tracker that keeps nothing."""

    def log_params(self, params: Mapping[str, Any]) -> None:
        """Drop them."""

    def log_metrics(self, metrics: Mapping[str, float], step: int | None = None) -> None:
        """Drop them."""

    def log_model(self, model: "nn.Module", artifact_path: str, **details: Any) -> None:  # noqa: ANN401 - as the plan
        """Drop it."""


@dataclass
class TrainingContext:
    """What a training function works with."""

    hyperparameters: dict[str, Any]
    """The keys of the plan; ``encoder_class`` and ``classifier_class`` may be classes or references to them."""
    device: str
    """``cpu``, ``cuda`` or ``cuda:N``."""
    checkpoint_dir: Path
    tracker: Tracker = field(default_factory=NoTracker)
    job: TrainingJob | None = None
    """What the child was asked for; None in a program of one's own, which then brings ``songs``."""
    songs: Sequence[TrainingSong] = ()
    reporter: Reporter = field(default_factory=Silence)


@dataclass(frozen=True)
class TrainingResult:
    """How good the best model of a run is, and where it lies."""

    primary_metric: float
    primary_metric_name: str
    minimize: bool
    best_model_path: Path
    details: dict[str, Any] = field(default_factory=dict)
    """What the last message says besides: epochs, version, why it ended."""
