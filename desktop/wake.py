"""Noticing that the computer slept: the clock that counts sleep has run ahead of the one that does not."""

import time

from PySide6.QtCore import QObject, QTimer, Signal

BETWEEN_LOOKS = 15_000
"""Milliseconds."""
ASLEEP = 5.0
"""Seconds by which the clocks have to differ more than at the last look."""


def slept_in_all() -> float:
    """Seconds that this computer has slept since it was started."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)


class WakeWatch(QObject):
    """Says when the computer woke, at most ``BETWEEN_LOOKS`` later."""

    woke = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._slept = slept_in_all()
        self._timer = QTimer(self, interval=BETWEEN_LOOKS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def look(self) -> None:
        slept, before = slept_in_all(), self._slept
        self._slept = slept
        if slept - before > ASLEEP:
            self.woke.emit()
