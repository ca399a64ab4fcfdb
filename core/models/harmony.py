"""What notes do: chords and intervals whatever the key, and how clear and how high the pitch is."""

import itertools

import torch
from torch import Tensor, nn

from core.models.frames import AT_ONCE, Frames
from core.models.sound import deviation_over_time, mean_over_time

OCTAVES_OF_CHROMA = 5
"""Above that, 80 Hz times 32, the semitones hold overtones rather than notes."""
INTERVALS = 7
"""From the unison to the tritone; the larger ones are these again, turned round."""
SHORTEST_LAG = 20
LONGEST_LAG = 290
"""Samples of the period of a pitch, at 22,050 Hz: 1,100 Hz down to 76 Hz."""
LAG_EDGES = (20, 35, 60, 100, 170, 290)
LAGS_BETWEEN = 9
STEADY = 0.03
"""A pitch that moves by less than a quarter of a tone between frames counts as held."""


def chords(frames: Frames) -> Tensor:
    """Statistics of the pitch classes that do not depend on the key.

    The mean chroma, sorted; the deviation of what changes; entropy; how often notes at each interval sound together.
    """
    weights = frames.weights
    chroma = _chroma(frames.semitones)
    together = torch.stack([(chroma * chroma.roll(step, -1)).sum(dim=-1) for step in range(INTERVALS)], dim=-1)
    entropy = -(chroma * (chroma + 1e-6).log()).sum(dim=-1, keepdim=True)
    change = chroma.diff(dim=1).abs().sum(dim=-1, keepdim=True)
    by_frame = torch.cat([together, entropy, nn.functional.pad(change, (0, 0, 1, 0))], dim=-1)
    profile = mean_over_time(chroma, weights).sort(dim=-1, descending=True).values
    return torch.cat([profile, mean_over_time(by_frame, weights), deviation_over_time(by_frame, weights)], dim=-1)


def pitch(frames: Frames) -> Tensor:
    """Statistics of the autocorrelation of each frame: how strong a pitch is, how high, and whether it is held.

    The power is compressed to its fourth root first, as in Tolonen and Karjalainen's pitch analysis (2000).
    """
    weights = frames.fine_weights
    parts = torch.split(frames.fine, AT_ONCE, dim=1)
    correlation = torch.cat([torch.fft.irfft(part.sqrt().sqrt())[..., :LONGEST_LAG] for part in parts], dim=1)
    correlation = correlation / (correlation[..., :1] + 1e-6)
    strength, place = correlation[..., SHORTEST_LAG:].max(dim=-1)
    period = (place + SHORTEST_LAG).to(strength.dtype)
    edges = itertools.pairwise(LAG_EDGES)
    registers = torch.stack([((period >= low) & (period < high)) * strength for low, high in edges], dim=-1)
    held = (period.log().diff(dim=1).abs() < STEADY).to(strength.dtype).unsqueeze(-1)
    by_frame = torch.stack([strength, period.log()], dim=-1)
    by_frame = torch.cat([by_frame, correlation[..., SHORTEST_LAG::LAGS_BETWEEN]], dim=-1)
    statistics = [
        mean_over_time(by_frame, weights),
        deviation_over_time(by_frame, weights),
        mean_over_time(registers, weights),
        mean_over_time(held, weights[:, 1:]),
    ]
    return torch.cat(statistics, dim=-1)


def _chroma(semitones: Tensor) -> Tensor:
    """Shares (batch, frames, 12) of the pitch classes in the power of each frame."""
    octaves = semitones[..., : 12 * OCTAVES_OF_CHROMA].reshape(*semitones.shape[:-1], OCTAVES_OF_CHROMA, 12)
    classes = octaves.sum(dim=-2)
    return classes / (classes.sum(dim=-1, keepdim=True) + 1e-6)
