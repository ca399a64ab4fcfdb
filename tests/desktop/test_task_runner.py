"""The bridge into the background: results, events in bundles, reins, and an end in order."""

import asyncio
import logging
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
import qasync
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.errors import UserError
from core.jobs.events import Control, Event, Finished, Notice, NotYet, Outcome, Progress, SongAnalysed, Stage
from core.song import SongId
from desktop.task_runner import Ending, Task, TaskRunner, until_stopped


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    made.stop_all()
    qtbot.waitUntil(lambda: made.is_idle)


def ending_of(task: Task, qtbot: QtBot) -> Ending:
    with qtbot.waitSignal(task.ended) as waiting:
        pass
    return waiting.args[0]


def collected(signal: object) -> list[object]:
    """Everything that a signal brings from now on."""
    seen: list[object] = []
    signal.connect(seen.append)  # type: ignore[attr-defined]
    return seen


def test_a_result_comes_back_into_the_ui_thread(runner: TaskRunner, qtbot: QtBot) -> None:
    threads: list[threading.Thread] = []
    task = runner.call(threading.current_thread)
    task.ended.connect(lambda _: threads.append(threading.current_thread()))
    worker = ending_of(task, qtbot).value()
    assert threads == [threading.main_thread()]
    assert worker is not threading.main_thread()


def test_a_sentence_for_the_owner_is_kept_apart_from_a_bug(
    runner: TaskRunner, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(error: Exception) -> Callable[[], None]:
        def raise_it() -> None:
            raise error

        return raise_it

    mended = ending_of(runner.call(fail(UserError("Plug it in."))), qtbot)
    assert (str(mended.error), mended.bug) == ("Plug it in.", None)
    assert not caplog.records
    broken = ending_of(runner.call(fail(ZeroDivisionError())), qtbot)
    assert isinstance(broken.bug, ZeroDivisionError)
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    with pytest.raises(ZeroDivisionError):
        broken.value()


def test_events_arrive_in_order_and_the_last_finished_is_the_result(runner: TaskRunner, qtbot: QtBot) -> None:
    def work(_: Control) -> Iterator[Event]:
        yield Stage("Listening")
        yield Notice("A disk is missing.")
        yield NotYet("Ten stars are needed.")
        yield Outcome("The new one is not better.")
        yield SongAnalysed(SongId("file:///a"))
        yield Finished(complete=False)

    task = runner.run(work)
    notices, bundles = collected(task.noticed), collected(task.happened)
    assert ending_of(task, qtbot).result == Finished(complete=False)
    assert notices == ["A disk is missing."]
    events = [event for bundle in bundles for event in bundle]  # type: ignore[attr-defined]
    assert events == [Stage("Listening"), SongAnalysed(SongId("file:///a")), Finished(complete=False)]


def test_a_flood_is_told_in_few_bundles(runner: TaskRunner, qtbot: QtBot) -> None:
    def flood(_: Control) -> Iterator[Event]:
        for number in range(20_000):
            yield SongAnalysed(SongId(str(number)))
            yield Progress(number + 1, 20_000)

    task = runner.run(flood)
    bundles, progress = collected(task.happened), collected(task.progressed)
    ending_of(task, qtbot)
    assert sum(len(bundle) for bundle in bundles) == 20_000  # type: ignore[arg-type]
    assert progress[-1] == Progress(20_000, 20_000)
    assert len(progress) < 200


def test_work_is_paused_resumed_and_stopped(runner: TaskRunner, qtbot: QtBot) -> None:
    def count(control: Control) -> Iterator[Event]:
        done = 0
        while not control.stopped:
            control.wait_while_paused()
            done += 1
            yield Progress(done, 0)
        yield Finished(complete=False)

    task = runner.run(count)
    progress = collected(task.progressed)
    qtbot.waitUntil(lambda: bool(progress))
    task.control.pause()
    assert task.control.paused
    task.control.resume()
    before = len(progress)
    qtbot.waitUntil(lambda: len(progress) > before)
    task.stop()
    assert ending_of(task, qtbot).result == Finished(complete=False)


def test_a_task_can_be_awaited(runner: TaskRunner, qapp: QApplication) -> None:
    async def add() -> int:
        first, second = await asyncio.gather(wait(runner.call(lambda: 1)), wait(runner.call(lambda: 2)))
        return first + second

    async def wait(task: Task) -> int:
        return await task

    with qasync.QEventLoop(qapp) as loop:
        assert loop.run_until_complete(add()) == 3


def test_everything_has_ended_before_finished_returns(runner: TaskRunner, qapp: QApplication) -> None:
    ended: list[int] = []

    def work(control: Control) -> Iterator[Event]:
        while not control.stopped:
            yield Progress(0, 0)
        ended.append(1)

    for _ in range(3):
        runner.run(work)
    runner.stop_all()
    with qasync.QEventLoop(qapp) as loop:
        loop.run_until_complete(runner.finished())
    assert ended == [1, 1, 1]
    assert runner.is_idle


def test_work_that_knows_no_reins_is_left_between_two_events(runner: TaskRunner, qtbot: QtBot) -> None:
    left: list[bool] = []

    def endless() -> Iterator[Event]:
        try:
            while True:
                yield Progress(1, 2)
        finally:
            left.append(True)

    task = runner.run(lambda control: until_stopped(endless(), control))
    with qtbot.waitSignal(task.progressed):
        pass
    task.stop()
    ending_of(task, qtbot)
    qtbot.waitUntil(lambda: left == [True])


def test_a_signal_takes_no_reference_from_true(qapp: QApplication) -> None:
    """PySide6 6.12.0 does, and Python 3.11 ends the process when none is left (3.12 cannot)."""
    sender = Task(lambda control: None, qapp)
    before = sys.getrefcount(True)
    for _ in range(200):
        sender.noticed.emit("")
    assert sys.getrefcount(True) > before - 100
    sender.deleteLater()
