"""The list that a recipe gives: what it says, and what can be done with its songs."""

from pathlib import Path

from PySide6.QtCore import Qt

from desktop.item_models.list_rows import ListColumn
from desktop.pages.playlists_list import ListView
from tests.desktop.pages.conftest import RATED, UNRATED, PlaylistsWindow


def test_the_best_stand_there_at_once_with_stars_and_reasons(page: PlaylistsWindow) -> None:
    assert page.titles() == [f"Song {number:02d}" for number in range(UNRATED)]
    model = page.table.model()
    said = [model.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole) for column in ListColumn]
    assert said[ListColumn.STARS] == "4.5 stars"
    assert said[ListColumn.NUMBER] == "1"
    assert page.says("12 of 50 songs")


def test_songs_are_carried_as_files(page: PlaylistsWindow) -> None:
    page.click_row(1)
    carried = page.table.model().mimeData(page.table.selectedIndexes())
    assert [Path(url.toLocalFile()).name for url in carried.urls()] == ["01.mp3"]


def test_stars_are_given_by_keys(page: PlaylistsWindow) -> None:
    page.click_row(3)
    page.press(Qt.Key.Key_4)
    page.wait(lambda: "Song 03" not in page.titles())
    assert page.says("“Song 03”: 4 stars.")
    page.click(page.opened.button("Undo"))
    page.wait(lambda: "Song 03" in page.titles())


def test_the_menu_leads_to_songs_like_this_one(page: PlaylistsWindow) -> None:
    page.click_row(1)
    menu = page.opened.window.findChild(ListView).menu()
    next(each for each in menu.actions() if each.text() == "Songs like this one").trigger()
    page.wait(lambda: "Song 01" not in page.titles() and len(page.titles()) == UNRATED + RATED - 1)
    menu.deleteLater()
