"""What the predictor hears of a song: the encoder in use, and beside it what ``SpectralEncoder`` measured.

A taste may hang on a tempo or on the color of a sound, which an encoder that tells songs apart has no reason to keep
apart; so each group of measured properties is an aspect of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.store.embeddings import EmbeddingStore
from core.training.protocol import UNRATED, TrainingJob, TrainingSong
from core.training.rating.vectors_beside import AnyVectors, VectorsBeside

Vectors = NDArray[np.float32]

MEASURED = (96, 60, 14, 68, 30, 70, 56, 162)
"""Values of ``SpectralEncoder`` by group: mel, cepstral, contrast, texture, chords, pitch, beats, modulation."""


@dataclass(frozen=True)
class Hearing:
    """Vectors (songs, dim) of songs in the order of their names, and the sizes of the aspects that make them up."""

    filenames: list[str]
    vectors: AnyVectors
    aspects: tuple[int, ...] = ()

    def rows(self, filenames: Sequence[str]) -> tuple[list[str], Vectors]:
        """Those of the songs that were heard, and their vectors in the same order."""
        place_of = {name: row for row, name in enumerate(self.filenames)}
        found = [name for name in filenames if name in place_of]
        return found, np.asarray(self.vectors[[place_of[name] for name in found]])


def hearing_of(job: TrainingJob) -> Hearing:
    """Every song that has an embedding of the version in use, with how it is played where that is to be used."""
    store = EmbeddingStore(job.embeddings_db)
    try:
        heard = hearing_in(store, version=job.embedding_version, measured=job.options.get("measured_version", ""))
    finally:
        store.close()
    return with_listening(heard, job) if job.options.get("use_play_counts") else heard


def with_listening(heard: Hearing, job: TrainingJob) -> Hearing:
    """The same with one more aspect, the last: what plays and skips say of each song."""
    from core.training.rating.listening import COLUMNS, listening_of

    by_id = {song.song_id: song for song in job.songs}
    songs = [by_id.get(name) or TrainingSong(name, UNRATED, "", "") for name in heard.filenames]
    aspects = heard.aspects or (heard.vectors.shape[1],)
    columns = listening_of(songs, np.asarray(heard.vectors), seed=job.seed, aspects=heard.aspects)
    return Hearing(heard.filenames, np.hstack([np.asarray(heard.vectors), columns]), (*aspects, COLUMNS))


def hearing_in(store: EmbeddingStore, *, version: str, measured: str) -> Hearing:
    """The same for any version; ``measured`` is that of ``SpectralEncoder``, empty where nothing was measured."""
    matrix = store.matrix(version)
    if not measured or not len(matrix.filenames):
        return Hearing(matrix.filenames, matrix.vectors)
    if measured == version:
        return Hearing(matrix.filenames, matrix.vectors, aspects_of(matrix.vectors.shape[1]))
    found = store.matrix(measured)
    if not len(found.filenames):
        return Hearing(matrix.filenames, matrix.vectors)
    index = found.index()
    places = np.array([index.get(name, -1) for name in matrix.filenames], dtype=np.intp)
    vectors = VectorsBeside(matrix.vectors, found.vectors, places)
    return Hearing(matrix.filenames, vectors, _aspects_beside(matrix.vectors, found.vectors))


def hearing_of_some(store: EmbeddingStore, filenames: Sequence[str], *, version: str, measured: str) -> Hearing:
    """The same of a few songs, without loading the others."""
    vectors = store.get_embeddings_batch(filenames, version)
    known = [name for name in filenames if name in vectors]
    if not known:
        return Hearing([], np.empty((0, 0), np.float32))
    own = np.stack([vectors[name] for name in known])
    if not measured:
        return Hearing(known, own)
    if measured == version:
        return Hearing(known, own, aspects_of(own.shape[1]))
    dimension = store.get_embedding_dim(measured)
    if dimension is None:
        return Hearing(known, own)
    found = store.get_embeddings_batch(known, measured)
    others = np.stack([*found.values(), np.full(dimension, np.nan, np.float32)])
    row_of = {name: row for row, name in enumerate(found)}
    places = np.array([row_of.get(name, -1) for name in known], dtype=np.intp)
    return Hearing(known, VectorsBeside(own, others, places)[:], _aspects_beside(own, others))


def _aspects_beside(vectors: Vectors, measured: Vectors) -> tuple[int, ...]:
    return (vectors.shape[1], *aspects_of(measured.shape[1]))


def aspects_of(dimension: int) -> tuple[int, ...]:
    """The groups of measured properties; one of all, for an excerpt or a version of which they are not known."""
    return MEASURED if dimension == sum(MEASURED) else (dimension,)
