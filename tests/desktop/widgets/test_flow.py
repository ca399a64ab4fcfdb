"""A flow sets widgets side by side like words, and follows when they come, go and change."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.style.measures import SMALL
from desktop.widgets.flow import Flow

WIDTH, HEIGHT = 100, 30


def box(*, width: int = WIDTH) -> QPushButton:
    made = QPushButton()
    made.setFixedSize(width, HEIGHT)
    return made


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def flow(window: QWidget) -> Flow:
    """Three equal boxes with room for all."""
    made, column = Flow(), QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(made)
    column.addStretch()
    for _ in range(3):
        made.add(box())
    window.resize(3 * WIDTH + 2 * SMALL, 200)
    window.show()
    return made


def places(flow: Flow) -> list[tuple[int, int]]:
    return [(each.x(), each.y()) for each in flow.findChildren(QPushButton) if each.isVisible()]


def test_all_stand_in_one_line_where_there_is_room(flow: Flow) -> None:
    assert places(flow) == [(0, 0), (WIDTH + SMALL, 0), (2 * (WIDTH + SMALL), 0)]
    assert flow.height() == HEIGHT


def test_the_next_line_begins_where_there_is_none(flow: Flow, qtbot: QtBot) -> None:
    flow.window().resize(3 * WIDTH + 2 * SMALL - 1, 200)
    qtbot.waitUntil(lambda: flow.height() == 2 * HEIGHT + SMALL)
    assert places(flow) == [(0, 0), (WIDTH + SMALL, 0), (0, HEIGHT + SMALL)]
    assert flow.heightForWidth(WIDTH) == 3 * HEIGHT + 2 * SMALL
    assert flow.minimumSizeHint().width() == WIDTH


def test_what_is_hidden_or_deleted_leaves_no_gap(flow: Flow, qtbot: QtBot) -> None:
    first, second, _ = flow.findChildren(QPushButton)
    first.hide()
    qtbot.waitUntil(lambda: places(flow) == [(0, 0), (WIDTH + SMALL, 0)])
    second.hide()
    second.deleteLater()
    qtbot.waitUntil(lambda: places(flow) == [(0, 0)])
    first.show()
    qtbot.waitUntil(lambda: places(flow) == [(0, 0), (WIDTH + SMALL, 0)])


def test_one_more_stands_behind_the_others(flow: Flow, qtbot: QtBot) -> None:
    flow.add(box(width=2 * WIDTH))
    qtbot.waitUntil(lambda: flow.height() == 2 * HEIGHT + SMALL)
    assert places(flow)[-1] == (0, HEIGHT + SMALL)


def test_what_was_hidden_before_stays_so(flow: Flow) -> None:
    hidden = box()
    hidden.hide()
    flow.add(hidden)
    assert not hidden.isVisible()


def test_it_takes_the_room_that_a_line_of_others_leaves(window: QWidget) -> None:
    made, line = Flow(), QHBoxLayout(window)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(0)
    line.addWidget(made, stretch=1)
    line.addWidget(box())
    made.add(box())
    made.add(box())
    window.resize(2 * WIDTH, 100)
    window.show()
    assert made.geometry() == QRect(0, 0, WIDTH, 100)
    assert places(made) == [(0, 0), (0, HEIGHT + SMALL)]
