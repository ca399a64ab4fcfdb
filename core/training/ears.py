"""An encoder as it embeds songs: by their sound or, where its fixed backbone has heard them, by what it made of them.

Imported by what trains: importing this module imports torch.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core.analysis.facts import ExcerptChoice
from core.models.protocols import sample_rate_of
from core.training.data.excerpts import Place
from core.training.data.feature_file import FeatureFile
from core.training.data.feature_views import excerpt_features
from core.training.loop.encoder_parts import backbone_version, has_fixed_backbone
from core.training.protocol import TrainingSong

TRIED_SECONDS = 4.0

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Ears:
    """An encoder on its device; with ``remembered``, its head and backbone are called apart."""

    encoder: nn.Module
    device: str
    remembered: FeatureFile | None

    @classmethod
    def of(cls, encoder: nn.Module, *, device: str, excerpt: ExcerptChoice, cache_dir: Path | None) -> "Ears":
        """Ears for the excerpt that a scan hears of a song."""
        if not (has_fixed_backbone(encoder) and _is_its_head(encoder, device)):
            return cls(encoder, device, None)
        excerpt = replace(excerpt, sample_rate=sample_rate_of(encoder))
        return cls(encoder, device, excerpt_features(cache_dir, version=backbone_version(encoder), excerpt=excerpt))

    def has_heard(self, song: TrainingSong) -> bool:
        """Whether the song, as its file is now, need not be decoded."""
        return self.remembered is not None and self.remembered.get(Place.of(song).known_key()) is not None

    def from_memory(self, songs: Sequence[TrainingSong]) -> Vectors:
        """Embeddings (songs, dim) of songs that were heard before."""
        assert self.remembered is not None, "somebody has heard them"  # noqa: S101 - for the type checker
        known = [self.remembered.get(Place.of(song).known_key()) for song in songs]
        return self._embedded(torch.from_numpy(np.concatenate([each for each in known if each is not None])))

    def hear(self, songs: Sequence[TrainingSong], audio: Tensor) -> Vectors:
        """Embeddings (songs, dim) from excerpts of one length (songs, samples); a backbone remembers them."""
        if self.remembered is None:
            return _numbers(self.encoder, audio, device=self.device)
        features = _numbers(self._part("features"), audio, device=self.device)
        for song, made in zip(songs, features, strict=True):
            if np.isfinite(made).all():
                self.remembered.put(Place.of(song).known_key(), made[None])
        return self._embedded(torch.from_numpy(features))

    def _embedded(self, features: Tensor) -> Vectors:
        return _numbers(self._part("head"), features, device=self.device)

    def _part(self, name: str) -> nn.Module:
        return cast("nn.Module", getattr(self.encoder, name))


def _numbers(part: nn.Module, given: Tensor, *, device: str) -> Vectors:
    on_gpu = device.startswith("cuda")
    if on_gpu:
        given = given.pin_memory().to(device, non_blocking=True)
    with torch.inference_mode(), torch.autocast("cuda", enabled=on_gpu):
        return cast("Vectors", part(given).float().cpu().numpy())


def _is_its_head(encoder: nn.Module, device: str) -> bool:
    """Whether the encoder says what its head says of its features: the owner's own may do more."""
    samples = int(TRIED_SECONDS * sample_rate_of(encoder))
    noise = 0.1 * torch.randn(1, samples, generator=torch.Generator().manual_seed(0))
    whole = _numbers(encoder, noise, device=device)
    features = torch.from_numpy(_numbers(cast("nn.Module", encoder.features), noise, device=device))
    apart = _numbers(cast("nn.Module", encoder.head), features, device=device)
    return whole.shape == apart.shape and bool(np.allclose(whole, apart, rtol=1e-3, atol=1e-3 * np.abs(whole).max()))
