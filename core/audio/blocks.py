"""A whole file, or a section of it, as one block of mono samples after the other: memory does not grow with the song.

Runs in worker processes: importing this module imports torch.
"""

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.audio.excerpt import SHORTEST, Wish, take_excerpt
from core.audio.open_file import open_file
from core.audio.reader import SoundReader, has_sound, open_readers
from core.audio.reasons import AudioError, SkipReason

BLOCK = 30.0
"""Seconds; reading a song in blocks of 10 to 60 s takes no longer than reading it in one piece."""


def decode_blocks(
    filepath: Path | str, *, sample_rate: int, beginning: float = 0.0, length: float | None = None
) -> Iterator[NDArray[np.float32]]:
    """Yield the mono samples (n,) of a section in order; ``beginning`` and ``length`` as in ``decode_excerpt``.

    A block that is damaged keeps its length, with silence where nothing decodes, so that what follows stays in its
    place. Raises ``AudioError``: DAMAGED when the first block does not decode, TOO_SHORT for a section under 0.5 s, and
    what ``open_file`` and ``open_readers`` find.
    """
    failure: AudioError | None = None
    with open_file(filepath) as file:
        for reader in open_readers(file, sample_rate=sample_rate):
            end = Wish(beginning=beginning, length=length).section_end(reader.metadata.duration)
            try:
                first = _block(reader, beginning, min(beginning + BLOCK, end), sample_rate)
            except AudioError as error:
                failure = failure or error
                continue
            yield first
            yield from _others(reader, beginning + BLOCK, end, sample_rate)
            return
    raise failure or AudioError(SkipReason.DAMAGED)


def _others(reader: SoundReader, start: float, end: float, sample_rate: int) -> Iterator[NDArray[np.float32]]:
    while end - start >= SHORTEST:
        stop = min(start + BLOCK, end)
        try:
            yield _block(reader, start, stop, sample_rate)
        except AudioError:
            if not has_sound(reader, stop) and not has_sound(reader, start):
                return
            yield np.zeros(round((stop - start) * sample_rate), dtype=np.float32)
        start = stop


def _block(reader: SoundReader, start: float, stop: float, sample_rate: int) -> NDArray[np.float32]:
    wish = Wish(duration=None, center_crop=False, max_duration=math.inf, beginning=start, length=stop - start)
    heard = take_excerpt(reader, wish, sample_rate=sample_rate, mono=True)
    samples: NDArray[np.float32] = heard.samples.numpy()
    return np.pad(samples, (0, round((stop - start) * sample_rate) - len(samples))) if heard.damage else samples
