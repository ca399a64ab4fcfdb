"""The child that lays out: frames as they come, ended at once when it is stopped, left, or its parent is gone."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest

from core.errors import UserError
from core.jobs.events import Control
from core.recommend.map_drawing import LaidOut, LayoutJob, LayoutMoved, lay_out_in_child
from core.recommend.map_layout import Start
from core.store.embeddings import EmbeddingStore

SONGS, MANY = 40, 4000
NAMES = [f"file:///{number:05}.mp3" for number in range(MANY)]
PATIENCE = 120


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddingStore]:
    store = EmbeddingStore(tmp_path / "embeddings.db")
    kinds = np.repeat(np.eye(8) * 20, MANY // 8, axis=0)
    vectors = (kinds + np.random.default_rng(9).normal(size=kinds.shape)).astype(np.float32)
    store.store_embeddings_batch(list(zip(NAMES, vectors, strict=True)), "v")
    yield store
    store.close()


def job(store: EmbeddingStore, *, songs: int = SONGS) -> LayoutJob:
    names = NAMES[:: MANY // songs]
    return LayoutJob(store.path, "v", names, Start.nowhere(len(names)))


def children() -> list[psutil.Process]:
    return [each for each in psutil.Process().children() if "map_process" in " ".join(each.cmdline())]


def test_the_map_unfolds_and_is_laid_out(store: EmbeddingStore) -> None:
    *frames, last = list(lay_out_in_child(job(store)))
    assert isinstance(last, LaidOut)
    moved = [each for each in frames if isinstance(each, LayoutMoved)]
    assert len(moved) > 25
    assert moved[0].song_ids == tuple(NAMES[:: MANY // SONGS])
    assert not any(each.song_ids for each in moved[1:])
    assert all(each.positions.shape == (SONGS, 2) for each in moved)
    assert all(np.abs(each.positions).max() == pytest.approx(1) for each in moved)
    assert np.array_equal(last.positions, moved[-1].positions)
    kinds = np.repeat(np.arange(8), SONGS // 8)
    apart = np.linalg.norm(last.positions[:, None] - last.positions, axis=2) + 9 * np.eye(SONGS)
    assert (kinds[apart.argmin(axis=1)] == kinds).all()
    assert last.sound.shape == (SONGS, 8)
    assert last.scale > 1
    assert not children()


def test_stopping_ends_the_child_in_the_middle_of_a_computation(store: EmbeddingStore) -> None:
    control = Control()
    events = lay_out_in_child(job(store, songs=MANY), control=control)
    next(events)
    (child,) = children()
    threading.Timer(0.2, control.stop).start()
    assert not any(isinstance(each, LaidOut) for each in events)
    assert not child.is_running()


def test_leaving_the_generator_ends_the_child(store: EmbeddingStore) -> None:
    events = lay_out_in_child(job(store, songs=MANY))
    next(events)
    (child,) = children()
    events.close()  # type: ignore[attr-defined]
    assert not child.is_running()


def test_a_child_that_somebody_kills_is_told_in_a_sentence(store: EmbeddingStore) -> None:
    events = lay_out_in_child(job(store, songs=MANY))
    next(events)
    children()[0].kill()
    with pytest.raises(UserError, match="signal 9"):
        list(events)


PARENT = """
import sys
from pathlib import Path
from core.recommend.map_drawing import LayoutJob, lay_out_in_child
from core.recommend.map_layout import Start
names = [f"file:///{number:05}.mp3" for number in range(4000)]
events = lay_out_in_child(LayoutJob(Path(sys.argv[1]), "v", names, Start.nowhere(4000)))
next(events)
import psutil
print(psutil.Process().children()[0].pid, {"openTSNE", "sklearn", "torch"} & set(sys.modules), flush=True)
sys.stdin.read()
"""


def test_the_child_ends_with_its_parent(store: EmbeddingStore, tmp_path: Path) -> None:
    root = Path(__file__).parents[3]
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, store.path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root), "TMPDIR": str(tmp_path)},
    ) as parent:
        assert parent.stdout is not None
        number, loaded = parent.stdout.readline().split(maxsplit=1)
        child = psutil.Process(int(number))
        parent.kill()
    assert loaded.strip() == "set()", "the app's process loads no learning library"
    _, alive = psutil.wait_procs([child], timeout=PATIENCE)
    assert not alive


def test_four_songs_are_no_map(store: EmbeddingStore) -> None:
    with pytest.raises(UserError, match="at least 5 songs, and 4 were"):
        next(lay_out_in_child(job(store, songs=4)))


def test_a_song_that_was_removed_meanwhile_is_no_error(store: EmbeddingStore) -> None:
    wanted = job(store)
    store.remove([NAMES[0]], "v")
    assert isinstance(list(lay_out_in_child(wanted))[-1], LaidOut)
