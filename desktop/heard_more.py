"""Telling now and then that songs were listened to: whoever counts them counts over the whole library."""

import time
from collections.abc import Callable, Sequence

from core.jobs.events import Event, SongAnalysed, SongRecognized

BETWEEN = 3.0
"""Seconds from one telling to the next."""


class HeardMore:
    """Needs no timer: songs come one after the other."""

    def __init__(self, tell: Callable[[], object]) -> None:
        self._tell, self._told_at = tell, 0.0

    def tell(self, events: Sequence[Event]) -> None:
        """Tell it if a song is among these events, unless it was told a moment ago."""
        now = time.monotonic()
        if now - self._told_at > BETWEEN and any(isinstance(each, SongAnalysed | SongRecognized) for each in events):
            self._told_at = now
            self._tell()
