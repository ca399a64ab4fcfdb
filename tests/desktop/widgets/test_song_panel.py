"""The panel about songs, in a window over a real engine."""

from PySide6.QtCore import Qt

from core.song import SongId
from desktop.widgets.elided_label import ElidedLabel
from desktop.widgets.own_stars import OwnStars
from desktop.widgets.song_panel import SongPanel
from desktop.widgets.stars import STEP
from tests.desktop.conftest import OpenedWindow, OpenWindow
from tests.listened_library import ListenedLibrary


def test_shows_a_song_and_stores_stars(open_window: OpenWindow, library: ListenedLibrary) -> None:
    opened = open_window(library)
    panel = beside(opened)
    panel.show_songs([song_called(opened, "Hyperballad")])
    assert {"Hyperballad", "Björk", "Post · 1995"} <= set(texts(panel))
    stars = panel.findChild(OwnStars)
    opened.qtbot.mouseClick(stars, Qt.MouseButton.LeftButton, pos=star_place(stars, 3.5))
    opened.wait_until(lambda: stars.rating == 0.7)


def beside(opened: OpenedWindow) -> SongPanel:
    """A panel of the window's desk, shown by itself."""
    panel = SongPanel(opened.window.desk)
    opened.qtbot.addWidget(panel)
    panel.resize(340, 800)
    panel.show()
    return panel


def song_called(opened: OpenedWindow, title: str) -> SongId:
    return next(song.song_id for song in opened.session.rows.songs if song.title == title)


def texts(panel: SongPanel) -> list[str]:
    return [label.text() for label in panel.findChildren(ElidedLabel) if label.isVisible()]


def star_place(stars: OwnStars, wanted: float):  # noqa: ANN201 - a QPoint
    from PySide6.QtCore import QPoint

    return QPoint(4 + round((wanted - 0.3) * STEP), stars.height() // 2)
