"""Qt's classes, made in the UI thread before anything that uses them is imported in the background."""

import time
from collections.abc import Iterator
from importlib import import_module

from PySide6.QtCore import QObject, QTimer, Signal

MODULES = (
    "QtCore",
    "QtGui",
    "QtWidgets",
    "QtNetwork",
    "QtSvg",
    "QtOpenGL",
    "QtOpenGLWidgets",
    "QtMultimedia",
    "QtDBus",
    "QtTest",
)
"""Those that Marmalade and pyqtgraph use."""
SLICE = 0.01
"""Seconds of the UI thread at a time."""


class QtTypes(QObject):
    """PySide makes a class when it is first named; two threads that do so at once lock each other out, or crash."""

    made = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._left = _each_type()
        self._pause = QTimer(self, interval=0)
        self._pause.timeout.connect(self._make_some)

    def start(self) -> None:
        """Make them between two events of the user's, 0.1 s of work in all; ``made`` follows."""
        self._pause.start()

    def _make_some(self) -> None:
        end = time.perf_counter() + SLICE
        for _ in self._left:
            if time.perf_counter() >= end:
                return
        self._pause.stop()
        self.made.emit()


def _each_type() -> Iterator[None]:
    for name in MODULES:
        module = import_module(f"PySide6.{name}")
        for attribute in dir(module):
            getattr(module, attribute)
            yield
