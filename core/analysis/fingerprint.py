"""Chromaprint fingerprints: the 32-bit items of an excerpt that is decoded anyway, or of a whole file.

One item stands for 0.1238 s; a bit says whether some band of the spectrum rose or fell. The library is loaded when the
first fingerprint is asked for: without it, songs have no fingerprints and everything else goes on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from core.audio.reasons import AudioError, SkipReason
from core.errors import UserError

Items = NDArray[np.uint32]
Samples = NDArray[np.float32]

RATE = 11025
"""Hz: what Chromaprint works on; its own resampling costs three times as much as its fingerprint."""
ITEM_SECONDS = 1365 / RATE
ALGORITHM = 1
"""Chromaprint's default, that of AcoustID."""
NO_LIBRARY = (
    "Copies of a song in other formats cannot be found, because libchromaprint is missing: "
    "install the package libchromaprint1."
)
_FULL_SCALE = 16384
"""Half of what 16 bits hold: a copy that is 6 dB louder decodes to samples beyond 1, which must not be clipped."""
_LARGEST = 32767
_TAPS = np.array([0.3063, -0.0740, 0.0213], dtype=np.float32)
"""Of the half-band filter, at 1, 3 and 5 samples from its middle."""
_REACH = len(_TAPS)


@dataclass(frozen=True, slots=True)
class WholeFingerprint:
    """The fingerprint of all of a song."""

    items: Items
    """Shape (n,), one item every 0.1238 s."""
    encoded: str
    """The same as Chromaprint writes it, for ``dedup_cache.fingerprint``."""
    duration: float
    """Seconds that were decoded."""


def is_available() -> bool:
    """Whether libchromaprint is there; ``NO_LIBRARY`` is the sentence for when it is not."""
    try:
        _chromaprint()
    except UserError:
        return False
    return True


def fingerprint_samples(samples: Samples, *, sample_rate: int = 22050) -> Items:
    """The items (n,) of mono samples (m,), full scale -1 to 1; none for less than 2.6 s."""
    return fingerprint_blocks([samples], sample_rate=sample_rate).items


def fingerprint_blocks(blocks: Iterable[Samples], *, sample_rate: int = RATE) -> WholeFingerprint:
    """The fingerprint of consecutive blocks of mono samples; 22,050 Hz is halved here, the rest by Chromaprint.

    Each block is halved by itself, which is felt in three samples where two of them meet.
    """
    printer = _chromaprint().Fingerprinter(ALGORITHM)
    is_double = sample_rate == 2 * RATE
    printer.start(RATE if is_double else sample_rate, 1)
    count = 0
    for block in blocks:
        printer.feed(_to_integers(_halved(block) if is_double else block))
        count += len(block)
    encoded: bytes = printer.finish()
    return WholeFingerprint(decode_items(encoded.decode()), encoded.decode(), count / sample_rate)


def fingerprint_file(path: Path | str, *, beginning: float = 0.0, length: float | None = None) -> WholeFingerprint:
    """The fingerprint of a whole file, or of a section of it in seconds, decoded in blocks.

    Raises ``AudioError`` for what cannot be decoded.
    """
    from core.audio.blocks import decode_blocks

    found = fingerprint_blocks(decode_blocks(path, sample_rate=RATE, beginning=beginning, length=length))
    if found.duration <= 0:
        raise AudioError(SkipReason.DAMAGED, "nothing decodes")
    return found


def decode_items(encoded: str) -> Items:
    """The items (n,) of what Chromaprint wrote."""
    numbers, _ = _chromaprint().decode_fingerprint(encoded.encode())
    return np.array(numbers, dtype=np.uint32)


@lru_cache(maxsize=1)
def _chromaprint() -> ModuleType:
    try:
        return import_module("chromaprint")
    except ImportError as error:
        raise UserError(NO_LIBRARY) from error


def _halved(samples: Samples) -> Samples:
    """Every second sample behind the shortest half-band filter that serves.

    Chromaprint listens up to 3,520 Hz, and only what lies above 7,505 Hz could fold onto that: eleven taps pass the one
    within 0.1 dB and take the other down by 39 dB.
    """
    pairs = len(samples) // 2
    if pairs == 0:
        return samples[:0]
    even, odd = samples[: 2 * pairs : 2], np.pad(samples[1 : 2 * pairs : 2], _REACH, mode="edge")
    halved = even * np.float32(0.5)
    for reach, tap in enumerate(_TAPS):
        before, after = _REACH - 1 - reach, _REACH + reach
        halved += (odd[before : before + pairs] + odd[after : after + pairs]) * tap
    return halved


def _to_integers(samples: Samples) -> bytes:
    return np.clip(samples * _FULL_SCALE, -_LARGEST, _LARGEST).astype("<i2").tobytes()
