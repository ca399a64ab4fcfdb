"""The pages of playlists and of the map over a real engine, with songs whose files are there."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QListView, QWidget

from core.song import Song
from desktop.item_models.list_rows import ListColumn
from desktop.widgets.recipe.song_picker import SongPicker
from desktop.widgets.tables.history_table import HistoryTable
from desktop.widgets.tables.list_table import ListTable
from tests.desktop.conftest import SURE, OpenedWindow, OpenWindow
from tests.desktop.pages.planted_map import GENRES, NAMES, Map, plant
from tests.library_databases import SongRow
from tests.listened_library import ListenedLibrary, listen_to

UNRATED, RATED = 12, 4


class PlaylistsWindow:
    """The window on the page of playlists, and what its owner sees and does there."""

    def __init__(self, opened: OpenedWindow) -> None:
        self.opened, self.qtbot = opened, opened.qtbot
        self.rail("Playlists")

    def rail(self, name: str) -> None:
        self.click(self.opened.button(name))

    @property
    def table(self) -> ListTable:
        return self.opened.window.findChild(ListTable)

    @property
    def history(self) -> HistoryTable:
        return self.opened.window.findChild(HistoryTable)

    def titles(self) -> list[str]:
        model = self.table.model()
        return [model.index(row, ListColumn.TITLE).data() for row in range(model.rowCount())]

    def field(self, name: str) -> QWidget:
        return next(each for each in self.opened.window.findChildren(QWidget) if each.accessibleName() == name)

    def click(self, widget: QWidget) -> None:
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def click_row(self, row: int, column: ListColumn = ListColumn.TITLE) -> None:
        place: QPoint = self.table.visualRect(self.table.model().index(row, column)).center()
        self.qtbot.mouseClick(self.table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.table, key, modifiers)

    def choose(self, dish: str) -> None:
        self.click(self.opened.button(dish))

    def call(self, name: str) -> None:
        """Give the list another name."""
        field = self.field("Name of the list")
        self.click(field)
        self.qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.keyClicks(field, name)

    def pick(self, name: str, typed: str, *, down: int = 0) -> None:
        """Type into a search for songs and choose from what is found."""
        edit = self.field(name)
        self.qtbot.keyClicks(edit, typed)
        picker = edit.parentWidget()
        assert isinstance(picker, SongPicker)
        found = next(each for each in picker.findChildren(QListView) + _lists() if each.isVisible())
        for _ in range(down + 1):
            self.qtbot.keyClick(found, Qt.Key.Key_Down)
        self.qtbot.keyClick(found, Qt.Key.Key_Return)

    def focused(self) -> QWidget | None:
        """What has the keyboard; without a window manager no window is the active one."""
        return self.opened.window.focusWidget()

    def wait(self, condition: Callable[[], bool]) -> None:
        self.opened.wait_until(condition)

    def says(self, text: str) -> bool:
        return self.opened.says(text)


def _lists() -> list[QListView]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, QListView)]


@pytest.fixture
def songs(tmp_path: Path) -> ListenedLibrary:
    """Twelve songs without stars, predicted the better the earlier they come, and four with stars."""
    folder = tmp_path / "music"
    folder.mkdir()
    rows = []
    for number in range(UNRATED + RATED):
        path = folder / f"{number:02d}.mp3"
        path.touch()
        stars = {} if number < UNRATED else {"rating": 0.5 + 0.1 * (number % 4)}
        genre = "Polka" if number % 2 else "Jazz"
        rows.append(SongRow(path=path, title=f"Song {number:02d}", artist=f"Artist {number % 5}", genre=genre, **stars))
    guessed = {row.path: 0.9 - 0.03 * number for number, row in enumerate(rows)}
    return listen_to(tmp_path, rows, predicted=guessed, interval=SURE)


@pytest.fixture
def page(open_window: OpenWindow, songs: ListenedLibrary) -> PlaylistsWindow:
    found = PlaylistsWindow(open_window(songs))
    found.wait(lambda: len(found.titles()) == UNRATED)
    return found


@pytest.fixture
def mapped(tmp_path: Path) -> ListenedLibrary:
    """Six songs in known places: three of Rock at the top left, two of Jazz at the bottom right, one between them."""
    rows = [
        SongRow(
            path=tmp_path / f"{name}.mp3",
            title=name,
            artist=f"Artist {number // 2}",
            genre=genre,
            rating=(0.8, -1, 0.4, -1, -1, -1)[number],
        )
        for number, (name, genre) in enumerate(zip(NAMES, GENRES, strict=True))
    ]
    for row in rows:
        row.path.touch()
    listened = listen_to(tmp_path, rows, predicted={rows[3].path: 0.7}, interval=SURE)
    plant(listened, list(range(len(NAMES))))
    return listened


@pytest.fixture
def shown(open_window: OpenWindow, mapped: ListenedLibrary, monkeypatch: pytest.MonkeyPatch) -> Map:
    opened = open_window(mapped)
    heard: list[Song] = []
    monkeypatch.setattr(opened.window.desk.listening, "play", heard.append)
    monkeypatch.setattr(opened.window.desk.listening, "toggle", heard.append)
    found = Map(opened)
    found.heard = heard  # type: ignore[attr-defined]
    opened.wait_until(found.is_shown)
    return found
