"""What in a sound matters: asked for by a button, stopped by another song, drawn over its spectrogram."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.jobs.events import Control, Event, Progress
from core.parts.explanations import SoundExplained
from core.recommend.reasons.explanation import SoundExplanation, SoundPart
from core.song import Song, SongId
from core.training.spectrogram_file import Spectrogram
from desktop.style.palette import LIGHT
from desktop.widgets.panel.song_panel import SongPanel
from desktop.widgets.panel.spectrogram_view import SOUND_HEIGHT, Heard, SpectrogramView
from tests.desktop.conftest import OpenedWindow, OpenWindow
from tests.listened_library import ListenedLibrary

SONG = Song(1, "Roads", "", "", 2000, -1.0, "file:///music/roads.mp3")
SECONDS = (SoundPart(60.0, 75.0, 0.08, holds=True), SoundPart(75.0, 90.0, -0.08, holds=True))
BANDS = (SoundPart(0.0, 500.0, 0.02, holds=False), SoundPart(500.0, 4000.0, 0.04, holds=False))
FOUND = SoundExplanation(SONG, 0.8, 60.0, 90.0, SECONDS, BANDS)
SPECTROGRAM = Spectrogram(np.full((32, 60), -70.0, dtype=np.float32), np.linspace(0, 4000, 33), 60.0, 90.0)


@pytest.fixture
def view(qtbot: QtBot) -> SpectrogramView:
    made = SpectrogramView()
    qtbot.addWidget(made)
    made.resize(320, made.sizeHint().height())
    made.show_sound(Heard(FOUND, SPECTROGRAM))
    made.show()
    return made


def test_bars_go_up_for_what_speaks_for_it_and_down_against(view: SpectrogramView) -> None:
    picture, sound, below = view.grab().toImage(), view._sound(), view._below()
    first, second = (round(sound.left() + sound.width() * share) for share in (0.25, 0.75))
    upper, lower = round(below.center().y() - 10), round(below.center().y() + 10)
    assert picture.pixelColor(first, upper) == QColor(LIGHT.accent)
    assert picture.pixelColor(second, lower) == QColor(LIGHT.against)
    assert picture.pixelColor(first, lower) == picture.pixelColor(second, upper)
    # The seconds that matter are tinted in the picture of silence, each in its color.
    left, right = (picture.pixelColor(across, SOUND_HEIGHT // 2) for across in (first, second))
    assert left.red() > left.blue()
    assert right.blue() > right.red()


def test_a_click_or_a_key_lets_seconds_be_heard(view: SpectrogramView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.second_chosen) as chosen:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(round(view._across(80.0, FOUND)), 20))
    assert chosen.args == [75.0]
    qtbot.keyClick(view, Qt.Key.Key_Left)
    with qtbot.waitSignal(view.second_chosen) as chosen:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert chosen.args == [60.0]


class Listener:
    """Listens until it is stopped, or is told to end."""

    def __init__(self) -> None:
        self.controls: list[Control] = []
        self.is_done = False

    def __call__(self, song_id: SongId, *, control: Control) -> Iterator[Event]:
        self.controls.append(control)
        yield Progress(1, 20)
        while not (control.stopped or self.is_done):
            control.wait_for_change(0.01)
        yield SoundExplained(complete=self.is_done, explanation=FOUND if self.is_done else None)


@pytest.fixture
def opened(open_window: OpenWindow, library: ListenedLibrary) -> OpenedWindow:
    return open_window(library)


@pytest.fixture
def listener(opened: OpenedWindow, monkeypatch: pytest.MonkeyPatch) -> Listener:
    made = Listener()
    monkeypatch.setattr(opened.session._require_engine().explanations, "sound_of", made)
    return made


def test_another_song_stops_it_and_the_answer_is_kept(opened: OpenedWindow, listener: Listener) -> None:
    panel = SongPanel(opened.window.desk, opened.window)
    panel.setWindowFlag(Qt.WindowType.Window)
    panel.resize(340, 1600)
    panel.show()
    roads, angel = (song_called(opened, title) for title in ("Roads", "Angel"))
    panel.show_songs([roads])
    opened.wait_until(lambda: button(panel, "What in its sound?").isEnabled())
    opened.click(button(panel, "What in its sound?"))
    opened.wait_until(lambda: bool(listener.controls))
    panel.show_songs([angel])
    opened.wait_until(lambda: listener.controls[0].stopped)
    panel.show_songs([roads])
    opened.wait_until(lambda: button(panel, "What in its sound?").isEnabled())
    listener.is_done = True
    opened.click(button(panel, "What in its sound?"))
    opened.wait_until(lambda: panel.findChild(SpectrogramView).isVisible())
    assert says(panel, "Seconds 1:00 to 1:15 speak for it: 0.4 stars lower without.")
    panel.show_songs([angel])
    assert not panel.findChild(SpectrogramView).isVisible()
    panel.show_songs([roads])
    assert panel.findChild(SpectrogramView).isVisible()
    assert len(listener.controls) == 2


def song_called(opened: OpenedWindow, title: str) -> SongId:
    return next(each.song_id for each in opened.session.rows.songs if each.title == title)


def button(panel: QWidget, text: str) -> QPushButton:
    return next(each for each in panel.findChildren(QPushButton) if each.text() == text)


def says(panel: QWidget, text: str) -> bool:
    return any(text in each.text() for each in panel.findChildren(QLabel) if each.isVisible())
