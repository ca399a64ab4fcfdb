"""Playlist files on disk: written whole or not at all, and never written when nothing changed."""

import hashlib
from pathlib import Path

from core.errors import UserError
from core.whole_file import written_whole


class ChangedByOthers(UserError):  # noqa: N818 - it is no error of anybody's
    """A playlist would be overwritten that we did not write, that somebody has written to since, or another list."""


MARKER = ".nomusic"
"""Clementine does not scan a folder that holds it: without it, each playlist written there costs a rescan."""


def write_playlist(path: Path, content: bytes) -> bool:
    """Put ``content`` at ``path`` through a hidden file beside it; False when it was there already.

    Raises UserError when the place cannot be written; what was there before stays.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file() and path.read_bytes() == content:
            return False
        _mark(path.parent)
        with written_whole(path.resolve()) as stream:  # a link stays one
            stream.write(content)
    except OSError as error:
        raise UserError(
            f"The playlist {path} cannot be written: {error.strerror}. Choose another place for it."
        ) from error
    return True


def checksum_of(content: bytes) -> str:
    """What tells later whether a file is still as we wrote it."""
    return hashlib.sha256(content).hexdigest()


def checksum_at(path: Path) -> str | None:
    """The same of what is there now; None where nothing is, empty where it cannot be read."""
    try:
        return checksum_of(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError:
        return ""


def _mark(folder: Path) -> None:
    marker = folder / MARKER
    # A folder of the owner's own choice may hold music: only ours is hidden from the player.
    if folder.name == "recommendations" and not marker.exists():
        marker.touch()
