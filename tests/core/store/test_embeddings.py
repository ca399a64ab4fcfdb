"""The store of embeddings: the plan's promises, kept for several versions, threads and processes."""

import io
import json
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.errors import UserError
from core.store.embeddings import EmbeddingStore

Vector = NDArray[np.float32]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddingStore]:
    opened = EmbeddingStore(tmp_path / "embeddings.db")
    yield opened
    opened.close()


def vector(number: float, *, dim: int = 4) -> Vector:
    return (np.arange(dim) + number).astype(np.float32)


def test_a_vector_comes_back_as_it_was(store: EmbeddingStore) -> None:
    store.store_embedding("file:///a.mp3", vector(1), "first")
    found = store.get_embedding("file:///a.mp3", "first")
    assert found is not None
    assert found.dtype == np.float32
    np.testing.assert_array_equal(found, vector(1))


def test_what_is_not_there_is_none(store: EmbeddingStore) -> None:
    store.store_embedding("a", vector(1), "first")
    assert store.get_embedding("b", "first") is None
    assert store.get_embedding("a", "second") is None


def test_a_second_vector_takes_the_place_of_the_first(store: EmbeddingStore) -> None:
    for number in (1, 2):
        store.store_embedding("a", vector(number), "first")
        found = store.get_embedding("a", "first")
        assert found is not None
        assert found[0] == number
    assert store.count() == 1


def test_versions_stand_side_by_side(store: EmbeddingStore) -> None:
    store.store_embedding("a", vector(1), "second")
    store.store_embedding("a", vector(2, dim=7), "first")
    store.store_embedding("b", vector(3), "second")
    assert store.get_all_versions("a") == ["first", "second"]
    assert store.get_all_versions("c") == []
    assert (store.has_embedding("a", "first"), store.has_embedding("b", "first")) == (True, False)
    assert (store.count(), store.count("second"), store.count("third"), store.count("")) == (3, 2, 0, 0)
    assert store.counts() == {"first": 1, "second": 2}
    assert store.filenames("second") == {"a", "b"}
    assert (store.get_embedding_dim("first"), store.get_embedding_dim("second")) == (7, 4)
    assert store.get_embedding_dim("third") is None


def test_a_batch_finds_what_is_there(store: EmbeddingStore) -> None:
    songs = [f"song {number}" for number in range(3000)]
    store.store_embeddings_batch([(song, vector(number)) for number, song in enumerate(songs)], "first")
    found = store.get_embeddings_batch([*songs, "another", songs[0]], "first")
    assert set(found) == set(songs)
    assert all(found[song][0] == number for number, song in enumerate(songs))


def test_an_empty_batch_is_nothing(store: EmbeddingStore) -> None:
    store.store_embeddings_batch([], "first")
    assert store.get_embeddings_batch([], "first") == {}
    assert store.count() == 0


def test_clearing_forgets_all_or_one_version(store: EmbeddingStore) -> None:
    for version in ("first", "second"):
        store.store_embedding("a", vector(1), version)
        store.get_embedding("a", version)
    store.clear("first")
    assert (store.get_embedding("a", "first"), store.counts()) == (None, {"second": 1})
    store.clear()
    assert (store.get_embedding("a", "second"), store.count()) == (None, 0)


def test_single_songs_can_be_removed(store: EmbeddingStore) -> None:
    store.store_embeddings_batch([("a", vector(1)), ("b", vector(2))], "first")
    store.store_embedding("a", vector(1), "second")
    store.get_embedding("a", "first")
    store.remove(["a", "never there"], "first")
    assert store.get_embedding("a", "first") is None
    assert store.counts() == {"first": 1, "second": 1}


