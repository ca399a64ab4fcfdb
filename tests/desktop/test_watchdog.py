"""What keeps the UI thread is told, with the place in the code; what does not is not."""

import time

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from desktop.watchdog import Block, Watchdog


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
    qtbot.waitUntil(lambda: any(each.processor > 0.1 for each in blocks))
    watchdog.stop()
    (block,) = [each for each in blocks if each.processor > 0.1]
    assert "keep_the_thread_busy" in block.stack
    assert block.wall >= block.processor * 0.9
    assert "ms of processor time" in str(block)


def test_sleeping_is_wall_time_and_no_processor_time(qtbot: QtBot) -> None:
    blocks: list[Block] = []
    watchdog = Watchdog(on_block=blocks.append)
    watchdog.start()
    QTimer.singleShot(0, lambda: time.sleep(0.1))
    qtbot.waitUntil(lambda: any(each.wall > 0.09 and each.processor < 0.05 for each in blocks))
    watchdog.stop()
