"""Open a file for reading only, with its name and its kind checked before any decoder sees it."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.audio.reasons import AudioError, SkipReason

_NO_SUCH_FILE = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG, errno.ENODEV, errno.ENXIO}


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A regular, non-empty file that is open for reading."""

    filename: str
    descriptor: int
    size: int
    mtime: float

    @property
    def address(self) -> str:
        """A name of the open file for FFmpeg.

        FFmpeg takes names as UTF-8, reads ``http:`` in one as a protocol and lets the extension sway its guess of the
        format. The descriptor's name has none of these faults, and nobody can swap the file in between.
        """
        return f"/proc/self/fd/{self.descriptor}"

    def read_at(self, offset: int, count: int) -> bytes:
        """Up to ``count`` bytes from ``offset``, which may lie beyond the end."""
        return os.pread(self.descriptor, count, max(offset, 0))


@contextmanager
def open_file(filepath: Path | str) -> Iterator[OpenFile]:
    """Open ``filepath``; raise ``AudioError`` when it is missing, closed to us, empty or not a regular file."""
    try:
        descriptor = _open_regular(filepath)
    except (OSError, ValueError) as error:
        raise AudioError(*_reason_of(error)) from error
    try:
        status = os.fstat(descriptor)
        if status.st_size == 0:
            raise AudioError(SkipReason.EMPTY, "the file has no bytes")
        yield OpenFile(os.fspath(filepath), descriptor, status.st_size, status.st_mtime)
    finally:
        os.close(descriptor)


def _open_regular(filepath: Path | str) -> int:
    # The kind is asked first and O_NONBLOCK is set: to open a FIFO without a writer would wait for ever.
    if not stat.S_ISREG(Path(filepath).stat().st_mode):
        raise AudioError(SkipReason.NOT_AUDIO, "not a regular file")
    return os.open(filepath, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)


def _reason_of(error: OSError | ValueError) -> tuple[SkipReason, str]:
    if isinstance(error, AudioError):
        return error.reason, error.detail
    if isinstance(error, PermissionError):
        return SkipReason.NO_PERMISSION, error.strerror or ""
    if isinstance(error, OSError) and error.errno not in _NO_SUCH_FILE:
        return SkipReason.DAMAGED, f"the disk says: {error.strerror}"
    return SkipReason.MISSING, getattr(error, "strerror", None) or str(error)