def test_the_file_has_the_plan_s_schema(store: EmbeddingStore) -> None:
    with closing(sqlite3.connect(store.path)) as connection:
        columns = connection.execute("PRAGMA table_info(embeddings)").fetchall()
        indices = {row[1] for row in connection.execute("PRAGMA index_list(embeddings)")}
        metadata = [row[1] for row in connection.execute("PRAGMA table_info(model_metadata)")]
    assert [(row[1], row[2], row[3]) for row in columns] == [
        ("filename", "TEXT", 1),
        ("model_version", "TEXT", 1),
        ("embedding", "BLOB", 1),
        ("embedding_dim", "INTEGER", 1),
        ("created_at", "REAL", 1),
        ("updated_at", "REAL", 1),
    ]
    assert [row[1] for row in sorted(columns, key=lambda row: row[5]) if row[5]] == ["filename", "model_version"]
    assert {"idx_model_version", "idx_updated_at"} <= indices
    assert metadata == ["model_version", "encoder_class", "hyperparameters", "created_at"]


def test_the_bytes_are_numpy_s_own(store: EmbeddingStore) -> None:
    store.store_embedding("a", vector(1), "first")
    store.store_embedding("a", vector(2), "first")
    with closing(sqlite3.connect(store.path)) as connection:
        blob, dim, created, updated = connection.execute(
            "SELECT embedding, embedding_dim, created_at, updated_at FROM embeddings"
        ).fetchone()
    np.testing.assert_array_equal(np.load(io.BytesIO(blob), allow_pickle=False), vector(2))
    assert dim == 4
    assert 1.7e9 < created < updated


def test_a_store_made_by_the_plan_s_own_code_is_taken_over(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    np.save(buffer, np.array([1.0, 2.0]))  # of 64 bits, as numpy makes them
    with closing(sqlite3.connect(tmp_path / "embeddings.db")) as connection, connection:
        connection.execute(
            "CREATE TABLE embeddings (filename TEXT NOT NULL, model_version TEXT NOT NULL, embedding BLOB NOT NULL, "
            "embedding_dim INTEGER NOT NULL, created_at REAL NOT NULL, updated_at REAL NOT NULL, "
            "PRIMARY KEY (filename, model_version))"
        )
        connection.execute("INSERT INTO embeddings VALUES ('a', 'v', ?, 2, 1, 1)", [buffer.getvalue()])
    store = EmbeddingStore(str(tmp_path / "embeddings.db"))
    found = store.get_embedding("a", "v")
    store.close()
    assert found is not None
    assert (found.dtype, found.tolist()) == (np.float32, [1.0, 2.0])


def test_the_database_of_the_player_is_not_taken(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "clementine.db")) as player, player:
        player.execute("CREATE TABLE songs (title TEXT)")
    with pytest.raises(UserError, match="belongs to another program"):
        EmbeddingStore(tmp_path / "clementine.db")


@pytest.mark.parametrize(
    "wrong", [[np.nan, 1.0], [np.inf, 1.0], [], [[1.0, 2.0]], 1.0], ids=["nan", "inf", "empty", "matrix", "number"]
)
def test_what_is_no_finite_vector_is_refused(store: EmbeddingStore, wrong: object) -> None:
    with pytest.raises(ValueError, match="one finite vector"):
        store.store_embeddings_batch([("good", vector(1)), ("bad", np.array(wrong, dtype=np.float32))], "first")
    assert store.count() == 0


def test_vectors_of_two_dimensions_in_one_batch_are_refused(store: EmbeddingStore) -> None:
    with pytest.raises(ValueError, match="differ in their dimension"):
        store.store_embeddings_batch([("a", vector(1)), ("b", vector(1, dim=5))], "first")
    assert store.count() == 0


def test_what_is_handed_out_cannot_change_what_is_remembered(store: EmbeddingStore) -> None:
    given_away = vector(1)
    store.store_embedding("a", given_away, "first")
    given_away[0] = 99
    found = store.get_embedding("a", "first")
    assert found is not None
    with pytest.raises(ValueError, match="read-only"):
        found[0] = 99
    assert store.get_embedding("a", "first") is found, "it is remembered"


