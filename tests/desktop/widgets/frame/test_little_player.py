"""The little player in the window's status line, over a stand-in for the sound."""

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from core.song import Song
from desktop.listening.listening import Listening
from desktop.listening.sound import Trouble
from desktop.widgets.frame.little_player import LittlePlayer, SeekBar
from tests.desktop.conftest import OpenedWindow, OpenWindow
from tests.listened_library import ListenedLibrary


class StandIn(QObject):
    loaded, moved, ended, failed = Signal(float), Signal(float), Signal(), Signal(Trouble)

    def open(self, path: str) -> None: ...
    def play(self) -> None: ...
    def pause(self) -> None: ...
    def close(self) -> None: ...
    def set_volume(self, share: float) -> None: ...
    def seek(self, second: float) -> None:
        self.moved.emit(second)


@pytest.fixture
def opened(open_window: OpenWindow, library: ListenedLibrary, monkeypatch: pytest.MonkeyPatch) -> OpenedWindow:
    monkeypatch.setattr(Listening, "prepare", lambda _: None)  # the stand-in is all that there is
    return open_window(library)


@pytest.fixture
def sound(opened: OpenedWindow) -> StandIn:
    made = StandIn()
    opened.window.desk.listening._make_sound = lambda _: made  # there is no device where tests run
    return made


def player(opened: OpenedWindow) -> LittlePlayer:
    return opened.window.findChild(LittlePlayer)


def hear(opened: OpenedWindow, sound: StandIn, *, length: float = 45.0) -> Song:
    song = opened.session.rows.songs[0]
    opened.window.desk.listening.play(song)
    sound.loaded.emit(length)
    return song


def test_is_not_there_before_anything_was_heard(opened: OpenedWindow, sound: StandIn) -> None:
    assert not player(opened).isVisible()
    song = hear(opened, sound)
    assert player(opened).isVisible()
    assert opened.says(song.title)
    sound.moved.emit(31.4)
    assert opened.says("0:31 / 0:45")


def test_pauses_by_its_button_and_by_space(opened: OpenedWindow, sound: StandIn, qtbot: QtBot) -> None:
    listening: Listening = opened.window.desk.listening
    hear(opened, sound)
    qtbot.mouseClick(player(opened).findChild(QToolButton), Qt.MouseButton.LeftButton)
    assert not listening.is_playing
    opened.window.setFocus()
    qtbot.keyClick(opened.window, Qt.Key.Key_Space)
    assert listening.is_playing


def test_space_stays_a_space_where_one_writes(opened: OpenedWindow, sound: StandIn, qtbot: QtBot) -> None:
    hear(opened, sound)
    search = opened.window.findChild(QLineEdit)
    search.setFocus()
    qtbot.keyClicks(search, "glory box")
    assert search.text() == "glory box"
    assert opened.window.desk.listening.is_playing


def test_goes_where_the_bar_is_clicked(opened: OpenedWindow, sound: StandIn, qtbot: QtBot) -> None:
    hear(opened, sound, length=100.0)
    bar = player(opened).findChild(SeekBar)
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.width() * 3 // 4, bar.height() // 2))
    assert opened.window.desk.listening.place == pytest.approx(75.0, abs=2.0)
    qtbot.keyClick(bar, Qt.Key.Key_Left)
    assert opened.window.desk.listening.place == pytest.approx(70.0, abs=2.0)


def test_trouble_is_told_above_the_page(opened: OpenedWindow, sound: StandIn) -> None:
    song = hear(opened, sound)
    sound.failed.emit(Trouble.GONE)
    assert opened.says(f"“{song.title}” cannot be heard")
