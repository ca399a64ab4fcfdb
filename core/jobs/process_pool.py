"""A pool of worker processes of which one may die or hang and cost only its own task."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import Executor, Future
from types import TracebackType
from typing import ParamSpec, TypeVar

from pebble import ProcessPool

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

NICENESS = 10
DEFAULT_TIME_LIMIT = 120.0
"""Seconds for one task; the slowest sound file that was seen took 2."""


def usable_cores() -> int:
    """The cores that this process may run on; a container or ``taskset`` may allow fewer than there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def get_default_workers(target_percentage: float = 0.8) -> int:
    """The number of workers for a share of the usable cores, at least one."""
    return max(1, int(usable_cores() * target_percentage))


class WorkerPool(Executor):
    """Worker processes as a ``concurrent.futures.Executor``, forked from a server that has loaded ``preload``.

    ``forkserver`` with preloading costs 5 MB of private memory a worker against 369 MB with ``spawn``. A future raises
    ``pebble.ProcessExpired`` when its worker died and ``TimeoutError`` after ``time_limit`` seconds; the pool goes on.
    """

    def __init__(self, workers: int, *, preload: tuple[str, ...] = (), time_limit: float = DEFAULT_TIME_LIMIT) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(preload))
        self.workers = workers
        self._time_limit = time_limit
        self._pool = ProcessPool(max_workers=workers, context=context, initializer=_become_worker)

    def submit(
        self, function: Callable[Parameters, Result], /, *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> Future[Result]:
        """Run ``function`` in a worker; it and its arguments must be picklable."""
        future: Future[Result] = self._pool.submit(function, self._time_limit, *args, **kwargs)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as Executor
        """End the workers: after their work, or at once with ``cancel_futures``."""
        if cancel_futures:
            self._pool.stop()
        else:
            self._pool.close()
        if wait:
            self._pool.join()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.shutdown(cancel_futures=kind is not None)


def _become_worker() -> None:
    # Ctrl+C in a shell reaches the whole process group; the parent alone decides when a worker ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(NICENESS)
