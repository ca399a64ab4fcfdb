"""Bars that say something: once each, the newest on top, gone when closed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from desktop.messages import Kind, Message
from desktop.widgets.message_bar import MOST, MessageArea, MessageBar


@pytest.fixture
def area(qtbot: QtBot) -> MessageArea:
    made = MessageArea()
    qtbot.addWidget(made)
    return made


def shown(area: MessageArea) -> list[str]:
    """The sentences that can be read, from top to bottom."""
    bars = [bar for bar in area.findChildren(MessageBar) if bar.isVisible()]
    return [
        next(label.text() for label in bar.findChildren(QLabel) if label.text())
        for bar in sorted(bars, key=lambda bar: bar.y())
    ]


def test_it_takes_no_room_without_a_message(area: MessageArea) -> None:
    assert not area.isVisible()


def test_the_same_sentence_is_said_once(area: MessageArea) -> None:
    area.say(Message(Kind.NOTICE, "A disk is missing."))
    area.say(Message(Kind.NOTICE, "A disk is missing."))
    assert shown(area) == ["A disk is missing."]


def test_a_topic_has_one_bar(area: MessageArea) -> None:
    area.say(Message(Kind.DONE, "10 songs", topic="playlist"))
    area.say(Message(Kind.DONE, "20 songs", topic="playlist"))
    assert shown(area) == ["20 songs"]
    area.withdraw("playlist")
    assert not area.isVisible()


def test_a_button_acts(area: MessageArea, qtbot: QtBot) -> None:
    done: list[str] = []
    area.say(Message(Kind.ERROR, "It failed.", [("Try again", lambda: done.append("again"))]))
    qtbot.mouseClick(area.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert done == ["again"]


def test_the_next_message_comes_when_one_is_closed(area: MessageArea, qtbot: QtBot) -> None:
    for number in range(MOST + 1):
        area.say(Message(Kind.NOTICE, f"Notice {number}"))
    assert len(shown(area)) == MOST
    closers = [each for each in area.findChildren(QToolButton) if each.isVisible()]
    qtbot.mouseClick(closers[-1], Qt.MouseButton.LeftButton)
    assert len(shown(area)) == MOST
    assert "Notice 0" in shown(area)
