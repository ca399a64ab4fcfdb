"""How a recording moves: onsets, tempo, pulse, and the modulation of its spectrum in time and pitch."""

import itertools
from typing import cast

import torch
from torch import Tensor

from core.models.frames import HOP, POWER_FLOOR, Frames
from core.models.protocols import SAMPLE_RATE
from core.models.sound import deviation_over_time, mean_over_time

FRAMES_PER_SECOND = SAMPLE_RATE / HOP
SLOWEST = 30.0
FASTEST = 480.0
"""Beats a minute between which periods are looked for, in steps of an eighth of an octave."""
TEMPI = 33
REGISTERS = (6, 12, 15, 15)
"""How many mel bands, from the lowest, make up each register in which onsets are counted: drums, bass, middle, top."""
PULSE_LAGS = slice(8, 192)
"""Frames: 0.19 s to 4.5 s, from a fast beat to a bar."""
ONSET_HEIGHTS = (1.0, 1.5, 2.5)
"""How far above the mean flux a peak has to rise, to count as a weak, a plain or a strong onset."""

MODULATION_FRAMES = 64
"""1.5 s: a bar or two."""
MODULATION_BANDS = 32
"""Semitones: two and a half octaves."""
RATE_EDGES = (0, 1, 2, 3, 4, 6, 9, 14, 21, 32)
"""Edges along time in steps of 0.67 Hz: from chords through beats and vibrato to rough attacks."""
DENSITY_EDGES = (0, 1, 2, 3, 5, 8, 16)
"""Edges along pitch, in waves over the 32 semitones: from broad color to single overtones."""


def beats(frames: Frames) -> Tensor:
    """Onset strength in the whole and in four registers, the rate of onsets, the tempogram and the clearest pulse."""
    weights = frames.weights[:, 1:]
    flux = _flux(frames.mel)
    correlation = _autocorrelation(flux, weights)
    parts = [
        mean_over_time(flux, weights),
        deviation_over_time(flux, weights),
        _onset_rates(flux[..., 0], weights),
        _at_tempi(correlation[..., 0]),
        correlation[:, PULSE_LAGS].amax(dim=1),
        correlation[:, PULSE_LAGS].argmax(dim=1).add(PULSE_LAGS.start).log(),
    ]
    return torch.cat(parts, dim=-1)


def modulation(frames: Frames) -> Tensor:
    """The 2-D spectrum of patches of the semitone spectrogram, in log power: melody, vibrato, chords, attacks.

    Pooled over three registers, as in Chi, Ru and Shamma's model of the auditory cortex (2005).
    """
    semitones = (frames.semitones + POWER_FLOOR).log()
    patches = semitones.unfold(1, MODULATION_FRAMES, MODULATION_FRAMES // 2).transpose(2, 3)
    shares = frames.weights.unfold(1, MODULATION_FRAMES, MODULATION_FRAMES // 2).mean(dim=-1)
    shares = shares / shares.sum(dim=-1, keepdim=True).clamp(min=1e-6)
    window = _outer_window(patches)
    room = patches.shape[-1] - MODULATION_BANDS
    registers = []
    for lowest in (0, room // 2, room):
        spectrum = torch.fft.fft2(patches[..., lowest : lowest + MODULATION_BANDS] * window)
        power = spectrum.real.square() + spectrum.imag.square()
        registers.append(_pooled(torch.einsum("bn,bntf->btf", shares, power)))
    return (torch.cat(registers, dim=-1) + 0.1).log()


def _flux(mel: Tensor) -> Tensor:
    """Rising log power (batch, frames - 1, 5): in all bands, and in each register."""
    rising = mel.diff(dim=1).relu()
    registers = [bands.mean(dim=-1) for bands in torch.split(rising, list(REGISTERS), dim=-1)]
    return torch.stack([rising.mean(dim=-1), *registers], dim=-1)


def _autocorrelation(flux: Tensor, weights: Tensor) -> Tensor:
    """Of (batch, frames, channels) along time, 1 at lag 0; by Fourier transform, padded so it does not wrap."""
    centered = (flux - mean_over_time(flux, weights).unsqueeze(1)) * weights.unsqueeze(-1)
    spectrum = torch.fft.rfft(centered, n=2 * flux.shape[1], dim=1)
    correlation = torch.fft.irfft(spectrum.real.square() + spectrum.imag.square(), dim=1)
    return cast("Tensor", correlation / (correlation[:, :1] + 1e-6))


def _at_tempi(correlation: Tensor) -> Tensor:
    """Read (batch, lags) at the periods of the tempi, between two lags where need be: (batch, TEMPI)."""
    steps = torch.linspace(0, 1, TEMPI, device=correlation.device)
    lags = 60 * FRAMES_PER_SECOND / (SLOWEST * (FASTEST / SLOWEST) ** steps)
    below = lags.long()
    share = lags - below
    return correlation[:, below] * (1 - share) + correlation[:, below + 1] * share


def _onset_rates(flux: Tensor, weights: Tensor) -> Tensor:
    """Shares of the frames that are peaks of the flux (batch, frames), by the peak's height."""
    middle = flux[:, 1:-1]
    peak = (middle > flux[:, :-2]) & (middle > flux[:, 2:])
    mean = mean_over_time(flux.unsqueeze(-1), weights)
    high = torch.stack([peak & (middle > height * mean) for height in ONSET_HEIGHTS], dim=-1)
    return mean_over_time(high.to(flux.dtype), weights[:, 1:-1])


def _outer_window(patches: Tensor) -> Tensor:
    along_time = torch.hann_window(MODULATION_FRAMES, device=patches.device)
    return along_time.unsqueeze(1) * torch.hann_window(MODULATION_BANDS, device=patches.device)


def _pooled(power: Tensor) -> Tensor:
    """Means of (batch, rates, densities) between the edges; rising and falling sweeps count alike."""
    half = power[:, : MODULATION_FRAMES // 2]
    mirrored = half.flip(-1).roll(1, -1)
    both = 0.5 * (half + mirrored)
    cells = []
    for slow, fast in itertools.pairwise(RATE_EDGES):
        for coarse, fine in itertools.pairwise(DENSITY_EDGES):
            cells.append(both[:, slow:fast, coarse:fine].mean(dim=(1, 2)))
    return torch.stack(cells, dim=-1)
