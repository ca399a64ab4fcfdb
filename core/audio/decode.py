"""Decode the excerpt of a song that is analysed: one open file, one seek, memory that does not grow with the song.

Runs in worker processes: importing this module imports torch.
"""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from core.audio.excerpt import Excerpt, Wish, take_excerpt
from core.audio.open_file import OpenFile, open_file
from core.audio.reader import open_readers
from core.audio.reasons import AudioError, SkipReason

__all__ = ["Excerpt", "Wish", "decode_excerpt", "decode_wish", "load_audio_batch", "load_audio_file"]


def decode_excerpt(
    filepath: Path | str,
    *,
    sample_rate: int = 22050,
    mono: bool = True,
    duration: float | None = 30.0,
    center_crop: bool = True,
    max_duration: float = 900.0,
    beginning: float = 0.0,
    length: float | None = None,
) -> Excerpt:
    """Decode ``duration`` seconds (None: all) from the centre or the beginning of a file, or of a section of it.

    The section begins at ``beginning`` and has ``length`` seconds (None, 0 or less: to the end of the file); a cue
    track is one. It is taken whole if it is shorter than ``duration``. Channels are mixed to their mean, or to the
    loudest one where they cancel each other out.

    Raises ``AudioError``: TOO_LONG for a section over ``max_duration`` seconds, TOO_SHORT for one under 0.5 s, DAMAGED
    where less than half of the excerpt decodes, and what ``open_file`` and ``open_readers`` find.
    """
    wish = Wish(duration, center_crop, max_duration, beginning, length)
    with open_file(filepath) as file:
        return decode_wish(file, wish, sample_rate=sample_rate, mono=mono)


def decode_wish(file: OpenFile, wish: Wish, *, sample_rate: int, mono: bool = True) -> Excerpt:
    """``decode_excerpt`` of a file that is open already."""
    failure: AudioError | None = None
    for reader in open_readers(file, sample_rate=sample_rate):
        try:
            excerpt = take_excerpt(reader, wish, sample_rate=sample_rate, mono=mono)
            # libsndfile passes over damage without a word: what FFmpeg said about it stands.
            return replace(excerpt, damage=excerpt.damage or failure.detail) if failure else excerpt
        except AudioError as error:
            if error.reason is not SkipReason.DAMAGED:
                raise
            failure = failure or error
    raise failure or AudioError(SkipReason.DAMAGED)


def load_audio_file(
    filepath: Path | str,
    *,
    sample_rate: int = 22050,
    mono: bool = True,
    duration: float | None = 30.0,
    center_crop: bool = True,
    max_duration: float = 900.0,
) -> torch.Tensor:
    """The samples of ``decode_excerpt``: float32, (n,) if ``mono``, else (channels, n).

    Raises ``AudioError``, which is a ``ValueError``.
    """
    excerpt = decode_excerpt(
        filepath,
        sample_rate=sample_rate,
        mono=mono,
        duration=duration,
        center_crop=center_crop,
        max_duration=max_duration,
    )
    return excerpt.samples


def load_audio_batch(
    filepaths: Sequence[Path | str], *, sample_rate: int = 22050, num_workers: int | None = None
) -> list[torch.Tensor | AudioError]:
    """Decode many files in worker processes: for each, in order, its samples (n,) or the error that says why not.

    ``num_workers`` defaults to 80 % of the usable cores. A worker that dies or hangs costs one file.
    """
    from core.jobs.process_pool import WorkerPool, get_default_workers

    with WorkerPool(num_workers or get_default_workers(), preload=(__name__,)) as pool:
        futures = [pool.submit(_load_array, filepath, sample_rate) for filepath in filepaths]
        return [_outcome(future) for future in futures]


def _load_array(filepath: Path | str, sample_rate: int) -> np.ndarray | AudioError:
    # An array, because torch sends tensors as descriptors that end with the worker.
    torch.set_num_threads(1)
    try:
        return load_audio_file(filepath, sample_rate=sample_rate).numpy()
    except AudioError as error:
        return error


def _outcome(future: "Future[np.ndarray | AudioError]") -> torch.Tensor | AudioError:
    from core.jobs.process_pool import WorkerDied

    try:
        result = future.result()
    except WorkerDied as error:
        return AudioError(SkipReason.CRASHED, str(error))
    except TimeoutError:
        return AudioError(SkipReason.TIMED_OUT, "no answer from the worker")
    except MemoryError:
        return AudioError(SkipReason.TOO_MUCH_MEMORY, "the worker ran out of memory")
    return result if isinstance(result, AudioError) else torch.from_numpy(result)
