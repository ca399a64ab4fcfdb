"""Computations in a child that can be ended at any moment, and take their memory along: the parent's side.

A job is one JSON object, an answer some; whatever is large lies in a folder of the job. ``short_lived_child`` is the
other side.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from core.jobs.events import Control
from core.jobs.line_process import LineProcess, LineProcessError

LOOK = 0.05
"""Seconds between two looks at whether a child has ended that nobody stopped."""


class KilledError(Exception):
    """Somebody else ended the child, perhaps the kernel since memory ran out."""

    def __init__(self, signal: int) -> None:
        super().__init__(f"the process was killed (signal {signal})")
        self.signal = signal


def answers(
    module: str, *, job: dict[str, Any], threads: int = 1, control: Control | None = None
) -> Iterator[dict[str, Any]]:
    """The messages of ``python -m MODULE`` until it has ended or was stopped; leaving the generator ends it at once.

    Raises KilledError where somebody else ended it, LineProcessError for a bug in it.
    """
    reins = control or Control()
    limits = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), str(threads))
    with LineProcess(module, job=job, environment=limits) as child, _stopped_by(reins, child):
        try:
            yield from child.messages()
        except LineProcessError as error:
            if error.code >= 0:
                raise
            if not reins.stopped:
                raise KilledError(-error.code) from error


@contextmanager
def _stopped_by(control: Control, child: LineProcess) -> Iterator[None]:
    """Whatever is said to the child ends it, and nobody has to wait for its next message."""
    over = threading.Event()

    def watch() -> None:
        while not over.is_set():
            if control.wait_until(lambda: control.stopped, timeout=LOOK):
                child.say({"say": "stop"})
                return

    watcher = threading.Thread(target=watch, name="stop", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
