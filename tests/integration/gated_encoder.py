"""An encoder of the owner's own that waits at a gate, so that a test can act while songs are being listened to.

A test copies this file beside a configuration, and opens the gate by a file beside it.
"""

import os
import time
from pathlib import Path

import torch
from torch import nn

PLACE = Path(__file__).parent
GATE = PLACE / "gate is open"
SECONDS = 0.1
"""For each song after the gate: time enough to be stopped before the last one."""


class GatedEncoder(nn.Module):
    """Two figures of each excerpt; a check with several excerpts at once passes without waiting."""

    def get_embedding_dim(self) -> int:
        return 2

    def forward(self, audio: torch.Tensor) -> torch.Tensor:
        if len(audio) == 1:
            (PLACE / f"waiting {os.getpid()}").touch()
            while not GATE.exists():
                time.sleep(0.02)
            time.sleep(SECONDS)
        return torch.stack([audio.mean(1), audio.std(1)], 1)
