"""A run over planted songs in a process of its own, to be killed or to be started by ``torchrun``.

Use::

    python -m tests.integration.planted_training FOLDER EPOCHS
"""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from core.training.data.batch import Batch
from core.training.encoder import fit
from core.training.loop import resume
from core.training.loop.devices import Device
from core.training.loop.distributed import joined, quiet_unless_leading
from tests.planted_views import SMALL, VALUES, Tiny, planted_context, planted_parts


class SongBySong(nn.Module):
    """A loss that is a mean over songs: it does not matter which process a song is in."""

    def forward(self, learner: nn.Module, batch: Batch) -> tuple[Tensor, dict[str, float]]:
        loss = (learner(batch.first) - batch.second[:, :8]).square().mean()
        return loss, {"train/total_loss": loss.item()}


class Plain(Tiny):
    """Without batch statistics or dropout, which are those of a process."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(VALUES, 32), nn.Tanh(), nn.Linear(32, 8))
        generator = torch.Generator().manual_seed(1)
        for parameter in self.parameters():
            nn.init.normal_(parameter, std=0.2, generator=generator)


class Lines:
    """A reporter that prints, for the process that waits for the right moment."""

    def say(self, event: str, **values: Any) -> None:  # noqa: ANN401 - as the protocol
        print(json.dumps({"event": event, **values}), flush=True)  # noqa: T201 - that is what it is for

    def stopped(self) -> bool:
        return False


def train(folder: Path, *, epochs: int, plain: bool = False) -> dict[str, Tensor]:
    """Returns the weights that this process ends with."""
    encoder = Plain() if plain else Tiny()
    parts = planted_parts(encoder=encoder, objective=SongBySong() if plain else None)
    with joined("cpu") as ranks:
        ctx = replace(planted_context(folder), reporter=Lines())
        config = replace(SMALL, epochs=epochs)
        fit(quiet_unless_leading(ctx, ranks), parts, config=config, device=Device("cpu"), ranks=ranks)
        state = encoder.state_dict()
        folder.mkdir(exist_ok=True)
        torch.save(state, folder / f"rank-{ranks.rank}-of-{ranks.world}.pt")
    return state


if __name__ == "__main__":
    torch.set_num_threads(1)
    resume.SECONDS_BETWEEN = 0.0  # after each step, so that a kill comes in the middle of a write as well
    train(Path(sys.argv[1]), epochs=int(sys.argv[2]), plain="--plain" in sys.argv)
