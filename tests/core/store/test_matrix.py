"""The matrix beside the store: always the vectors of the store, whoever wrote them and whoever was killed."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest

from core.errors import UserError
from core.store import matrix
from core.store.embeddings import EmbeddingStore
from core.store.matrix import ALIGNMENT, EmbeddingMatrix, matrix_file


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddingStore]:
    opened = EmbeddingStore(tmp_path / "embeddings.db")
    opened.store_embeddings_batch([(name, np.full(5, number, np.float32)) for number, name in enumerate("dbca")], "v")
    yield opened
    opened.close()


def content(found: EmbeddingMatrix) -> dict[str, float]:
    """The names, each with the value that its whole vector has."""
    assert all((vector == vector[0]).all() for vector in found.vectors)
    return {name: float(found.vectors[row, 0]) for name, row in found.index().items()}


def is_mapped(found: EmbeddingMatrix) -> bool:
    return isinstance(found.vectors.base, np.memmap) or isinstance(found.vectors, np.memmap)


def test_it_holds_the_vectors_of_the_store(store: EmbeddingStore) -> None:
    found = store.matrix("v")
    assert found.filenames == ["a", "b", "c", "d"]
    assert (found.vectors.shape, found.vectors.dtype) == ((4, 5), np.float32)
    for name, row in found.index().items():
        np.testing.assert_array_equal(found.vectors[row], store.get_embedding(name, "v"))


def test_it_is_mapped_aligned_and_cannot_be_written(store: EmbeddingStore) -> None:
    found = store.matrix("v")
    assert is_mapped(found)
    assert found.vectors.ctypes.data % ALIGNMENT == 0
    assert found.vectors.flags.c_contiguous
    with pytest.raises(ValueError, match="read-only"):
        found.vectors[0, 0] = 1


def test_it_is_built_once(store: EmbeddingStore, monkeypatch: pytest.MonkeyPatch) -> None:
    before = content(store.matrix("v"))
    monkeypatch.setattr(matrix, "_read", None)
    assert content(store.matrix("v")) == before


def test_songs_that_have_no_vector_are_left_out(store: EmbeddingStore) -> None:
    found, vectors = store.matrix("v").rows(["c", "never", "a"])
    assert (found, vectors[:, 0].tolist()) == (["c", "a"], [2.0, 3.0])
    found, vectors = store.matrix("v").rows([])
    assert (found, vectors.shape) == ([], (0, 5))


@pytest.mark.parametrize("change", ["new", "replaced", "removed", "replaced by a name"])
def test_it_is_built_anew_when_the_store_has_moved_on(store: EmbeddingStore, change: str) -> None:
    expected = content(store.matrix("v"))
    if change in ("removed", "replaced by a name"):
        store.remove(["b"], "v")
        del expected["b"]
    if change != "removed":
        name = {"new": "e", "replaced": "c"}.get(change, "e")
        store.store_embedding(name, np.full(5, 9, np.float32), "v")
        expected[name] = 9
    assert content(store.matrix("v")) == expected


def test_a_version_of_its_own_does_not_disturb_another(store: EmbeddingStore, monkeypatch: pytest.MonkeyPatch) -> None:
    first = content(store.matrix("v"))
    store.store_embedding("a", np.full(3, 7, np.float32), "w")
    assert content(store.matrix("w")) == {"a": 7}
    monkeypatch.setattr(matrix, "_read", None)
    assert content(store.matrix("v")) == first


def test_no_vectors_are_an_empty_matrix(store: EmbeddingStore) -> None:
    assert store.matrix("never").filenames == []
    store.matrix("v")
    store.clear()
    assert store.matrix("v").vectors.shape == (0, 0)


def test_of_several_dimensions_in_one_version_the_newest_counts(store: EmbeddingStore) -> None:
    store.store_embedding("e", np.full(8, 1, np.float32), "v")
    store.store_embedding("f", np.full(8, 2, np.float32), "v")
    assert content(store.matrix("v")) == {"e": 1, "f": 2}
    assert store.matrix("v").vectors.shape == (2, 8)


@pytest.mark.parametrize("lost", [1, 4, 16, 64, 80, 96])
def test_a_file_that_lost_whole_values_is_built_anew(store: EmbeddingStore, lost: int) -> None:
    """Without 16 bytes each of the four songs would have one value less, without 80 none."""
    before = content(store.matrix("v"))
    file = matrix_file(store.path, "v")
    file.write_bytes(file.read_bytes()[:-lost])
    assert content(store.matrix("v")) == before


@pytest.mark.parametrize("share", [0.0, 0.1, 0.6, 0.99])
def test_a_file_that_broke_off_is_built_anew(store: EmbeddingStore, share: float) -> None:
    before = content(store.matrix("v"))
    file = matrix_file(store.path, "v")
    file.write_bytes(file.read_bytes()[: int(share * file.stat().st_size)])
    assert content(store.matrix("v")) == before
    assert is_mapped(store.matrix("v"))


def test_a_kill_before_the_file_is_in_its_place_leaves_the_old_one(
    store: EmbeddingStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.matrix("v")
    old = matrix_file(store.path, "v").read_bytes()
    store.store_embedding("a", np.full(5, 9, np.float32), "v")

    def be_killed(self: Path, target: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(Path, "replace", be_killed)
        with pytest.raises(KeyboardInterrupt):
            store.matrix("v")
    assert matrix_file(store.path, "v").read_bytes() == old
    assert content(store.matrix("v"))["a"] == 9
    assert [file for file in store.path.parent.iterdir() if file.name.startswith(".")] == []


def test_one_that_is_held_open_stays_as_it_was(store: EmbeddingStore) -> None:
    held = store.matrix("v")
    store.store_embedding("a", np.full(5, 9, np.float32), "v")
    assert content(store.matrix("v"))["a"] == 9
    assert content(held)["a"] == 3


def test_a_newer_file_by_another_process_is_not_mixed_with_what_was_read(
    store: EmbeddingStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = matrix._write

    def write_and_be_overtaken(built: EmbeddingMatrix, *, file: Path, stamp: list[float]) -> None:
        real(built, file=file, stamp=stamp)
        newer = EmbeddingMatrix(["x"], np.zeros((1, 5), np.float32))
        real(newer, file=file, stamp=[1.0, 2.0, 3.0])

    monkeypatch.setattr(matrix, "_write", write_and_be_overtaken)
    assert content(store.matrix("v")) == {"a": 3, "b": 1, "c": 2, "d": 0}


def test_processes_may_build_it_at_once_while_the_store_is_written(store: EmbeddingStore) -> None:
    program = (
        "import sys; from core.store.embeddings import EmbeddingStore\n"
        "store = EmbeddingStore(sys.argv[1])\n"
        "for _ in range(60):\n"
        "    found = store.matrix('v')\n"
        "    numbers = {name: found.vectors[row] for name, row in found.index().items()}\n"
        "    assert all((vector == vector[0]).all() for vector in numbers.values())\n"
        "    assert all(vector[0] == int(name) for name, vector in numbers.items() if name.isdigit()), numbers\n"
    )
    children = [subprocess.Popen([sys.executable, "-c", program, store.path]) for _ in range(2)]
    number = 0
    while any(child.poll() is None for child in children):
        number += 1
        store.store_embedding(str(number % 50), np.full(5, number % 50, np.float32), "v")
        if number % 7 == 0:
            store.remove([str(number % 50)], "v")
        store.matrix("v")
    assert [child.returncode for child in children] == [0, 0]


def test_a_folder_that_cannot_be_written_is_named(store: EmbeddingStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_arguments: object) -> tuple[int, str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(matrix.tempfile, "mkstemp", refuse)
    with pytest.raises(UserError, match=r"\.matrix cannot be written: Permission denied"):
        store.matrix("v")


def test_in_memory_it_is_read_each_time() -> None:
    store = EmbeddingStore(":memory:")
    store.store_embedding("a", np.ones(5, np.float32), "v")
    assert content(store.matrix("v")) == {"a": 1}
    store.close()


def test_some_rows_are_copied_in_any_order(store: EmbeddingStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.store.matrix.PIECE", 2)
    found = store.matrix("v")
    rows = np.array([3, 0, 0, -1, 1], dtype=np.intp)
    assert np.array_equal(found.at(rows), found.vectors[rows])
    assert found.at(rows).flags.writeable
    assert found.at(rows[:0]).shape == (0, 5)


def test_one_that_was_removed_counts_as_like_all_others(store: EmbeddingStore) -> None:
    found = store.matrix("v")
    vectors = found.vectors_of(["b", "gone", "a"])
    assert np.array_equal(vectors[[0, 2]], found.vectors[[1, 0]])
    assert vectors[1] == pytest.approx(found.vectors[:2].mean(axis=0))


def test_what_was_read_of_the_file_is_let_go(tmp_path: Path) -> None:
    store, vectors = EmbeddingStore(tmp_path / "embeddings.db"), np.ones((3000, 64), np.float32)
    store.store_embeddings_batch([(f"{row}", vector) for row, vector in enumerate(vectors)], "v")
    found = store.matrix("v")
    assert found.vectors.sum() == vectors.sum()
    assert resident(store.path) > 500_000
    assert np.array_equal(found.at(np.arange(3000)), vectors)
    assert resident(store.path) < 100_000
    store.close()


def resident(store: Path) -> int:
    """Bytes of the file of the matrix that are in the memory of this process."""
    mapped = psutil.Process().memory_maps()
    return sum(each.rss for each in mapped if each.path == str(matrix_file(store, "v")))
