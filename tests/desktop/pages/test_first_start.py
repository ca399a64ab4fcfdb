"""The page of the first start, and when it is shown."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.config import load_config
from core.jobs.events import Control, Event, Progress
from core.library.survey import survey_databases, survey_named
from core.parts.time_estimate import TimeEstimated
from core.paths import Profile
from core.song import Song
from desktop.first_start import Beginning, FirstStart
from desktop.main_window import MainWindow
from desktop.pages.first_start import FirstLook, FirstStartPage
from desktop.session import Session
from desktop.task_runner import TaskRunner
from desktop.widgets.database_choice import DatabaseChoice
from tests.desktop.conftest import OpenedWindow, close
from tests.library_databases import PlayerDatabase, SongRow

NATIVE, COPY = ".config/Clementine/clementine.db", "Music/clementine.db"
ROWS = [SongRow(path=Path("/music/a.mp3"), rating=0.8), SongRow(path=Path("/music/b.mp3"))]


class Estimates:
    """An estimate that goes on until it is stopped, if it is told to."""

    def __init__(self) -> None:
        self.is_endless = False
        self.controls: list[Control] = []

    def __call__(self, songs: Sequence[Song], control: Control) -> Iterator[Event]:
        self.controls.append(control)
        yield Progress(1, 4)
        while self.is_endless and not control.stopped:
            control.wait_for_change(0.01)
        yield TimeEstimated(complete=not control.stopped, songs=60_113, seconds=3300.0)


@pytest.fixture
def estimates() -> Estimates:
    return Estimates()


@pytest.fixture
def home(own_home: Path) -> Path:
    """A player's library and an old copy of it."""
    PlayerDatabase.create(own_home / NATIVE, songs=ROWS, directories=[own_home / "Music"])
    PlayerDatabase.create(own_home / COPY, songs=ROWS[1:])
    return own_home


@pytest.fixture
def page(qtbot: QtBot, home: Path, estimates: Estimates) -> Iterator[FirstStartPage]:
    runner = TaskRunner()
    made = FirstStartPage(survey_databases(), runner=runner, look=FirstLook(survey_named, estimates))
    qtbot.addWidget(made)
    made.resize(900, 800)
    made.show()
    yield made
    runner.stop_all()
    qtbot.waitUntil(lambda: runner.is_idle)


def said(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def button(page: QWidget, text: str) -> QPushButton:
    return next(each for each in page.findChildren(QPushButton) if each.text() == text and each.isVisible())


def choice(page: QWidget, name: str) -> DatabaseChoice:
    return next(each for each in page.findChildren(DatabaseChoice) if name in each.accessibleName())


def test_tells_what_is_there_and_how_long_it_takes(page: FirstStartPage, qtbot: QtBot) -> None:
    assert choice(page, "~/.config").isChecked()
    assert "2 songs · 1 with stars" in choice(page, "~/.config").accessibleName()
    assert "~/Music" in said(page)
    assert "never changes" in said(page)
    qtbot.waitUntil(lambda: "About 55 min for 60,113 songs" in said(page))


def test_another_library_is_tried_out_anew(page: FirstStartPage, qtbot: QtBot, estimates: Estimates) -> None:
    qtbot.waitUntil(lambda: "55 min" in said(page))
    estimates.is_endless = True
    qtbot.mouseClick(choice(page, "~/Music"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(estimates.controls) == 2)
    qtbot.keyClick(choice(page, "~/Music"), Qt.Key.Key_Up)
    assert choice(page, "~/.config").isChecked()
    qtbot.waitUntil(lambda: estimates.controls[1].stopped)


def test_a_file_of_ones_own(page: FirstStartPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.read_file(tmp_path / "none.db")
    qtbot.waitUntil(lambda: "no database at" in said(page))
    mine = PlayerDatabase.create(tmp_path / "mine.db", songs=ROWS)
    page.read_file(mine.path)
    qtbot.waitUntil(lambda: page.chosen is not None and page.chosen.found.path == mine.path)
    with qtbot.waitSignal(page.start_wanted) as wanted:
        qtbot.mouseClick(button(page, "Start"), Qt.MouseButton.LeftButton)
    assert wanted.args == [mine.path]


def test_starting_stops_trying_out(page: FirstStartPage, qtbot: QtBot, estimates: Estimates) -> None:
    estimates.is_endless = True
    qtbot.mouseClick(choice(page, "~/Music"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(estimates.controls) == 2)
    with qtbot.waitSignal(page.demo_wanted):
        qtbot.mouseClick(button(page, "Try the demo library"), Qt.MouseButton.LeftButton)
    assert estimates.controls[1].stopped


class Opened:
    """A window that is opened for the first time; ``begun`` are the databases that it was begun with."""

    def __init__(self, profile: Profile, qtbot: QtBot, *, database: Path | None = None) -> None:
        self.runner, self.begun = TaskRunner(), list[Path | None]()
        self.session = Session(self.runner)
        settings = QSettings(str(profile.config / "window.ini"), QSettings.Format.IniFormat)
        self.window = MainWindow(self.session, settings=settings)
        self.beginning = Beginning(profile, profile.config_file, database)
        self.window.show()
        self.start = FirstStart(
            self.beginning, runner=self.runner, window=self.window, begin=self.begun.append, demo=lambda: None
        )
        self._qtbot = qtbot

    def close(self, application: QApplication) -> None:
        self.runner.stop_all()
        close(OpenedWindow(self.window, self.session, self.runner, self._qtbot), application)


def test_a_choice_that_is_not_the_usual_one_is_remembered(
    qtbot: QtBot, qapp: QApplication, home: Path, tmp_path: Path
) -> None:
    profile = Profile.below(tmp_path / "profile")
    opened = Opened(profile, qtbot)
    assert opened.beginning.is_first
    qtbot.waitUntil(lambda: opened.window.findChild(FirstStartPage) is not None)
    page = opened.window.findChild(FirstStartPage)
    qtbot.mouseClick(choice(page, "~/Music"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button(page, "Start"), Qt.MouseButton.LeftButton)
    assert not page.isVisible()
    assert opened.begun == [], "what is opened reads the configuration, which has to be written before"
    qtbot.waitUntil(lambda: opened.begun == [home / COPY])
    assert load_config(profile.config_file).music.database_path == home / COPY
    opened.close(qapp)


def test_nothing_to_choose_asks_nothing(
    qtbot: QtBot,
    qapp: QApplication,
    own_home: Path,
    tmp_path: Path,
) -> None:
    opened = Opened(Profile.below(tmp_path / "profile"), qtbot, database=tmp_path / "none.db")
    qtbot.waitUntil(lambda: opened.begun == [tmp_path / "none.db"])
    assert opened.window.findChild(FirstStartPage) is None
    opened.close(qapp)


def test_return_begins(page: FirstStartPage, qtbot: QtBot, home: Path) -> None:
    """As soon as the page comes, in the window that presses what has the focus."""
    start = button(page, "Start")
    assert page.focusWidget() is start
    with qtbot.waitSignal(page.start_wanted) as wanted:
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Space)
    assert wanted.args == [home / NATIVE]


def test_return_begins_in_the_window(qtbot: QtBot, qapp: QApplication, home: Path, tmp_path: Path) -> None:
    opened = Opened(Profile.below(tmp_path / "profile"), qtbot)
    qtbot.waitUntil(lambda: opened.window.findChild(FirstStartPage) is not None)
    focused = opened.window.focusWidget()
    assert isinstance(focused, QPushButton)
    qtbot.keyClick(focused, Qt.Key.Key_Return)
    assert opened.begun == [home / NATIVE]
    opened.close(qapp)
