"""What a backbone that is not trained makes of several excerpts of each song: computed once, kept, learned from often.

Imported by what trains: importing this module imports torch.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.analysis.facts import ExcerptChoice
from core.audio.reasons import AudioError, SkipReason
from core.errors import UserError
from core.training.data.batch import Batch
from core.training.data.excerpts import Place, warn_of
from core.training.data.feature_file import FeatureFile
from core.training.data.labelled import LabelledSongs
from core.training.data.song_parts import song_parts
from core.training.labels import AnySong, Labels

Features = NDArray[np.float32]
UNALTERED = -1
PATIENCE = 0.5
"""Seconds after which it is asked again whether to stop."""


class Backbone(Protocol):
    """The part of an encoder that is not trained."""

    def features(self, audio: Tensor) -> Tensor:
        """(excerpts, samples) of sound in, (excerpts, feature dimension) out."""
        ...


class Interrupted(Exception):  # noqa: N818 - it says what has happened
    """The owner asked to stop before all features were there; those that were are kept for the next time."""


@dataclass(frozen=True, slots=True)
class FeaturePlan:
    """Which parts of a song a backbone hears: first what a scan hears of it, then stretches elsewhere."""

    version: str
    """Of the backbone: another one makes other features."""
    excerpt: ExcerptChoice
    """Of a scan, at the backbone's own rate; its features serve for the embedding, too."""
    excerpts_per_song: int = 3
    """With that of a scan."""
    excerpt_seconds: float = 10.0
    """Of the others. Three of 10 s, none of them a scan's, were no better on 212 real songs (same artist 0.450 against
    0.448, excerpts found again 0.823 against 0.820), and all songs had to be heard once more."""


@dataclass(frozen=True)
class FeatureBank:
    """The features of n songs, ``excerpts_per_song`` each."""

    values: Features
    """(n, excerpts, dimension); songs with fewer excerpts have zeros behind them."""
    counts: NDArray[np.int64]
    """(n,): excerpts of each song; 0 for one that could not be heard."""
    unheard: dict[str, SkipReason]
    """Those songs, and why."""

    def __len__(self) -> int:
        return len(self.counts)

    @property
    def heard(self) -> NDArray[np.int64]:
        """The rows of the songs that could be heard."""
        return np.flatnonzero(self.counts)


def compute_features(
    songs: Sequence[AnySong],
    backbone: Backbone,
    *,
    plan: FeaturePlan,
    cache_dir: Path | None = None,
    device: str = "cpu",
    workers: int = 1,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
    stopped: Callable[[], bool] = lambda: False,
) -> FeatureBank:
    """Hear ``plan.excerpts_per_song`` excerpts of each song, spread over it, by ``backbone``.

    What is kept in ``cache_dir`` (by plan, file, size and mtime) is not computed again, also after a kill. ``workers``
    threads decode and compute, with one torch thread each. Raises ``Interrupted`` when ``stopped()``, UserError when
    not one song could be heard.
    """
    of_excerpts = excerpt_features(cache_dir, version=plan.version, excerpt=plan.excerpt)
    hearing = _Hearing(backbone, plan, device, of_excerpts, FeatureFile.open(cache_dir, plan=plan))
    places = [Place.of(song) for song in songs]
    found = dict[int, Features]()
    unheard = dict[str, SkipReason]()
    for row, heard in _all(hearing, places, workers=workers, stopped=stopped):
        if isinstance(heard, AudioError):
            unheard[places[row].song_id] = heard.reason
            warn_of(places[row], heard, number=len(unheard))
        else:
            found[row] = heard
        on_progress(len(found) + len(unheard), len(places))
    if not found:
        raise UserError("Not one song could be heard: is the music folder there?")
    return _bank(found, len(songs), plan, unheard)


def excerpt_features(cache_dir: Path | None, *, version: str, excerpt: ExcerptChoice) -> FeatureFile:
    """What a backbone made of the excerpts that a scan hears, by ``Place.key()``: (1, dimension) of each song."""
    return FeatureFile.open(cache_dir, plan=("excerpt of a scan", version, excerpt))


