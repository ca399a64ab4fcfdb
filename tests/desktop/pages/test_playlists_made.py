"""What was made is opened again, forgotten, and brought back."""

from PySide6.QtCore import Qt

from core.recommend.recipe import Recipe
from desktop.item_models.history_rows import HistoryColumn
from tests.desktop.pages.conftest import UNRATED, PlaylistsWindow


def test_what_was_made_is_opened_again_forgotten_and_brought_back(page: PlaylistsWindow) -> None:
    page.qtbot.keyClicks(page.field("Genre"), "polka")
    page.wait(lambda: len(page.titles()) == UNRATED // 2)
    page.click(page.opened.button("Save"))
    page.wait(lambda: page.history.model().rowCount() == 1)
    page.opened.window.desk.navigation.make(Recipe(wanted=3))
    page.wait(lambda: len(page.titles()) == 3)
    page.click(page.opened.button("Made before 1"))
    row = [page.history.model().index(0, column).data() for column in HistoryColumn]
    assert row[:2] == ["Predicted best- polka", "Predicted best"]
    assert row[HistoryColumn.SONGS] == "6"
    page.qtbot.keyClick(page.history, Qt.Key.Key_Delete)
    page.wait(lambda: page.says("No playlist was made yet"))
    page.click(page.opened.button("Undo"))
    page.wait(lambda: page.history.model().rowCount() == 1)
    page.click(page.opened.button("Open again"))
    page.wait(lambda: len(page.titles()) == UNRATED // 2)
