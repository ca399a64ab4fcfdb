"""A pool of worker processes of which one may die or hang and cost only its own task."""

import logging
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future
from dataclasses import dataclass, field
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from multiprocessing.util import Finalize
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

import psutil

from core.errors import UserError
from core.jobs.worker_process import LEFT_TO_THE_APP, Word, make_gentle, serve

logger = logging.getLogger(__name__)

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

DEFAULT_TIME_LIMIT = 120.0
"""Seconds for one task; the slowest sound file that was seen took 2."""
MOST_FAILED_STARTS = 10
"""Workers in a row that may die before they are ready."""
PATIENCE = 5.0
"""Seconds that an idle worker gets to end by itself."""
LOST_WITH_ITS_SERVER = 255
"""What the standard library takes for the exit code of a worker whose fork server has died and cannot tell it."""


class WorkerDied(Exception):  # noqa: N818 - it says what has happened
    """The worker died over its task; ``exitcode`` is the negative number of a signal, what it exited with, or None."""

    def __init__(self, sentence: str, *, code: int | None = 0) -> None:
        super().__init__(sentence)
        self.exitcode = code


@dataclass(eq=False)
class _Task:
    """A call on its way; ``is_running`` once its future can no longer be cancelled, ``was_lost`` with a fork server."""

    payload: bytes
    future: "Future[Any]"
    is_running: bool = False
    was_lost: bool = False


@dataclass(eq=False)
class _Worker:
    """One process and what it is on; ``has_begun`` tells whether its death is its task's."""

    process: BaseProcess
    connection: Connection
    is_gentle: bool
    is_ready: bool = False
    task: _Task | None = None
    has_begun: bool = False
    deadline: float = field(default=float("inf"))

    @property
    def is_idle(self) -> bool:
        return self.is_ready and self.task is None


