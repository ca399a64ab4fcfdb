"""Batches of songs with all that is known of them, wherever the two views come from."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.training.data.batch import Batch
from core.training.data.relations import Relations
from core.training.labels import AnySong, Labels
from core.training.protocol import UNRATED


class LabelledSongs:
    """Labels, ratings, relations and what a teacher says of n songs."""

    def __init__(
        self, songs: Sequence[AnySong], labels: Labels, *, device: str, teacher: NDArray[np.float32] | None = None
    ) -> None:
        """Raises ValueError when the labels or the teacher's vectors are of another number of songs."""
        for given in (labels, teacher):
            if given is not None and len(given) != len(songs):
                message = f"{len(given)} labels or vectors of a teacher were given for {len(songs)} songs"
                raise ValueError(message)
        self._labels = labels
        self._ratings = np.array([song.rating if song.is_rated else UNRATED for song in songs], np.float32)
        self._relations = Relations(songs)
        self._teacher = teacher
        self._device = device

    def batch(self, rows: Sequence[int], first: Tensor, second: Tensor) -> Batch:
        """What is known of the songs of these rows, beside their views."""
        at = np.asarray(rows, np.int64)
        target = None if self._teacher is None else self._moved(np.asarray(self._teacher[at], np.float32))
        return Batch(
            first=first,
            second=second,
            artist=self._moved(self._labels.artist[at]),
            albums=[self._labels.albums[row] for row in rows],
            genre=self._moved(self._labels.genre[at]),
            period=self._moved(self._labels.period[at]),
            rating=self._moved(self._ratings[at]),
            related=self._relations.mask(rows).to(self._device),
            target=target,
        )

    def _moved(self, values: NDArray[np.generic]) -> Tensor:
        return torch.from_numpy(values).to(self._device)
