"""What keeps the UI thread is told, with the place in the code; what does not is not."""

import threading
import time

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from desktop.watchdog import Block, Watchdog

PATIENCE = 60_000
"""Milliseconds, on a machine that does ten other things."""


def keep_the_thread_busy() -> None:
    end = time.thread_time() + 0.3
    while time.thread_time() < end:
        pass


def test_a_long_call_is_told_with_its_stack_and_a_short_one_is_not(qtbot: QtBot) -> None:
    blocks: list[Block] = []
    watchdog = Watchdog(on_block=blocks.append)
    watchdog.start()
    qtbot.wait(20)
    blocks.clear()
    QTimer.singleShot(0, keep_the_thread_busy)
    qtbot.waitUntil(lambda: any(each.processor > 0.1 for each in blocks), timeout=PATIENCE)
    watchdog.stop()
    (block,) = [each for each in blocks if each.processor > 0.1]
    assert "keep_the_thread_busy" in block.stack
    assert block.wall >= block.processor * 0.9
    assert "ms of processor time" in str(block)


def test_sleeping_is_wall_time_and_no_processor_time(qtbot: QtBot) -> None:
    blocks: list[Block] = []
    watchdog = Watchdog(on_block=blocks.append)
    watchdog.start()
    QTimer.singleShot(0, lambda: time.sleep(0.3))  # the first knock may come late in it
    qtbot.waitUntil(lambda: any(each.wall > 0.09 and each.processor < 0.05 for each in blocks), timeout=PATIENCE)
    watchdog.stop()


@pytest.mark.timeout(60)
@pytest.mark.usefixtures("qapp")
def test_it_ends_when_it_is_told_so_between_two_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    clearing, told = threading.Event(), threading.Event()

    class Answer(threading.Event):
        """Is cleared just after ``stop`` has set it."""

        def clear(self) -> None:
            clearing.set()
            told.wait()
            super().clear()

        def set(self) -> None:
            super().set()
            told.set()

    watchdog = Watchdog()
    monkeypatch.setattr(watchdog, "_answered", Answer())
    watchdog.start()
    clearing.wait()
    watchdog.stop()


class Held:
    """Tells when nobody holds it any more."""

    def __init__(self, told: list[str]) -> None:
        self.told = told

    def __del__(self) -> None:
        self.told.append(threading.current_thread().name)


def test_what_a_long_call_holds_is_let_go_in_its_own_thread_when_it_returns(qtbot: QtBot) -> None:
    told: list[str] = []

    def hold_a_painter() -> None:
        held = Held(told)
        keep_the_thread_busy()
        assert not held.told

    def hold_and_return() -> None:
        hold_a_painter()
        told.append("returned")

    blocks: list[Block] = []
    watchdog = Watchdog(on_block=blocks.append)
    watchdog.start()
    QTimer.singleShot(0, hold_and_return)
    qtbot.waitUntil(lambda: any("hold_a_painter" in each.stack for each in blocks), timeout=PATIENCE)
    watchdog.stop()
    assert told == [threading.current_thread().name, "returned"]
