"""Several processes that train one model, as ``torchrun`` starts them: each takes its part of every batch."""

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import torch
from torch import distributed, nn

from core.training.context import NoTracker, Silence, TrainingContext

PATIENCE = timedelta(hours=2)
"""The others wait this long while the first process probes and writes."""


@dataclass(frozen=True)
class Ranks:
    """This process among those that train together; alone, nothing is exchanged."""

    rank: int = 0
    world: int = 1
    device: str = "cpu"

    @property
    def leads(self) -> bool:
        """Whether it is this process that talks, probes and writes."""
        return self.rank == 0

    def mine(self, rows: Sequence[int]) -> list[int]:
        """This process's part of a batch."""
        return list(rows[self.rank :: self.world])

    def average_gradients(self, parameters: Iterable[nn.Parameter]) -> None:
        """Let every process have the mean of all gradients, so that all take the same step.

        Plain sums instead of ``DistributedDataParallel``: an objective may call its encoder twice, or a part of it.
        """
        if self.world == 1:
            return
        learned = [parameter for parameter in parameters if parameter.requires_grad]
        for parameter in learned:
            if parameter.grad is None:  # no song of this part has a label for it, but one elsewhere may have
                parameter.grad = torch.zeros_like(parameter)
        gradients = [parameter.grad for parameter in learned if parameter.grad is not None]
        together = torch.cat([gradient.flatten() for gradient in gradients])
        distributed.all_reduce(together)
        together /= self.world
        sizes = [gradient.numel() for gradient in gradients]
        for gradient, mean in zip(gradients, torch.split(together, sizes), strict=True):
            gradient.copy_(mean.view_as(gradient))

    def means(self, figures: Mapping[str, float]) -> dict[str, float]:
        """The mean of each figure over all processes; not a number as soon as one of them has none."""
        return dict(zip(figures, self._mean([*figures.values()]), strict=True))

    def any(self, flag: bool) -> bool:  # noqa: FBT001 - the one thing that it is asked about
        """Whether any process says so; all of them hear it in the same step."""
        return self._mean([float(flag)])[0] > 0

    def share(self, modules: Iterable[nn.Module]) -> None:
        """Give every process the weights and buffers of the first one."""
        if self.world == 1:
            return
        for module in modules:
            for tensor in (*module.parameters(), *module.buffers()):
                distributed.broadcast(tensor.detach(), src=0)

    def wait(self) -> None:
        """Wait until all processes are here."""
        self.any(flag=False)

    @contextlib.contextmanager
    def one_after_the_other(self) -> Iterator[None]:
        """The first process goes ahead; the others, who profit from what it did, follow."""
        if not self.leads:
            self.wait()
        yield
        if self.leads:
            self.wait()

    def _mean(self, values: list[float]) -> list[float]:
        if self.world == 1:
            return values
        total = torch.tensor(values, dtype=torch.float64, device=self.device)
        distributed.all_reduce(total)
        return [float(value) / self.world for value in total]


@contextlib.contextmanager
def joined(device: str) -> Iterator[Ranks]:
    """Join the processes that ``torchrun`` started, when it was it; gloo on the CPU, NCCL between GPUs."""
    world = int(os.environ.get("WORLD_SIZE", "1"))
    if world == 1:
        yield Ranks(device=device)
        return
    is_ours = not distributed.is_initialized()
    if is_ours:
        distributed.init_process_group("nccl" if device.startswith("cuda") else "gloo", timeout=PATIENCE)
    try:
        yield Ranks(distributed.get_rank(), distributed.get_world_size(), device)
    finally:
        if is_ours:
            distributed.destroy_process_group()


def quiet_unless_leading(ctx: TrainingContext, ranks: Ranks) -> TrainingContext:
    """All but the first process say nothing and track nothing."""
    return ctx if ranks.leads else replace(ctx, reporter=Silence(), tracker=NoTracker())
