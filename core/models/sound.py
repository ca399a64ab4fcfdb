"""What all our encoders do to a waveform first: even out its loudness, and tell real frames from padding."""

import torch
from torch import Tensor, nn

LOUDNESS = 0.1
"""The root mean square that an excerpt is brought to (-20 dBFS)."""

LARGEST_GAIN = 1000.0
"""A file quieter than -80 dBFS is silence: it is not blown up into noise."""

SILENT_POWER = 1e-7
"""Mean square below which a frame of an evened-out excerpt counts as silent: 50 dB below its loudness."""


def even_loudness(audio: Tensor) -> Tensor:
    """Bring every excerpt of (batch, samples) to the same loudness; zeros (padding) do not count."""
    # A sum of truths takes a quarter of the time of a sum of comparisons.
    sounding = audio.bool().sum(dim=-1, keepdim=True).clamp(min=1)
    level = (audio.square().sum(dim=-1, keepdim=True) / sounding).sqrt()
    return audio * (LOUDNESS / level.clamp(min=LOUDNESS / LARGEST_GAIN))


def at_least(audio: Tensor, samples: int) -> Tensor:
    """Pad (batch, samples) with zeros at the end, so that one analysis window fits."""
    return nn.functional.pad(audio, (0, max(0, samples - audio.shape[-1])))


def sounding_frames(frame_power: Tensor) -> Tensor:
    """Weights, 1 or 0, of the frames of (batch, frames) that hold sound; all 1 when none does.

    Padding after a short file must not count as music; a wholly silent file still needs finite statistics.
    """
    sounding = frame_power > SILENT_POWER
    return (sounding | ~sounding.any(dim=-1, keepdim=True)).to(frame_power.dtype)


def mean_over_time(values: Tensor, weights: Tensor) -> Tensor:
    """The mean of (batch, frames, features) over the frames that count: (batch, features)."""
    total = torch.einsum("bt,btf->bf", weights, values)
    return total / weights.sum(dim=-1, keepdim=True).clamp(min=1)


def deviation_over_time(values: Tensor, weights: Tensor) -> Tensor:
    """The standard deviation of (batch, frames, features) over the frames that count: (batch, features)."""
    centered = values - mean_over_time(values, weights).unsqueeze(1)
    # The small constant keeps the gradient of the square root finite for a constant input.
    return (mean_over_time(centered.square(), weights) + 1e-8).sqrt()
