"""What the predictor hears: the encoder in use with the measured properties beside it, as far as there are any."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.models.spectral import SpectralEncoder
from core.store.embeddings import EmbeddingStore
from core.training.rating.hearing import MEASURED, aspects_of, hearing_in, hearing_of, hearing_of_some
from tests.planted_jobs import planted_job

OWN, PROPERTIES = "own-1", "spectral-1"
NAMES = ["a", "b", "c"]
VECTORS = np.arange(6, dtype=np.float32).reshape(3, 2)
MEASUREMENTS = np.arange(9, dtype=np.float32).reshape(3, 3) + 100


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddingStore]:
    opened = EmbeddingStore(tmp_path / "embeddings.db")
    opened.store_embeddings_batch(list(zip(NAMES, VECTORS, strict=True)), OWN)
    yield opened
    opened.close()


def measure(store: EmbeddingStore, *names: str) -> None:
    rows = [(name, MEASUREMENTS[NAMES.index(name)]) for name in names]
    store.store_embeddings_batch(rows, PROPERTIES)


def test_the_groups_are_those_of_the_encoder() -> None:
    assert sum(MEASURED) == SpectralEncoder().get_embedding_dim()
    assert aspects_of(sum(MEASURED)) == MEASURED
    assert aspects_of(7) == (7,)


def test_what_was_measured_stands_beside_and_what_was_not_is_missing(store: EmbeddingStore) -> None:
    measure(store, "c", "a")
    heard = hearing_in(store, version=OWN, measured=PROPERTIES)
    assert heard.aspects == (2, 3)
    assert heard.filenames == NAMES
    vectors = heard.vectors[:]
    assert vectors[0].tolist() == [0, 1, 100, 101, 102]
    assert np.isnan(vectors[1, 2:]).all()
    assert vectors[1, :2].tolist() == [2, 3]


@pytest.mark.parametrize("measured", ["", PROPERTIES])
def test_without_measurements_the_embeddings_stand_alone(store: EmbeddingStore, measured: str) -> None:
    heard = hearing_in(store, version=OWN, measured=measured)
    assert heard.aspects == ()
    assert np.array_equal(heard.vectors, VECTORS)


def test_the_measuring_encoder_in_use_is_heard_once(store: EmbeddingStore) -> None:
    measure(store, *NAMES)
    heard = hearing_in(store, version=PROPERTIES, measured=PROPERTIES)
    assert heard.aspects == (3,)
    assert np.array_equal(heard.vectors, MEASUREMENTS)


@pytest.mark.parametrize("known", [[], ["a"], NAMES])
def test_some_songs_are_heard_as_all_of_them_are(store: EmbeddingStore, known: list[str]) -> None:
    measure(store, "b", *known)
    everything = hearing_in(store, version=OWN, measured=PROPERTIES)
    some = hearing_of_some(store, ["c", "nowhere", "a"], version=OWN, measured=PROPERTIES)
    assert some.filenames == ["c", "a"]
    assert some.aspects == everything.aspects
    assert np.array_equal(some.vectors, everything.vectors[[2, 0]], equal_nan=True)


def test_of_songs_that_nobody_heard_there_is_nothing(store: EmbeddingStore) -> None:
    assert hearing_of_some(store, ["nowhere"], version=OWN, measured=PROPERTIES).filenames == []


def test_plays_are_one_more_aspect_where_they_are_to_be_used(tmp_path: Path) -> None:
    job = planted_job(tmp_path)
    songs = [replace(song, popularity=0.25) for song in job.songs]
    heard = hearing_of(replace(job, songs=songs, options={"use_play_counts": True}))
    plain = hearing_of(job)
    assert heard.aspects == (plain.vectors.shape[1], 2)
    vectors = np.asarray(heard.vectors)
    assert np.array_equal(vectors[:, :-2], plain.vectors)
    known = [name in {song.song_id for song in songs} for name in heard.filenames]
    assert np.array_equal(vectors[:, -2] == 0.25, known)
    assert np.isnan(vectors[~np.array(known), -2]).all()
