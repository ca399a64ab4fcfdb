"""Watching the UI thread in debug mode: what kept it longer than 50 ms is logged, with where it was."""

import faulthandler
import linecache
import logging
import os
import re
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot

logger = logging.getLogger(__name__)

LONGEST = 0.05
"""Seconds that the window may be deaf."""
THREAD = re.compile(r"^(?:Current thread|Thread) 0x([0-9a-f]+)", re.MULTILINE)
CALL = re.compile(r'^  File "(.*)", line (\d+) in (.*)$', re.MULTILINE)
BETWEEN_KNOCKS = 0.01
"""Seconds; a block may be that much longer than it is told."""


@dataclass(frozen=True)
class Block:
    """A time in which the UI thread looked at no new event."""

    wall: float
    """Seconds by the clock."""
    processor: float
    """Seconds of processor time of the UI thread: what other programs took is not in it."""
    stack: str
    """Where it was when it had been too long already."""

    def __str__(self) -> str:
        spent = f"the window was deaf for {1000 * self.wall:.0f} ms ({1000 * self.processor:.0f} ms of processor time)"
        return f"{spent}\n{self.stack}".rstrip()


class Watchdog(QObject):
    """``start`` in the UI thread; blocks are logged and handed to ``on_block``, in that thread too.

    Another thread knocks and waits for the answer: so it sees whatever keeps the UI thread, painting too.
    """

    _knocked = Signal()
    _seen = Signal(object)

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        longest: float = LONGEST,
        on_block: Callable[[Block], object] = logger.warning,
    ) -> None:
        super().__init__(parent)
        self._longest = longest
        self._watched = threading.get_ident()
        self._clock = time.pthread_getcpuclockid(self._watched)
        self._answered, self._ended = threading.Event(), threading.Event()
        self._on_block = on_block
        self._knocked.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        self._seen.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Returns when the other thread has ended."""
        self._ended.set()
        self._answered.set()
        self._thread.join()

    @Slot()
    def _answer(self) -> None:
        self._answered.set()

    @Slot(object)
    def _tell(self, block: Block) -> None:
        self._on_block(block)

    def _watch(self) -> None:
        while True:
            self._answered.clear()  # before the look at the end: after it, the last word of stop() could be lost
            if self._ended.wait(BETWEEN_KNOCKS):
                return
            began, spent = time.perf_counter(), time.clock_gettime(self._clock)
            self._knocked.emit()
            if self._answered.wait(self._longest):
                continue
            stack = stack_of(self._watched)
            self._answered.wait()
            wall, processor = time.perf_counter() - began, time.clock_gettime(self._clock) - spent
            if not self._ended.is_set():
                self._seen.emit(Block(wall, processor, stack))


def stack_of(thread: int) -> str:
    """Where a thread is, the outermost call first.

    Nothing of it is held, not even for a moment: who holds a frame keeps its painter alive after its return, and ends
    it in another thread, which crashes.
    """
    with tempfile.TemporaryFile() as written:
        faulthandler.dump_traceback(written)
        written.seek(0)
        told = os.fsdecode(written.read())
    parts = THREAD.split(told)  # what stands before, then name and text of each thread
    texts = dict(zip((int(name, 16) for name in parts[1::2]), parts[2::2], strict=True))
    calls = CALL.findall(texts.get(thread, ""))[::-1]
    return "".join(_call(file, int(line), function) for file, line, function in calls)


def _call(file: str, line: int, function: str) -> str:
    return f'  File "{file}", line {line}, in {function}\n    {linecache.getline(file, line).strip()}\n'
