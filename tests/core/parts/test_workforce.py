"""The workers are started when something has to be heard, once, and ended with the run."""

from typing import Any

import pytest

from core.analysis import worker
from core.parts import workforce as module
from core.parts.workforce import Workforce


class RecordedPool:
    """Says how it was started and ended."""

    started: list[tuple[Any, ...]]
    ended: list[bool]
    workers = 3

    def __init__(self, workers: int, *, preload: tuple[str, ...]) -> None:
        self.started.append((workers, preload))

    def shutdown(self, *, cancel_futures: bool) -> None:
        self.ended.append(cancel_futures)


@pytest.fixture(autouse=True)
def pools(monkeypatch: pytest.MonkeyPatch) -> type[RecordedPool]:
    RecordedPool.started, RecordedPool.ended = [], []
    monkeypatch.setattr(module, "WorkerPool", RecordedPool)
    return RecordedPool


def test_workers_are_started_when_they_are_needed_and_once(pools: type[RecordedPool]) -> None:
    workforce = Workforce(3)
    assert (workforce.workers, pools.started) == (3, [])
    assert workforce.pool() is workforce.pool()
    assert pools.started == [(3, worker.PRELOAD)]


@pytest.mark.parametrize("at_once", [True, False])
def test_workers_are_ended_once(pools: type[RecordedPool], at_once: bool) -> None:
    workforce = Workforce(1)
    workforce.close(at_once=at_once)
    assert pools.ended == [], "none were started"
    workforce.pool()
    workforce.close(at_once=at_once)
    workforce.close(at_once=at_once)
    assert pools.ended == [at_once]


def test_only_workers_of_ours_are_limited_in_memory() -> None:
    assert Workforce(1).analyse is worker.analyse_within_limit
    assert Workforce(1, address="localhost:8786").analyse is worker.analyse
    assert Workforce(1).notice == ""
