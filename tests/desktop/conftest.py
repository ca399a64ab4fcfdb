"""A window as its owner has it: a real session over a real engine, closed in order after the test."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest
import qasync
from PySide6.QtCore import QLocale, QSettings, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QTableView, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from core.paths import Profile
from desktop.item_models.song_rows import Column
from desktop.main_window import MainWindow
from desktop.navigation import Place
from desktop.pages.library import LibraryPage
from desktop.session import Session
from desktop.style.theme import dress
from desktop.task_runner import TaskRunner
from desktop.widgets.tables.song_table import SongTable
from tests.audio_files import chord, write_sound
from tests.library_databases import PlayerDatabase, SongRow
from tests.listened_library import ListenedLibrary, listen_to

RATED = 12
SURE = 0.01
"""The interval of predictions that are stood for although there are three ratings."""
PATIENCE = 120_000
"""Milliseconds; work in child processes takes seconds on a busy machine."""


@dataclass
class OpenedWindow:
    """A window and the ways to look at it and to use it."""

    window: MainWindow
    session: Session
    runner: TaskRunner
    qtbot: QtBot

    @property
    def page(self) -> LibraryPage:
        """The page of the library, which is the one that most tests are about."""
        return self.window.findChild(LibraryPage)

    @property
    def table(self) -> QTableView:
        return self.page.findChild(SongTable)

    @property
    def search(self) -> QLineEdit:
        return self.page.findChild(QLineEdit)

    def cell(self, row: int, column: Column) -> str:
        """What a screen reader says of a cell."""
        return self.table.model().index(row, column).data(Qt.ItemDataRole.AccessibleTextRole)

    def column(self, column: Column) -> list[str]:
        return [self.cell(row, column) for row in range(self.table.model().rowCount())]

    def button(self, text: str) -> QPushButton | QToolButton:
        """The visible button with a text or a name."""
        return next(
            each
            for kind in (QPushButton, QToolButton)
            for each in self.window.findChildren(kind)
            if each.isVisible() and text in (each.text(), each.accessibleName())
        )

    def click(self, widget: QWidget) -> None:
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def says(self, text: str) -> bool:
        """Whether a visible label holds a text."""
        return any(text in each.text() for each in self.window.findChildren(QLabel) if each.isVisible())

    def wait_until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=PATIENCE)


class OpenWindow(Protocol):
    """Open the window over a library, at a page; without one, at that which was left, or the first."""

    def __call__(self, library: ListenedLibrary, *, place: Place | None = Place.LIBRARY) -> OpenedWindow: ...


@pytest.fixture(autouse=True)
def light_and_english(qapp: QApplication) -> None:
    dress(qapp, dark=False)
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[OpenWindow]:
    """Open the window over a library and wait until it is quiet; all are closed in order at the end."""
    opened: list[OpenedWindow] = []

    def open_it(library: ListenedLibrary, *, place: Place | None = Place.LIBRARY) -> OpenedWindow:
        runner = TaskRunner()
        session = Session(runner)
        window = MainWindow(session, settings=QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
        if not opened:  # the next one comes back as the one before was left
            window.resize(1200, 700)
        opened.append(OpenedWindow(window, session, runner, qtbot))
        window.show()
        if place is not None:
            window.show_page(place)
        with qtbot.waitSignal(session.update_ended, timeout=PATIENCE):
            session.start(library.open)
        return opened[-1]

    yield open_it
    for each in opened:
        close(each, qapp)


def close(opened: OpenedWindow, application: QApplication) -> None:
    """What the application does when the window is closed."""
    opened.window.close()
    with qasync.QEventLoop(application) as loop:
        loop.run_until_complete(opened.session.close())
    assert opened.runner.is_idle
    opened.window.deleteLater()


def song(name: str, **facts: object) -> SongRow:
    return SongRow(path=Path(f"/music/{name}.mp3"), title=name, **facts)  # type: ignore[arg-type]


@pytest.fixture
def library(tmp_path: Path) -> ListenedLibrary:
    """Six songs, of which three are rated, five predicted and one was skipped."""
    rows = [
        song("Army of Me", artist="Björk", album="Post", year=1995, genre="Electronic", rating=0.9),
        song("Hyperballad", artist="Björk", album="Post", year=1995, genre="Electronic"),
        song("Roads", artist="Portishead", album="Dummy", year=1994, genre="Trip-Hop", rating=0.6),
        song("Glory Box", artist="Portishead", album="Dummy", year=1994, genre="Trip-Hop"),
        song("Angel", artist="Massive Attack", album="Mezzanine", year=1998, genre="Trip-Hop", rating=0.2),
        song("Broken", artist="", album="", year=-1, genre=""),
    ]
    guessed = (0.9, 0.86, 0.6, 0.75, 0.3)
    predicted = {row.path: rating for row, rating in zip(rows, guessed, strict=False)}
    return listen_to(tmp_path, rows, predicted=predicted, skipped={rows[-1].path: "damaged"}, interval=SURE)


def sound(path: Path, *, frequency: float) -> SongRow:
    """A file that is there, and what the player knows of it."""
    write_sound(path, chord((frequency, 1.5 * frequency), seconds=1.0))
    there = path.stat()
    return SongRow(
        path=path, title=path.stem, artist=f"Artist {path.stem}", mtime=int(there.st_mtime), filesize=there.st_size
    )


@pytest.fixture
def music(tmp_path: Path) -> Path:
    folder = tmp_path / "music"
    folder.mkdir()
    return folder


@pytest.fixture
def unheard(tmp_path: Path, music: Path) -> ListenedLibrary:
    """A library with ratings that nobody has listened to yet."""
    rows = [sound(music / f"{number:02d}.wav", frequency=200.0 + 40 * number) for number in range(RATED)]
    rated = [SongRow(**(vars(row) | {"rating": 0.4 + 0.1 * (number % 6)})) for number, row in enumerate(rows)]
    database = PlayerDatabase.create(tmp_path / "clementine.db", directories=[music], songs=rated)
    return ListenedLibrary(Profile.below(tmp_path / "profile"), database)
