"""Parts of an excerpt taken away: some of its seconds, or a band of its frequencies.

Each can be done in several ways, which share little: what is said of a part holds only where all of them agree.
Silence alone would not do, for to fall silent is a statement of its own.
"""

from itertools import pairwise
from typing import NamedTuple

import torch
from torch import Tensor

SECONDS = 2.5
"""Of one window, about."""
BANDS = 8
TURNED_DOWN = 0.1
"""Of the amplitude, -20 dB: what is left of a band that is turned down."""
TAKEN_OUT = 0.001
"""-60 dB."""
JOIN = 0.02
"""Seconds over which cut ends are faded into each other."""
EDGE = 0.15
"""Of a band's width, over which it is faded in and out."""
WINDOW = 2048
ACROSS = 2
"""Frames of the spectrum that reach over an end of some seconds."""
MEL_BREAK, MEL_SLOPE = 700.0, 2595.0


class Span(NamedTuple):
    """From ``low`` to ``high``, in seconds of an excerpt or in Hz."""

    low: float
    high: float


def windows(seconds: float) -> list[Span]:
    """Windows of equal length that cover an excerpt of so many seconds."""
    edges = torch.linspace(0, seconds, max(2, round(seconds / SECONDS)) + 1, dtype=torch.float64).tolist()
    return [Span(*each) for each in pairwise(edges)]


def bands(highest: float) -> list[Span]:
    """Bands of equal width in mel that cover 0 to ``highest`` Hz."""
    top = MEL_SLOPE * torch.log10(torch.tensor(1 + highest / MEL_BREAK, dtype=torch.float64))
    mels = torch.linspace(0, float(top), BANDS + 1, dtype=torch.float64)
    edges = (MEL_BREAK * (10 ** (mels / MEL_SLOPE) - 1)).round().tolist()
    return [Span(*each) for each in pairwise(edges)]


def cut(samples: Tensor, seconds: Span, *, rate: int) -> Tensor:
    """Samples (n,) without some of their seconds; the ends are faded into each other."""
    start, stop = (round(each * rate) for each in seconds)
    before, after = samples[:start], samples[stop:]
    join = min(round(JOIN * rate), len(before), len(after))
    if not join:
        return torch.cat([before, after])
    rise = torch.linspace(0, 1, join)
    middle = before[-join:] * (1 - rise) + after[:join] * rise
    return torch.cat([before[:-join], middle, after[join:]])


def evened(samples: Tensor, seconds: Span, *, rate: int) -> Tensor:
    """Samples (n,) in which some seconds have the mean spectrum of all the others, and their own phases."""
    spectrum, window = _spectrum(samples)
    power = spectrum.abs().square()
    start, stop = (min(round(each * rate / (WINDOW // 4)), power.shape[1]) for each in seconds)
    # Frames at the ends hold sound of both sides.
    rest = torch.cat([power[:, : max(0, start - ACROSS)], power[:, stop + ACROSS :]], dim=1)
    if not rest.shape[1] or start == stop:
        return samples
    mean = rest.mean(dim=1, keepdim=True).sqrt()
    here = spectrum[:, start:stop]
    spectrum[:, start:stop] = torch.polar(mean.expand_as(here).contiguous(), here.angle())
    found: Tensor = torch.istft(spectrum, WINDOW, window=window, length=len(samples))
    return found


def silenced(samples: Tensor, seconds: Span, *, rate: int) -> Tensor:
    """Samples (n,) in which some seconds are silent; they fade out and in."""
    start, stop = (min(round(each * rate), len(samples)) for each in seconds)
    fade = min(round(JOIN * rate), (stop - start) // 2)
    level = torch.ones(len(samples))
    level[start:stop] = 0
    level[start : start + fade] = torch.linspace(1, 0, fade)
    level[stop - fade : stop] = torch.linspace(0, 1, fade)
    return samples * level


def turned_down(samples: Tensor, band: Span, *, rate: int, left: float = TURNED_DOWN) -> Tensor:
    """Samples (n,) with a band of frequencies at ``left`` of its amplitude."""
    spectrum = torch.fft.rfft(samples)
    hertz = torch.linspace(0, rate / 2, len(spectrum))
    edge = max(EDGE * (band.high - band.low), 1.0)
    rise = ((hertz - band.low) / edge + 0.5).clamp(0, 1) if band.low > 0 else torch.ones_like(hertz)
    fall = ((band.high - hertz) / edge + 0.5).clamp(0, 1) if band.high < rate / 2 else torch.ones_like(hertz)
    found: Tensor = torch.fft.irfft(spectrum * (1 - (1 - left) * rise * fall), n=len(samples))
    return found


def taken_out(samples: Tensor, band: Span, *, rate: int) -> Tensor:
    """Samples (n,) with next to nothing left of a band of frequencies."""
    return turned_down(samples, band, rate=rate, left=TAKEN_OUT)


def _spectrum(samples: Tensor) -> tuple[Tensor, Tensor]:
    window = torch.hann_window(WINDOW)
    padded = torch.nn.functional.pad(samples, (0, max(0, WINDOW - len(samples))))
    found: Tensor = torch.stft(padded, WINDOW, window=window, return_complex=True)
    return found, window
