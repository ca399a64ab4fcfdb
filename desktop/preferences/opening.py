"""What opens a playlist: the player that keeps the library, the desktop's choice, or a command of the owner's."""

import shlex
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QProcess, QSettings, QUrl
from PySide6.QtGui import QDesktopServices

from desktop.desk import Desk

OPENER, COMMAND = "playlists/opens_with", "playlists/command"


class Opener(StrEnum):
    """Who opens a playlist."""

    PLAYER = "player"
    """As a new tab."""
    DESKTOP = "desktop"
    COMMAND = "command"


def opener_of(settings: QSettings) -> Opener:
    """What was chosen last."""
    chosen = str(settings.value(OPENER, ""))
    return Opener(chosen) if chosen in list(Opener) else Opener.PLAYER


def command_of(settings: QSettings) -> str:
    """The command of the owner's; the file comes behind it."""
    return str(settings.value(COMMAND, ""))


def opener_name(desk: Desk) -> str:
    """What opens playlists, for “Open in …”."""
    opener, command = opener_of(desk.settings), command_of(desk.settings)
    if opener is Opener.DESKTOP:
        return QCoreApplication.translate("Preferences", "the desktop’s player")
    if opener is Opener.COMMAND and not mistake_in_command(command):
        return Path(shlex.split(command)[0]).name
    return desk.session.player


def open_playlist(desk: Desk, playlist: Path) -> None:
    """Open a playlist as its owner chose; what does not work is told above the page."""
    opener = opener_of(desk.settings)
    if opener is Opener.PLAYER:
        desk.session.open_in_player(playlist)
        return
    if opener is Opener.DESKTOP:
        is_open = QDesktopServices.openUrl(QUrl.fromLocalFile(str(playlist)))
    else:
        is_open = _start(command_of(desk.settings), playlist)
    if not is_open:
        words = QCoreApplication.translate(
            "Preferences", "Nothing could be found that opens {file}. Choose it in the preferences, under Playlists."
        )
        desk.messages.fail(words.format(file=playlist.name))


def open_file(file: Path) -> bool:
    """Open a file in the desktop's editor; whether there is one."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))


def mistake_in_command(command: str) -> str:
    """What is wrong with a command; empty for one that can be called."""
    try:
        words = shlex.split(command)
    except ValueError:
        words = []
    return "" if words else QCoreApplication.translate("Preferences", "Name the program that opens playlists.")


def _start(command: str, playlist: Path) -> bool:
    if mistake_in_command(command):
        return False
    program, *arguments = shlex.split(command)
    started: tuple[bool, int] | bool = QProcess.startDetached(program, [*arguments, str(playlist)])
    return started[0] if isinstance(started, tuple) else bool(started)
