"""A pool of worker processes of which one may die or hang and cost only its own task."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import forkserver, resource_tracker
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

from pebble import ProcessPool

from core.errors import UserError

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

NICENESS = 10
DEFAULT_TIME_LIMIT = 120.0
"""Seconds for one task; the slowest sound file that was seen took 2."""
MOST_BREAKS = 3
"""Pools in a row that may break before any task has come to its end."""


def usable_cores() -> int:
    """The cores that this process may run on; a container or ``taskset`` may allow fewer than there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def get_default_workers(target_percentage: float = 0.8) -> int:
    """The number of workers for a share of the usable cores, at least one."""
    return max(1, int(usable_cores() * target_percentage))


class WorkerPool(Executor):
    """Worker processes as a ``concurrent.futures.Executor``, forked from a server that has loaded ``preload``.

    ``forkserver`` with preloading costs 5 MB of private memory a worker against 369 MB with ``spawn``. A future raises
    ``pebble.ProcessExpired`` when its worker died, ``TimeoutError`` after ``time_limit`` seconds, and
    ``BrokenProcessPool`` when it was not begun because a worker died idle; in all three cases the pool goes on.
    """

    def __init__(self, workers: int, *, preload: tuple[str, ...] = (), time_limit: float = DEFAULT_TIME_LIMIT) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(list(preload))
        self.workers = workers
        self._time_limit = time_limit
        self._unfinished: set[Future[Any]] = set()
        self._is_shut = False
        self._breaks = 0
        self._pool = self._new_pool()

    def submit(
        self, function: Callable[Parameters, Result], /, *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> Future[Result]:
        """Run ``function`` in a worker; it and its arguments must be picklable."""
        _start_server()
        if not self._pool.active and not self._is_shut:
            self._replace_broken_pool()
        future: Future[Result] = self._pool.submit(function, self._time_limit, *args, **kwargs)
        self._unfinished.add(future)
        future.add_done_callback(self._note_end)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as Executor
        """End the workers: after their work, or at once with ``cancel_futures``."""
        self._is_shut = True
        if cancel_futures:
            for future in tuple(self._unfinished):
                future.cancel()
        if self._unfinished:
            self._pool.close()
        else:
            self._pool.stop()
        if wait:
            self._pool.join()

    def _new_pool(self) -> ProcessPool:
        return ProcessPool(max_workers=self.workers, context=self._context, initializer=_become_worker)

    def _replace_broken_pool(self) -> None:
        """The whole pool breaks when a worker dies that has no task: the system may kill an idle one for its memory."""
        self._breaks += 1
        if self._breaks > MOST_BREAKS:
            raise UserError("The worker processes end as soon as they are started: is there enough memory for them?")
        self._pool.join()
        for future in tuple(self._unfinished):
            future.set_exception(BrokenProcessPool("a worker died while it had no task"))
        self._pool = self._new_pool()

    def _note_end(self, future: Future[Any]) -> None:
        self._unfinished.discard(future)
        if not future.cancelled() and not isinstance(future.exception(), BrokenProcessPool):
            self._breaks = 0

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.shutdown(cancel_futures=kind is not None)


def _start_server() -> None:
    """Start the server, if it does not run yet, deaf to the Ctrl+C that reaches the whole process group.

    The standard library's ignores it only once everything is preloaded; in those seconds it died with a traceback.
    """
    resource_tracker.ensure_running()  # first, because it unblocks the signal when it starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _become_worker() -> None:
    # Ctrl+C in a shell reaches the whole process group; the parent alone decides when a worker ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(NICENESS)
