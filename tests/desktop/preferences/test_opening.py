"""What opens a playlist: the player, the desktop, or a command; and what is said when nothing does."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from desktop.preferences import opening
from desktop.preferences.opening import (
    COMMAND,
    OPENER,
    Opener,
    mistake_in_command,
    open_playlist,
    opener_name,
    opener_of,
)

FILE = Path("/music/a list.xspf")


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


def opened(settings: QSettings, monkeypatch: pytest.MonkeyPatch, *, works: bool = True) -> tuple[list[Any], list[str]]:
    """What was called to open the file, and what was said."""
    calls: list[Any] = []
    said: list[str] = []
    started = SimpleNamespace(startDetached=lambda program, words: calls.append((program, words)) or works)
    urls = SimpleNamespace(openUrl=lambda url: calls.append(url.toLocalFile()) or works)
    monkeypatch.setattr(opening, "QProcess", started)
    monkeypatch.setattr(opening, "QDesktopServices", urls)
    session = SimpleNamespace(open_in_player=lambda path: calls.append(("player", path)))
    desk: Any = SimpleNamespace(settings=settings, session=session, messages=SimpleNamespace(fail=said.append))
    open_playlist(desk, FILE)
    return calls, said


def test_the_player_opens_it_unless_something_else_was_chosen(
    settings: QSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert opened(settings, monkeypatch) == ([("player", FILE)], [])
    settings.setValue(OPENER, "a friend")
    assert opener_of(settings) is Opener.PLAYER


def test_the_desktop_opens_it(settings: QSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.setValue(OPENER, "desktop")
    assert opened(settings, monkeypatch) == ([str(FILE)], [])


def test_a_command_gets_the_file_behind_its_own_words(settings: QSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.setValue(OPENER, "command")
    settings.setValue(COMMAND, "'my player' --enqueue")
    assert opened(settings, monkeypatch) == ([("my player", ["--enqueue", str(FILE)])], [])


def test_what_does_not_work_is_said(qapp: QApplication, settings: QSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.setValue(OPENER, "command")
    calls, said = opened(settings, monkeypatch)
    assert calls == []
    assert "opens a list.xspf" in said[0]
    settings.setValue(OPENER, "desktop")
    assert len(opened(settings, monkeypatch, works=False)[1]) == 1


def test_what_opens_it_has_a_name(settings: QSettings) -> None:
    desk: Any = SimpleNamespace(settings=settings, session=SimpleNamespace(player="Clementine"))
    assert opener_name(desk) == "Clementine"
    settings.setValue(OPENER, "command")
    assert opener_name(desk) == "Clementine", "until there is a command"
    settings.setValue(COMMAND, "/usr/bin/vlc --playlist")
    assert opener_name(desk) == "vlc"
    settings.setValue(OPENER, "desktop")
    assert opener_name(desk) == "the desktop’s player"


@pytest.mark.parametrize(("command", "is_wrong"), [("", True), ("'open", True), ("vlc --playlist", False)])
def test_a_command_that_names_no_program_is_a_mistake(command: str, *, is_wrong: bool) -> None:
    assert bool(mistake_in_command(command)) is is_wrong
