"""What an encoder of the owner's own may want to do to sound first: a spectrogram, an even level, one length, changes.

Importing this module imports torch.
"""

from functools import lru_cache
from typing import Literal, cast

import torch
from torch import Tensor, nn

from core.audio.augment import AudioAugmentor

QUIETEST = 1e-8
"""Below this level a sound counts as silence, which no gain makes audible."""


def extract_mel_spectrogram(
    audio: Tensor,
    *,
    sample_rate: int = 22050,
    n_fft: int = 2048,
    hop_length: int = 512,
    n_mels: int = 128,
    decibels: bool = True,
) -> Tensor:
    """(..., samples) as (..., n_mels, frames): power, or decibels down to -100."""
    transform = _mel(sample_rate, n_fft, hop_length, n_mels).to(audio.device)
    power = cast("Tensor", transform(audio))
    return 10 * power.clamp(min=1e-10).log10() if decibels else power


def normalize_audio(audio: Tensor, *, by: Literal["peak", "loudness"] = "peak", level: float = 1.0) -> Tensor:
    """Bring each row of (..., samples) to a peak, or a root mean square, of ``level``; silence stays silent."""
    size = audio.abs().amax(dim=-1, keepdim=True) if by == "peak" else audio.square().mean(dim=-1, keepdim=True).sqrt()
    return torch.where(size > QUIETEST, audio * (level / size.clamp(min=QUIETEST)), audio)


def pad_or_truncate(audio: Tensor, samples: int, *, center: bool = True) -> Tensor:
    """(..., any) as (..., samples): the middle (or beginning) of a longer sound, silence after a shorter one."""
    spare = audio.shape[-1] - samples
    start = max(0, spare // 2) if center else 0
    return nn.functional.pad(audio[..., start : start + samples], (0, max(0, -spare)))


def apply_augmentation(audio: Tensor, augmentor: AudioAugmentor | None = None, *, seed: int | None = None) -> Tensor:
    """One altered view of (samples,) or (songs, samples); without an ``augmentor`` by the default one."""
    augmentor = augmentor or AudioAugmentor()
    return augmentor(audio.unsqueeze(0), seed=seed)[0] if audio.dim() == 1 else augmentor(audio, seed=seed)


@lru_cache(maxsize=8)
def _mel(sample_rate: int, window: int, hop: int, bands: int) -> nn.Module:
    from torchaudio.transforms import MelSpectrogram

    mel = MelSpectrogram(sample_rate, n_fft=window, hop_length=hop, n_mels=bands, pad_mode="constant")
    return cast("nn.Module", mel)