def usable_cores() -> int:
    """The cores that this process may run on; a container or ``taskset`` may allow fewer than there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def get_default_workers(target_percentage: float = 0.8) -> int:
    """The number of workers for a share of the usable cores, at least one."""
    return max(1, int(usable_cores() * target_percentage))


class WorkerPool(Executor):
    """Worker processes as a ``concurrent.futures.Executor``, forked from a server that has loaded ``preload``.

    ``forkserver`` with preloading costs 5 MB of private memory a worker against 369 MB with ``spawn``. A future raises
    ``WorkerDied`` when its worker died, ``TimeoutError`` after ``time_limit`` seconds; the pool goes on. A task whose
    worker died before it was begun goes to the next worker. Seconds are those of ``time.monotonic``: a machine that
    was suspended has not used up anybody's.

    One thread does everything: it sleeps until a task comes, a worker speaks or dies, or a time limit is over. Each
    worker has a connection of its own and gets one task at a time: nobody can die with a lock that the others need, and
    it is always known what a worker was on.
    """

    def __init__(self, workers: int, *, preload: tuple[str, ...] = (), time_limit: float = DEFAULT_TIME_LIMIT) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(list(preload))
        self.workers = workers
        self._time_limit = time_limit
        self._lock = threading.Lock()
        self._queue = deque[_Task]()
        self._living = list[_Worker]()
        self._failed_starts = 0
        self._is_gentle = False
        self._is_shut = False
        self._is_cancelled = False
        self._bell = -1
        self._thread: threading.Thread | None = None
        self._at_exit: Finalize | None = None

    # ------------------------------------------------------------------------------------------ called by any thread

    def submit(
        self, function: Callable[Parameters, Result], /, *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> Future[Result]:
        """Run ``function`` in a worker; it and its arguments must be picklable."""
        future = Future[Result]()
        try:
            payload = bytes(ForkingPickler.dumps((function, args, kwargs)))
        except Exception as error:  # noqa: BLE001 - pickle raises what it likes
            future.set_exception(error)
            return future
        with self._lock:
            if self._is_shut:
                raise RuntimeError("The pool has been shut down")
            self._queue.append(_Task(payload, future))
            self._start_thread()
            os.eventfd_write(self._bell, 1)
        return future

    def be_gentle(self, gentle: bool) -> None:  # noqa: FBT001 - be_gentle(True) reads well
        """Give all workers the last turn on processor and disk, from now on; False takes that back.

        Niceness can only be raised without root: for the way back, workers are replaced as they become idle.
        """
        with self._lock:
            if gentle == self._is_gentle:
                return
            self._is_gentle = gentle
            if self._thread is not None and not self._is_shut:
                os.eventfd_write(self._bell, 1)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as Executor
        """End the workers: after their work, or at once with ``cancel_futures``."""
        with self._lock:
            self._is_cancelled = self._is_cancelled or cancel_futures
            if self._thread is not None and self._bell >= 0:
                os.eventfd_write(self._bell, 1)
            self._is_shut = True
        if wait and self._thread is not None:
            self._thread.join()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.shutdown(cancel_futures=kind is not None)

    def _start_thread(self) -> None:
        if self._thread is None:
            self._bell = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
            # An app that ends without shutting down does not wait for the work. Python would send SIGTERM to daemons
            # and join them, for ever, because workers do not hear it; what has a priority comes before that.
            self._at_exit = Finalize(None, self.shutdown, kwargs={"cancel_futures": True}, exitpriority=0)
            self._thread = threading.Thread(target=self._tend, name="worker pool", daemon=True)
            self._thread.start()

    # ------------------------------------------------------------------------------------------ the one thread's own

    def _tend(self) -> None:
        try:
            while not self._is_at_end():
                self._adjust_workers()
                self._hand_out()
                self._listen()
                self._end_overdue()
        finally:
            self._end_everything()
            if self._at_exit is not None:
                self._at_exit.cancel()

    def _is_at_end(self) -> bool:
        with self._lock:
            idle = not self._queue and all(worker.task is None for worker in self._living)
            return self._is_cancelled or (self._is_shut and idle)

    def _adjust_workers(self) -> None:
        """Make gentle what shall be, let go of what is too gentle, and start what the queue needs."""
        for worker in list(self._living):
            if self._is_gentle and not worker.is_gentle:
                _make_gentle(worker)
            elif worker.is_gentle and not self._is_gentle and worker.is_idle:
                self._let_go(worker)
        unbusy = sum(worker.task is None for worker in self._living)
        for _ in range(min(len(self._queue) - unbusy, self.workers - len(self._living))):
            self._start_worker()

    def _start_worker(self) -> None:
        _start_server()
        ours, theirs = self._context.Pipe()
        gentle = self._is_gentle
        process = self._context.Process(target=serve, args=(theirs, gentle), name="worker", daemon=True)
        try:
            process.start()
        except (OSError, EOFError):  # the server was killed, or there is no room for another process
            logger.warning("a worker process could not be started", exc_info=True)
            ours.close()
            self._note_failed_start()
        else:
            self._living.append(_Worker(process, ours, gentle))
        finally:
            theirs.close()

    def _note_failed_start(self) -> None:
        self._failed_starts += 1
        if self._failed_starts <= MOST_FAILED_STARTS:
            os.eventfd_write(self._bell, 1)  # try again
            return
        self._failed_starts = 0
        sentence = "The worker processes end as soon as they are started: is there enough memory for them?"
        with self._lock:
            given_up = [*self._queue]
            self._queue.clear()
        for task in given_up:
            if task.is_running or task.future.set_running_or_notify_cancel():
                task.future.set_exception(UserError(sentence))

    def _hand_out(self) -> None:
        for worker in [worker for worker in self._living if worker.is_idle]:
            task = self._next_task()
            if task is None:
                return
            worker.task, worker.has_begun = task, False
            worker.deadline = time.monotonic() + self._time_limit
            try:
                worker.connection.send_bytes(task.payload)
            except OSError:
                self._bury(worker)  # it died idle

    def _next_task(self) -> _Task | None:
        while True:
            with self._lock:
                task = self._queue.popleft() if self._queue else None
            if task is None or task.is_running or task.future.set_running_or_notify_cancel():
                break
        if task is not None:
            task.is_running = True
        return task

    def _listen(self) -> None:
        """Sleep until something happens, and hear what the workers say."""
        nearest = min((worker.deadline for worker in self._living), default=float("inf"))
        timeout = None if nearest == float("inf") else max(0.0, nearest - time.monotonic())
        speakers = {worker.connection: worker for worker in self._living}
        for speaker in wait([self._bell, *speakers], timeout):
            if speaker == self._bell:
                os.eventfd_read(self._bell)
            else:
                self._hear(speakers[speaker])  # type: ignore[index]

    def _hear(self, worker: _Worker) -> None:
        try:
            message = worker.connection.recv_bytes()
        except (EOFError, OSError):
            self._bury(worker)
            return
        match message[0]:
            case Word.READY:
                worker.is_ready = True
                self._failed_starts = 0
            case Word.BEGUN:
                worker.has_begun = True
            case word:
                task, worker.task, worker.deadline = worker.task, None, float("inf")
                if task is not None:
                    _resolve(task.future, Word(word), message[1:])

    def _end_overdue(self) -> None:
        now = time.monotonic()
        for worker in [worker for worker in self._living if worker.deadline <= now]:
            task, worker.task = worker.task, None
            worker.process.kill()
            self._bury(worker)
            if task is not None:
                task.future.set_exception(TimeoutError(f"no answer within {self._time_limit:g} seconds"))

    def _bury(self, worker: _Worker) -> None:
        """A worker has died: its task fails if it was begun, else the next worker gets it.

        One that was lost with the fork server is begun once more; not twice, for a task may exit with the same code.
        """
        self._living.remove(worker)
        _end(worker)
        task, code = worker.task, worker.process.exitcode
        if task is not None and worker.has_begun and (code != LOST_WITH_ITS_SERVER or task.was_lost):
            task.future.set_exception(WorkerDied(f"the worker ended with code {code}", code=code))
        elif task is not None:
            task.was_lost = task.was_lost or worker.has_begun
            with self._lock:
                self._queue.appendleft(task)
            os.eventfd_write(self._bell, 1)  # it may have died after the others were looked at
        elif not worker.is_ready:
            self._note_failed_start()
        worker.process.close()

    def _let_go(self, worker: _Worker) -> None:
        """End an idle worker by closing its connection."""
        self._living.remove(worker)
        _end(worker)
        worker.process.close()

    def _end_everything(self) -> None:
        with self._lock:
            self._is_shut = True
            left = [*self._queue]
            self._queue.clear()
            os.close(self._bell)
            self._bell = -1
        for worker in list(self._living):
            if not worker.is_idle:
                worker.process.kill()
            left += [worker.task] if worker.task else []
            self._let_go(worker)
        self._living.clear()
        for task in left:
            if task.is_running:
                task.future.set_exception(CancelledError())
            else:
                task.future.cancel()
                task.future.set_running_or_notify_cancel()


def _end(worker: _Worker) -> None:
    """Close its connection, on which an idle worker ends by itself; a process that does not is killed."""
    worker.connection.close()
    worker.process.join(PATIENCE)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()


def _resolve(future: "Future[Any]", word: Word, payload: bytes) -> None:
    try:
        value = ForkingPickler.loads(payload)
    except Exception as error:  # noqa: BLE001 - an error whose class takes other arguments cannot be made again
        future.set_exception(error)
        return
    if word is Word.ERROR:
        future.set_exception(value)
    else:
        future.set_result(value)


def _make_gentle(worker: _Worker) -> None:
    worker.is_gentle = True
    try:
        make_gentle(worker.process.pid or 0)
    except (psutil.Error, OSError):
        logger.debug("a worker ended before it could be made gentle", exc_info=True)


def _start_server() -> None:
    """Start the server, if it does not run yet, deaf to what ends the app, as all workers are that it forks.

    The standard library's ignores Ctrl+C only once everything is preloaded, in which seconds it died with a traceback;
    a SIGTERM kills it, and its workers with it. It ends when the app has ended, by a pipe that closes.
    """
    resource_tracker.ensure_running()  # first, because it unblocks these signals when it starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, LEFT_TO_THE_APP)
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
