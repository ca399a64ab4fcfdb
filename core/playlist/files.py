"""Playlist files on disk: written whole or not at all, and never written when nothing changed."""

import contextlib
import os
import threading
from pathlib import Path

from core.errors import UserError


class ChangedByOthers(UserError):  # noqa: N818 - it is no error of anybody's
    """A playlist file that we did not write, or that somebody has written to since, would be overwritten."""


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
        _replace(path.resolve(), content)  # a link stays one
    except OSError as error:
        raise UserError(
            f"The playlist {path} cannot be written: {error.strerror}. Choose another place with --output FILE."
        ) from error
    return True


def _mark(folder: Path) -> None:
    marker = folder / MARKER
    # A folder of the owner's own choice may hold music: only ours is hidden from the player.
    if folder.name == "recommendations" and not marker.exists():
        marker.touch()


def _replace(path: Path, content: bytes) -> None:
    # Not made of the playlist's name, which may be as long as the file system allows.
    temporary = path.with_name(f".marmalade-{os.getpid()}-{threading.get_ident()}")
    try:
        with temporary.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            temporary.unlink()
