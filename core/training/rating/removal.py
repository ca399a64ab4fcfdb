"""What a prediction becomes when songs really were never rated: the predictor is fitted again without their ratings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.training.protocol import TrainingSong
from core.training.rating.fitted_model import MixedModel, Ratings, Vectors
from core.training.rating.influence import Influence, influence
from core.training.rating.mixed_model import fit
from core.training.rating.names import Names
from core.training.split import artist_groups

MOST = 3
"""Songs that are named for a prediction, and against it."""
LEAST = 0.001
"""Of the scale from 0 to 1, that a rating has to change: of thousands of ratings, the strongest change little more."""

Measure = Callable[[Sequence[int]], float]
"""What a prediction loses without the ratings of some rows."""


@dataclass(frozen=True)
class Lesson:
    """What a predictor is learned from: rated songs, and how they sound."""

    songs: Sequence[TrainingSong]
    vectors: Vectors
    """(songs, dim)."""
    aspects: tuple[int, ...]
    seed: int

    @cached_property
    def ratings(self) -> Ratings:
        return np.array([song.rating for song in self.songs], dtype=np.float64)

    @cached_property
    def names(self) -> Names:
        return Names.of(self.songs)

    def without(self, rows: Sequence[int]) -> "Lesson":
        """The same with some songs never rated."""
        kept = np.setdiff1d(np.arange(len(self.songs)), np.asarray(rows, dtype=np.intp))
        return replace(self, songs=[self.songs[row] for row in kept], vectors=self.vectors[kept])

    def as_heard_by(self, model: MixedModel) -> "Lesson":
        """The same with zeros in what the model was not given: plays and skips, where these do not help."""
        return replace(self, vectors=np.where(model.sound.scale == 0, np.float32(0), self.vectors))

    def learned(self) -> MixedModel:
        """The predictor that the owner gets from these ratings."""
        return fit(
            self.ratings,
            vectors=self.vectors,
            names=self.names,
            groups=artist_groups(self.songs),
            seed=self.seed,
            aspects=self.aspects,
        )

    def influence(self, model: MixedModel, *, vectors: Vectors, songs: Sequence[TrainingSong]) -> Influence:
        """Of these ratings, which the model was fitted to, on songs with embeddings (asked, dim)."""
        asked = Names.of(songs)
        return influence(
            model, self.ratings, vectors=self.vectors, names=self.names, asked_vectors=vectors, asked_names=asked
        )


def unlimited(model: MixedModel, vectors: Vectors, *, songs: Sequence[TrainingSong]) -> NDArray[np.float64]:
    """Predictions (songs,) before they are kept within 0 to 1: there, what is removed would change nothing."""
    parts = model.predict(vectors, names=Names.of(songs)).parts
    found: NDArray[np.float64] = np.sum(list(parts.values()), axis=0)
    return found


@dataclass(frozen=True)
class Removal:
    """Rated songs that speak alike of an asked one, the strongest first."""

    rows: tuple[int, ...] = ()
    changes: tuple[float, ...] = ()
    """What the prediction would lose without each of them alone, in ratings; below 0 it would gain."""
    together: float = 0.0
    """What it loses without all of them."""
    measured: bool = False
    """Whether ``together`` was measured by learning again, not reckoned."""


def removal(changes: NDArray[np.float64], *, sign: int, reckoned: Measure, measured: Measure | None) -> Removal:
    """The songs that speak for a prediction (``sign`` 1) or against it (-1), of which ``changes`` (rated,) are known.

    Fewer than three where three, learned again without them, would not change it in the direction that they say.
    """
    order = np.argsort(-sign * changes, kind="stable")[:MOST].tolist()
    rows = [row for row in order if sign * changes[row] >= LEAST]
    while rows:
        together = (measured or reckoned)(rows)
        if sign * together > 0 and sign * reckoned(rows) > 0:
            found = tuple(float(changes[row]) for row in rows)
            return Removal(tuple(rows), found, together, measured is not None)
        rows.pop()
    return Removal()
