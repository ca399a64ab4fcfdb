"""The small values that long work yields: window, command line and tests consume the same ones."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.errors import Cause
from core.jobs.control import Control, WaitReason, WorkMode
from core.song import SongId

__all__ = [
    "Control",
    "Event",
    "Events",
    "Finished",
    "Notice",
    "Outcome",
    "Progress",
    "SongAnalysed",
    "SongRecognized",
    "SongSkipped",
    "Stage",
    "WaitReason",
    "Waiting",
    "WorkMode",
]


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
    before: int = 0
    """What was done before this work began, and is in neither number."""


@dataclass(frozen=True, slots=True)
class Stage(Event):
    """The next part of work that has several begins."""

    name: str


@dataclass(frozen=True, slots=True)
class Notice(Event):
    """A sentence for the owner; the work goes on."""

    sentence: str
    cause: Cause = Cause.OTHER


@dataclass(frozen=True, slots=True)
class NotYet(Notice):
    """Nothing is wrong, it only is too early: a command says so, a window that shows what is missing need not."""


@dataclass(frozen=True, slots=True)
class Outcome(Notice):
    """What came of the work, where nothing is wrong: a command says so, a window tells it in its owner's words."""


@dataclass(frozen=True, slots=True)
class SongAnalysed(Event):
    song_id: SongId
    damage: str = ""
    """What was wrong with the part that could not be decoded; empty for a sound file."""


@dataclass(frozen=True, slots=True)
class SongRecognized(Event):
    """A song whose sound was known already: only its tags have changed (``same_as`` is itself), or its name."""

    song_id: SongId
    same_as: SongId


@dataclass(frozen=True, slots=True)
class SongSkipped(Event):
    song_id: SongId
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Finished(Event):
    """The work has ended: ``complete`` is false when it was stopped before its end."""

    complete: bool = True


@dataclass(frozen=True, slots=True)
class Waiting(Event):
    """Gentle work hands out nothing new for ``reason``; None says that it goes on."""

    reason: WaitReason | None


Events = Iterator[Event]
