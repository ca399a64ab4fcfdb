"""Stars that are given in the table, by mouse and by keys, for one song and for several; rows that are dragged."""

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from core.song import UNRATED
from desktop.item_models.song_filter import SongFilter
from desktop.item_models.song_rows import Column
from desktop.widgets.stars import STEP, star_place, stars_at
from desktop.widgets.tables import song_selection
from desktop.widgets.tables.column_widths import READABLE, shared_widths
from tests.desktop.conftest import OpenedWindow, OpenWindow, song
from tests.listened_library import ListenedLibrary, listen_to

SELECT = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


@pytest.fixture
def opened(open_window: OpenWindow, library: ListenedLibrary) -> OpenedWindow:
    return open_window(library)


def on_star(opened: OpenedWindow, title: str, *, star: int, half: bool = False) -> QPoint:
    row = opened.column(Column.TITLE).index(title)
    place = star_place(opened.table.visualRect(opened.table.model().index(row, Column.STARS)))
    return QPoint(place.left() + (star - 1) * STEP + (3 if half else 10), place.center().y())


def click_star(opened: OpenedWindow, title: str, *, star: int, half: bool = False) -> None:
    place = on_star(opened, title, star=star, half=half)
    opened.qtbot.mouseClick(opened.table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def move(opened: OpenedWindow, place: QPoint) -> None:
    """As the mouse does it; Qt's own stand-in for a test asks the real pointer."""
    where, nothing = QPointF(place), Qt.MouseButton.NoButton
    on_screen = QPointF(opened.table.viewport().mapToGlobal(place))
    event = QMouseEvent(QMouseEvent.Type.MouseMove, where, on_screen, nothing, nothing, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(opened.table.viewport(), event)


def select(opened: OpenedWindow, *titles: str) -> None:
    opened.table.clearSelection()
    for title in titles:
        index = opened.table.model().index(opened.column(Column.TITLE).index(title), 0)
        opened.table.selectionModel().setCurrentIndex(index, SELECT)
    opened.table.setFocus()


def stars(opened: OpenedWindow, title: str) -> str:
    return opened.cell(opened.column(Column.TITLE).index(title), Column.STARS)


def told(opened: OpenedWindow, title: str) -> str:
    index = opened.table.model().index(opened.column(Column.TITLE).index(title), Column.STARS)
    return index.data(Qt.ItemDataRole.ToolTipRole)


def kept(library: ListenedLibrary) -> dict[str, float]:
    with library.open() as engine:
        return {
            known.song.title: known.own.rating for known in engine.ratings.known(engine.library().songs) if known.own
        }


@pytest.mark.parametrize(
    ("offset", "rating"), [(0, 0.1), (6, 0.1), (8, 0.2), (15, 0.2), (16, 0.3), (77, 1.0), (-1, None), (200, None)]
)
def test_the_left_half_of_a_star_is_half_a_star(offset: float, rating: float | None) -> None:
    assert stars_at(offset) == rating


def test_a_click_gives_stars_at_once_and_they_are_told_from_the_players(
    opened: OpenedWindow, library: ListenedLibrary
) -> None:
    click_star(opened, "Roads", star=5, half=True)
    assert stars(opened, "Roads") == "4.5 stars"  # nothing has been stored yet
    opened.wait_until(lambda: opened.says("“Roads”: 4.5 stars"))
    assert told(opened, "Roads") == "You said 4.5 stars here; Clementine has 3."
    assert kept(library) == {"Roads": 0.9}
    opened.qtbot.keyClick(opened.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    opened.wait_until(lambda: stars(opened, "Roads") == "3 stars")


def test_keys_give_stars_to_all_that_are_selected_and_take_them_back(
    opened: OpenedWindow, library: ListenedLibrary
) -> None:
    select(opened, "Roads", "Broken")
    opened.qtbot.keyClick(opened.table, Qt.Key.Key_2)
    assert [stars(opened, title) for title in ("Roads", "Broken")] == ["2 stars", "2 stars"]
    opened.wait_until(lambda: opened.says("2 songs: 2 stars"))
    assert told(opened, "Broken") == "You said 2 stars here; Clementine has none."
    opened.qtbot.keyClick(opened.table, Qt.Key.Key_0)
    assert [stars(opened, title) for title in ("Roads", "Broken")] == ["3 stars", "not rated"]
    opened.wait_until(lambda: opened.says("is taken back"))
    assert set(kept(library).values()) <= {UNRATED}
    select(opened, "Angel")
    opened.qtbot.keyClick(opened.table, Qt.Key.Key_0)
    assert opened.says("Nothing was said here about these stars")


def test_what_a_key_gave_is_seen_until_the_mouse_moves(opened: OpenedWindow) -> None:
    delegate = opened.table._stars_delegate
    move(opened, on_star(opened, "Roads", star=5))
    assert delegate.hovered is not None
    select(opened, "Roads")
    opened.qtbot.keyClick(opened.table, Qt.Key.Key_2)
    assert delegate.hovered is None
    move(opened, on_star(opened, "Roads", star=4))
    assert delegate.hovered is not None
    click_star(opened, "Roads", star=4)
    assert delegate.hovered is None


def test_letters_search_and_enter_goes_to_what_was_found(opened: OpenedWindow) -> None:
    select(opened, "Roads")
    opened.qtbot.keyClick(opened.table, "g")
    opened.qtbot.keyClicks(QApplication.focusWidget(), "lory")
    assert opened.column(Column.TITLE) == ["Glory Box"]
    opened.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert QApplication.focusWidget() is opened.table
    assert [index.row() for index in opened.table.selectionModel().selectedRows()] == [0]


def test_dragged_rows_are_the_players_own_addresses(opened: OpenedWindow) -> None:
    select(opened, "Roads", "Angel")
    data = opened.table.model().mimeData(opened.table.selectionModel().selectedIndexes())
    assert [url.toString() for url in data.urls()] == ["file:///music/Angel.mp3", "file:///music/Roads.mp3"]


def test_a_large_selection_stays_selected_when_sorted(opened: OpenedWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(song_selection, "FEW", 0)
    select(opened, "Roads", "Angel")
    opened.table.sortByColumn(Column.TITLE, Qt.SortOrder.DescendingOrder)
    rows = sorted(index.row() for index in opened.table.selectionModel().selectedRows())
    assert [opened.cell(row, Column.TITLE) for row in rows] == ["Roads", "Angel"]


def test_a_selection_that_is_not_in_one_piece_comes_back_when_a_filter_goes_and_is_what_keys_mean(
    opened: OpenedWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(song_selection, "FEW", 0)
    select(opened, "Roads", "Angel")
    chosen = opened.table.selected_in_order()
    moved = []
    opened.table.selection_moved.connect(lambda: moved.append(opened.table.selected_in_order()))
    opened.table.model().set_filter(SongFilter(songs=(chosen[1],)))
    assert opened.table.selected_in_order() == chosen[1:]
    opened.table.model().set_filter(SongFilter())
    assert opened.table.selected_in_order() == chosen[1:]  # what a filter has hidden is selected no more
    select(opened, "Roads", "Angel")
    opened.table.sortByColumn(Column.TITLE, Qt.SortOrder.DescendingOrder)
    assert opened.table.selected_in_order() == moved[-1] == chosen[::-1]
    rows = sorted(index.row() for index in opened.table.selectionModel().selectedRows())
    assert [opened.cell(row, Column.TITLE) for row in rows] == ["Roads", "Angel"]
    opened.qtbot.keyClick(opened.table, Qt.Key.Key_Up)
    assert len(opened.table.selected_ids()) == 1


def test_at_the_first_start_no_column_is_cut_while_another_has_room(open_window: OpenWindow, tmp_path: Path) -> None:
    names = ("Winter Orchestra", "Songs of Night")
    rows = [song(f"S {number}", artist=names[0], album=names[1]) for number in range(9)]
    table = open_window(listen_to(tmp_path, rows)).table
    for column, text in ((Column.ARTIST, names[0]), (Column.ALBUM, names[1]), (Column.TITLE, "S 1")):
        assert table.columnWidth(column) >= table.fontMetrics().horizontalAdvance(text)
    assert table.columnWidth(Column.TITLE) < table.columnWidth(Column.ARTIST)


def test_columns_stay_as_wide_as_their_owner_made_them(open_window: OpenWindow, library: ListenedLibrary) -> None:
    first = open_window(library)
    first.table.setColumnWidth(Column.ALBUM, 300)
    first.window.close()
    again = open_window(library)
    again.window.resize(1600, 700)  # as wide as the screen of the test lets it be
    assert again.table.columnWidth(Column.ALBUM) == 300


def test_in_a_narrow_table_the_title_can_still_be_read(open_window: OpenWindow, tmp_path: Path) -> None:
    names = {"artist": "Winter Orchestra of Northern Lights", "album": "Songs of Night", "genre": "Electronic"}
    opened = open_window(listen_to(tmp_path, [song(f"A rather long title of song {n}", **names) for n in range(9)]))
    opened.window.resize(800, 600)
    table, least = opened.table, READABLE
    opened.wait_until(lambda: table.columnWidth(Column.TITLE) == least[Column.TITLE])
    assert table.columnWidth(Column.ARTIST) == least[Column.ARTIST] > table.columnWidth(Column.GENRE)
    opened.wait_until(lambda: table.horizontalScrollBar().maximum() > 0)


def test_room_goes_first_to_those_who_would_have_too_little() -> None:
    shares, least = {Column.TITLE: 200, Column.ALBUM: 200, Column.GENRE: 100}, {Column.TITLE: 160, Column.ALBUM: 70}
    least |= {Column.GENRE: 60}
    shared = shared_widths(300, shares=shares, least=least, chosen={})
    assert shared == {Column.TITLE: 160, Column.ALBUM: 80, Column.GENRE: 60}
    assert shared_widths(100, shares=shares, least=least, chosen={}) == least
    assert shared_widths(500, shares=shares, least=least, chosen={Column.ALBUM: 50})[Column.ALBUM] == 50


def test_home_and_end_are_the_first_and_the_last_song(opened: OpenedWindow) -> None:
    select(opened, "Glory Box")
    for key, shift, rows in (
        (Qt.Key.Key_End, False, [5]),
        (Qt.Key.Key_Home, False, [0]),
        (Qt.Key.Key_End, True, [0, 1, 2, 3, 4, 5]),
    ):
        modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        opened.qtbot.keyClick(opened.table, key, modifier)
        assert sorted(index.row() for index in opened.table.selectionModel().selectedRows()) == rows


def test_the_next_song_is_selected_where_one_goes_that_was_and_else_none(opened: OpenedWindow) -> None:
    opened.click(opened.button("Unrated"))
    unselected = opened.table.model().ids_at([0])
    opened.window.desk.word.rate(unselected, 0.8)
    opened.wait_until(lambda: opened.column(Column.TITLE) == ["Glory Box", "Broken"])
    assert opened.table.selected_ids() == set()
    select(opened, "Glory Box")
    opened.qtbot.keyClick(opened.table, Qt.Key.Key_4)
    opened.wait_until(lambda: opened.column(Column.TITLE) == ["Broken"])
    assert opened.table.selected_ids() == set(opened.table.model().ids_at([0]))


def test_that_nothing_is_selected_any_more_is_told(opened: OpenedWindow) -> None:
    """Else the panel would go on to show a song that a search has taken away."""
    select(opened, "Roads")
    with opened.qtbot.waitSignal(opened.table.selection_moved):
        opened.search.setText("angel")
    assert opened.column(Column.TITLE) == ["Angel"]
    assert opened.table.selected_ids() == set()
