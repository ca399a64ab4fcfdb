"""What an encoder learns from and is probed with, whether it hears sound or reads what a fixed backbone made of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core.errors import Cause, UserError
from core.training.data.batch import Views
from core.training.data.views import Interrupted
from core.training.judgment.probe import Probed
from core.training.loop.devices import Device
from core.training.protocol import TrainingSong
from core.training.split import artist_groups, held_out_groups

PROBE_SHARE = 0.2
MOST_PROBED = 400
"""Songs; a library of 60,000 would spend its epochs on being asked."""
LEAST_LEARNED = 4

Rows = Sequence[int]
Excerpts = Callable[[Rows], Iterator[tuple[Tensor, Tensor]]]
"""Batches of two unaltered excerpts (songs, ...) of each of these songs, in order, on the training device."""


@dataclass(frozen=True)
class Material:
    """Songs with their views, unaltered excerpts and genres."""

    songs: Sequence[TrainingSong]
    views: Views
    excerpts: Excerpts
    genres: NDArray[np.int64]
    """(songs,): the category, -1 where it is missing."""

    def heard(self, rows: Rows) -> NDArray[np.int64]:
        """The positions in ``rows`` of songs that could be heard, as far as is known by now."""
        unheard = getattr(self.views, "unheard", {})
        return np.flatnonzero([self.songs[row].song_id not in unheard for row in rows])


@dataclass(frozen=True)
class Split:
    """Rows of the songs that are learned from, and of those that only the probe hears."""

    learned: list[int]
    held_out: list[int]
    groups: list[str]
    """Of the songs that are held out; whole, so that another measurement can keep off what was learned."""


def some_of(songs: Sequence[TrainingSong], *, most: int | None, seed: int) -> Sequence[TrainingSong]:
    """At most so many songs, drawn by lot, in their order."""
    if most is None or len(songs) <= most:
        return songs
    rows = np.random.default_rng(seed).choice(len(songs), most, replace=False)
    return [songs[row] for row in sorted(rows.tolist())]


def split_off_probe(songs: Sequence[TrainingSong], *, seed: int) -> Split:
    """Hold out whole groups; raises UserError when too little is left to learn from."""
    share = min(PROBE_SHARE, MOST_PROBED / max(1, len(songs)))
    held = held_out_groups(artist_groups(songs), share=share, seed=seed) if songs else np.zeros(0, dtype=bool)
    learned = np.flatnonzero(~held).tolist()
    if len(learned) < LEAST_LEARNED:
        raise UserError(
            f"An encoder cannot learn from {len(songs)} songs: more music is needed.", cause=Cause.NOT_HEARD
        )
    held_rows = np.flatnonzero(held).tolist()
    return Split(
        learned, held_rows, sorted({songs[row].group for row in held_rows} - {songs[row].group for row in learned})
    )


def batches_of(rows: Rows, *, size: int, seed: int, epoch: int, processes: int = 1) -> list[list[int]]:
    """The rows of an epoch in an order of its own, in batches near in size: a last one of one song has no negatives."""
    order = np.random.default_rng([seed, epoch]).permutation(np.asarray(rows))
    return [part.tolist() for part in np.array_split(order, steps_of(len(order), size=size, processes=processes))]


def steps_of(songs: int, *, size: int, processes: int = 1) -> int:
    """Batches of an epoch; each process gets two songs of a batch at least."""
    return max(1, min(-(-songs // size), songs // (2 * processes)))


def probed_songs(
    learner: nn.Module,
    material: Material,
    rows: Rows,
    *,
    device: Device,
    stopped: Callable[[], bool] | None = None,
) -> Probed:
    """Both excerpts of the songs of these rows, as the model hears them now; raises Interrupted when ``stopped()``."""
    was_training = learner.training
    learner.eval()
    parts: tuple[list[Tensor], list[Tensor]] = ([], [])
    with torch.inference_mode():
        for pair in material.excerpts(rows):
            for part, excerpt in zip(parts, pair, strict=True):
                with device.autocast():
                    part.append(learner(excerpt).float().cpu())
            if stopped is not None and stopped():
                raise Interrupted
    learner.train(was_training)
    heard = material.heard(rows)
    first, second = (torch.cat(part).numpy()[heard] for part in parts)
    asked = np.asarray(rows)[heard].tolist()
    return Probed.of([material.songs[row] for row in asked], first, second, genres=material.genres[asked])