@dataclass(frozen=True)
class _Hearing:
    backbone: Backbone
    plan: FeaturePlan
    device: str
    of_excerpts: FeatureFile
    of_stretches: FeatureFile

    def features(self, place: Place) -> "Features | AudioError":
        """The features (excerpts, dimension) of a song, the scan's excerpt first, or why there are none."""
        key = place.known_key()
        excerpt, stretches = self.of_excerpts.get(key), self.of_stretches.get(key)
        if excerpt is None or stretches is None:
            try:
                excerpt, stretches = self._heard(place, excerpt)
            except AudioError as error:
                return error
            self.of_excerpts.put(key, excerpt)
            self.of_stretches.put(key, stretches)
        return np.concatenate([excerpt, stretches])

    def _heard(self, place: Place, known: "Features | None") -> "tuple[Features, Features]":
        sound, others = song_parts(
            place,
            self.plan.excerpt,
            seconds=self.plan.excerpt_seconds,
            count=self.plan.excerpts_per_song,
            with_excerpt=known is None,
        )
        excerpt = known if sound is None else self._made([sound])
        assert excerpt is not None, "one of both is there"  # noqa: S101 - for the type checker
        stretches = self._made(others) if others else np.zeros((0, excerpt.shape[1]), np.float32)
        if not (np.isfinite(excerpt).all() and np.isfinite(stretches).all()):
            raise AudioError(SkipReason.DAMAGED, "the model makes no numbers of it")
        return excerpt, stretches

    def _made(self, sounds: Sequence[Tensor]) -> Features:
        length = max(len(sound) for sound in sounds)
        with torch.inference_mode():
            if all(len(sound) == length for sound in sounds):
                vectors = self.backbone.features(torch.stack(list(sounds)).to(self.device))
            else:
                vectors = torch.cat([self.backbone.features(sound[None].to(self.device)) for sound in sounds])
        made: Features = vectors.float().cpu().numpy()
        return made


def _all(
    hearing: _Hearing, places: Sequence[Place], *, workers: int, stopped: Callable[[], bool]
) -> Iterator[tuple[int, "Features | AudioError"]]:
    threads = torch.get_num_threads()
    # Songs side by side: two threads at one song gain less than two at two.
    torch.set_num_threads(1)
    executor = ThreadPoolExecutor(max(1, workers), initializer=torch.set_num_threads, initargs=(1,))
    try:
        futures = {executor.submit(hearing.features, place): row for row, place in enumerate(places)}
        waiting = set(futures)
        while waiting:
            done, waiting = wait(waiting, timeout=PATIENCE, return_when="FIRST_COMPLETED")
            for future in done:
                yield futures[future], future.result()
            if waiting and stopped():
                raise Interrupted
    finally:
        executor.shutdown(cancel_futures=True)
        torch.set_num_threads(threads)


def _bank(found: dict[int, Features], songs: int, plan: FeaturePlan, unheard: dict[str, SkipReason]) -> FeatureBank:
    dimension = next(iter(found.values())).shape[1]
    values = np.zeros((songs, plan.excerpts_per_song, dimension), np.float32)
    counts = np.zeros(songs, np.int64)
    for row, features in found.items():
        values[row, : len(features)] = features
        counts[row] = len(features)
    return FeatureBank(values, counts, dict(sorted(unheard.items())))


class FeatureViews:
    """``Views`` of features: two different excerpts of each song, as (songs, dimension).

    A song that could not be heard has no place in the rows: see ``FeatureBank.heard``. A song of one excerpt is twice
    the same.
    """

    def __init__(
        self,
        bank: FeatureBank,
        songs: Sequence[AnySong],
        labels: Labels,
        *,
        seed: int = 42,
        device: str = "cpu",
        teacher: Features | None = None,
    ) -> None:
        self.bank = bank
        self._labelled = LabelledSongs(songs, labels, device=device, teacher=teacher)
        self._seed = seed
        self._device = device

    def __len__(self) -> int:
        return len(self.bank)

    def batches(self, rows: Sequence[Sequence[int]], *, epoch: int, first_step: int = 0) -> Iterator[Batch]:
        """A batch for each list of rows from ``rows[first_step]`` on; see ``Views``."""
        for wanted in rows[first_step:]:
            yield self._labelled.batch(wanted, *self._views(wanted, epoch=epoch))

    def excerpts(self, rows: Sequence[int], *, size: int = 1024) -> Iterator[tuple[Tensor, Tensor]]:
        """Two excerpts of each of these songs, in order, ``size`` songs at a time; always the same ones."""
        for begin in range(0, len(rows), size):
            yield self._views(rows[begin : begin + size], epoch=UNALTERED)

    def _views(self, rows: Sequence[int], *, epoch: int) -> tuple[Tensor, Tensor]:
        pairs = np.array([self._pair(row, epoch) for row in rows]).reshape(-1, 2)
        at = np.asarray(rows, np.int64)
        first, second = (torch.from_numpy(self.bank.values[at, pairs[:, view]]) for view in (0, 1))
        return first.to(self._device), second.to(self._device)

    def _pair(self, row: int, epoch: int) -> tuple[int, int]:
        count = int(self.bank.counts[row])
        if count < 2:
            return 0, 0
        generator = np.random.default_rng([self._seed, epoch - UNALTERED, row])
        first, second = generator.permutation(count)[:2].tolist()
        return first, second
