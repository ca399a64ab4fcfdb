"""What a model of the owner's has to offer; both are ``torch.nn.Module`` classes, no base class of ours is needed.

An encoder may also carry ``sample_rate: int`` (Hz) when it wants something other than ``SAMPLE_RATE``.
"""

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    import torch

SAMPLE_RATE = 22050
"""Hz of the audio that an encoder is given when it does not say otherwise."""


@runtime_checkable
class AudioEncoder(Protocol):
    """Turns excerpts of mono audio into embeddings."""

    def forward(self, audio: "torch.Tensor") -> "torch.Tensor":
        """Waveforms of shape (batch, samples) in; embeddings of shape (batch, get_embedding_dim()) out."""
        ...

    def get_embedding_dim(self) -> int:
        """The number of values in one embedding."""
        ...


@runtime_checkable
class RatingClassifier(Protocol):
    """Predicts ratings from embeddings; made as ``Class(embedding_dim=...)``."""

    def forward(self, embeddings: "torch.Tensor") -> "torch.Tensor":
        """Embeddings of shape (batch, embedding_dim) in; ratings of shape (batch, 1) in 0 to 1 out."""
        ...


def sample_rate_of(encoder: object) -> int:
    """The rate in Hz at which an encoder wants its audio."""
    rate = getattr(encoder, "sample_rate", SAMPLE_RATE)
    return rate if isinstance(rate, int) else SAMPLE_RATE
