"""How a recording sounds: brightness, texture, and how tonal or noisy each part of the spectrum is."""

import itertools

import torch
from torch import Tensor

from core.models.frames import POWER_FLOOR, WINDOW, Frames
from core.models.protocols import SAMPLE_RATE
from core.models.sound import deviation_over_time, mean_over_time

CONTRAST_EDGES = (100, 200, 400, 800, 1600, 3200, 6400, 11025)
"""Hz; octaves, as in Jiang et al., "Music type classification by spectral contrast feature", 2002."""
CONTRAST_STEP = 4
"""Ranking bins is slow and octaves change slowly: five frames a second tell the same."""
TEXTURE_EDGES = (1, 5, 9, 13, 18, 25, 34, 46, 62, 83, 111, 149, 201, 271, 365, 492, 663, 1025)
"""Bins of the edges of 17 bands of growing width, four bins (43 Hz) at least."""


def mel_statistics(frames: Frames) -> Tensor:
    """Mean and deviation of the log-mel bands: the color of the sound, and how much it varies."""
    return _mean_and_deviation(frames.mel, frames.weights)


def cepstral_statistics(frames: Frames, cosines: Tensor) -> Tensor:
    """Mean and deviation of the MFCC, and the deviation of their change from frame to frame."""
    coefficients = frames.mel @ cosines
    change = deviation_over_time(coefficients.diff(dim=1), frames.weights[:, 1:])
    return torch.cat([_mean_and_deviation(coefficients, frames.weights), change], dim=-1)


def contrast(frames: Frames) -> Tensor:
    """Mean and deviation of the distance in each octave from its quietest to its loudest bins, in log power."""
    octaves = []
    for low, high in itertools.pairwise(CONTRAST_EDGES):
        band = frames.fine[:, ::CONTRAST_STEP, _bin(low) : _bin(high) + 1]
        count = max(1, round(0.1 * band.shape[-1]))
        loudest = band.topk(count, dim=-1).values.mean(dim=-1)
        quietest = band.topk(count, dim=-1, largest=False).values.mean(dim=-1)
        octaves.append(((loudest + POWER_FLOOR) / (quietest + POWER_FLOOR)).log())
    return _mean_and_deviation(torch.stack(octaves, dim=-1), frames.fine_weights[:, ::CONTRAST_STEP])


def texture(frames: Frames) -> Tensor:
    """Flatness of every band (mean and deviation), and its mean roughness along time and along frequency.

    A held note is smooth along time and rough along frequency, a drum the other way round, noise rough in both.
    """
    weights = frames.fine_weights
    log_power = (frames.fine + POWER_FLOOR).log()
    flatness = _band_means(log_power) - (_band_means(frames.fine) + POWER_FLOOR).log()
    along_time = mean_over_time(log_power.diff(dim=1).abs(), weights[:, 1:])
    along_frequency = mean_over_time(log_power.diff(dim=2, prepend=log_power[..., :1]).abs(), weights)
    parts = [_mean_and_deviation(flatness, weights), _band_means(along_time), _band_means(along_frequency)]
    return torch.cat(parts, dim=-1)


def _bin(frequency: float) -> int:
    return int(frequency / SAMPLE_RATE * WINDOW)


def _band_means(bins: Tensor) -> Tensor:
    pairs = itertools.pairwise(TEXTURE_EDGES)
    return torch.stack([bins[..., low:high].mean(dim=-1) for low, high in pairs], dim=-1)


def _mean_and_deviation(values: Tensor, weights: Tensor) -> Tensor:
    return torch.cat([mean_over_time(values, weights), deviation_over_time(values, weights)], dim=-1)
