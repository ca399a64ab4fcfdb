"""Chips, the menu of genres and decades, what another page wants to be shown, and what comes back after a restart."""

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtWidgets import QApplication, QHeaderView, QLineEdit, QMenu

from desktop.item_models.song_rows import Column
from desktop.pages.library import LibraryPage
from desktop.widgets.library.song_actions import SongActions
from desktop.widgets.panel.song_panel import SongPanel
from tests.desktop.conftest import OpenedWindow, OpenWindow
from tests.listened_library import ListenedLibrary


@pytest.fixture
def opened(open_window: OpenWindow, library: ListenedLibrary) -> OpenedWindow:
    return open_window(library)


def add(opened: OpenedWindow, typed: str) -> None:
    """Open the menu, type, and take what is found first."""
    opened.click(opened.button("Add a filter"))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    search = menu.findChild(QLineEdit)
    opened.qtbot.keyClicks(search, typed)
    opened.qtbot.keyClick(search, Qt.Key.Key_Return)


def titles(opened: OpenedWindow) -> list[str]:
    return opened.column(Column.TITLE)


def test_genres_and_decades_become_chips_that_can_be_removed(opened: OpenedWindow) -> None:
    add(opened, "trip")
    assert titles(opened) == ["Angel", "Glory Box", "Roads"]
    add(opened, "electr")
    assert len(titles(opened)) == 5  # of several genres one is enough
    opened.click(opened.button("Unrated"))
    assert titles(opened) == ["Hyperballad", "Glory Box"]
    opened.click(opened.button("Remove the filter Electronic"))
    assert titles(opened) == ["Glory Box"]
    assert opened.says("1 of 6")
    opened.click(opened.button("Remove the filter Trip-Hop"))
    opened.click(opened.button("Unrated"))
    add(opened, "without a year")
    assert titles(opened) == ["Broken"]


def test_a_chip_without_songs_says_why(opened: OpenedWindow) -> None:
    opened.click(opened.button("New this week"))
    assert opened.says("No song came in the last seven days")
    opened.click(opened.button("Show all songs"))
    assert len(titles(opened)) == 6


def test_songs_that_another_page_shows_are_a_chip_and_the_first_is_selected(opened: OpenedWindow) -> None:
    opened.qtbot.keyClicks(opened.search, "bjork")
    rows = opened.session.rows
    assert rows is not None
    wanted = [song.song_id for song in rows.songs if song.title in ("Roads", "Angel")]
    opened.window.desk.navigation.show_songs(wanted)
    assert titles(opened) == ["Angel", "Roads"]
    assert [index.row() for index in opened.table.selectionModel().selectedRows()] == [0]
    opened.click(opened.button("Remove the filter 2 chosen songs"))
    assert len(titles(opened)) == 6
    opened.window.desk.navigation.show_subset("skipped")
    assert titles(opened) == ["Broken"]


def test_the_menu_of_songs_leads_to_the_other_pages(opened: OpenedWindow) -> None:
    opened.table.selectAll()
    asked: list[object] = []
    opened.window.desk.navigation.recipe_wanted.connect(asked.append)
    menu = opened.window.findChild(SongActions).menu()
    make = next(each for each in menu.actions() if each.text() == "Make a playlist from these")
    make.trigger()
    (recipe,) = asked
    assert len(recipe.songs) == 6  # type: ignore[attr-defined]


def choose_column(opened: OpenedWindow, name: str) -> None:
    header = opened.table.horizontalHeader()
    opened.qtbot.mouseClick(header.viewport(), Qt.MouseButton.RightButton, pos=QPoint(20, 10))
    header.customContextMenuRequested.emit(QPoint(20, 10))
    menu = QApplication.activePopupWidget()
    next(action for action in menu.actions() if action.text() == name).trigger()
    menu.close()


def test_filters_columns_and_the_panel_come_back(open_window: OpenWindow, library: ListenedLibrary) -> None:
    first = open_window(library)
    add(first, "trip")
    first.click(first.button("Rated"))
    first.qtbot.keyClicks(first.search, "roa")
    choose_column(first, "Genre")
    choose_column(first, "Remark")
    header: QHeaderView = first.table.horizontalHeader()
    header.moveSection(header.visualIndex(Column.STARS), 0)
    assert first.window.findChild(SongPanel).isVisible()
    first.qtbot.keyClick(first.table, Qt.Key.Key_F9)
    first.window.close()
    second = open_window(library)
    assert titles(second) == ["Roads"]
    assert second.button("Remove the filter Trip-Hop").isVisible()
    assert second.table.isColumnHidden(Column.GENRE)
    assert not second.table.isColumnHidden(Column.REMARK)
    assert second.table.horizontalHeader().visualIndex(Column.STARS) == 0
    assert not second.window.findChild(SongPanel).isVisible()


def test_settings_that_say_nonsense_are_ignored(opened: OpenedWindow, tmp_path: object) -> None:
    settings = QSettings(f"{tmp_path}/bad.ini", QSettings.Format.IniFormat)
    for name in ("header", "hidden", "sorting", "filter", "panel"):
        settings.setValue(f"library/{name}", "[1, {")
    opened.window.findChild(LibraryPage).restore_state(settings)
    assert len(titles(opened)) == 6
