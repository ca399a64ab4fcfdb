"""The status line's right end: words, the pause button, and quiet when idle."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from core.jobs.control import WaitReason, WorkMode
from core.jobs.events import Progress
from desktop.widgets.frame.work_status import WorkStatus


@pytest.fixture
def status(qtbot: QtBot) -> WorkStatus:
    made = WorkStatus()
    qtbot.addWidget(made)
    return made


def text(status: WorkStatus) -> str:
    return status.findChild(QLabel).text()


def test_it_is_quiet_at_first_and_after_the_work(status: WorkStatus) -> None:
    assert not status.isVisible()
    status.show_progress(Progress(1, 2))
    assert status.isVisible()
    status.be_quiet()
    assert not status.isVisible()


def test_progress_is_said_with_speed_and_time_left(status: WorkStatus) -> None:
    status.show_progress(Progress(4210, 60113, 16.8, 3310.0))
    assert text(status) == "4,210 of 60,113 analysed, 16.8 /s, 55 min"


def test_the_button_pauses_and_goes_on(status: WorkStatus, qtbot: QtBot) -> None:
    status.show_progress(Progress(1, 9))
    button = status.findChild(QToolButton)
    assert button.accessibleName() == "Pause the analysis"
    with qtbot.waitSignal(status.mode_wanted):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.accessibleName() == "Go on with the analysis"
    assert text(status) == "Paused: 1 of 9 analysed"
    status.show_progress(Progress(2, 9))
    assert text(status) == "Paused: 2 of 9 analysed"
    with qtbot.waitSignal(status.mode_wanted):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert text(status) == "2 of 9 analysed"


def test_work_without_an_end_has_no_pause_button(status: WorkStatus) -> None:
    status.say("Learning your taste…")
    assert text(status) == "Learning your taste…"
    assert not status.findChild(QToolButton).isVisible()


def test_the_mode_is_chosen_from_the_menu(status: WorkStatus, qtbot: QtBot) -> None:
    status.show_progress(Progress(1, 9))
    choices = status.findChild(QToolButton).menu().actions()
    with qtbot.waitSignal(status.mode_wanted) as wanted:
        choices[1].trigger()
    assert wanted.args == [WorkMode.GENTLE]
    qtbot.mouseClick(status.findChild(QToolButton), Qt.MouseButton.LeftButton)
    assert choices[2].isChecked()
    with qtbot.waitSignal(status.mode_wanted) as resumed:
        qtbot.mouseClick(status.findChild(QToolButton), Qt.MouseButton.LeftButton)
    assert resumed.args == [WorkMode.GENTLE]


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (WaitReason.ON_BATTERY, "Waiting while on battery: 1 of 9 analysed"),
        (WaitReason.BUSY, "Waiting while the computer is busy: 1 of 9 analysed"),
        (None, "1 of 9 analysed"),
    ],
)
def test_it_says_why_it_waits(status: WorkStatus, reason: WaitReason | None, words: str) -> None:
    status.show_mode(WorkMode.GENTLE)
    status.show_progress(Progress(1, 9))
    status.show_waiting(reason)
    assert text(status) == words
    status.show_mode(WorkMode.FULL)
    assert text(status) == "1 of 9 analysed"


def test_nothing_moves_while_it_is_paused(status: WorkStatus) -> None:
    """The numbers of before the pause say nothing any more."""
    status.show_progress(Progress(26, 446, 0.2, 240.0))
    status.show_mode(WorkMode.PAUSED)
    assert text(status) == "Paused: 26 of 446 analysed"
    status.show_mode(WorkMode.FULL)
    assert text(status) == "26 of 446 analysed, 0.2 /s, 4 min"
