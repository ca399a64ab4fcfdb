"""Two crops of each song's excerpt from different places, altered on the training device: what an encoder learns from.

Imported by what trains: importing this module imports torch.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.analysis.facts import ExcerptChoice
from core.audio.reasons import SkipReason
from core.errors import UserError
from core.training.data.batch import Batch
from core.training.data.excerpts import Excerpts, fixed_length
from core.training.data.labelled import LabelledSongs
from core.training.labels import AnySong, Labels

AHEAD = 2
"""Batches that are loaded while one is learned from."""
UNALTERED = -1
"""Stands for the epoch of crops that never change."""

Pair = tuple[int, Tensor, Tensor]


class Augments(Protocol):
    """``core.audio.augment.AudioAugmentor``, or what the owner puts in its place."""

    def __call__(self, audio: Tensor, *, seed: int) -> Tensor:
        """Alter (songs, samples), the same way for the same seed."""
        ...


@dataclass(frozen=True, slots=True)
class WaveformPlan:
    """How sound is loaded: the excerpt of each song, the crops of it, and by how many threads."""

    excerpt: ExcerptChoice = field(default_factory=ExcerptChoice)
    crop_seconds: float = 5.0
    seed: int = 42
    cache_dir: Path | None = None
    """Of the audio cache; None keeps nothing."""
    workers: int = 1
    """Threads that load ahead (decoders and torch let go of the interpreter), at least one."""


class WaveformViews:
    """``Views`` of sound: two crops of ``crop_seconds`` that do not overlap where the excerpt is long enough.

    ``teacher`` (songs, dimension) becomes ``Batch.target``. A song that does not decode is replaced, labels and all, by
    the next of those that are asked for which does, so that batches keep their size and nothing else is learned from;
    ``unheard`` names it. Batches are the same for any number of workers, with and without a cache.
    """

    def __init__(
        self,
        songs: Sequence[AnySong],
        labels: Labels,
        *,
        plan: WaveformPlan,
        augment: Augments | None = None,
        device: str = "cpu",
        teacher: NDArray[np.float32] | None = None,
    ) -> None:
        self._excerpts = Excerpts(songs, plan.excerpt, cache_dir=plan.cache_dir)
        self._labelled = LabelledSongs(songs, labels, device=device, teacher=teacher)
        self._crop = round(plan.crop_seconds * plan.excerpt.sample_rate)
        self._augment = augment
        self._seed = plan.seed
        self._device = device
        self._workers = max(1, plan.workers)

    def __len__(self) -> int:
        return len(self._excerpts)

    @property
    def unheard(self) -> dict[str, SkipReason]:
        """The songs that did not decode so far, and why."""
        return self._excerpts.unheard

    @property
    def cache_notice(self) -> str:
        """Why the audio cache was switched off, in one sentence; empty while it works, or where none was asked for."""
        cache = self._excerpts.cache
        return cache.notice if cache is not None else ""

    def batches(self, rows: Sequence[Sequence[int]], *, epoch: int, first_step: int = 0) -> Iterator[Batch]:
        """A batch for each list of rows from ``rows[first_step]`` on; see ``Views``."""
        for wanted, loaded in self._loaded(rows[first_step:], epoch=epoch, among=_all_of(rows)):
            heard = [row for row, _, _ in loaded]
            views = [self._altered(sound, wanted, epoch, view) for view, sound in enumerate(self._stacked(loaded))]
            yield self._labelled.batch(heard, views[0], views[1])

    def excerpts(self, rows: Sequence[int], *, size: int = 32) -> Iterator[tuple[Tensor, Tensor]]:
        """Two unaltered crops of each of these songs, in order, ``size`` songs at a time; always the same ones.

        For a song that is named in ``unheard`` afterwards they are silent: what is asked must not be learned from.
        """
        parts = [rows[begin : begin + size] for begin in range(0, len(rows), size)]
        for _, loaded in self._loaded(parts, epoch=UNALTERED, among=None):
            first, second = self._stacked(loaded)
            yield first, second

    def _altered(self, sound: Tensor, rows: Sequence[int], epoch: int, view: int) -> Tensor:
        if self._augment is None:
            return sound
        state = np.random.SeedSequence([self._seed, epoch, view, *rows]).generate_state(1)
        return self._augment(sound, seed=int(state[0]))

    def _stacked(self, loaded: Sequence[Pair]) -> tuple[Tensor, Tensor]:
        first = torch.stack([crop for _, crop, _ in loaded])
        second = torch.stack([crop for _, _, crop in loaded])
        return self._moved(first), self._moved(second)

    def _moved(self, sound: Tensor) -> Tensor:
        if not self._device.startswith("cuda"):
            return sound.to(self._device)
        return sound.pin_memory().to(self._device, non_blocking=True)

    def _loaded(
        self, rows: Sequence[Sequence[int]], *, epoch: int, among: Sequence[int] | None
    ) -> Iterator[tuple[Sequence[int], list[Pair]]]:
        """The crops of each list of rows, in order; some lists are loaded ahead."""
        coming = iter(rows)
        waiting = deque[tuple[Sequence[int], list[Future[Pair]]]]()
        with _threads(self._workers) as pool:
            while True:
                for wanted in islice(coming, 1 + AHEAD - len(waiting)):
                    waiting.append((wanted, [pool.submit(self._pair, row, epoch, among) for row in wanted]))
                if not waiting:
                    return
                wanted, futures = waiting.popleft()
                yield wanted, [future.result() for future in futures]

    def _pair(self, row: int, epoch: int, among: Sequence[int] | None) -> Pair:
        """Crops of a song or of one ``among`` others; without any, silence."""
        try:
            heard, samples = self._excerpts.load_or_next(row, among=[row] if among is None else among)
        except UserError:
            if among is not None:
                raise
            return row, torch.zeros(self._crop), torch.zeros(self._crop)
        generator = np.random.default_rng([self._seed, epoch - UNALTERED, row])
        first, second = two_places(len(samples), self._crop, generator=generator)
        crops = (samples[start : start + self._crop] for start in (first, second))
        one, other = (fixed_length(crop, self._crop) for crop in crops)
        return heard, one, other


def _all_of(rows: Sequence[Sequence[int]]) -> list[int]:
    return sorted({row for part in rows for row in part})


def two_places(length: int, crop: int, *, generator: np.random.Generator) -> tuple[int, int]:
    """Where two crops begin: apart from each other wherever ``length`` allows, as far apart as it allows otherwise."""
    room = length - 2 * crop
    if room >= 0:
        near, far = sorted(generator.integers(0, room + 1, size=2).tolist())
        places = (near, far + crop)
    else:
        places = (0, max(0, length - crop))
    return places if generator.random() < 0.5 else places[::-1]


@contextmanager
def _threads(workers: int) -> Iterator[ThreadPoolExecutor]:
    pool = ThreadPoolExecutor(workers, thread_name_prefix="excerpts")
    try:
        yield pool
    finally:
        # A run that stops in the middle of an epoch does not wait for what was to come.
        pool.shutdown(cancel_futures=True)
