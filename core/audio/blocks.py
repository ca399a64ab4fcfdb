"""A whole file, or a section of it, as one block of mono samples after the other: memory does not grow with the song.

Runs in worker processes: importing this module imports torch.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.audio.excerpt import SHORTEST, Wish, read_mono
from core.audio.open_file import OpenFile, open_file
from core.audio.reader import SoundReader, has_sound, open_readers
from core.audio.reasons import AudioError, SkipReason

Samples = NDArray[np.float32]

BLOCK = 30.0
"""Seconds; reading a song in blocks of 10 to 60 s takes no longer than reading it in one piece."""
OVERLAP = 0.25
"""Seconds that a block is begun earlier, to see whether it goes on where the one before ended."""
LONGEST_PIECE = 900.0
"""Seconds that are read at once where a file cannot be read in blocks; 80 MB of two channels."""

_SILENCE = 1e-8
"""Mean power (-80 dB) below which a seam tells nothing."""
_LARGEST_DIFFERENCE = 0.1
"""Of the power at a seam; 0.001 is what an encoder with a memory makes after a seek."""


def decode_blocks(
    filepath: Path | str, *, sample_rate: int, beginning: float = 0.0, length: float | None = None
) -> Iterator[Samples]:
    """Yield the mono samples (n,) of a section in order; ``beginning`` and ``length`` as in ``decode_excerpt``.

    A damaged block keeps its length, with silence for what does not decode, so that what follows stays in its place.
    Raises ``AudioError``: DAMAGED when nothing of the first block decodes, and what ``open_file`` and ``open_readers``
    find.
    """
    failure = ""
    with open_file(filepath) as file:
        for reader in open_readers(file, sample_rate=sample_rate):
            end = Wish(beginning=beginning, length=length).section_end(reader.metadata.duration)
            section = _Section(file, reader, beginning, end, sample_rate)
            first = section.block(beginning, min(beginning + BLOCK, end))
            if len(first.samples):
                yield first.samples
                yield from section.blocks_after(first)
                return
            failure = failure or first.damage
    raise AudioError(SkipReason.DAMAGED, failure)


@dataclass(frozen=True, slots=True)
class _Block:
    samples: Samples
    stop: float
    damage: str
    is_last: bool = False
    """Whether the file ends in it, whatever its header says."""


class _Section:
    """A section of an open file, from ``beginning`` to ``end`` in seconds."""

    def __init__(self, file: OpenFile, reader: SoundReader, beginning: float, end: float, sample_rate: int) -> None:
        self._file, self._reader, self._rate = file, reader, sample_rate
        self._beginning, self._end = beginning, end

    def block(self, start: float, stop: float) -> _Block:
        heard, damage = read_mono(self._reader, start, stop, sample_rate=self._rate)
        samples: Samples = heard.numpy()
        if not damage:
            return _Block(samples, stop, "")
        if not has_sound(self._reader, stop - SHORTEST) and not has_sound(self._reader, stop):
            return _Block(samples, stop, damage, is_last=True)
        missing = round((stop - start) * self._rate) - len(samples)
        return _Block(np.pad(samples, (0, max(missing, 0))), stop, damage)

    def blocks_after(self, block: _Block) -> Iterator[Samples]:
        while not block.is_last and self._end - block.stop >= SHORTEST:
            before = block.samples[-round(OVERLAP * self._rate) :]
            following = self.block(block.stop - len(before) / self._rate, min(block.stop + BLOCK, self._end))
            if not (block.damage or following.damage or _goes_on(before, following.samples)):
                yield self._in_one_piece()[round((block.stop - self._beginning) * self._rate) :]
                return
            yield following.samples[len(before) :]
            block = following

    def _in_one_piece(self) -> Samples:
        """The section of a file in which a seek leads to another place, read without a seek.

        FFmpeg 5.1 lands a second off in some Vorbis files, which pulls a fingerprint apart. The reader is a new one: to
        go back to the beginning would be a seek as well.
        """
        stop = min(self._end, self._beginning + LONGEST_PIECE)
        readers = open_readers(self._file, sample_rate=self._rate)
        fresh = next(reader for reader in readers if isinstance(reader, type(self._reader)))
        heard, _ = read_mono(fresh, self._beginning, stop, sample_rate=self._rate)
        samples: Samples = heard.numpy()
        return samples


def _goes_on(before: Samples, block: Samples) -> bool:
    """Whether a block begins with the sound with which the one before ended."""
    again, power = block[: len(before)], float(np.square(before).mean())
    if power < _SILENCE or len(again) < len(before):
        return True
    return float(np.square(before - again).mean()) < _LARGEST_DIFFERENCE * power
