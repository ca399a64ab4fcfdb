"""The drum kit: each stroke as samples, from sines that fall and noise that is filtered."""

from collections.abc import Callable

import numpy as np
from scipy.signal import butter, sosfilt

from core.demo.voices import SAMPLE_RATE, Samples

DrumSound = Callable[[Samples], Samples]
"""White noise of at least two seconds in, the stroke out."""


def _time(seconds: float) -> Samples:
    return np.arange(int(seconds * SAMPLE_RATE), dtype=np.float32) / np.float32(SAMPLE_RATE)


def _falling_sine(*, start: float, end: float, fall: float, decay: float, seconds: float) -> Samples:
    """A sine whose pitch falls from ``start`` to ``end`` Hz with the time constant ``fall``."""
    time = _time(seconds)
    phase = 2.0 * np.pi * (end * time + (start - end) * fall * (1.0 - np.exp(-time / fall)))
    return np.asarray(np.sin(phase) * np.exp(-time / decay), dtype=np.float32)


def _burst(noise: Samples, *, band: tuple[float, float], decay: float, attack: float = 0.001) -> Samples:
    """Noise between two frequencies that dies away."""
    time = _time(min(1.9, 7.0 * decay))
    sections = butter(2, band, btype="bandpass", fs=SAMPLE_RATE, output="sos")
    shaped = sosfilt(sections, noise[: len(time)]) * np.exp(-time / decay) * np.minimum(time / attack, 1.0)
    return np.asarray(shaped / np.abs(shaped).max(), dtype=np.float32)


def _mixed(first: Samples, second: Samples) -> Samples:
    mixed = np.zeros(max(len(first), len(second)), dtype=np.float32)
    mixed[: len(first)] += first
    mixed[: len(second)] += second
    return mixed


def _kick(_: Samples) -> Samples:
    return _falling_sine(start=190.0, end=48.0, fall=0.035, decay=0.16, seconds=0.6)


def _soft_kick(_: Samples) -> Samples:
    return np.float32(0.6) * _falling_sine(start=90.0, end=55.0, fall=0.03, decay=0.12, seconds=0.4)


def _snare(noise: Samples) -> Samples:
    drum = _falling_sine(start=240.0, end=180.0, fall=0.02, decay=0.07, seconds=0.3)
    return np.float32(0.8) * _mixed(
        np.float32(0.6) * drum, np.float32(0.7) * _burst(noise, band=(1200, 9000), decay=0.1)
    )


def _hand(noise: Samples) -> Samples:
    drum = _falling_sine(start=260.0, end=150.0, fall=0.03, decay=0.1, seconds=0.4)
    return np.float32(0.7) * _mixed(drum, np.float32(0.15) * _burst(noise, band=(800, 3000), decay=0.02))


def _noise_drum(*, band: tuple[float, float], decay: float, gain: float, attack: float = 0.001) -> DrumSound:
    return lambda noise: np.float32(gain) * _burst(noise, band=band, decay=decay, attack=attack)


DRUMS: dict[str, DrumSound] = {
    "kick": _kick,
    "soft_kick": _soft_kick,
    "snare": _snare,
    "hand": _hand,
    "clap": _noise_drum(band=(900, 4000), decay=0.11, gain=0.6),
    "noise": _noise_drum(band=(2000, 15000), decay=0.08, gain=0.5),
    "hat": _noise_drum(band=(7000, 15000), decay=0.04, gain=0.3),
    "tick": _noise_drum(band=(9000, 15000), decay=0.012, gain=0.25),
    "shaker": _noise_drum(band=(4500, 12000), decay=0.045, gain=0.18, attack=0.03),
    "rim": _noise_drum(band=(1500, 3500), decay=0.012, gain=0.4),
    "brush": _noise_drum(band=(1500, 8000), decay=0.12, gain=0.3, attack=0.03),
    "ride": _noise_drum(band=(5000, 13000), decay=0.25, gain=0.2),
    "crash": _noise_drum(band=(3000, 14000), decay=0.6, gain=0.4),
}