def test_the_memory_is_bounded_and_the_least_recently_used_leaves_first(tmp_path: Path) -> None:
    store = EmbeddingStore(tmp_path / "embeddings.db", remembered=2)
    store.store_embeddings_batch([(name, vector(1)) for name in "abc"], "first")
    first = store.get_embedding("a", "first")
    second = store.get_embedding("b", "first")
    assert store.get_embedding("a", "first") is first
    store.get_embedding("c", "first")
    assert store.get_embedding("a", "first") is first
    assert store.get_embedding("b", "first") is not second
    store.get_embeddings_batch(list("abc"), "first")
    assert len(store._cache) == 2
    store.close()


def test_what_another_process_replaced_is_not_remembered(store: EmbeddingStore) -> None:
    store.store_embedding("a", vector(1), "first")
    store.get_embedding("a", "first")
    other = EmbeddingStore(store.path)
    other.store_embedding("a", vector(2), "first")
    other.close()
    found = store.get_embedding("a", "first")
    assert found is not None
    assert found[0] == 2


def test_threads_may_share_one_store(tmp_path: Path) -> None:
    store = EmbeddingStore(tmp_path / "embeddings.db", remembered=8)
    songs = [f"song {number}" for number in range(16)]
    ready = threading.Barrier(6)

    def write(thread: int) -> None:
        ready.wait()
        for round_number in range(25):
            store.store_embeddings_batch([(song, vector(thread * 1000 + round_number)) for song in songs], "first")
            found = store.get_embeddings_batch(songs, "first")
            # Each batch is one transaction, so that all songs are of the same round whoever wrote last.
            assert len({each.tobytes() for each in found.values()}) == 1

    with ThreadPoolExecutor(6) as threads:
        for future in [threads.submit(write, thread) for thread in range(6)]:
            future.result()
    assert store.count() == len(songs)
    fresh = EmbeddingStore(store.path)
    remembered, stored = (each.get_embeddings_batch(songs, "first") for each in (store, fresh))
    assert all((remembered[song] == stored[song]).all() for song in songs)
    store.close()
    fresh.close()


def test_processes_may_write_to_one_store(store: EmbeddingStore) -> None:
    program = (
        "import sys, numpy; from core.store.embeddings import EmbeddingStore\n"
        "store = EmbeddingStore(sys.argv[1])\n"
        "for number in range(20): store.store_embedding(f'{sys.argv[2]} {number}', numpy.ones(4), 'first')\n"
        "store.close()"
    )
    children = [subprocess.Popen([sys.executable, "-c", program, store.path, name]) for name in "ab"]
    assert [child.wait() for child in children] == [0, 0]
    assert store.count("first") == 40


def test_who_made_a_version_is_kept(store: EmbeddingStore) -> None:
    store.store_metadata("first", encoder_class="SpectralEncoder", hyperparameters={"embedding_dim": 4})
    store.store_metadata("first", encoder_class="Other", hyperparameters={})
    found = store.get_metadata("first")
    assert found is not None
    assert (found["encoder_class"], found["hyperparameters"]) == ("SpectralEncoder", {"embedding_dim": 4})
    assert found["created_at"] > 1.7e9
    assert store.get_metadata("second") is None
    with closing(sqlite3.connect(store.path)) as connection:
        (text,) = connection.execute("SELECT hyperparameters FROM model_metadata").fetchone()
    assert json.loads(text) == {"embedding_dim": 4}


names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
values_of_three = st.lists(st.floats(width=32, allow_nan=False, allow_infinity=False), min_size=3, max_size=3)


@settings(max_examples=25)
@given(st.dictionaries(names, values_of_three))
def test_any_names_and_any_values_come_back(songs: dict[str, list[float]]) -> None:
    store = EmbeddingStore(":memory:")
    store.store_embeddings_batch([(name, np.array(values, dtype=np.float32)) for name, values in songs.items()], "v")
    found = store.get_embeddings_batch(list(songs), "v")
    matrix = store.matrix("v")
    assert {name: each.tolist() for name, each in found.items()} == songs
    assert {name: matrix.vectors[row].tolist() for name, row in matrix.index().items()} == songs
    store.close()
