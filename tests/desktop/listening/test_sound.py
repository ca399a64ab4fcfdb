"""Real files through QtMultimedia, without a device: none is there where tests run."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.listening.sound import QtSound, Trouble
from tests.audio_files import chord, write_sound

PATIENCE = 60_000


@pytest.fixture
def sound(qtbot: QtBot) -> QtSound:
    return QtSound(is_heard=False)


def test_loads_a_file_and_goes_to_a_place(qtbot: QtBot, sound: QtSound, tmp_path: Path) -> None:
    file = tmp_path / "täge #1.wav"
    write_sound(file, chord((220.0,), seconds=3.0))
    with qtbot.waitSignal(sound.loaded, timeout=PATIENCE) as loaded:
        sound.open(str(file))
    assert loaded.args[0] == pytest.approx(3.0, abs=0.1)
    with qtbot.waitSignal(sound.moved, timeout=PATIENCE) as moved:
        sound.seek(2.0)
    assert moved.args == [2.0]
    with qtbot.assertNotEmitted(sound.loaded, wait=300):  # a seek is no new file
        sound.play()
        sound.seek(1.0)
        sound.pause()
    sound.close()


@pytest.mark.qt_log_ignore("Could not open media")
def test_says_why_a_file_is_not_heard(qtbot: QtBot, sound: QtSound, tmp_path: Path) -> None:
    with qtbot.waitSignal(sound.failed, timeout=PATIENCE) as gone:
        sound.open(str(tmp_path / "gone.mp3"))
    assert gone.args == [Trouble.GONE]
    junk = tmp_path / "junk.mp3"
    junk.write_text("no music at all")
    with qtbot.waitSignal(sound.failed, timeout=PATIENCE) as unknown:
        sound.open(str(junk))
    assert unknown.args[0] in (Trouble.UNKNOWN_FORMAT, Trouble.OTHER, Trouble.GONE)
    sound.close()


def test_a_machine_without_a_device_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    from PySide6.QtMultimedia import QMediaDevices

    if not QMediaDevices.defaultAudioOutput().isNull():
        pytest.skip("there is a sound device")
    sound = QtSound()
    with qtbot.waitSignal(sound.failed) as told:
        sound.open(str(tmp_path / "any.wav"))
    assert told.args == [Trouble.NO_DEVICE]
