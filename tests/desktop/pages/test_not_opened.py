"""What is shown where no library could be opened."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLabel, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from core.errors import Cause
from core.jobs.events import Progress
from desktop.pages.not_opened import NotOpenedPage
from desktop.troubles import Trouble

CLEMENTINE = ".config/Clementine/clementine.db"


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
    page.explain(
        Trouble("", Cause.NO_DATABASE),
        places=[Path.home() / CLEMENTINE, Path("/srv/clementine.db")],
    )
    assert "~/.config/Clementine/clementine.db" in said(page)
    assert "/srv/clementine.db" in said(page)


def test_another_error_is_said_as_it_is(page: NotOpenedPage) -> None:
    page.explain(Trouble("/x.db is not the database of a player.", Cause.DATABASE))
    assert "/x.db is not the database of a player." in said(page)
    assert "Looked for" not in said(page)


def test_one_click_asks_for_the_demo(page: NotOpenedPage, qtbot: QtBot) -> None:
    page.explain(Trouble("", Cause.NO_DATABASE))
    with qtbot.waitSignal(page.demo_wanted):
        qtbot.mouseClick(button(page, "Try the demo library"), Qt.MouseButton.LeftButton)
    page.show_making()
    page.show_progress(Progress(3, 64))
    assert "3 of 64 songs" in said(page)
    assert [each.text() for each in page.findChildren(QPushButton) if each.isVisible()] == ["Stop"]
    bar = page.findChild(QProgressBar)
    assert (bar.isVisible(), bar.value(), bar.maximum()) == (True, 3, 64)
    with qtbot.waitSignal(page.stop_wanted):
        qtbot.mouseClick(button(page, "Stop"), Qt.MouseButton.LeftButton)
    page.explain(Trouble("It failed.", Cause.DATABASE))
    assert button(page, "Try the demo library").isVisible()
    assert not bar.isVisible()


def test_looking_again(page: NotOpenedPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.retry_wanted):
        qtbot.mouseClick(button(page, "Try again"), Qt.MouseButton.LeftButton)


def offered(page: NotOpenedPage) -> list[str]:
    return [each.text() for each in page.findChildren(QPushButton) if each.isVisible()]


@pytest.mark.parametrize(
    ("cause", "ways"),
    [
        (Cause.CONFIGURATION, {"Open the file", "Begin with the defaults", "Try again"}),
        (Cause.PROFILE, {"Choose another folder…", "Try again"}),
        (Cause.DATABASE, {"Choose a database…", "Try again", "Try the demo library"}),
        (Cause.OTHER, {"Try again"}),
    ],
)
def test_only_what_can_help_is_offered(page: NotOpenedPage, cause: Cause, ways: set[str]) -> None:
    page.explain(Trouble("It does not open.", cause))
    assert set(offered(page)) == ways
    primary = [each.text() for each in page.findChildren(QPushButton) if each.isVisible() and each.property("primary")]
    assert len(primary) == 1
    assert page.focusWidget() is button(page, primary[0])


def test_a_damaged_configuration_is_opened_and_set_aside(
    page: NotOpenedPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "marmalade.yaml"
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(opened.append(url)))
    page.explain(Trouble("The configuration is no YAML.", Cause.CONFIGURATION, file))
    qtbot.mouseClick(button(page, "Open the file"), Qt.MouseButton.LeftButton)
    assert opened == [QUrl.fromLocalFile(str(file))]
    assert "Nothing could be found that opens" in said(page)
    with qtbot.waitSignal(page.defaults_wanted) as wanted:
        qtbot.mouseClick(button(page, "Begin with the defaults"), Qt.MouseButton.LeftButton)
    assert wanted.args == [file]


def test_another_folder_is_chosen_for_the_profile(
    page: NotOpenedPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    page.explain(Trouble("It is read-only.", Cause.PROFILE))
    with qtbot.waitSignal(page.folder_chosen) as chosen:
        qtbot.mouseClick(button(page, "Choose another folder…"), Qt.MouseButton.LeftButton)
    assert chosen.args == [tmp_path]
