"""What is heard of a song, and the sentences where nothing is; the sound is a stand-in that tells what it was told."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from core.song import Song
from desktop.listening.listening import Listening
from desktop.listening.now_playing import NowPlaying
from desktop.listening.sound import NoSoundError, Trouble

SONG = Song(1, "Roads", "Portishead", "Dummy", 1994, 0.8, "file:///music/roads.mp3", duration=300.0)
TRACK = replace(SONG, beginning=100.0, duration=60.0, is_cue_track=True)


class StandIn(QObject):
    """Tells in ``asked`` what was wanted of it."""

    loaded, moved, ended, failed = Signal(float), Signal(float), Signal(), Signal(Trouble)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.asked: list[tuple[object, ...]] = []
        self.volume = 0.0

    def open(self, path: str) -> None:
        self.asked.append(("open", path))

    def play(self) -> None:
        self.asked.append(("play",))

    def pause(self) -> None:
        self.asked.append(("pause",))

    def seek(self, second: float) -> None:
        self.asked.append(("seek", second))

    def close(self) -> None:
        self.asked.append(("close",))

    def set_volume(self, share: float) -> None:
        self.volume = share


@pytest.fixture
def sound() -> StandIn:
    return StandIn()


@pytest.fixture
def listening(qapp: QObject, sound: StandIn) -> Listening:
    return Listening(make_sound=lambda _: sound)


def test_begins_where_the_analysis_listens(listening: Listening, sound: StandIn) -> None:
    listening.play(SONG)
    assert listening.is_playing
    sound.loaded.emit(301.0)
    assert sound.asked == [("open", "/music/roads.mp3"), ("seek", 135.5), ("play",)]
    assert (listening.place, listening.length) == (135.5, 301.0)


def test_of_a_cue_track_only_its_section_is_heard(listening: Listening, sound: StandIn) -> None:
    listening.play(TRACK)
    sound.loaded.emit(3000.0)
    assert ("seek", 115.0) in sound.asked
    sound.moved.emit(159.0)
    assert listening.place == 59.0
    sound.moved.emit(160.2)
    assert not listening.is_playing
    assert sound.asked[-1] == ("close",)


def test_begins_at_a_wanted_second_of_the_file(listening: Listening, sound: StandIn) -> None:
    listening.play(TRACK, at=120.0)
    sound.loaded.emit(3000.0)
    assert ("seek", 120.0) in sound.asked
    assert listening.place == 20.0


def test_pauses_goes_on_and_seeks(listening: Listening, sound: StandIn) -> None:
    listening.play(SONG)
    listening.pause()
    sound.loaded.emit(300.0)
    assert sound.asked[-1] == ("seek", 135.0)
    listening.pause_or_resume()
    assert sound.asked[-1] == ("play",)
    listening.seek(900.0)
    assert sound.asked[-1] == ("seek", 300.0)
    listening.toggle(SONG)
    assert sound.asked[-1] == ("close",)
    listening.resume()
    assert sound.asked[-1] == ("open", "/music/roads.mp3")


@pytest.mark.parametrize("trouble", list(Trouble))
def test_trouble_is_a_sentence(qtbot: QtBot, listening: Listening, sound: StandIn, trouble: Trouble) -> None:
    listening.play(SONG)
    with qtbot.waitSignal(listening.failed) as told:
        sound.failed.emit(trouble)
    assert told.args[0].endswith(("?", "."))
    assert "{" not in told.args[0]
    assert not listening.is_playing


def test_a_missing_device_is_told_once_at_each_try(listening: Listening, sound: StandIn) -> None:
    told: list[str] = []
    listening.failed.connect(told.append)
    for begin in (lambda: listening.play(SONG), lambda: listening.toggle(SONG), listening.resume):
        begin()
        sound.failed.emit(Trouble.NO_DEVICE)
        sound.failed.emit(Trouble.NO_DEVICE)
    assert len(told) == 3


def test_a_machine_without_qts_sound_says_so(qtbot: QtBot) -> None:
    def refuse(_: QObject) -> StandIn:
        raise NoSoundError

    listening = Listening(make_sound=refuse)
    with qtbot.waitSignal(listening.failed):
        listening.play(SONG)
    assert not listening.is_playing
    listening.stop()


def test_is_quiet_when_the_player_begins_to_play(listening: Listening, sound: StandIn) -> None:
    player = NowPlaying(listening)
    listening.give_way_to(player)
    listening.play(SONG)
    sound.loaded.emit(300.0)
    player.changed.emit()
    assert listening.is_playing
    player.is_playing = True
    player.changed.emit()
    assert not listening.is_playing
    assert sound.asked[-1] == ("pause",)


def test_keeps_a_volume_for_a_sound_that_comes_later(listening: Listening, sound: StandIn) -> None:
    listening.set_volume(0.4)
    assert sound.volume == 0.0
    listening.play(SONG)
    assert sound.volume == 0.4


def test_what_is_prepared_is_heard_with_and_a_machine_without_sound_says_nothing_before(
    qapp: QObject, sound: StandIn
) -> None:
    made: list[StandIn] = []

    def make(_: QObject) -> StandIn:
        made.append(sound)
        return sound

    def fail(_: QObject) -> StandIn:
        raise NoSoundError

    listening = Listening(make_sound=make)
    listening.prepare()
    listening.play(SONG)
    assert len(made) == 1
    assert sound.asked == [("open", SONG.location)]
    told: list[str] = []
    silent = Listening(make_sound=fail)
    silent.failed.connect(told.append)
    silent.prepare()
    assert told == []
    silent.play(SONG)
    assert len(told) == 1
