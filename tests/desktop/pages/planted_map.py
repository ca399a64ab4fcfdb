"""A map of six songs in known places, and the page that shows it, as its owner sees and uses it."""

import time

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox

from core.store.map_file import StoredMap, StoredSound, map_file, save_map
from desktop.navigation import Place
from desktop.pages.map import MapPage
from desktop.plots.map_view import MapView
from desktop.widgets.map.legend import LegendLine
from tests.desktop.conftest import OpenedWindow
from tests.listened_library import ListenedLibrary

LEFT = Qt.MouseButton.LeftButton
GENRES = ("Rock", "Rock", "Rock", "Jazz", "Jazz", "")
PLACES = np.array([(-0.8, 0.8), (-0.4, 0.4), (-0.8, 0.2), (0.3, -0.6), (0.6, -0.6), (0.0, 0.0)], dtype=np.float32)
NAMES = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta")


def plant(listened: ListenedLibrary, numbers: list[int]) -> None:
    """A stored map of some of the songs."""
    with listened.open() as engine:
        ids = {each.title: str(each.song_id) for each in engine.library().songs}
        vectors = engine.stores.embeddings.matrix(engine.active_version or "").rows(list(ids.values()))[1]
        stored = StoredMap(
            [ids[NAMES[number]] for number in numbers],
            PLACES[numbers],
            np.zeros(len(numbers), dtype=np.int16),
            engine.active_version or "",
            time.time(),
            1.0,
        )
        sound = StoredSound(
            vectors[: len(numbers), :2].copy(),
            np.zeros(vectors.shape[1], np.float32),
            np.eye(vectors.shape[1], 2, dtype=np.float32),
        )
        save_map(map_file(engine.stores.embeddings.path), stored, sound)


class Map:
    """The page and the ways to look at it and to use it."""

    def __init__(self, opened: OpenedWindow) -> None:
        self.opened, self.qtbot = opened, opened.qtbot
        self.page: MapPage = opened.window.show_page(Place.MAP)  # type: ignore[assignment]
        self.view: MapView = self.page.findChild(MapView)

    def is_shown(self) -> bool:
        return self.view.isVisible() and len(self.view.positions) > 0

    def number(self, title: str) -> int:
        """The place of a song on the map."""
        songs = self.page._look.songs
        return next(place for place in range(len(songs)) if songs.song(place).title == title)

    def spot(self, title: str) -> QPoint:
        return self.view.pixel_of(self.number(title)).toPoint()

    def color(self, title: str) -> QColor:
        return self.view.viewport().grab().toImage().pixelColor(self.spot(title))

    def is_pale(self, title: str) -> bool:
        seen = self.color(title)
        return min(seen.red(), seen.green(), seen.blue()) > 190

    def click(self, title: str, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.mouseClick(self.view.viewport(), LEFT, keys, self.spot(title))

    def press(self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.view, key, keys)

    def drag(self, *places: QPoint) -> None:
        self.qtbot.mousePress(self.view.viewport(), LEFT, pos=places[0])
        for place in places[1:]:
            self.qtbot.mouseMove(self.view.viewport(), place)
        self.qtbot.mouseRelease(self.view.viewport(), LEFT, pos=places[-1])

    def around(self, *titles: str) -> tuple[QPoint, QPoint]:
        """The corners of a rectangle around songs."""
        spots = [self.spot(title) for title in titles]
        low = QPoint(min(each.x() for each in spots) - 15, min(each.y() for each in spots) - 15)
        return low, QPoint(max(each.x() for each in spots) + 15, max(each.y() for each in spots) + 15)

    def selected(self) -> set[str]:
        look = self.page._look
        return {look.songs.song(place).title for place in np.flatnonzero(look.selected).tolist()}

    def line(self, name: str) -> LegendLine:
        return next(each for each in self.page.findChildren(LegendLine) if each.text() == name and each.isVisible())

    def choose(self, name: str, what: str) -> None:
        box = next(each for each in self.page.findChildren(QComboBox) if each.accessibleName() == what)
        box.setFocus()
        box.setCurrentText(name)
