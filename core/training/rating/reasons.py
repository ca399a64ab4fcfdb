"""The reasons of one prediction: its parts, and the rated songs that speak for it and against it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.training.protocol import TrainingSong
from core.training.rating.fitted_model import MixedModel, Vectors
from core.training.rating.influence import Influence
from core.training.rating.names import Names
from core.training.rating.one_thread import one_thread
from core.training.rating.predictor import load_predictor
from core.training.rating.removal import Lesson, Removal, removal, unlimited

if TYPE_CHECKING:
    from torch import nn

MOST_LEARNED_AGAIN = 4000
"""Ratings up to which what is said is proved by learning again, twice or more; of more, a few songs change little."""


@dataclass(frozen=True)
class Reasons:
    """Of one song; ratings are 0 to 1."""

    predicted: float
    low: float
    high: float
    unlimited: float
    """The prediction before it is kept within 0 to 1."""
    parts: dict[str, float]
    speak_for: Removal
    speak_against: Removal
    learned_from: tuple[str, ...]
    """The songs that the rows of a removal mean, by their ids."""
    rated_of_artist: int
    """Other rated songs by the artist."""


@one_thread()
def reasons_of(
    song: TrainingSong, vector: Vectors, *, lesson: Lesson, predictor: Path | None, folder: Path | None
) -> Reasons:
    """Why a song with an embedding (1, dim) is predicted as it is; a rated one as if it had never been rated.

    ``predictor`` is the file of the one that was learned from this lesson; None has it learned here. One that hears
    through the owner's own classifier is not learned again without songs, and loads torch: ask it in another process.
    """
    loaded = load_predictor(predictor, folder=folder) if predictor else None
    if loaded and loaded.classifier is not None:
        return _Case(song, *_through(loaded.classifier, lesson, vector), loaded.model, is_provable=False).reasons()
    own = [row for row, each in enumerate(lesson.songs) if each.song_id == song.song_id]
    model = loaded.model if loaded and not own else lesson.without(own).learned()
    kept = lesson.without(own).as_heard_by(model)
    return _Case(song, kept, vector, model, is_provable=len(kept.songs) <= MOST_LEARNED_AGAIN).reasons()


@one_thread()
def strongest_ratings(
    songs: Sequence[TrainingSong], vectors: Vectors, *, lesson: Lesson, predictor: Path
) -> dict[str, tuple[str, float]]:
    """For each song with an embedding (songs, dim) the rated one that speaks most for it, and what it changes."""
    model = load_predictor(predictor, folder=None).model
    changes = lesson.as_heard_by(model).influence(model, vectors=vectors, songs=songs).changes
    rows = changes.argmax(axis=1).tolist()
    found = zip(songs, rows, changes.max(axis=1).tolist(), strict=True)
    return {song.song_id: (lesson.songs[row].song_id, change) for song, row, change in found}


@dataclass(frozen=True)
class _Case:
    song: TrainingSong
    lesson: Lesson
    vector: Vectors
    model: MixedModel
    is_provable: bool

    def reasons(self) -> Reasons:
        names = Names.of([self.song])
        found = self.model.predict(self.vector, names=names)
        low, high, rating = (float(each[0]) for each in (found.low, found.high, found.ratings))
        return Reasons(
            predicted=rating,
            low=low,
            high=high,
            unlimited=self.whole,
            parts={name: float(value[0]) for name, value in found.parts.items()},
            speak_for=self.removal(1),
            speak_against=self.removal(-1),
            learned_from=tuple(each.song_id for each in self.lesson.songs),
            rated_of_artist=sum(artist == names.artists[0] for artist in self.lesson.names.artists if artist),
        )

    def removal(self, sign: int) -> Removal:
        measured = self.measured if self.is_provable else None
        return removal(self.influence.changes[0], sign=sign, reckoned=self.reckoned, measured=measured)

    def reckoned(self, rows: Sequence[int]) -> float:
        return float(self.influence.without(rows)[0])

    def measured(self, rows: Sequence[int]) -> float:
        return self.whole - self._said(self.lesson.without(rows).learned())

    @cached_property
    def whole(self) -> float:
        return self._said(self.model)

    @cached_property
    def influence(self) -> Influence:
        return self.lesson.influence(self.model, vectors=self.vector, songs=[self.song])

    def _said(self, model: MixedModel) -> float:
        return float(unlimited(model, self.vector, songs=[self.song])[0])


def _through(classifier: "nn.Module", lesson: Lesson, vector: Vectors) -> tuple[Lesson, Vectors]:
    """What the owner's classifier says of the songs, which is what the model reads."""
    from core.training.classifier import predict

    said, own = (predict(classifier, each).astype(np.float32)[:, None] for each in (lesson.vectors, vector))
    return replace(lesson, vectors=said, aspects=()), own
