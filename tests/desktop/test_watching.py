"""The watcher behind the window: what it tells is told for the engine that is in use, and for no other."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.task_runner import TaskRunner
from desktop.watching import Watching


@dataclass(eq=False)
class Watched:
    """An engine, and its own watcher."""

    noted: object = None
    tells: dict[str, Callable[[object], None]] = field(default_factory=dict)
    has_ended: bool = False

    def note(self, library: object) -> None:
        self.noted = library

    def watch(self, *, before: object, **tells: Callable[[object], None]) -> "Watched":
        assert self.noted is before
        self.tells = tells
        return self

    def start(self) -> None:
        self.has_ended = False

    def stop(self) -> None:
        self.has_ended = True


@pytest.fixture
def runner(qtbot: QtBot) -> TaskRunner:
    return TaskRunner()


def test_a_watcher_that_is_left_is_not_listened_to_any_more(runner: TaskRunner, qtbot: QtBot) -> None:
    """It may be in the middle of a look, of which the songs would be shown in place of those of the next library."""
    parent, told = QObject(), list[object]()
    watching, engine = Watching(runner, parent), Watched()
    for signal in (watching.changed, watching.noticed, watching.away):
        signal.connect(told.append)
    library: Any = object()
    watching.begin(engine, library)  # type: ignore[arg-type]  # all that is asked of an engine
    qtbot.waitUntil(lambda: runner.is_idle)
    for name in ("on_change", "on_notice", "on_away"):
        engine.tells[name](name)
    assert told == ["on_change", "on_notice", "on_away"]
    watching.leave()
    for name in ("on_change", "on_notice", "on_away"):
        engine.tells[name](name)
    assert len(told) == 3
    qtbot.waitUntil(lambda: engine.has_ended)
