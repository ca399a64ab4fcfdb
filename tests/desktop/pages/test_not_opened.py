"""What is shown where no library could be opened."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.pages.not_opened import NotOpenedPage


@pytest.fixture
def page(qtbot: QtBot) -> NotOpenedPage:
    made = NotOpenedPage()
    qtbot.addWidget(made)
    made.show()
    return made


def said(page: NotOpenedPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def button(page: NotOpenedPage, text: str) -> QPushButton:
    return next(each for each in page.findChildren(QPushButton) if each.text() == text)


def test_the_places_are_named_from_home(page: NotOpenedPage) -> None:
    page.explain("", places=[Path.home() / ".config/Clementine/clementine.db", Path("/srv/clementine.db")])
    assert "~/.config/Clementine/clementine.db" in said(page)
    assert "/srv/clementine.db" in said(page)


def test_another_error_is_said_as_it_is(page: NotOpenedPage) -> None:
    page.explain("/x.db is not the database of a player.")
    assert "/x.db is not the database of a player." in said(page)
    assert "Looked for" not in said(page)


def test_one_click_asks_for_the_demo(page: NotOpenedPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.demo_wanted):
        qtbot.mouseClick(button(page, "Try the demo library"), Qt.MouseButton.LeftButton)
    page.show_progress("Making the demo library: 3 of 64 songs")
    assert "3 of 64" in said(page)
    assert not button(page, "Try the demo library").isEnabled()
    page.explain("It failed.")
    assert button(page, "Try the demo library").isEnabled()


def test_looking_again(page: NotOpenedPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.retry_wanted):
        qtbot.mouseClick(button(page, "Look again"), Qt.MouseButton.LeftButton)
