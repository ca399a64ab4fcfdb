"""The frame: the rail, the keyboard, and what comes back after a restart."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from core.analysis.scan import ScanFinished
from core.engine import Engine
from core.errors import Cause, UserError
from core.jobs.events import Progress, Stage
from core.library.songs_table import Library
from core.parts.encoders import EncoderFinished
from core.parts.stock import BALANCING
from core.training.process import EpochDone, Probed, StepDone
from desktop.desk import Desk
from desktop.item_models.song_rows import Column
from desktop.navigation import Place
from desktop.pages.catalog import Entry, entries
from desktop.pages.page import Page
from desktop.style.measures import CONTROL_HEIGHT
from desktop.widgets.frame.rail import Rail
from desktop.widgets.frame.work_status import WorkStatus
from desktop.widgets.page_title import PageTitle
from desktop.widgets.panel.similar import Similar
from tests.desktop.conftest import OpenedWindow, OpenWindow
from tests.listened_library import ListenedLibrary


class SecondPage(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk


@pytest.fixture
def opened(open_window: OpenWindow, library: ListenedLibrary) -> OpenedWindow:
    return open_window(library)


def test_a_page_is_made_when_it_is_visited(
    open_window: OpenWindow, library: ListenedLibrary, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.pages.page.SecondPage", SecondPage, raising=False)
    second = Entry(Place.MAP, "Second", "page", "SecondPage")
    known = [each for each in entries() if each.place is Place.LIBRARY]
    monkeypatch.setattr("desktop.main_window.entries", lambda: [*known, second])
    opened = open_window(library)
    qtbot.waitUntil(lambda: all(each.isVisible() for each in opened.window.findChild(Rail).findChildren(QToolButton)))
    assert opened.window.findChild(SecondPage) is None
    opened.click(opened.button("Second"))
    assert opened.window.findChild(SecondPage).isVisible()
    opened.click(opened.button("Library"))
    assert opened.table.isVisible()
    qtbot.keyClick(opened.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert opened.window.findChild(SecondPage).isVisible()


def test_every_control_has_a_name(opened: OpenedWindow) -> None:
    controls = [
        each
        for kind in (QPushButton, QToolButton)
        for each in opened.window.findChildren(kind)
        if each.isVisible() and not isinstance(each.parent(), QLineEdit)
    ]
    assert [each for each in controls if not (each.accessibleName() or each.text())] == []
    assert opened.table.accessibleName()
    assert opened.search.accessibleName()


def test_every_control_is_reached_by_the_keyboard(opened: OpenedWindow, qtbot: QtBot) -> None:
    reached = set()
    opened.search.setFocus()
    for _ in range(40):
        qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Tab)
        reached.add(opened.window.focusWidget())
    wanted = {
        opened.table,
        *(opened.button(name) for name in ("Make me a playlist", "Rated", "Home")),
    }  # arrows lead on
    assert wanted <= reached


def test_a_playlist_that_the_tray_makes_tells_of_itself(opened: OpenedWindow) -> None:
    next(each for each in opened.window.tray.menu.actions() if each.text() == "Make me a playlist").trigger()
    opened.wait_until(lambda: opened.says("for the files are not there"))


def test_the_status_is_quiet_when_nothing_is_done(opened: OpenedWindow) -> None:
    assert not opened.window.findChild(WorkStatus).isVisible()


def test_the_parts_of_a_training_are_said_and_its_small_steps_disturb_nobody(opened: OpenedWindow) -> None:
    status = opened.window.findChild(WorkStatus)
    words, pause = status.findChild(QLabel), status.findChild(QToolButton)
    session = opened.session
    session.happened.emit([Stage("Looking for duplicates")])
    session.progressed.emit(Progress(1, 2))
    assert (words.text(), pause.isHidden()) == ("Looking for duplicates, 1 of 2", False)
    session.happened.emit([ScanFinished(), Stage("Listening with the new encoder")])
    assert (words.text(), pause.isHidden()) == ("Listening with the new encoder…", True)
    session.progressed.emit(Progress(3, 4))
    session.happened.emit([StepDone(7, {"train/total_loss": 1.5}), Probed(1, {"probe/score": 0.5})])
    assert (words.text(), pause.isHidden()) == ("Listening with the new encoder, 3 of 4", True)
    session.happened.emit([EncoderFinished(is_used=True)])
    assert words.text() == "Learning your taste…"
    session.happened.emit([EpochDone(1, {"val/mse": 0.1})])
    assert words.text() == "Learning your taste…"
    session.update_ended.emit()
    assert status.isHidden()


def test_what_is_compared_is_said_in_hundredths(opened: OpenedWindow) -> None:
    words = opened.window.findChild(WorkStatus).findChild(QLabel)
    opened.session.happened.emit([Stage(BALANCING)])
    opened.session.progressed.emit(Progress(5, 100))
    assert words.text() == "Comparing songs with each other, 5 %"


def test_a_database_that_goes_is_told_once_until_it_is_back(opened: OpenedWindow, library: ListenedLibrary) -> None:
    """The bar goes by itself, and what the panel asked meanwhile is asked again."""
    opened.click(opened.table)
    opened.table.selectRow(1)
    opened.wait_until(lambda: opened.window.findChild(Similar) is not None)  # made when a song is selected
    similar = opened.window.findChild(Similar)
    opened.wait_until(similar.isVisible)
    path, away = library.database.path, library.database.path.with_name("away.db")
    path.rename(away)
    opened.session.wake()
    opened.wait_until(lambda: opened.says("There is no database at"))
    assert opened.button("Choose a database…").isVisible()
    told = [each for each in opened.window.findChildren(QLabel) if "no database" in each.text() and each.isVisible()]
    assert len(told) == 1
    assert "--" not in told[0].text()
    assert not similar.isVisible()
    away.rename(path)
    opened.click(opened.button("Try again"))
    opened.wait_until(lambda: not opened.says("There is no database at"))
    opened.wait_until(similar.isVisible)


def test_a_database_is_looked_for_again_whatever_went_wrong_the_time_before(
    opened: OpenedWindow, library: ListenedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Our own files may lie on the disk that is away too."""
    read, tried = Engine.library, list[str]()

    def fail_once(engine: Engine) -> Library:
        if not tried:
            tried.append("marmalade.db cannot be opened.")
            raise UserError(tried[0], cause=Cause.PROFILE)
        return read(engine)

    loss = opened.session.loss
    loss.take_away(UserError("There is no database.", cause=Cause.DATABASE, file=library.database.path))
    monkeypatch.setattr(Engine, "library", fail_once)
    opened.wait_until(lambda: not loss.is_lost)
    assert tried


