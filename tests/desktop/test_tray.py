"""The tray: its menu pauses, makes a playlist, brings the window back and quits; closing in the middle of work asks."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMessageBox, QPushButton, QSystemTrayIcon

from core.engine import Engine
from core.jobs.events import Control, Event, Finished, Progress, WorkMode
from tests.desktop.conftest import OpenedWindow, OpenWindow
from tests.listened_library import ListenedLibrary


@pytest.fixture
def opened(open_window: OpenWindow, library: ListenedLibrary) -> OpenedWindow:
    return open_window(library)


def action(opened: OpenedWindow, text: str) -> QAction:
    return next(each for each in opened.window.tray.menu.actions() if each.text().startswith(text))


def test_the_menu_pauses_and_goes_on(opened: OpenedWindow) -> None:
    action(opened, "Pause").trigger()
    assert opened.session.mode is WorkMode.PAUSED
    action(opened, "Go on").trigger()
    assert opened.session.mode is WorkMode.FULL


def test_the_menu_says_how_far_the_work_is(opened: OpenedWindow) -> None:
    opened.session.progressed.emit(Progress(4, 9))
    assert opened.window.tray.menu.actions()[0].text() == "4 of 9 analysed"
    opened.session.update_ended.emit()
    assert opened.window.tray.menu.actions()[0].text() == "Nothing to do"


@pytest.mark.qt_log_ignore("raise")  # there is nothing above which it could be
def test_a_hidden_window_comes_back(opened: OpenedWindow) -> None:
    opened.window.hide()
    action(opened, "Show").trigger()
    assert opened.window.isVisible()


def answer(opened: OpenedWindow, text: str) -> list[str]:
    """Click a button of the question when it comes; the texts that it offers are noted."""
    offered: list[str] = []

    def click() -> None:
        box = opened.window.findChild(QMessageBox)
        offered.extend(each.text() for each in box.findChildren(QPushButton))
        opened.qtbot.mouseClick(
            next(each for each in box.findChildren(QPushButton) if text in each.text()), Qt.MouseButton.LeftButton
        )

    QTimer.singleShot(0, click)
    return offered


@pytest.fixture
def working(opened: OpenedWindow) -> Iterator[OpenedWindow]:
    """A window in the middle of work that its owner began."""
    may_end = threading.Event()

    def work(_: Engine, control: Control) -> Iterator[Event]:
        control.wait_until(lambda: may_end.is_set() or control.stopped, timeout=60)
        yield Finished()

    task = opened.session.work(work, valuable="The training")
    yield opened
    may_end.set()
    task.stop()
    opened.wait_until(lambda: not opened.session.valuable_work)


def test_closing_in_the_middle_of_work_asks_and_may_be_thought_better_of(working: OpenedWindow) -> None:
    offered = answer(working, "Keep the window")
    working.window.close()
    assert working.window.isVisible()
    assert not any("tray" in text for text in offered)  # there is none here: nothing would show that it goes on


def test_the_question_goes_when_the_work_has_ended_and_the_window_says_how(working: OpenedWindow) -> None:
    def stop() -> None:
        for task in list(working.session._valuable):
            task.stop()

    QTimer.singleShot(0, stop)
    working.window.close()
    assert working.session.valuable_work == []
    assert working.window.isVisible()
    assert not any(box.isVisible() for box in working.window.findChildren(QMessageBox))


def test_the_menu_names_work_that_has_said_nothing_yet(working: OpenedWindow) -> None:
    menu = working.window.tray.menu
    menu.aboutToShow.emit()
    assert menu.actions()[0].text() == "The training"
    working.session.update_ended.emit()
    assert menu.actions()[0].text() == "The training"
    for task in list(working.session._valuable):
        task.stop()
    working.wait_until(lambda: menu.actions()[0].text() == "Nothing to do")


def test_work_goes_on_behind_the_tray(working: OpenedWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    answer(working, "Go on in the tray")
    working.window.close()
    assert not working.window.isVisible()
    assert working.session.valuable_work == ["The training"]


def test_quitting_from_the_tray_does_not_ask(working: OpenedWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QMessageBox, "exec", lambda _: pytest.fail("it asked"))
    with working.qtbot.waitSignal(working.window.closing):
        action(working, "Quit").trigger()


def test_work_that_has_ended_is_not_asked_about(opened: OpenedWindow) -> None:
    task = opened.session.work(lambda _, __: iter([Finished()]), valuable="The training")
    with opened.qtbot.waitSignal(opened.session.valuable_ended) as told:
        assert task is not None
    assert told.args == ["The training"]
    assert opened.session.valuable_work == []
