"""A second start calls the first window; a socket that a killed one left does not stand in the way."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.single_instance import SingleInstance


@pytest.fixture(autouse=True)
def sockets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))  # short enough for the address of a socket


def test_the_second_calls_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleInstance(tmp_path / "profile"), SingleInstance(tmp_path / "profile")
    assert first.claim()
    with qtbot.waitSignal(first.raise_wanted):
        assert not second.claim()
    first.release()
    assert second.claim()
    second.release()


def test_another_profile_has_a_window_of_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleInstance(tmp_path / "one"), SingleInstance(tmp_path / "other")
    assert first.claim()
    assert second.claim()
    first.release()
    second.release()


def test_what_a_killed_window_left_is_taken_over(qtbot: QtBot, tmp_path: Path) -> None:
    gone = SingleInstance(tmp_path / "profile")
    assert gone.claim()
    (socket,) = tmp_path.glob("marmalade-*")
    gone.release()
    socket.touch()
    again = SingleInstance(tmp_path / "profile")
    assert again.claim()
    again.release()
