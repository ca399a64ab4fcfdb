"""What every training loop is made of: batches from where a killed run was left, steps, states, and messages."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from core.errors import UserError
from core.store.database import sentences
from core.training.context import TrainingContext
from core.training.data.batch import Batch, Views
from core.training.data.views import Interrupted
from core.training.loop.devices import Device, Halving
from core.training.loop.distributed import Ranks
from core.training.loop.material import batches_of, steps_of
from core.training.loop.resume import Learner, RunFile, restored
from core.training.loop.step import Diverged, LossOf, Stepper, learning_rate, seed_step

SECONDS_BETWEEN_STEPS = 0.2
"""Nobody reads faster, and a tracker's database takes some milliseconds for each."""


@dataclass(frozen=True)
class Pace:
    """How fast, how long and in what portions a run learns."""

    learning_rate: float
    rate_key: str
    """As the configuration calls it, for the sentence that a run which diverged ends with."""
    epochs: int
    batch_size: int
    seed: int
    weight_decay: float = 1e-4
    warm_up: float = 0.05


class Run:
    """One run of training: ``models`` move, ``rows`` of the views are learned from; alone or beside other processes."""

    def __init__(
        self,
        ctx: TrainingContext,
        *,
        file: RunFile,
        models: Sequence[nn.Module],
        rows: Sequence[int],
        pace: Pace,
        device: Device,
        ranks: Ranks,
    ) -> None:
        self.pace, self.device, self.ranks = pace, device, ranks
        self.stopped = False
        self.steps_per_epoch = steps_of(len(rows), size=pace.batch_size, processes=ranks.world)
        self._ctx, self._file, self._rows = ctx, file, rows
        self._songs = 0
        self._halving = Halving(warn=self.warn)
        self._stepper = Stepper(_optimizer(models, pace), device=device, ranks=ranks, halving=self._halving)
        self._learner = Learner(models, self._stepper.optimizer, self._stepper.scaler)
        self._last_told = 0.0
        content = file.read()
        self.is_new = content is None
        """Whether nothing of it lay on the disk."""
        self.progress = restored(content, self._learner)
        self._halving.parts = self.progress.parts
        ranks.share(models)

    def started(self, **values: object) -> None:
        """Say what is going to happen, once."""
        facts = {"device": self.device.name, "processes": self.ranks.world, "steps_per_epoch": self.steps_per_epoch}
        told = values | facts | {"epochs": self.pace.epochs, "epochs_done": self.progress.epoch}
        self._ctx.reporter.say("started", **told)
        self._ctx.tracker.log_params(told)

    def begin(self, judge: Callable[[], None]) -> None:
        """Judge the start; raises Interrupted, in all processes, when the owner asks to stop meanwhile."""
        interrupted = False
        try:
            judge()
        except Interrupted:
            interrupted = True
        if self.ranks.any(interrupted):
            raise Interrupted

    @property
    def goes_on(self) -> bool:
        return self.progress.epoch < self.pace.epochs and not self.stopped

    @property
    def number(self) -> int:
        """Steps that are through since the run began."""
        return self.progress.epoch * self.steps_per_epoch + self.progress.step

    def rest_of_epoch(self, views: Views) -> Iterator[Batch]:
        """This process's batches of the epoch, from where it was left; ends early when the owner asks to stop."""
        epoch, done = self.progress.epoch, self.progress.step
        plan = batches_of(
            self._rows, size=self.pace.batch_size, seed=self.pace.seed, epoch=epoch, processes=self.ranks.world
        )
        mine = [self.ranks.mine(rows) for rows in plan]
        for model in self._learner.models:
            model.train()
        for step, batch in enumerate(views.batches(mine, epoch=epoch, first_step=done), start=done):
            self._songs = len(plan[step])
            yield batch
            self.stopped = self.ranks.any(self._ctx.reporter.stopped())
            if self.stopped or self._file.due():
                self.save()
            if self.stopped:
                return

    def step(self, batch: Batch, loss_of: LossOf) -> None:
        """Learn from a batch; what is random in it depends on the step's number alone."""
        pace = self.pace
        steps = pace.epochs * self.steps_per_epoch
        rate = learning_rate(self.number, steps=steps, highest=pace.learning_rate, warm_up=pace.warm_up)
        seed_step(pace.seed, epoch=self.progress.epoch, step=self.progress.step, rank=self.ranks.rank)
        try:
            loss, figures = self._stepper.take(batch, loss_of, rate=rate, songs=self._songs)
        except Diverged as error:
            self._file.delete()
            raise UserError(
                f"The loss is no number any more: lower {pace.rate_key}; the best checkpoint so far was kept."
            ) from error
        self.progress.step_done(loss)
        self.progress.parts = self._halving.parts
        self._tell_step(figures | {"train/learning_rate": rate})

    def epoch_done(self) -> float:
        """Go on to the next epoch; returns the mean loss of this one."""
        return self.progress.epoch_done()

    def save(self) -> None:
        """Write the state, from which a killed run is taken up."""
        with sentences(self._file.path):
            self._file.write(self.progress, self._learner)

    def finish(self) -> None:
        """Forget the state of a run that is through."""
        if not self.stopped:
            self._file.delete()

    def _tell_step(self, figures: Mapping[str, float]) -> None:
        now = time.monotonic()
        if now - self._last_told >= SECONDS_BETWEEN_STEPS:
            self._last_told = now
            self._ctx.reporter.say("step", step=self.number, **figures)
            self._ctx.tracker.log_metrics(figures, step=self.number)

    def tell_epoch(self, figures: Mapping[str, float]) -> None:
        self._ctx.reporter.say("epoch", epoch=self.progress.epoch, **figures)
        self._ctx.tracker.log_metrics(figures, step=self.number)

    def tell_probe(self, figures: Mapping[str, float]) -> None:
        self._ctx.reporter.say("probe", epoch=self.progress.epoch, **figures)
        self._ctx.tracker.log_metrics(figures, step=self.number)

    def tell_checkpoint(self, path: Path) -> None:
        self._ctx.reporter.say("checkpoint", path=str(path), epoch=self.progress.epoch)

    def warn(self, sentence: str) -> None:
        self._ctx.reporter.say("warning", sentence=sentence)


def _optimizer(models: Sequence[nn.Module], pace: Pace) -> torch.optim.Optimizer:
    """AdamW over what can be learned; norms and biases (Loshchilov & Hutter's decay is for weights) do not decay."""
    learned = [each for model in models for each in model.parameters() if each.requires_grad]
    if not any(each.requires_grad for each in models[0].parameters()):
        raise UserError(f'The encoder "{type(models[0]).__name__}" has nothing to learn: choose another encoder_class.')
    weights = [each for each in learned if each.ndim > 1]
    others = [each for each in learned if each.ndim <= 1]
    groups: list[dict[str, Any]] = [{"params": weights}, {"params": others, "weight_decay": 0.0}]
    groups = [group for group in groups if group["params"]]
    return torch.optim.AdamW(groups, pace.learning_rate, weight_decay=pace.weight_decay)
