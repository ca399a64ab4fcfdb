"""Ctrl+C in the shell and the session's goodbye close the window in order, instead of killing it."""

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QSocketNotifier

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupts:
    """Qt waits outside of Python, where no Python handler would run: a socket wakes it."""

    def __init__(self, end: Callable[[], object]) -> None:
        self._ear, self._mouth = socket.socketpair()
        for each in (self._ear, self._mouth):
            each.setblocking(False)
        self._earlier_handlers = {number: signal.signal(number, lambda *_: None) for number in SIGNALS}
        self._earlier_descriptor = signal.set_wakeup_fd(self._mouth.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._ear.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(lambda: self._hear(end))

    def forget(self) -> None:
        """Handle signals as before."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._earlier_descriptor)
        for number, handler in self._earlier_handlers.items():
            signal.signal(number, handler)
        self._ear.close()
        self._mouth.close()

    def _hear(self, end: Callable[[], object]) -> None:
        self._ear.recv(64)
        end()
