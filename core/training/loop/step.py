"""One step of learning: the loss of a batch, its gradients over all processes, and the move that they ask for."""

import math
from collections.abc import Callable, Iterable
from dataclasses import replace

import torch
from torch import Tensor, nn

from core.training.data.batch import Batch
from core.training.loop.devices import Device, Halving
from core.training.loop.distributed import Ranks

LossOf = Callable[[Batch], tuple[Tensor, dict[str, float]]]
"""The loss of a batch, and the figures that are told about it."""

LONGEST_GRADIENT = 5.0
"""The norm that gradients are cut to: one odd batch must not undo an epoch."""
LOSS = ""
"""The name of what is minimized among the figures of a batch."""


class Diverged(Exception):  # noqa: N818 - as the field calls it
    """The loss is no number any more."""


class Stepper:
    """Takes steps with an optimizer; a batch that does not fit into the GPU is worked on in parts."""

    def __init__(self, optimizer: torch.optim.Optimizer, *, device: Device, ranks: Ranks, halving: Halving) -> None:
        self.optimizer = optimizer
        self.scaler = device.scaler()
        self._halving = halving
        self._device = device
        self._ranks = ranks

    def take(self, batch: Batch, loss_of: LossOf, *, rate: float, songs: int) -> tuple[float, dict[str, float]]:
        """One step at a learning rate; gives the loss and the figures of all ``songs`` songs of the batch.

        Raises Diverged when the loss is no number, in all processes and before the step is taken.
        """
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        found = self._gradients(batch, loss_of, share=len(batch) * self._ranks.world / songs)
        figures = self._ranks.means(found)
        loss = figures.pop(LOSS)
        if not math.isfinite(loss):
            raise Diverged
        parameters = list(parameters_of(self.optimizer))
        self._ranks.average_gradients(parameters)
        self.scaler.unscale_(self.optimizer)
        nn.utils.clip_grad_norm_(parameters, LONGEST_GRADIENT)
        self.scaler.step(self.optimizer)
        self.scaler.update()
        return loss, figures

    def _gradients(self, batch: Batch, loss_of: LossOf, *, share: float) -> dict[str, float]:
        while True:
            self.optimizer.zero_grad(set_to_none=True)
            try:
                return self._gradients_in_parts(batch, loss_of, share=share)
            except torch.OutOfMemoryError:
                pass  # outside of this block, or the error would keep alive what did not fit
            self._halving.halve(len(batch))

    def _gradients_in_parts(self, batch: Batch, loss_of: LossOf, *, share: float) -> dict[str, float]:
        figures: dict[str, float] = {}
        for part in self._halving.of(len(batch)):
            weight = share * (part.stop - part.start) / len(batch)
            with self._device.autocast():
                loss, told = loss_of(batch if part.stop - part.start == len(batch) else part_of(batch, part))
            self.scaler.scale(loss * weight).backward()
            for name, value in {LOSS: loss.item(), **told}.items():
                figures[name] = figures.get(name, 0.0) + float(value) * weight
        return figures


def parameters_of(optimizer: torch.optim.Optimizer) -> Iterable[nn.Parameter]:
    """What an optimizer moves, in a fixed order."""
    for group in optimizer.param_groups:
        yield from group["params"]


def part_of(batch: Batch, part: slice) -> Batch:
    """Some of a batch's songs, one after the other."""
    return replace(
        batch,
        first=batch.first[part],
        second=batch.second[part],
        artist=batch.artist[part],
        albums=batch.albums[part],
        genre=batch.genre[part],
        period=batch.period[part],
        rating=batch.rating[part],
        related=batch.related[part, part],
        target=None if batch.target is None else batch.target[part],
    )


def learning_rate(step: int, *, steps: int, highest: float, warm_up: float = 0.05) -> float:
    """A straight rise over the first ``warm_up`` of all steps, then half a cosine down; known from the step alone."""
    rise = max(1, round(steps * warm_up))
    if step < rise:
        return highest * (step + 1) / rise
    return highest * 0.5 * (1 + math.cos(math.pi * (step - rise) / max(1, steps - rise)))


def seed_step(seed: int, *, epoch: int, step: int, rank: int = 0) -> None:
    """Let dropout and the like depend on the step alone: a run that is taken up then needs no state of randomness."""
    mixed = torch.tensor([seed, epoch, step, rank], dtype=torch.int64)
    weights = torch.tensor([1_000_003, 8_191, 131, 7], dtype=torch.int64)
    torch.manual_seed(int((mixed * weights).sum()) % 2**63)
