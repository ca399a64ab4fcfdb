"""One at a time: a lock on a file of the profile, which the kernel gives back when its holder ends, however it ends."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from core.jobs.control import Control

BETWEEN_TRIES = 0.5
"""Seconds; flock can wait only without being stopped."""


class Turn:
    """The right to do what only one process may do at a time.

    Use::

        with Turn(profile.data / "scan.lock") as turn:
            if turn.try_acquire():
                ...

    It is given back at the end of the block. The file stays: another process may hold or wait for it. Its descriptor is
    closed in programs that are started (``O_CLOEXEC``), the fork server among them, so no worker outlasts its holder
    with the turn. Two Turns of one process exclude each other like those of two.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    @property
    def is_held(self) -> bool:
        return self._descriptor is not None

    def try_acquire(self) -> bool:
        """Take the turn if nobody has it; whether it is ours now."""
        if self.is_held:
            return True
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        except OSError:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        return True

    def wait(self, control: Control) -> bool:
        """Take the turn as soon as nobody else has it; whether it is ours: not when the work was stopped first."""
        while not control.stopped:
            if self.try_acquire():
                return True
            control.wait_for_change(BETWEEN_TRIES)
        return False

    def give_back(self) -> None:
        """Let the next one have it; not holding it is fine too."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.give_back()
