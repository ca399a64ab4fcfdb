"""The reins of long work: how it may run just now, held by another thread than the one that works."""

from collections.abc import Callable
from enum import StrEnum
from threading import Condition


class WorkMode(StrEnum):
    """How much of the machine the work may take; the values are stored in settings, so they never change."""

    FULL = "full"
    GENTLE = "gentle"
    PAUSED = "paused"


class WaitReason(StrEnum):
    """Why gentle work hands out nothing new."""

    ON_BATTERY = "on battery"
    BUSY = "the computer is busy"


class Control:
    """The reins of one piece of long work: choose its mode, pause, go on, stop. All of it from any thread."""

    def __init__(self, mode: WorkMode = WorkMode.FULL) -> None:
        self._changed = Condition()
        self._mode = mode
        self._mode_when_resumed = WorkMode.FULL if mode is WorkMode.PAUSED else mode
        self._stopped = False
        self.waiting_for: WaitReason | None = None
        """Set by the work itself: what gentle work waits for; None while it works."""

    @property
    def mode(self) -> WorkMode:
        return self._mode

    @mode.setter
    def mode(self, mode: WorkMode) -> None:
        with self._changed:
            self._mode = mode
            if mode is not WorkMode.PAUSED:
                self._mode_when_resumed = mode
            self._changed.notify_all()

    @property
    def stopped(self) -> bool:
        return self._stopped

    @property
    def paused(self) -> bool:
        """Whether it is paused; what is stopped no longer is."""
        return self._mode is WorkMode.PAUSED and not self._stopped

    def pause(self) -> None:
        self.mode = WorkMode.PAUSED

    def resume(self) -> None:
        """Go on in the mode from before the pause."""
        with self._changed:
            self._mode = self._mode_when_resumed
            self._changed.notify_all()

    def stop(self) -> None:
        """End the work as soon as it is consistent; a paused one ends too."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def wait_while_paused(self) -> None:
        """Block while paused; returns at once when running or stopped."""
        self.wait_until(lambda: not self.paused)

    def wait_until(self, condition: Callable[[], bool], *, timeout: float | None = None) -> bool:
        """Block until ``condition`` holds, looked at on every change of mode, or for ``timeout`` seconds; its value."""
        with self._changed:
            return self._changed.wait_for(condition, timeout)

    def wait_for_change(self, timeout: float) -> None:
        """Block until the mode changes or the work is stopped, ``timeout`` seconds at most; at once when stopped."""
        before = self._mode
        self.wait_until(lambda: self._stopped or self._mode is not before, timeout=timeout)