def test_the_error_of_another_database_is_no_loss_of_the_one_in_use(opened: OpenedWindow) -> None:
    """What was asked of the database of before may end when another one is in use."""
    error = UserError("There is no database at x.", cause=Cause.DATABASE, file=Path("x"))
    opened.session.loss.take_away(error)
    assert not opened.session.loss.is_lost
    opened.wait_until(lambda: opened.says(str(error)))


def test_another_database_is_chosen_for_one_that_is_away(
    opened: OpenedWindow, library: ListenedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.database.path.rename(library.database.path.with_name("away.db"))
    opened.session.wake()
    opened.wait_until(lambda: opened.says("There is no database at"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/srv/other.db", ""))
    with opened.qtbot.waitSignal(opened.window.database_chosen) as chosen:
        opened.click(opened.button("Choose a database…"))
    assert chosen.args == [Path("/srv/other.db")]


def test_the_size_comes_back(open_window: OpenWindow, library: ListenedLibrary) -> None:
    first = open_window(library)
    first.window.resize(800, 611)  # the test's screen is no larger
    first.window.close()
    second = open_window(library)
    assert (second.window.width(), second.window.height()) == (800, 611)


def test_page_and_filters_are_kept_though_the_window_is_never_closed(
    open_window: OpenWindow, library: ListenedLibrary
) -> None:
    killed = open_window(library, place=Place.HOME)
    killed.window.show_page(Place.LIBRARY)
    killed.click(killed.button("Unrated"))
    settings = killed.window.desk.settings
    killed.wait_until(lambda: str(settings.value("library/filter")) == killed.table.model().filter.to_text())
    again = open_window(library, place=None)
    assert again.table.isVisible()
    assert again.button("Unrated").isChecked()
    assert again.column(Column.TITLE) == ["Hyperballad", "Glory Box", "Broken"]


def test_return_presses_the_button_that_has_the_focus(opened: OpenedWindow, qtbot: QtBot) -> None:
    button = opened.button("Activity")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert button.isChecked()


def test_the_title_stands_at_the_same_place_on_every_page(opened: OpenedWindow) -> None:
    places = {}
    for place in (Place.HOME, Place.LIBRARY, Place.PLAYLISTS, Place.TRAINING, Place.ACTIVITY):
        title = opened.window.show_page(place).findChild(PageTitle)
        opened.wait_until(lambda title=title: title.isVisible() and title.height() == CONTROL_HEIGHT)
        corner = title.mapTo(opened.window, title.rect().topLeft())
        places[place] = (corner.x(), corner.y())
    assert len(set(places.values())) == 1, places
