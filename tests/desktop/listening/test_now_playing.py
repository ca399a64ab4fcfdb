"""What the player plays, as it says it on a real bus of its own; and which song of the library that is."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import IO

import pytest
from PySide6.QtCore import QObject

from core.song import Song, SongId
from desktop.item_models.song_rows import make_rows
from desktop.listening.now_playing import NowPlaying

needs_bus = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="there is no dbus-daemon here")

PLAYER = """
import json, sys
from PySide6.QtCore import QCoreApplication, QSocketNotifier
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusVirtualObject

PATH, INTERFACE = "/org/mpris/MediaPlayer2", "org.mpris.MediaPlayer2.Player"

class Player(QDBusVirtualObject):
    said = {"PlaybackStatus": "Stopped", "Metadata": {}}
    def introspect(self, path):
        return ""
    def handleMessage(self, message, connection):
        return connection.send(message.createReply(self.said))

def follow():
    line = sys.stdin.readline()
    if not line:
        application.quit()
        return
    player.said = json.loads(line)
    told = QDBusMessage.createSignal(PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged")
    told.setArguments([INTERFACE, player.said, ["x"]])
    bus.send(told)

application = QCoreApplication([])
bus, player = QDBusConnection.sessionBus(), Player()
bus.registerVirtualObject(PATH, player)
bus.registerService("org.mpris.MediaPlayer2." + sys.argv[1])
orders = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
orders.activated.connect(follow)
print("ready", flush=True)
application.exec()
"""
EAR = """
import json
from PySide6.QtCore import QCoreApplication
from desktop.listening.now_playing import NowPlaying

application = QCoreApplication([])
playing = NowPlaying()
playing.changed.connect(lambda: print(json.dumps([playing.url, playing.is_playing]), flush=True))
print("ready", flush=True)
application.exec()
"""
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start Python programs that share a bus which nobody else has; all are ended after the test."""
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"], stdout=subprocess.PIPE, text=True
    )
    address = _line(daemon.stdout)
    started: list[subprocess.Popen[str]] = []

    def start_it(program: str, *arguments: str) -> "subprocess.Popen[str]":
        child = subprocess.Popen(
            [sys.executable, "-c", program, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"DBUS_SESSION_BUS_ADDRESS": address},
        )
        started.append(child)
        assert _line(child.stdout) == "ready"
        return child

    yield start_it
    for child in [*started, daemon]:
        child.kill()
        child.communicate()


@needs_bus
def test_hears_what_a_player_says_that_was_there_and_that_it_goes(start: Start) -> None:
    player = start(PLAYER, "clementine")
    _tell(player, "Playing", "file:///music/bre%C3%A4king.mp3")
    ear = start(EAR)
    assert _heard(ear) == ["file:///music/bre%C3%A4king.mp3", True]
    _tell(player, "Paused", "file:///music/b.mp3")
    assert _heard(ear) == ["file:///music/b.mp3", False]
    player.kill()
    assert _heard(ear) == ["", False]


@needs_bus
def test_hears_a_player_that_comes_later_and_of_two_the_one_that_plays(start: Start) -> None:
    ear = start(EAR)
    strawberry, clementine = start(PLAYER, "strawberry"), start(PLAYER, "clementine")
    _tell(clementine, "Paused", "file:///music/paused.mp3")
    assert _heard(ear) == ["file:///music/paused.mp3", False]
    _tell(strawberry, "Playing", "file:///music/played.mp3")
    assert _heard(ear) == ["file:///music/played.mp3", True]


@pytest.mark.parametrize(
    ("url", "title", "meant"),
    [
        ("file:///music/bre%C3%A4k%20%231.mp3", "", "file:///music/bre%C3%A4k%20%231.mp3"),
        ("file:///music/breäk %231.mp3", "", "file:///music/bre%C3%A4k%20%231.mp3"),
        ("file:///music/whole.flac", "Second", "file:///music/whole.flac#t=60"),
        ("file:///music/other.mp3", "", None),
        ("http://radio/stream", "", None),
        ("", "", None),
    ],
)
def test_finds_the_song_of_the_library(qapp: QObject, url: str, title: str, meant: str | None) -> None:
    rows = make_rows(
        [
            song("file:///music/bre%C3%A4k%20%231.mp3", "One"),
            song("file:///music/whole.flac", "First", is_cue_track=True),
            song("file:///music/whole.flac", "Second", is_cue_track=True, beginning=60.0),
        ],
        predictions={},
        skipped={},
    )
    playing = NowPlaying()
    playing.url, playing.title = url, title
    assert playing.song_in(rows) == (SongId(meant) if meant else None)


def song(url: str, title: str, **facts: object) -> Song:
    return Song(1, title, "", "", 2000, -1.0, url, **facts)  # type: ignore[arg-type]


def _tell(player: "subprocess.Popen[str]", status: str, url: str) -> None:
    said = {"PlaybackStatus": status, "Metadata": {"xesam:url": url, "xesam:title": "T", "xesam:artist": ["a", "b"]}}
    assert player.stdin is not None
    player.stdin.write(json.dumps(said) + "\n")
    player.stdin.flush()


def _heard(ear: "subprocess.Popen[str]") -> list[object]:
    heard: list[object] = json.loads(_line(ear.stdout))
    return heard


def _line(output: IO[str] | None) -> str:
    assert output is not None
    return output.readline().strip()
