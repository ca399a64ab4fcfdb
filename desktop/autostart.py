"""Opening Marmalade with the desktop: a file in the folder that every desktop reads (freedesktop.org autostart)."""

import os
import shlex
import sys
from pathlib import Path

NAME = "org.marmalade.Marmalade.desktop"


def autostart_file() -> Path:
    configuration = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(configuration) / "autostart" / NAME


def is_on() -> bool:
    return autostart_file().is_file()


def switch_off() -> None:
    """Take the file away; raises OSError where that is not possible."""
    autostart_file().unlink(missing_ok=True)


def switch_on() -> None:
    """Write the file; raises OSError where that is not possible."""
    file = autostart_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    command = " ".join(_quoted(part) for part in (sys.executable, "-P", "-m", "desktop", "--in-tray"))
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        "Name=Marmalade",
        f"Exec={command}",
        "X-GNOME-Autostart-enabled=true",
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _quoted(part: str) -> str:
    """As the Exec key wants it: double quotes, and a percent sign twice."""
    escaped = part.replace("%", "%%")
    if shlex.quote(escaped) == escaped:
        return escaped
    for letter in '\\"`$':
        escaped = escaped.replace(letter, f"\\{letter}")
    return f'"{escaped}"'
