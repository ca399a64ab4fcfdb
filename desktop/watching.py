"""The watcher of the player's library behind the window: begun and ended in the background, told in the UI thread."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, SignalInstance

from desktop.task_runner import Ending, Task, TaskRunner

if TYPE_CHECKING:
    from core.engine import Engine
    from core.library.songs_table import Library
    from core.library.watch import LibraryWatcher


class Watching(QObject):
    """At most one engine's library is watched."""

    changed = Signal(object)
    """A LibraryChange."""
    away = Signal(object)
    """The UserError with which it could not be read again and again."""
    noticed = Signal(str)
    _told = Signal(object, object, object)
    """By an engine's watcher, in its thread: the engine, one of the signals above, and what it is to tell."""

    def __init__(self, runner: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._told.connect(self._pass_on)
        self._runner = runner
        self._engine: Engine | None = None
        self._watcher: LibraryWatcher | None = None

    def begin(self, engine: "Engine", library: "Library") -> Task:
        """Note the ratings of the snapshot that the table shows, then start with it: no change falls in between."""
        self._engine = engine
        task = self._runner.call(lambda: self._start(engine, library))
        task.ended.connect(partial(self._take, engine=engine))
        return task

    def leave(self) -> None:
        """Stop, in the background: another engine follows, or none."""
        watcher, self._watcher, self._engine = self._watcher, None, None
        if watcher is not None:
            self._runner.call(watcher.stop)

    def _start(self, engine: "Engine", library: "Library") -> "LibraryWatcher | None":
        if engine is not self._engine:
            return None
        engine.note(library)
        tell = partial(partial, self._told.emit, engine)
        watcher = engine.watch(
            on_change=tell(self.changed), on_notice=tell(self.noticed), on_away=tell(self.away), before=library
        )
        watcher.start()
        return watcher

    def _pass_on(self, engine: "Engine", signal: SignalInstance, value: object) -> None:
        """A watcher that is left may tell something until it has ended, which would be shown as another's library."""
        if engine is self._engine:
            signal.emit(value)

    def _take(self, ending: Ending, *, engine: "Engine") -> None:
        if engine is self._engine:
            self._watcher = ending.result
        elif ending.result is not None:  # the configuration was changed while it started, or the window closed
            self._runner.call(ending.result.stop)
