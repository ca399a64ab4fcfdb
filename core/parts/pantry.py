"""What there is to choose from, kept as long as nothing that it is made of has changed.

To read and curate 60,000 songs takes half a second, and to make a stock of them another half: too long for a list
that follows what its owner chooses.
"""

import os
from collections.abc import Callable, Hashable
from threading import RLock

from core.curation import Curation
from core.parts.workplace import Workplace

BESIDE = ("", "-wal", "-journal")
"""What SQLite writes to: the file itself, or one beside it."""


class Pantry:
    """A part of the engine; ``curation`` makes what is kept."""

    def __init__(self, workplace: Workplace, *, curation: Callable[[], Curation]) -> None:
        files = (workplace.database.path, *workplace.stores.files)
        self._files = [f"{file}{ending}" for file in files for ending in BESIDE]
        self._curation = curation
        self._kept: tuple[Hashable, Curation] | None = None
        self._lock = RLock()

    def curation(self) -> Curation:
        """What is learned from and played, as it is now."""
        with self._lock:
            state = self.state()
            if self._kept is None or self._kept[0] != state:
                self._kept = (state, self._curation())
            return self._kept[1]

    def state(self) -> Hashable:
        """Equal as long as nobody has written to the player's database or to a store of ours."""
        return tuple(_state(file) for file in self._files)


def _state(file: str) -> tuple[int, int]:
    try:
        found = os.stat(file)  # noqa: PTH116 - a Path costs more than the look
    except OSError:
        return (-1, -1)
    return found.st_mtime_ns, found.st_size
