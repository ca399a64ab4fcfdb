"""How alike two fingerprints are where they fit best: the bits that differ, overall, from place to place, by chance."""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Items = NDArray[np.uint32]

FARTHEST = 120
"""Items, 14.9 s: by so much the beginning of a copy may have been cut or delayed."""
LEAST_OVERLAP = 16
"""Items; with less than two seconds in common nothing can be said."""
WINDOW = 64
"""Items, 7.9 s: long enough that one loud click does not count, short enough for a verse that is another."""
NOISE_WINDOW = 24
"""Items, 3 s: as long as a pause between two sentences is felt."""
_BITS = 32
_SAMPLE = 512
"""Items that are looked at to find the best offset."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two fingerprints laid over each other so that the fewest bits differ; all lengths in items of 0.1238 s."""

    offset: int
    """By which the first begins earlier: its item ``offset`` lies on item 0 of the second."""
    overlap: int
    lengths: tuple[int, int]
    error: float
    """Share of the bits of the overlap that differ: 0 for the same, about 0.5 for unrelated music."""
    noise: float
    """What of the error a shift by less than an item does not explain; see ``unexplained``."""
    local_noise: float
    """The same in short windows: nine of ten have less."""
    worst: float
    """The error in the worst window of the overlap."""
    chance: float
    """The error at the other offsets, in the median: low for silence, drones and tones, which fit everywhere."""
    diversity: int
    """Distinct items in the overlap, of the fingerprint that has fewer."""

    @property
    def coverage(self) -> float:
        """Share of the shorter fingerprint that lies in the overlap."""
        return self.overlap / min(self.lengths)

    @property
    def edges(self) -> tuple[int, int]:
        """By how many items the first sticks out at the beginning and at the end; negative where the second does."""
        first, second = self.lengths
        return self.offset, first - self.offset - second

    @property
    def contrast(self) -> float:
        """How much better they fit here than elsewhere: 1 for a perfect copy of varied music, 0 for a drone."""
        return 1 - self.error / self.chance if self.chance > 0 else 0.0


def align(first: Items, second: Items, *, farthest: int = FARTHEST) -> Alignment | None:
    """Lay two fingerprints over each other at each offset up to ``farthest`` and keep the best.

    None when nowhere enough of them overlaps: half of the shorter, and ``LEAST_OVERLAP`` items.
    """
    errors = _errors(first, second, farthest)
    if not errors:
        return None
    best = min(errors, key=lambda offset: (errors[offset], abs(offset)))
    one, other = overlapping(first, second, best)
    noise, local_noise = unexplained(first, second, best)
    elsewhere = [error for offset, error in errors.items() if abs(offset - best) > 2]
    return Alignment(
        offset=best,
        overlap=len(one),
        lengths=(len(first), len(second)),
        error=_error(one, other),
        noise=noise,
        local_noise=local_noise,
        worst=float(local_errors(one, other).max()),
        chance=float(np.median(elsewhere)) if elsewhere else 0.0,
        diversity=min(len(np.unique(one)), len(np.unique(other))),
    )


def unexplained(first: Items, second: Items, offset: int) -> tuple[float, float]:
    """The error beyond what a shift by less than an item makes of one sound: its mean, and nine of ten short windows.

    A copy that begins half an item (0.06 s) later differs in up to 7 % of its bits, as much as a reading over quiet
    music differs from the plain one. But in a shifted copy the errors of the two offsets between which the truth lies
    add up to the error of the sound against itself one item later. What is beyond that is the same at every shift. The
    noise of encoders and of clipping is spread over the song, music under a voice comes out in its pauses.
    """
    one, other = overlapping(first, second, offset)
    if len(one) < LEAST_OVERLAP:
        return 0.0, 0.0
    still = one[1:-1]
    here, *beside = (_differing(still, moved) for moved in (other[1:-1], other[:-2], other[2:]))
    nearer = min(beside, key=lambda differing: int(differing.sum()))
    to_itself = (_differing(still, one[2:]) + _differing(other[1:-1], other[2:])) / 2
    beyond = (here + nearer - to_itself) / 2
    return max(float(beyond.mean()), 0.0), float(np.quantile(_means(beyond, NOISE_WINDOW), 0.9))


def overlapping(first: Items, second: Items, offset: int) -> tuple[Items, Items]:
    """The parts of both that lie on each other when item ``offset`` of the first lies on item 0 of the second."""
    one, other = first[max(offset, 0) :], second[max(-offset, 0) :]
    length = min(len(one), len(other))
    return one[:length], other[:length]


def local_errors(one: Items, other: Items, *, window: int = WINDOW) -> NDArray[np.float64]:
    """The share of bits that differ in each window of two overlapping parts; one value for parts that are shorter."""
    return _means(_differing(one, other), window)


def _differing(one: Items, other: Items) -> NDArray[np.float64]:
    """The share of bits that differ, item by item."""
    shares: NDArray[np.float64] = np.bitwise_count(one ^ other) / np.float64(_BITS)
    return shares


def _means(values: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    width = min(window, len(values))
    totals = np.concatenate(([0.0], np.cumsum(values)))
    means: NDArray[np.float64] = (totals[width:] - totals[:-width]) / width
    return means


def _errors(first: Items, second: Items, farthest: int) -> dict[int, float]:
    """The error at each offset at which enough overlaps.

    Measured where all offsets overlap, if that is long enough, at no more than ``_SAMPLE`` items: 0.2 ms a pair instead
    of the 2 ms that each whole overlap by itself takes.
    """
    length = min(len(first), len(second)) - 2 * farthest
    if length >= _SAMPLE // 4:
        step = -(-length // _SAMPLE)
        still = second[farthest : farthest + length : step]
        moving = sliding_window_view(first[: length + 2 * farthest], length)[:, ::step]
        differing = np.bitwise_count(moving ^ still).sum(axis=1, dtype=np.int64) / (_BITS * len(still))
        return dict(zip(range(-farthest, farthest + 1), differing.tolist(), strict=True))
    least = max(min(len(first), len(second)) // 2, LEAST_OVERLAP)
    laid = ((offset, overlapping(first, second, offset)) for offset in range(-farthest, farthest + 1))
    return {offset: _error(*parts) for offset, parts in laid if len(parts[0]) >= least}


def _error(one: Items, other: Items) -> float:
    return int(np.bitwise_count(one ^ other).sum()) / (_BITS * len(one))
