"""Bars that say something: once each, the newest on top, gone when closed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.messages import Kind, Message
from desktop.style.measures import PAGE_MARGIN
from desktop.style.theme import dress_window
from desktop.widgets.frame.message_bar import MOST, MessageArea, MessageBar, UnderMessages


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


def test_it_lies_over_the_foot_of_the_page_and_moves_nothing(qtbot: QtBot) -> None:
    page, area = QLabel("page"), MessageArea()
    window = UnderMessages(page, area)
    dress_window(window)
    qtbot.addWidget(window)
    window.resize(1000, 600)
    window.show()
    before = page.geometry()
    area.say(Message(Kind.NOTICE, "A disk is missing. " * 20))
    assert page.geometry() == before
    assert (area.geometry().bottom(), area.geometry().center().x()) == (600 - PAGE_MARGIN - 1, 499)
    window.resize(500, 400)
    assert window.rect().contains(area.geometry())
    assert area.height() >= area.layout().heightForWidth(area.width())


def test_what_was_done_goes_by_itself_and_what_should_be_known_stays(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.widgets.frame.message_bar.READ_BY_THEN", 10)
    page, area = QLineEdit(), MessageArea()
    window = UnderMessages(page, area)
    qtbot.addWidget(window)
    window.resize(1000, 600)
    window.show()
    window.activateWindow()
    page.setFocus()
    area.say(Message(Kind.NOTICE, "A disk is missing."))
    area.say(Message(Kind.DONE, "5 stars."))
    assert shown(area) == ["5 stars.", "A disk is missing."]
    qtbot.waitUntil(lambda: shown(area) == ["A disk is missing."])


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


@pytest.mark.parametrize("ends", ["the button", "Escape"])
def test_the_keyboard_goes_back_to_where_it_was(qtbot: QtBot, ends: str) -> None:
    content, area = QWidget(), MessageArea()
    whole = UnderMessages(content, area)
    qtbot.addWidget(whole)
    before, writing = QLineEdit(content), QLineEdit(content)
    whole.resize(1000, 600)
    whole.show()
    whole.activateWindow()
    qtbot.waitUntil(whole.isActiveWindow)
    writing.setFocus()
    area.say(Message(Kind.DONE, "4 stars.", [("Undo", lambda: area.withdraw("stars"))], topic="stars"))
    button = area.findChild(QPushButton)
    button.setFocus()
    assert button.hasFocus()
    qtbot.keyClick(button, Qt.Key.Key_Escape if ends == "Escape" else Qt.Key.Key_Space)
    assert shown(area) == []
    assert writing.hasFocus()
    assert not before.hasFocus()
