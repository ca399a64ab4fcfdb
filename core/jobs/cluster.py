"""The pool of other machines: the workers of a Dask scheduler, each with one song at a time.

Dask itself gives a task whose worker died to the next one, up to three times, and counts a death against every task
that the worker had in its queue. So the queue is held here, a worker has one task, and the task may go nowhere else:
what kills its worker costs one worker and one song.
"""

import asyncio
import logging
import os
import pickle
import time
import uuid
from collections import deque
from collections.abc import Callable, Container, Coroutine, Sequence
from concurrent.futures import CancelledError, Executor, Future
from concurrent.futures import wait as wait_for_futures
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, ParamSpec, Self, TypeVar
from urllib.parse import urlsplit

from core.errors import UserError
from core.jobs.process_pool import DEFAULT_TIME_LIMIT, WorkerDied
from core.jobs.scheduler import CONNECTING, connect, notice_of, require_paths, require_version, unreadable

if TYPE_CHECKING:
    from distributed import Client
    from distributed import Future as RemoteFuture

logger = logging.getLogger(__name__)

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

LOCAL = "local"
SCHEME = "dask://"
SILENCE = 15.0
"""Seconds without an answer after which a scheduler is gone."""
ALONE = 60.0
"""Seconds without any worker after which none is awaited; a nanny needs about three to start another."""
LOOK = 1.0
"""Seconds between two looks at the clock and the scheduler's workers."""
MOST_MOVES = 3
"""Workers that may leave in good order with the same task before it is held to be what makes them leave."""


def parse_executor(text: str) -> str:
    """``local``, or the HOST:PORT of ``dask://HOST:PORT``; raises UserError for anything else."""
    if text == LOCAL:
        return LOCAL
    if not text.startswith(SCHEME):
        raise UserError(f"“{text}” is no executor: it is local or dask://HOST:PORT.")
    try:
        parts = urlsplit(text)
        is_whole = bool(parts.hostname and parts.port and parts.username is None and text == SCHEME + parts.netloc)
    except ValueError:  # a bracket without its other, a port that is no number or is beyond 65535
        is_whole = False
    if not is_whole:
        raise UserError(f"“{text}” does not name a host and a port, as in dask://192.168.1.5:8786.")
    return text.removeprefix(SCHEME)


def cluster_pool(address: str, *, time_limit: float = DEFAULT_TIME_LIMIT) -> "ClusterPool":
    """The workers of the scheduler at HOST:PORT, all of which have this version of Marmalade.

    Raises UserError without the extra, a scheduler, a worker, or with another version on one of them.
    """
    client = connect(address)
    try:
        return ClusterPool(client, address=address, time_limit=time_limit)
    except BaseException:
        client.close()
        raise


@dataclass(slots=True, eq=False)
class _Ticket:
    """A task on its way; ``remote`` and ``deadline`` are those of its present worker."""

    future: Future[Any]
    payload: bytes
    remote: "RemoteFuture | None" = None
    deadline: float = 0.0
    moves: int = 0

    def claim(self) -> bool:
        """Whether it is still wanted; from now on it cannot be cancelled."""
        return self.future.running() or self.future.set_running_or_notify_cancel()

    def succeed(self, value: object) -> None:
        self.future.set_result(value)
        self.remote = None

    def fail(self, error: BaseException) -> None:
        if not self.future.done() and self.claim():
            self.future.set_exception(error)
        self.remote = None


