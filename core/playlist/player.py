"""Handing a playlist to the running player: as a new tab, by the player's own command line, detached."""

import os
import shutil
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

from core.errors import UserError
from core.library.locate import DatabaseKind

COMMANDS = {
    DatabaseKind.SNAP: ("snap", "run", "clementine"),
    DatabaseKind.FLATPAK: ("flatpak", "run", "org.clementine_player.Clementine"),
    DatabaseKind.STRAWBERRY: ("strawberry",),
    DatabaseKind.STRAWBERRY_FLATPAK: ("flatpak", "run", "org.strawberrymusicplayer.strawberry"),
}
CLEMENTINE = ("clementine",)


@dataclass(frozen=True, slots=True)
class PlayerCommand:
    """How a player is called."""

    arguments: tuple[str, ...]

    @property
    def is_installed(self) -> bool:
        return shutil.which(self.arguments[0]) is not None


def command_for(kind: DatabaseKind) -> PlayerCommand:
    """The player that keeps a database of this kind."""
    return PlayerCommand(COMMANDS.get(kind, CLEMENTINE))


def open_in_player(playlist: Path, *, name: str, command: PlayerCommand) -> None:
    """Open a playlist as a new tab; a player that stands still may start to play.

    If none runs, the command becomes the player, so it is started in a session of its own and outlives us. Raises
    UserError when the player is not installed.
    """
    if not command.is_installed:
        raise UserError(
            f"The program {command.arguments[0]} is not installed: open {playlist} in your player yourself."
        )
    process = subprocess.Popen(
        [*command.arguments, "--create", name, os.fspath(playlist)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    # A call that only tells the running player ends at once and would stay a zombie for as long as the window is open.
    threading.Thread(target=process.wait, name="player", daemon=True).start()
