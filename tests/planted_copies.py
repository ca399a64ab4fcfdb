"""Songs and fingerprints made in code, and copies of them that differ as real copies do."""

import numpy as np
from numpy.typing import NDArray

Items = NDArray[np.uint32]
Samples = NDArray[np.float32]


def melody(*, seed: int, seconds: float = 40.0, sample_rate: int = 22050, tempo: float = 0.23) -> Samples:
    """Mono music (n,) that no other seed makes: a walking chord of four voices with overtones and a soft attack."""
    generator = np.random.default_rng(seed)
    times = np.arange(round(tempo * sample_rate)) / sample_rate
    envelope = np.minimum(times / 0.02, 1.0) * np.exp(-2.0 * times)
    notes = []
    for _ in range(round(seconds / tempo) + 1):
        frequencies = 110.0 * 2.0 ** (generator.integers(0, 48, 4) / 12)
        tones = [np.sin(2 * np.pi * f * k * times) / k for f in frequencies for k in (1, 2, 3)]
        notes.append(np.sum(tones, axis=0) * envelope)
    sound = np.concatenate(notes)[: round(seconds * sample_rate)]
    return (0.4 * sound / np.abs(sound).max()).astype(np.float32)


def random_items(*, seed: int, length: int = 400) -> Items:
    """A fingerprint that no other seed makes."""
    return np.random.default_rng(seed).integers(0, 2**32, length, dtype=np.uint32)


def noisy(items: Items, *, share: float, seed: int = 0) -> Items:
    """A fingerprint in which a share of the bits is flipped, as an encoder does."""
    flips = np.random.default_rng(seed).random((len(items), 32)) < share
    weights = (1 << np.arange(32, dtype=np.uint64)).astype(np.uint32)
    return items ^ (flips * weights).sum(axis=1).astype(np.uint32)


def smooth_items(*, seed: int, length: int = 400, change: float = 0.13) -> Items:
    """A fingerprint of which neighboring items differ in a share of their bits, as those of real music do."""
    generator = np.random.default_rng(seed)
    flips = generator.random((length, 32)) < change
    flips[0] = generator.random(32) < 0.5
    weights = (1 << np.arange(32, dtype=np.uint64)).astype(np.uint32)
    return np.bitwise_xor.accumulate((flips * weights).sum(axis=1).astype(np.uint32))


def bit_error(first: Items, second: Items) -> float:
    """The share of bits that differ in the length that both have."""
    length = min(len(first), len(second))
    return float(np.bitwise_count(first[:length] ^ second[:length]).mean()) / 32
