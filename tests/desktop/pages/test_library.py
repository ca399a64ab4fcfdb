"""The library page, used by mouse and keyboard over a real engine."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication

from core.analysis.scan import ScanFinished
from core.playlist import player
from desktop.item_models.song_rows import Column
from desktop.pages.library import skipped_in_words
from desktop.preferences.dialog import PreferencesDialog
from tests.desktop.conftest import OpenedWindow, OpenWindow
from tests.library_databases import SongRow
from tests.listened_library import ListenedLibrary, listen_to


@pytest.fixture
def opened(open_window: OpenWindow, library: ListenedLibrary) -> OpenedWindow:
    return open_window(library)


def click_header(opened: OpenedWindow, column: Column) -> None:
    header = opened.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(column) + 12, header.height() // 2)
    opened.qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def click_row(opened: OpenedWindow, row: int) -> None:
    place: QRect = opened.table.visualRect(opened.table.model().index(row, Column.TITLE))
    opened.qtbot.mouseClick(opened.table.viewport(), Qt.MouseButton.LeftButton, pos=place.center())


def selected_titles(opened: OpenedWindow) -> list[str]:
    return [opened.cell(index.row(), Column.TITLE) for index in opened.table.selectionModel().selectedRows()]


def test_songs_stand_by_artist_with_the_unknown_last(opened: OpenedWindow) -> None:
    assert opened.column(Column.TITLE) == ["Army of Me", "Hyperballad", "Angel", "Glory Box", "Roads", "Broken"]
    assert opened.says("6 songs")


def test_stars_are_said_in_words(opened: OpenedWindow) -> None:
    assert opened.column(Column.STARS) == ["4.5 stars", "not rated", "1 star", "not rated", "3 stars", "not rated"]
    assert opened.cell(1, Column.PREDICTED) == "4.3 stars"


def test_a_song_without_prediction_is_a_dash(opened: OpenedWindow) -> None:
    index = opened.table.model().index(5, Column.PREDICTED)
    assert index.data(Qt.ItemDataRole.DisplayRole) == "–"
    assert "amaged" in index.data(Qt.ItemDataRole.ToolTipRole)


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("bjork", ["Army of Me", "Hyperballad"]),
        ("DUMMY road", ["Roads"]),
        ("1998", ["Angel"]),
        ("trip", ["Angel", "Glory Box", "Roads"]),
    ],
)
def test_the_table_is_filtered_while_typing(opened: OpenedWindow, typed: str, titles: list[str]) -> None:
    opened.qtbot.keyClick(opened.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    opened.qtbot.keyClicks(QApplication.focusWidget(), typed)
    assert opened.column(Column.TITLE) == titles
    assert opened.says(f"{len(titles)} of 6")


def test_escape_shows_all_songs_again(opened: OpenedWindow) -> None:
    opened.qtbot.keyClicks(opened.search, "bjork")
    opened.qtbot.keyClick(opened.search, Qt.Key.Key_Escape)
    assert len(opened.column(Column.TITLE)) == 6
    assert opened.search.text() == ""


def test_nothing_found_says_so_and_offers_the_way_back(opened: OpenedWindow) -> None:
    opened.qtbot.keyClicks(opened.search, "polka")
    assert opened.says("No song matches “polka”")
    opened.click(opened.button("Show all songs"))
    assert opened.table.isVisible()
    assert len(opened.column(Column.TITLE)) == 6


@pytest.mark.parametrize(
    ("chip", "titles"),
    [
        ("Rated", ["Army of Me", "Angel", "Roads"]),
        ("Unrated", ["Hyperballad", "Glory Box", "Broken"]),
        ("Predicted 4+", ["Army of Me", "Hyperballad"]),
        ("Skipped 1", ["Broken"]),
    ],
)
def test_chips_leave_a_part_of_the_songs(opened: OpenedWindow, chip: str, titles: list[str]) -> None:
    opened.click(opened.button(chip))
    assert opened.column(Column.TITLE) == titles
    opened.click(opened.button(chip))
    assert len(opened.column(Column.TITLE)) == 6


def test_skipped_songs_are_shown_with_the_reason(opened: OpenedWindow) -> None:
    assert opened.table.isColumnHidden(Column.REMARK)
    opened.click(opened.button("Skipped 1"))
    assert not opened.table.isColumnHidden(Column.REMARK)
    assert opened.cell(0, Column.REMARK) == "Damaged"


@pytest.mark.parametrize(
    ("column", "first", "last"),
    [(Column.TITLE, "Angel", "Roads"), (Column.YEAR, "Glory Box", "Broken"), (Column.PREDICTED, "Angel", "Broken")],
)
def test_a_click_on_a_header_sorts(opened: OpenedWindow, column: Column, first: str, last: str) -> None:
    click_header(opened, column)
    titles = opened.column(Column.TITLE)
    assert (titles[0], titles[-1]) == (first, last)


def test_the_unknown_stands_last_in_both_directions(opened: OpenedWindow) -> None:
    click_header(opened, Column.STARS)
    assert opened.column(Column.STARS)[:3] == ["1 star", "3 stars", "4.5 stars"]
    click_header(opened, Column.STARS)
    assert opened.column(Column.STARS) == ["4.5 stars", "3 stars", "1 star", *["not rated"] * 3]


def test_a_selected_song_stays_selected_while_rows_come_and_go(opened: OpenedWindow) -> None:
    click_row(opened, 4)
    assert selected_titles(opened) == ["Roads"]
    opened.qtbot.keyClicks(opened.search, "dummy")
    assert selected_titles(opened) == ["Roads"]
    click_header(opened, Column.TITLE)
    assert selected_titles(opened) == ["Roads"]


def test_a_rating_given_in_the_player_shows_up_by_itself(opened: OpenedWindow, library: ListenedLibrary) -> None:
    click_row(opened, 1)
    library.database.rate(Path("/music/Hyperballad.mp3"), 1.0)
    opened.wait_until(lambda: opened.cell(1, Column.STARS) == "5 stars")
    assert selected_titles(opened) == ["Hyperballad"]


def test_a_song_that_arrives_shows_up_by_itself(opened: OpenedWindow, library: ListenedLibrary) -> None:
    library.database.add(SongRow(location="http://example.org/stream", title="Zebra", artist="Aaa"))
    opened.wait_until(lambda: "Zebra" in opened.column(Column.TITLE))
    assert opened.says("7 songs")


def test_a_song_that_is_removed_goes(opened: OpenedWindow, library: ListenedLibrary) -> None:
    library.database.remove(Path("/music/Angel.mp3"))
    opened.wait_until(lambda: "Angel" not in opened.column(Column.TITLE))


def with_files(tmp_path: Path, *, predicted: float) -> ListenedLibrary:
    """Songs of which the files are there, and stars enough for predictions that are stood for."""
    rows = [SongRow(path=tmp_path / f"music/{number}.mp3", title=f"Song {number}") for number in range(3)]
    rows.append(SongRow(path=tmp_path / "music/loved.mp3", title="Loved", rating=1.0))
    rows += [
        SongRow(path=tmp_path / f"music/rated {number}.mp3", title=f"Rated {number}", rating=(1 + number % 10) / 10)
        for number in range(30)
    ]
    for row in rows:
        row.path.parent.mkdir(exist_ok=True)
        row.path.write_bytes(b"not played here")
    return listen_to(tmp_path, rows, predicted={row.path: predicted for row in rows})


def test_the_button_makes_a_playlist_and_offers_the_player(
    open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = with_files(tmp_path, predicted=0.9)
    opened = open_window(library)
    handed_over: list[Path] = []
    monkeypatch.setattr("core.parts.suggestions.open_in_player", lambda playlist, **_: handed_over.append(playlist))
    opened.click(opened.button("Make me a playlist"))
    opened.wait_until(lambda: opened.says("Saved: 3 songs in Marmalade.xspf"))
    assert opened.says("Only 3 of 100 songs")
    opened.click(opened.button("Open in Clementine"))
    opened.wait_until(lambda: bool(handed_over))
    assert handed_over == [library.profile.playlists / "Marmalade.xspf"]
    assert handed_over[0].is_file()


def test_a_player_that_is_not_installed_is_said_in_a_sentence(
    open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_window(with_files(tmp_path, predicted=0.9))
    monkeypatch.setattr(player, "CLEMENTINE", ("no-such-player",))
    opened.click(opened.button("Make me a playlist"))
    opened.wait_until(lambda: opened.says("Marmalade.xspf"))
    opened.click(opened.button("Open in Clementine"))
    opened.wait_until(lambda: opened.says("The program no-such-player is not installed"))


def test_no_playlist_is_explained(open_window: OpenWindow, tmp_path: Path) -> None:
    opened = open_window(with_files(tmp_path, predicted=0.4))
    opened.qtbot.keyClick(opened.table, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    opened.wait_until(lambda: opened.says("No song is predicted"))
    assert opened.button("Make me a playlist").isEnabled()


def test_a_message_is_closed_by_its_button(open_window: OpenWindow, tmp_path: Path) -> None:
    opened = open_window(with_files(tmp_path, predicted=0.4))
    opened.click(opened.button("Make me a playlist"))
    opened.wait_until(lambda: opened.says("No song is predicted"))
    opened.click(opened.button("Close this message"))
    assert not opened.says("No song is predicted")


def test_an_empty_library_says_what_to_do(open_window: OpenWindow, tmp_path: Path) -> None:
    opened = open_window(listen_to(tmp_path, []))
    assert opened.says("Clementine’s library is empty")
    assert not opened.button("Make me a playlist").isEnabled()


def test_widths_and_sorting_come_back(open_window: OpenWindow, library: ListenedLibrary, qapp: QApplication) -> None:
    first = open_window(library)
    click_header(first, Column.YEAR)
    first.table.setColumnWidth(Column.PLAYS, 93)
    first.window.close()
    second = open_window(library)
    assert second.table.columnWidth(Column.PLAYS) == 93
    assert second.cell(0, Column.YEAR) == "1994"


def test_songs_that_are_only_too_long_are_not_called_damaged_and_lead_to_their_limit(opened: OpenedWindow) -> None:
    opened.session.songs_skipped.emit(ScanFinished(skipped=17, too_long=4, longest=900.0))
    assert opened.says("13 songs could not be read. They are damaged or not music. 4 songs are longer than 15 minutes")
    opened.click(opened.button("Change the limit"))
    opened.wait_until(lambda: opened.window.findChild(PreferencesDialog) is not None)
    dialog = opened.window.findChild(PreferencesDialog)
    opened.wait_until(
        lambda: dialog.focusWidget() is not None and dialog.focusWidget().accessibleName() == "Longest song"
    )
    dialog.reject()
    only = skipped_in_words(ScanFinished(skipped=1, too_long=1, longest=60.0))
    assert only == "1 song is longer than 1 minute and is left out."
