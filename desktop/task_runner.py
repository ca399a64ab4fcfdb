"""The one bridge into the background: runnables of a QThreadPool that drive core's event generators.

task = runner.run(lambda control: engine.update(control=control))
task.progressed.connect(status.show_progress)
task.ended.connect(lambda ending: ...)

Signals arrive in the UI thread, at most ten times a second for each task however fast the work goes. ``await task``
gives the result under qasync.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, QRunnable, Qt, QThreadPool, QTimer, Signal

from core.errors import UserError
from core.jobs.events import Control, Event, Finished, Notice, NotYet, Outcome, Progress

logger = logging.getLogger(__name__)

BETWEEN_DELIVERIES = 100
"""Milliseconds: 17 songs a second or 1,000, the window is told ten times."""
THREADS = 12
"""Work at the same time: an analysis that is paused, a training, an evaluation and a map being drawn, which mostly wait
for other processes, must not hold up the reading of the library, or a star."""
MOST_OF_A_BUG = 120
"""Characters that are told of it."""

Work = Callable[[Control], Any]


@dataclass(frozen=True)
class Ending:
    """How a task ended: with a result (the last Finished of an event generator), a sentence, or a bug."""

    result: Any = None
    error: UserError | None = None
    bug: Exception | None = None

    def value(self) -> Any:  # noqa: ANN401 - whatever the work returned
        """The result; raises what ended the work otherwise."""
        failure = self.error or self.bug
        if failure is not None:
            raise failure
        return self.result


class Task(QObject):
    """One piece of work in the background; it lives in the UI thread."""

    progressed = Signal(Progress)
    """Only the newest of those that came since the last delivery."""
    noticed = Signal(str)
    happened = Signal(list)
    """All other events since the last delivery, in their order."""
    ended = Signal(Ending)
    _woken = Signal()

    def __init__(self, work: Work, parent: QObject, *, control: Control | None = None) -> None:
        super().__init__(parent)
        self.control = control or Control()
        self.ending: Ending | None = None
        self._work = work
        self._mailbox = _Mailbox()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._deliver)
        self._since_delivery = QElapsedTimer()
        self._woken.connect(self._arrange_delivery, Qt.ConnectionType.QueuedConnection)

    def __await__(self) -> Generator[Any, None, Any]:
        future: asyncio.Future[Ending] = asyncio.get_running_loop().create_future()
        self.ended.connect(partial(_resolve, future))
        ending = yield from future.__await__()
        return ending.value()

    def pause(self) -> None:
        self.control.pause()

    def resume(self) -> None:
        self.control.resume()

    def stop(self) -> None:
        """Ask it to end; ``ended`` follows."""
        self.control.stop()

    def work_through(self) -> None:
        """Do the work, in a thread of the pool."""
        try:
            ending = Ending(self._drive(self._work(self.control)))
        except UserError as error:
            ending = Ending(error=error)
        except Exception as bug:
            logger.exception("work in the background failed")
            ending = Ending(bug=bug)
        self._post(ending)

    def _drive(self, result: Any) -> Any:  # noqa: ANN401 - whatever the work returned
        """Pass on the events of a generator; its result is its last Finished."""
        if not isinstance(result, Iterator):
            return result
        last: Finished | None = None
        for event in result:
            last = event if isinstance(event, Finished) else last
            self._post(event)
        return last

    def _post(self, item: Event | Ending) -> None:
        if self._mailbox.put(item):
            self._woken.emit()

    def _arrange_delivery(self) -> None:
        passed = self._since_delivery.elapsed() if self._since_delivery.isValid() else BETWEEN_DELIVERIES
        self._timer.start(max(0, BETWEEN_DELIVERIES - passed))

    def _deliver(self) -> None:
        self._since_delivery.start()
        items = self._mailbox.empty()
        progress = [item for item in items if isinstance(item, Progress)]
        others = [item for item in items if isinstance(item, Event) and not isinstance(item, Progress | Notice)]
        for item in items:
            if isinstance(item, Notice) and not isinstance(item, NotYet | Outcome):  # the pages show both
                self.noticed.emit(item.sentence)
        if progress:
            self.progressed.emit(progress[-1])
        if others:
            self.happened.emit(others)
        for item in items:
            if isinstance(item, Ending):
                self.ending = item
                self.ended.emit(item)


class _Mailbox:
    """What the worker's thread has put down and the UI thread has not yet taken."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._items: deque[Event | Ending] = deque()

    def put(self, item: Event | Ending) -> bool:
        """True if the UI thread has to be told that there is something."""
        with self._lock:
            self._items.append(item)
            return len(self._items) == 1

    def empty(self) -> list[Event | Ending]:
        with self._lock:
            items = list(self._items)
            self._items.clear()
            return items


class _Runnable(QRunnable):
    def __init__(self, task: Task) -> None:
        super().__init__()
        self._task = task

    def run(self) -> None:
        self._task.work_through()


class TaskRunner(QObject):
    """Starts tasks, and ends them all before the window is gone."""

    became_idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(THREADS)
        self._tasks: list[Task] = []

    @property
    def is_idle(self) -> bool:
        return not self._tasks

    def run(self, work: Work, *, control: Control | None = None) -> Task:
        """Begin ``work(control)``; if it returns an iterator of events, they are passed on as they come."""
        task = Task(work, self, control=control)
        self._tasks.append(task)
        task.ended.connect(lambda _: self._forget(task))
        self._pool.start(_Runnable(task))
        return task

    def call(self, function: Callable[[], Any]) -> Task:
        """Begin a function that takes nothing and ends by itself."""
        return self.run(lambda _: function())

    def stop_all(self) -> None:
        """Ask every task to end."""
        for task in self._tasks:
            task.stop()

    def after_current(self, act: Callable[[], object]) -> None:
        """Call ``act``, in the UI thread, when everything that is being done now has ended."""
        waiting = list(self._tasks)

        def cross_off(task: Task) -> None:
            waiting.remove(task)
            if not waiting:
                act()

        if not waiting:
            act()
        for task in list(waiting):
            task.ended.connect(lambda _, task=task: cross_off(task))

    async def finished(self) -> None:
        """Wait until no task is left."""
        while not self.is_idle:
            idle: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self.became_idle.connect(partial(_resolve, idle, None), Qt.ConnectionType.SingleShotConnection)
            await idle

    def _forget(self, task: Task) -> None:
        self._tasks.remove(task)
        task.deleteLater()
        if not self._tasks:
            self.became_idle.emit()


def until_stopped(events: Iterator[Event], control: Control) -> Iterator[Event]:
    """Events of work that cannot be stopped itself, but left between two of them."""
    for event in events:
        yield event
        if control.stopped:
            return


def _resolve(future: asyncio.Future[Any], value: object) -> None:
    if not future.done():
        future.set_result(value)


def in_short(bug: Exception | None) -> str:
    """The kind of a bug and its first line: a child process that failed brings its whole traceback."""
    first = str(bug).strip().partition("\n")[0].removesuffix(":")
    return f"{type(bug).__name__}: {first[:MOST_OF_A_BUG]}" if first else type(bug).__name__
