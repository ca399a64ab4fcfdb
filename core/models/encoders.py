"""The encoders that Marmalade ships; ``SpectralEncoder`` is the one of the first day."""

from typing import cast

import torch
from torch import Tensor, nn

from core.models.mel import MelEncoder
from core.models.protocols import SAMPLE_RATE
from core.models.sound import at_least
from core.models.spectral import SpectralEncoder

__all__ = ["MelEncoder", "SimpleAudioEncoder", "SpectralEncoder"]

SHORTEST_INPUT = 1024 + 271 * 256
"""Samples below which the strides of ``SimpleAudioEncoder`` leave its last convolution nothing to see."""


class SimpleAudioEncoder(nn.Module):
    """A plain 1-D network on the raw waveform: a first example to replace by one's own."""

    version = 1

    def __init__(self, embedding_dim: int = 512, sample_rate: int = SAMPLE_RATE, seed: int = 0) -> None:
        super().__init__()
        self.embedding_dim = embedding_dim
        self.sample_rate = sample_rate
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            self.conv_layers = _waveform_layers()
            self.projection = nn.Sequential(
                nn.Linear(256, 512), nn.ReLU(), nn.Dropout(0.3), nn.Linear(512, embedding_dim)
            )

    def forward(self, audio: Tensor) -> Tensor:
        """Waveforms (batch, samples) in; embeddings (batch, embedding_dim) out."""
        features = self.conv_layers(at_least(audio, SHORTEST_INPUT).unsqueeze(1))
        return cast("Tensor", self.projection(features.squeeze(-1)))

    def get_embedding_dim(self) -> int:
        """The number of values in one embedding."""
        return self.embedding_dim


def _waveform_layers() -> nn.Sequential:
    return nn.Sequential(
        nn.Conv1d(1, 64, kernel_size=1024, stride=256),
        nn.ReLU(),
        nn.MaxPool1d(4),
        nn.Conv1d(64, 128, kernel_size=8, stride=4),
        nn.ReLU(),
        nn.MaxPool1d(4),
        nn.Conv1d(128, 256, kernel_size=4, stride=2),
        nn.ReLU(),
        nn.AdaptiveAvgPool1d(1),
    )
