"""``AudioAugmentor``: alter a batch of waveforms the way the same song may sound elsewhere, for training on two views.

Imported by what trains: importing this module imports torch.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import ceil, log, prod
from typing import Literal

import torch
from torch import Tensor

from core.audio.phase_vocoder import stretched

Range = tuple[float, float]
Method = Literal["auto", "resample", "vocoder"]

EQUALIZER_POINTS = 8
"""An octave apart, the highest at half of the sample rate: 86 Hz to 11 kHz at 22,050 Hz."""
QUICK_FACTORS = (2, 3, 5, 7, 11, 13)
"""Prime factors that MKL has its own passes for: 108,031 (a prime) takes 7.7 ms, 108,000 takes 1.4."""
LONGEST_QUICK = 2_000_000
RATES = 16
"""Steps of the rates that ``resample`` draws from, a fifth of a semitone apart: rows of one rate are transformed
together, and 1.0 ms of the 1.4 that a row takes alone are its tables."""


@dataclass(frozen=True)
class AudioAugmentor:
    """Alter (songs, samples) of mono sound, each row in its own way; the tempo range is in times as fast.

    >>> augmentor = AudioAugmentor(pitch_shift_range=(-2, 2), time_stretch_range=(0.9, 1.1), noise_level=0.005)
    >>> first, second = augmentor(audio, seed=1), augmentor(audio, seed=2)

    ``vocoder`` shifts by true semitones without a change of tempo, and stretches without a change of pitch.
    ``resample`` plays the sound faster or slower, which does both at once, by a rate that lies within both ranges: a
    twentieth of the time. ``auto`` is the first on a GPU and the second on a CPU. Where the altered sound is shorter
    than what is asked for, it begins again.
    """

    pitch_shift_range: Range = (-2, 2)
    """Semitones."""
    time_stretch_range: Range = (0.9, 1.1)
    """Times as fast as played."""
    noise_level: float = 0.005
    """The largest standard deviation of the white noise, of full scale; 0 adds none."""
    crop_samples: int | None = None
    """Samples of a stretch at a random place; None keeps the length."""
    gain_range: Range | None = (-6.0, 6.0)
    """Decibels; None leaves the level."""
    equalizer_range: float = 6.0
    """The most that a band is raised or lowered, in decibels; 0 leaves the sound even."""
    polarity: bool = True
    """Whether half of the rows are turned upside down."""
    method: Method = "auto"

    def __post_init__(self) -> None:
        for low, high in (self.pitch_shift_range, self.time_stretch_range, self.gain_range or (0.0, 0.0)):
            if low > high:
                error = f"a range begins with its lower end: ({low}, {high})"
                raise ValueError(error)
        if self.time_stretch_range[0] <= 0:
            error = f"a tempo is above 0: {self.time_stretch_range}"
            raise ValueError(error)

    @torch.no_grad()
    def __call__(self, audio: Tensor, *, seed: int | None = None, generator: torch.Generator | None = None) -> Tensor:
        """(songs, samples) in, (songs, ``crop_samples`` or samples) out, float32 on the same device.

        Drawn from ``seed``, or from ``generator`` (one of the CPU), or from torch's own; the same seed does the same.
        """
        if seed is not None:
            generator = torch.Generator().manual_seed(seed)
        length = self.crop_samples or audio.shape[1]
        pieces = self._pieces(audio.float(), length, generator)
        factors = self._factors(len(audio), generator).to(audio.device)
        spectra = _common_spectra(pieces, length)
        # In place: memory that is new costs five times what the multiplication does.
        spectra.mul_(factors @ _bands(length // 2 + 1, str(audio.device)))
        altered = torch.fft.irfft(spectra, n=length)
        return self._with_noise(altered, generator) if self.noise_level else altered

    def _pieces(self, audio: Tensor, length: int, generator: torch.Generator | None) -> Sequence[Tensor]:
        """For each row, the sound that is to be played in the time of ``length`` samples."""
        method = self.method if self.method != "auto" else "vocoder" if audio.is_cuda else "resample"
        exact = method == "vocoder"
        pitches, tempos = self._exact_rates(len(audio), generator) if exact else self._one_rate(len(audio), generator)
        places = torch.rand(len(audio), generator=generator).tolist()
        sizes = [_quick_size(length, pitch) for pitch in pitches]
        if not exact:
            return [_window(row, size, place) for row, size, place in zip(audio, sizes, places, strict=True)]
        # The tempo makes up for what the size was rounded by.
        rates = [tempo * length / size for tempo, size in zip(tempos, sizes, strict=True)]
        needed = [ceil(size * rate) for size, rate in zip(sizes, rates, strict=True)]
        longest = max(needed)
        sources = [_window(*row, room=longest) for row in zip(audio, needed, places, strict=True)]
        played = stretched(torch.stack(sources), rates=torch.tensor(rates, device=audio.device), length=max(sizes))
        return [row[:size] for row, size in zip(played, sizes, strict=True)]

    def _exact_rates(self, rows: int, generator: torch.Generator | None) -> tuple[list[float], list[float]]:
        semitones = _uniform(rows, self.pitch_shift_range, generator)
        return torch.exp2(semitones / 12).tolist(), _uniform(rows, self.time_stretch_range, generator).tolist()

    def _one_rate(self, rows: int, generator: torch.Generator | None) -> tuple[list[float], list[float]]:
        low = max(2 ** (self.pitch_shift_range[0] / 12), self.time_stretch_range[0])
        high = min(2 ** (self.pitch_shift_range[1] / 12), self.time_stretch_range[1])
        if low > high:
            error = f"no rate lies within {self.pitch_shift_range} semitones and a tempo of {self.time_stretch_range}"
            raise ValueError(error)
        steps = torch.randint(RATES, (rows,), generator=generator) / (RATES - 1)
        rates = (low * (high / low) ** steps).tolist()
        return rates, rates

    def _factors(self, rows: int, generator: torch.Generator | None) -> Tensor:
        """(rows, points): what each band is multiplied by; equalizer, gain and polarity in one."""
        half = self.equalizer_range
        decibels = _uniform((rows, EQUALIZER_POINTS), (-half, half), generator)
        if self.gain_range is not None:
            decibels += _uniform(rows, self.gain_range, generator).unsqueeze(1)
        signs = _uniform(rows, (-1.0, 1.0), generator).sign() if self.polarity else torch.ones(rows)
        return torch.pow(10.0, decibels / 20) * signs.unsqueeze(1)

    def _with_noise(self, audio: Tensor, generator: torch.Generator | None) -> Tensor:
        levels = _uniform(len(audio), (0.0, self.noise_level), generator).tolist()
        samples = audio.shape[1]
        places = torch.randint(samples + 1, (len(audio),), generator=generator).tolist()
        # The noise is made where the sound is: on a GPU by a generator of its own, which the first one seeds. There is
        # one row of it, heard from another place by each: a row for each would take 14 ms instead of 2 for 32 rows.
        seed = int(torch.randint(2**62, (1,), generator=generator))
        own = torch.Generator(audio.device).manual_seed(seed)
        noise = torch.randn(2 * samples, generator=own, device=audio.device)
        for row, place, level in zip(audio, places, levels, strict=True):
            row.add_(noise[place : place + samples], alpha=level)
        return audio


def _uniform(shape: int | tuple[int, int], ends: Range, generator: torch.Generator | None) -> Tensor:
    low, high = ends
    return low + (high - low) * torch.rand(shape, generator=generator)


def _window(row: Tensor, size: int, place: float, *, room: int | None = None) -> Tensor:
    """``size`` samples of (samples,) at ``place`` (0 to 1), and what follows up to ``room``; too short begins again."""
    start = int(place * (max(0, len(row) - size) + 1)) if size < len(row) else 0
    end = start + (room or size)
    return row.repeat(ceil(end / len(row)))[start:end] if end > len(row) else row[start:end]


def _common_spectra(pieces: Sequence[Tensor], length: int) -> Tensor:
    """(rows, length // 2 + 1) spectra of sounds that each last ``length`` samples: resampling with no aliasing."""
    spectra = torch.zeros(len(pieces), length // 2 + 1, dtype=torch.complex64, device=pieces[0].device)
    rows_of = defaultdict(list)
    for row, piece in enumerate(pieces):
        rows_of[len(piece)].append(row)
    for rows in rows_of.values():
        heard = torch.fft.rfft(torch.stack([pieces[row] for row in rows]), norm="forward")[:, : spectra.shape[1]]
        for row, spectrum in zip(rows, heard, strict=True):
            torch.mul(spectrum, length, out=spectra[row, : len(spectrum)])
    return spectra


@lru_cache(maxsize=4)
def _bands(bins: int, device: str) -> Tensor:
    """(points, bins): how much each point of the equalizer counts at each frequency; a straight line over octaves."""
    octaves = torch.log2(torch.arange(bins).clamp(min=1) / max(1, bins - 1)) + EQUALIZER_POINTS - 1
    points = torch.arange(EQUALIZER_POINTS).unsqueeze(1)
    return (1 - (octaves.clamp(min=0) - points).abs()).clamp(min=0).to(device)


def _quick_size(length: int, rate: float) -> int:
    """The size nearest to ``length * rate`` that is transformed quickly: 0.1 % off at most for 5 s of music."""
    wanted = length * rate
    quick = _quick_sizes()
    if rate == 1 or wanted >= quick[-1]:
        return round(wanted)
    place = bisect_left(quick, wanted)
    return min(quick[max(0, place - 1) : place + 1], key=lambda size: abs(size - wanted))


@lru_cache(maxsize=1)
def _quick_sizes() -> list[int]:
    """All numbers up to the longest that have quick factors alone."""
    powers = [[factor**power for power in range(int(log(LONGEST_QUICK, factor)) + 1)] for factor in QUICK_FACTORS]
    sizes = [1]
    for choices in powers:
        sizes = [size for parts in product(sizes, choices) if (size := prod(parts)) <= LONGEST_QUICK]
    return sorted(sizes)
