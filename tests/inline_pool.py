"""A pool that does all work at once, in the process of the test: what is called there can be counted and replaced.

Use::

    pool = InlinePool.in_place_of_workers(monkeypatch)
    list(engine.scan())
    assert pool.names() == ["analyse_within_limit"]
"""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, Self

import pytest

from core.analysis import worker
from core.parts import workforce


class InlinePool(Executor):
    """Runs what is submitted before ``submit`` returns; ``calls`` are the functions with their arguments."""

    def __init__(self) -> None:
        self.workers = 1
        self.calls: list[tuple[Callable[..., Any], tuple[Any, ...]]] = []

    @classmethod
    def in_place_of_workers(cls, monkeypatch: pytest.MonkeyPatch) -> Self:
        """Let the engine use one of these; the memory of the test itself is not limited."""
        pool = cls()
        monkeypatch.setattr(workforce, "WorkerPool", lambda *_, **__: pool)
        monkeypatch.setattr(worker, "limit_growth", lambda: None)
        worker.load_encoder.cache_clear()
        worker._load_within_limit.cache_clear()
        return pool

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:  # noqa: ANN401 - as Executor
        self.calls.append((function, arguments))
        future = Future[Any]()
        try:
            future.set_result(function(*arguments, **named))
        except Exception as error:  # noqa: BLE001 - as in a pool
            future.set_exception(error)
        return future

    def names(self) -> list[str]:
        """The names of the functions that were called, and forget them."""
        names = [function.__name__ for function, _ in self.calls]
        self.calls.clear()
        return names
