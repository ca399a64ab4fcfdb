"""Bring samples to another rate, as torchaudio does but nine times as fast: only the taps that count are multiplied.

Runs in worker processes: importing this module imports torch.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor, gcd

import numpy as np
import torch
from numpy.typing import NDArray

Samples = NDArray[np.float32]

ZERO_CROSSINGS = 6
ROLLOFF = 0.99
"""Width and cutoff of the windowed sinc: torchaudio's own, so that nothing that was measured with it changes."""
PHASES_AT_ONCE = 32
"""Outputs that share one matrix; the time for 30 s is the same from 16 to 64."""


@dataclass(frozen=True, slots=True)
class _Kernel:
    """For each run of phases, where its taps begin and their matrix (taps, phases)."""

    up: int
    down: int
    reach: int
    blocks: tuple[tuple[int, torch.Tensor], ...]


def resample(samples: Samples, *, from_rate: int, to_rate: int) -> Samples:
    """Mono samples (n,) at ``from_rate`` Hz as (ceil(n * to_rate / from_rate),) at ``to_rate`` Hz.

    A polyphase filter with a Hann-windowed sinc. For 22,050 to 16,000 Hz the difference from
    ``torchaudio.functional.resample`` is below 1e-5; 30 s take 1.0 ms against 9.3 ms.
    """
    if from_rate == to_rate:
        return samples
    kernel = _kernel(from_rate, to_rate)
    rows = ceil(len(samples) / kernel.down)
    padded = torch.zeros((rows + 1) * kernel.down + 2 * kernel.reach)
    padded[kernel.reach : kernel.reach + len(samples)] = torch.from_numpy(samples)
    # Not numpy: its BLAS has threads of its own, which a worker would have to stop from fighting over the one core.
    stretches = (
        padded.as_strided((rows, len(taps)), (kernel.down, 1), kernel.reach + first) @ taps
        for first, taps in kernel.blocks
    )
    resampled: Samples = torch.cat(tuple(stretches), dim=1).numpy().reshape(-1)
    return resampled[: ceil(len(samples) * kernel.up / kernel.down)]


@lru_cache(maxsize=8)
def _kernel(from_rate: int, to_rate: int) -> _Kernel:
    up, down = to_rate // gcd(from_rate, to_rate), from_rate // gcd(from_rate, to_rate)
    cutoff = min(1.0, up / down) * ROLLOFF
    reach = ceil(ZERO_CROSSINGS / cutoff)
    blocks = []
    for begin in range(0, up, PHASES_AT_ONCE):
        times = np.arange(begin, min(begin + PHASES_AT_ONCE, up)) * down / up
        first, last = floor(times[0]) - reach, ceil(times[-1]) + reach
        angles = np.clip((np.arange(first, last + 1)[:, None] - times) * cutoff, -ZERO_CROSSINGS, ZERO_CROSSINGS)
        taps = np.sinc(angles) * np.cos(angles * np.pi / ZERO_CROSSINGS / 2) ** 2 * cutoff
        blocks.append((first, torch.from_numpy(taps.astype(np.float32))))
    return _Kernel(up, down, reach, tuple(blocks))
