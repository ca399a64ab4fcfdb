"""Balancing in a child: what it finds is what this process would find, and it can be stopped."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.jobs.events import Control, Progress
from core.recommend.space import balancing
from core.recommend.space.balance_process import REACHES
from core.recommend.space.balancing import Balanced, BalanceJob, balance_in_child
from core.recommend.space.sound_space import SoundSpace
from core.store.embeddings import EmbeddingStore

NAMES = [f"file:///{number:03}.mp3" for number in range(200)]
VECTORS = np.random.default_rng(3).normal(size=(len(NAMES), 16)).astype(np.float32)
LISTED = np.arange(len(NAMES)) % 5 > 0


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddingStore]:
    store = EmbeddingStore(tmp_path / "embeddings.db")
    store.store_embeddings_batch(list(zip(NAMES, VECTORS, strict=True)), "v")
    yield store
    store.close()


def job(store: EmbeddingStore) -> BalanceJob:
    """In another order than the store has them."""
    return BalanceJob(store.path, "v", NAMES[::-1], LISTED)


def test_it_finds_what_this_process_would_find(store: EmbeddingStore) -> None:
    *steps, last = balance_in_child(job(store))
    assert isinstance(last, Balanced)
    assert last.reaches == pytest.approx(SoundSpace.of(VECTORS[::-1], listed=LISTED).balanced(), rel=1e-5)
    shares = [step.done for step in steps if isinstance(step, Progress)]
    assert shares == sorted(set(shares))
    assert shares[-1] == 100


def test_stopped_it_finds_nothing(store: EmbeddingStore) -> None:
    control = Control()
    control.stop()
    assert not any(isinstance(event, Balanced) for event in balance_in_child(job(store), control=control))


def test_stopped_while_it_writes_it_finds_nothing(store: EmbeddingStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(_: str, *, job: dict[str, Any], **__: object) -> Iterator[dict[str, Any]]:
        yield {"share": 1.0}
        (Path(job["folder"]) / REACHES).write_bytes(b"\x93NUMPY")

    monkeypatch.setattr(balancing, "answers", stopped)
    assert list(balance_in_child(job(store))) == [Progress(100, 100)]