class ClusterPool(Executor):
    """Dask workers as a ``concurrent.futures.Executor``; everything with an underscore runs in the client's loop.

    A future raises ``WorkerDied`` when its worker died, ``TimeoutError`` after ``time_limit`` seconds, and
    UserError when the scheduler or all workers are gone, after which nothing more is taken. A worker that is over the
    time is started anew by its nanny; one without a nanny cannot be, and gets nothing more to do. Workers that
    come later are used once they have passed the same checks.
    """

    def __init__(self, client: "Client", *, address: str, time_limit: float) -> None:
        self._client, self._address, self._time_limit = client, address, time_limit
        self._seats: dict[str, _Ticket | None] = {}
        """The workers, and what each of them is at."""
        self._refused: set[str] = set()
        self._missed: set[str] = set()
        self._waiting: deque[_Ticket] = deque()
        self._unfinished: set[Future[Any]] = set()
        self._paths: tuple[str, ...] = ()
        self._failure: UserError | None = None
        self._is_shut = False
        self._worked_at = time.monotonic()
        self._jobs: set[asyncio.Task[None]] = set()
        threads: dict[str, int] = client.nthreads()
        if not threads:
            raise UserError(
                f"The Dask scheduler at {address} has no worker: start some with “dask worker {address} --nthreads 1”."
            )
        require_version(client.run(version, "marmalade", on_error="return"))
        self._seats = dict.fromkeys(threads)
        self.notice = notice_of(threads)
        """A sentence for the owner about workers that could do more; mostly empty."""
        client.loop.add_callback(self._start)

    @property
    def workers(self) -> int:
        """The songs that can be in work now: one for each worker process, whatever its threads."""
        return len(self._seats)

    def require_paths(self, paths: Sequence[Path]) -> None:
        """Raise UserError unless every worker, also one that comes later, can read what is here at these paths.

        Give some files besides the folders: the folder of a share that is not mounted is there, but empty.
        """
        self._paths = tuple(str(path) for path in paths if os.access(path, os.R_OK))
        require_paths(self._client.run(unreadable, self._paths, on_error="return"))

    def submit(
        self, function: Callable[Parameters, Result], /, *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> Future[Result]:
        """Run ``function`` on a worker; it and its arguments must be picklable."""
        if self._failure is not None:
            raise self._failure
        if self._is_shut:
            message = "the pool was shut down"
            raise RuntimeError(message)
        # Pickled here, for Dask would look for its own values inside, and its messages hold no name that is not UTF-8.
        ticket = _Ticket(Future(), pickle.dumps((function, args, kwargs)))
        self._unfinished.add(ticket.future)
        ticket.future.add_done_callback(self._unfinished.discard)
        self._client.loop.add_callback(self._take, ticket)
        return ticket.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as Executor
        """Leave the workers: after their work with ``wait``, or at once with ``cancel_futures``."""
        self._is_shut = True
        if wait and not cancel_futures:
            wait_for_futures(tuple(self._unfinished))
        if self._client.status != "closed":
            with suppress(OSError, TimeoutError, CancelledError):  # nobody may be there to say good-bye to
                self._client.sync(self._stop)
        self._client.close(timeout=CONNECTING)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.shutdown(cancel_futures=kind is not None)

    def _start(self) -> None:
        self._client.subscribe_topic("all", self._note_event)
        self._begin(self._watch())

    async def _stop(self) -> None:
        for job in self._jobs:
            job.cancel()
        self._drop_all(CancelledError())

    def _begin(self, job: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(job)
        self._jobs.add(task)
        task.add_done_callback(self._jobs.discard)

    def _take(self, ticket: _Ticket) -> None:
        if self._failure is not None:
            ticket.fail(self._failure)
        else:
            self._waiting.append(ticket)
            self._hand_out()

    def _hand_out(self) -> None:
        for worker in [worker for worker, ticket in self._seats.items() if ticket is None]:
            while self._waiting and self._seats[worker] is None:
                ticket = self._waiting.popleft()
                if not ticket.future.done() and ticket.claim():
                    self._seat(ticket, worker)

    def _seat(self, ticket: _Ticket, worker: str) -> None:
        remote = self._client.submit(
            answer,
            ticket.payload,
            key=f"marmalade-{uuid.uuid4().hex}",
            workers=[worker],
            allow_other_workers=False,
            retries=0,
            pure=False,
        )
        ticket.remote, ticket.deadline = remote, time.monotonic() + self._time_limit
        self._seats[worker] = ticket
        self._begin(self._follow(ticket, worker, remote))

    async def _follow(self, ticket: _Ticket, worker: str, remote: "RemoteFuture") -> None:
        from distributed import KilledWorker

        try:
            is_value, value = pickle.loads(await remote.result())  # noqa: S301 - of the owner's own workers
        except KilledWorker:  # at once, where the scheduler allows no failures
            is_value, value = False, _death()
        except (CancelledError, asyncio.CancelledError):
            if ticket.remote is remote:  # nobody here has given it up
                self._fail(f"The connection to the Dask scheduler at {self._address} was lost")
            return
        except Exception as error:  # noqa: BLE001 - whatever keeps an answer from being given is the answer
            is_value, value = False, error
        if ticket.remote is not remote:
            return
        if is_value:
            ticket.succeed(value)
        else:
            ticket.fail(value)
        if worker in self._seats:
            self._seats[worker] = None
        self._hand_out()

    def _note_event(self, event: tuple[float, dict[str, Any]]) -> None:
        """What the scheduler tells of its workers; here only of one that is gone."""
        told = event[1]
        if told.get("action") != "remove-worker":
            return
        self._refused.discard(told["worker"])
        processing = () if told.get("expected", False) else told["processing-tasks"]
        self._let_go(told["worker"], processing=processing)

    def _let_go(self, worker: str, *, processing: Container[str]) -> None:
        """Forget a worker; its task dies with it if it was ``processing`` that, else it goes to another."""
        ticket = self._seats.pop(worker, None)
        if ticket is None or ticket.remote is None:
            return
        if ticket.remote.key in processing or ticket.moves == MOST_MOVES:
            ticket.fail(_death())
        else:
            ticket.remote, ticket.moves = None, ticket.moves + 1
            self._waiting.appendleft(ticket)
        self._hand_out()

    async def _watch(self) -> None:
        while self._failure is None:
            try:
                threads = await asyncio.wait_for(self._client.nthreads(), SILENCE)
            except (OSError, TimeoutError) as error:
                logger.info("no answer from the scheduler: %r", error)
                self._fail(f"The connection to the Dask scheduler at {self._address} was lost")
                return
            self._give_up_late()
            for worker in self._missed - threads.keys():  # it left before its leaving could be told
                self._let_go(worker, processing=())
            self._missed = self._seats.keys() - threads.keys()
            for worker in threads.keys() - self._seats.keys() - self._refused:
                self._begin(self._admit(worker))
            if self._seats:
                self._worked_at = time.monotonic()
            elif time.monotonic() - self._worked_at > ALONE:
                self._fail(f"All workers of the Dask scheduler at {self._address} are gone")
            await asyncio.sleep(LOOK)

    def _give_up_late(self) -> None:
        now = time.monotonic()
        for worker, ticket in tuple(self._seats.items()):
            if ticket is not None and now > ticket.deadline:
                del self._seats[worker]
                self._refused.add(worker)
                ticket.fail(TimeoutError(f"no answer within {self._time_limit:g} s"))
                self._begin(self._restart(worker))

    async def _restart(self, worker: str) -> None:
        """A thread cannot be ended, only its process, and only by the nanny that started it."""
        try:
            await self._client.restart_workers([worker], timeout=ALONE, raise_for_error=False)
        except Exception as error:  # noqa: BLE001 - a ValueError without a nanny, or whatever the nanny met with
            logger.warning("the worker %s hangs and cannot be started anew: %s", worker, error)

    async def _admit(self, worker: str) -> None:
        self._refused.add(worker)  # until it has answered, and for good if it is not fit
        try:
            for function, argument, check in (
                (version, "marmalade", require_version),
                (unreadable, self._paths, require_paths),
            ):
                found = await self._client.run(function, argument, workers=[worker], on_error="return")
                if worker not in found:  # it has left meanwhile
                    self._refused.discard(worker)
                    return
                check(found)
        except (UserError, OSError, ValueError) as error:
            if not self._is_shut:
                logger.warning("a worker is not used: %s", error)
            return
        if worker in self._refused:  # not if it has left after its answer
            self._refused.discard(worker)
            self._seats[worker] = None
            self._hand_out()

    def _fail(self, what: str) -> None:
        self._failure = UserError(f"{what}: what was analysed is kept, and the next run continues from there.")
        self._drop_all(self._failure)

    def _drop_all(self, error: BaseException) -> None:
        seated = [ticket for ticket in self._seats.values() if ticket is not None]
        self._seats = {}
        for ticket in (*seated, *self._waiting):
            ticket.fail(error)
        self._waiting.clear()


def answer(payload: bytes) -> bytes:
    """What a worker runs: the pickled value of a pickled call, or the error that it raised."""
    function, args, kwargs = pickle.loads(payload)  # noqa: S301 - Dask itself would have unpickled it
    try:
        return pickle.dumps((True, function(*args, **kwargs)))
    except Exception as error:  # noqa: BLE001 - it is raised where the result is asked for
        return pickle.dumps((False, error))


def _death() -> WorkerDied:
    return WorkerDied("the worker died", code=None)  # only its own machine knows how
