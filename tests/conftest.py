"""What every test gets unasked: a home of its own, no display, no network, and a look for what it left running."""

import os
import signal
import socket
from collections.abc import Callable, Generator, Iterator
from functools import partial
from pathlib import Path

import hypothesis
import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["OPENBLAS_NUM_THREADS"] = "1"  # two threads over matrices this small take ten times as long

from PySide6 import QtCore  # the platform has to be chosen before Qt is loaded
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

PATIENCE = 60_000
"""Milliseconds for what a test waits for; it only takes that long to fail."""
LONGEST_WAIT = 60_000
"""Milliseconds that runnables of the global pool get to end after a test."""

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in each process of pytest-xdist, and so in its children
    signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # under nohup it would be ignored, by the programs of the tests too

hypothesis.settings.register_profile("house", deadline=None)  # a busy machine is no failure
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "house")


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """Waits longer than pytest-qt's five seconds where nothing else is said: other programs may need the machine."""
    for name in ("waitUntil", "waitSignal", "waitSignals", "waitExposed"):
        setattr(qtbot, name, partial(getattr(qtbot, name), timeout=PATIENCE))
    return qtbot


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What a test printed may hold names that are no UTF-8, which no other process of tests could be told."""
    report = yield
    report.sections = [(name, text.encode(errors="backslashreplace").decode()) for name, text in report.sections]
    return report


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh home folder, so that no test reads or writes the real one, nor talks to the owner's running player."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for variable, folder in {
        "XDG_CACHE_HOME": ".cache",
        "XDG_CONFIG_HOME": ".config",
        "XDG_DATA_HOME": ".local/share",
        "XDG_RUNTIME_DIR": ".runtime",
        "XDG_STATE_HOME": ".local/state",
    }.items():
        (home / folder).mkdir(parents=True, mode=0o700)
        monkeypatch.setenv(variable, str(home / folder))
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_MUSIC_DIR"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={home}/no-bus")
    return home


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing leaves the machine: a connection to anywhere but this host fails the test."""
    connect = socket.socket.connect

    def connect_here_only(self: socket.socket, address: object) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            host = str(address[0]) if isinstance(address, tuple) else str(address)
            assert host in {"127.0.0.1", "::1", "localhost"}, f"a test reached for the network: {address}"
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_here_only)


def record_starts(
    monkeypatch: pytest.MonkeyPatch, kind: type[QtCore.QThread] | type[QtCore.QTimer]
) -> list[QtCore.QObject]:
    """The list to which every object of this kind is added when it is started."""
    started: list[QtCore.QObject] = []
    start: Callable[..., None] = kind.start

    def start_and_record(self: QtCore.QObject, *arguments: object) -> None:
        started.append(self)
        start(self, *arguments)

    monkeypatch.setattr(kind, "start", start_and_record)
    return started


@pytest.fixture(autouse=True)
def nothing_left_running(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail the test that leaves a thread, a timer or a runnable behind: it would disturb the tests after it."""
    threads = record_starts(monkeypatch, QtCore.QThread)
    timers = record_starts(monkeypatch, QtCore.QTimer)
    yield
    if QtCore.QCoreApplication.instance() is not None:
        QtCore.QCoreApplication.sendPostedEvents(None, QtCore.QEvent.Type.DeferredDelete.value)
    assert QtCore.QThreadPool.globalInstance().waitForDone(LONGEST_WAIT), "runnables of the global pool did not end"
    running = [thread for thread in threads if isValid(thread) and thread.isRunning()]
    ticking = [timer for timer in timers if isValid(timer) and timer.isActive()]
    for thread in running:  # a QThread that is destroyed while it runs ends the whole test run
        thread.quit()
        thread.wait(LONGEST_WAIT)
    for timer in ticking:
        timer.stop()
    assert not running, f"threads left running: {running}"
    assert not ticking, f"timers left ticking: {ticking}"
