"""``AdaptedEncoder``: what trained taggers and measured properties say of a song, weighed as this library needs it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, cast

import torch
from torch import Tensor, nn

from core.errors import UserError
from core.models.adaptation import AdaptationHead, Block
from core.models.musicnn import DIMENSION, MusiCNN
from core.models.musicnn_weights import musicnn_state
from core.models.protocols import SAMPLE_RATE
from core.models.spectral import SpectralEncoder

Backbone = Literal["auto", "musicnn+spectral", "spectral"]
BACKBONES = ("musicnn+spectral", "spectral")
CHANGE_WEIGHT = 0.4
"""Of how much the taggers' values change, beside their means and what is measured, found on 187 real tracks.

With 1.5 for what is measured, tastes by tags lose 0.01 (0.56 against 0.57 of the taggers alone).
"""


class AdaptedEncoder(nn.Module):
    """A frozen backbone and a head that is fitted, then trained, on excerpts of the owner's songs.

    ``backbone`` is "musicnn+spectral", "spectral" or "auto": the first of them for which there are weights. What was
    chosen stays in the attribute, and belongs to the arguments of a checkpoint, whose state holds all weights.
    ``weights`` is where those of the taggers are kept.
    """

    version = 1
    sample_rate = SAMPLE_RATE

    def __init__(
        self,
        embedding_dim: int = 512,
        seed: int = 0,
        backbone: str = "auto",
        *,
        weights: Path | str | None = None,
    ) -> None:
        super().__init__()
        state = None if backbone == "spectral" else _tagger_state(None if weights is None else Path(weights))
        self.backbone = ("spectral" if state is None else "musicnn+spectral") if backbone == "auto" else backbone
        if self.backbone not in BACKBONES:
            message = f'There is no backbone "{backbone}": choose one of auto, {", ".join(BACKBONES)}.'
            raise UserError(message)
        self.embedding_dim = embedding_dim
        self.seed = seed
        self.spectral = SpectralEncoder()
        self.taggers = MusiCNN() if self.backbone == "musicnn+spectral" else None
        self._lacks_weights: bool = self.taggers is not None and state is None
        if self.taggers is not None and state is not None:
            self.taggers.load_state_dict(state)
        self.register_load_state_dict_post_hook(_found_weights)  # type: ignore[no-untyped-call]  # torch's
        measured = Block(self.spectral.get_embedding_dim())
        blocks = [measured] if self.taggers is None else [Block(DIMENSION), Block(DIMENSION, CHANGE_WEIGHT), measured]
        self.head = AdaptationHead(blocks, embedding_dim, seed)

    def forward(self, audio: Tensor) -> Tensor:
        """Waveforms (batch, samples) at ``sample_rate`` in; embeddings (batch, embedding_dim) out."""
        return cast("Tensor", self.head(self.features(audio)))

    @torch.no_grad()
    def features(self, audio: Tensor) -> Tensor:
        """What the frozen backbone hears in waveforms (batch, samples): (batch, feature_dim)."""
        if self._lacks_weights:
            musicnn_state()  # says why they are not to be had
        return torch.cat([*self._tagged(audio), self.spectral(audio)], dim=-1)

    def _tagged(self, audio: Tensor) -> list[Tensor]:
        """What the taggers hear on average, and how much it changes within the excerpt."""
        if self.taggers is None:
            return []
        patches = self.taggers.patches(audio)
        # One patch has no deviation; for others it must not depend on their number.
        deviation = patches.std(dim=1, correction=min(1, patches.shape[1] - 1))
        return [patches.mean(dim=1), deviation]

    def fit_head(self, features: Tensor, songs: Tensor, groups: Sequence[str] | None = None) -> None:  # noqa: ARG002 - offered to every head
        """Start the head from features (excerpts, feature_dim) of songs (excerpts,): several excerpts for each."""
        self.head.fit(features, songs)

    def get_embedding_dim(self) -> int:
        """The number of values in one embedding."""
        return self.embedding_dim


def _found_weights(encoder: "AdaptedEncoder", missing: object) -> None:  # noqa: ARG001 - as torch calls it
    """A checkpoint brings the weights of the backbone along."""
    encoder._lacks_weights = False  # noqa: SLF001 - its own hook


def _tagger_state(kept: Path | None) -> dict[str, Tensor] | None:
    """The weights of MusiCNN, or None where they are not to be had."""
    try:
        return musicnn_state(kept)
    except UserError:
        return None
