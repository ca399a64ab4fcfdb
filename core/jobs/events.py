"""The small values that long work yields: window, command line and tests consume the same ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Event as Flag

from core.song import SongId


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in long work."""


@dataclass(frozen=True, slots=True)
class Progress(Event):
    """How far the work is; ``per_second`` and ``seconds_left`` are 0 and None until they can be told."""

    done: int
    total: int
    per_second: float = 0.0
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class Stage(Event):
    """The next part of work that has several begins."""

    name: str


@dataclass(frozen=True, slots=True)
class Notice(Event):
    """A sentence for the owner; the work goes on."""

    sentence: str


@dataclass(frozen=True, slots=True)
class SongAnalysed(Event):
    song_id: SongId
    damage: str = ""
    """What was wrong with the part that could not be decoded; empty for a sound file."""


@dataclass(frozen=True, slots=True)
class SongSkipped(Event):
    song_id: SongId
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Finished(Event):
    """The work has ended: ``complete`` is false when it was stopped before its end."""

    complete: bool = True


Events = Iterator[Event]


class Control:
    """The reins of one piece of long work, held by another thread: pause, go on, stop."""

    def __init__(self) -> None:
        self._stopped = Flag()
        self._running = Flag()
        self._running.set()

    @property
    def stopped(self) -> bool:
        return self._stopped.is_set()

    @property
    def paused(self) -> bool:
        return not self._running.is_set()

    def pause(self) -> None:
        self._running.clear()

    def resume(self) -> None:
        self._running.set()

    def stop(self) -> None:
        """End the work as soon as it is consistent; a paused one ends too."""
        self._stopped.set()
        self._running.set()

    def wait_while_paused(self) -> None:
        """Block while paused; returns at once when running or stopped."""
        self._running.wait()
