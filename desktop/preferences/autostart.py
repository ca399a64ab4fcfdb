"""Starting with the desktop, by the file that every desktop of Linux looks for."""

import shlex
import shutil
import sys
from pathlib import Path

import platformdirs

from core.whole_file import written_whole

NAME = "org.marmalade.Marmalade.desktop"
ENTRY = """\
[Desktop Entry]
Type=Application
Name=Marmalade
Comment=Listens to new music in the background
Exec={command} --in-tray
Icon=org.marmalade.Marmalade
Terminal=false
"""


def autostart_file() -> Path:
    """Where the file is, or would be."""
    return platformdirs.user_config_path() / "autostart" / NAME


def starts_by_itself() -> bool:
    return autostart_file().is_file()


def start_by_itself(*, wanted: bool) -> None:
    """Make the file or take it away; raises OSError where it cannot be written."""
    file = autostart_file()
    if not wanted:
        file.unlink(missing_ok=True)
    elif not file.is_file():
        file.parent.mkdir(parents=True, exist_ok=True)
        with written_whole(file) as stream:
            stream.write(ENTRY.format(command=_command()).encode())


def _command() -> str:
    found = shutil.which("marmalade")
    return shlex.quote(found) if found else f"{shlex.quote(sys.executable)} -m desktop"
