"""Files that are still being copied, told from files that lie still."""

import time
from collections.abc import Callable
from pathlib import Path

Status = tuple[int, int]
"""Size in bytes, modification time in nanoseconds."""

LONG_AGO = 60.0
"""A file modified more seconds ago than this is not being copied; clocks of network disks differ by less."""


class SettlingFiles:
    """Remembers how each asked-for file looked, and says when it has looked the same for ``still_for`` seconds."""

    def __init__(self, *, still_for: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._still_for = still_for
        self._clock = clock
        self._seen: dict[Path, tuple[Status, float]] = {}

    def is_still(self, path: Path) -> bool:
        """Whether nothing writes the file any more; a file that cannot be looked at is not waited for."""
        status = file_status(path)
        if status is None or time.time() - status[1] / 1e9 > LONG_AGO:
            self._seen.pop(path, None)
            return True
        known, since = self._seen.get(path, (None, 0.0))
        if status != known:
            self._seen[path] = (status, self._clock())
            return self._still_for <= 0
        if self._clock() - since < self._still_for:
            return False
        del self._seen[path]
        return True


def file_status(path: Path) -> Status | None:
    """Size and modification time of a file; None where there is none that can be looked at."""
    try:
        status = path.stat()
    except (OSError, ValueError):  # ValueError: a zero byte, which a damaged URL can bring in
        return None
    return status.st_size, status.st_mtime_ns
