"""One engine at work behind the window: opens it, keeps the rows current, updates by itself, makes playlists.

It never works in the UI thread and knows no widget; the pages listen to its signals.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.jobs.events import Event, Finished, Progress
from core.song import SongId
from desktop.item_models.song_rows import SongRows, make_rows
from desktop.task_runner import Ending, Task, TaskRunner

if TYPE_CHECKING:
    from core.engine import Engine
    from core.library.changes import LibraryChange
    from core.library.songs_table import Library
    from core.library.watch import LibraryWatcher

OpenEngine = Callable[[], "Engine"]


@dataclass(frozen=True)
class FirstLook:
    """What the window needs to be of use."""

    engine: "Engine"
    library: "Library"
    rows: SongRows


class Session(QObject):
    """Signals come in the UI thread."""

    opened = Signal()
    not_opened = Signal(str)
    rows_read = Signal(SongRows)
    noticed = Signal(str)
    failed = Signal(str)
    update_began = Signal()
    progressed = Signal(Progress)
    happened = Signal(list)
    update_ended = Signal()
    songs_skipped = Signal(int)
    """How many could not be listened to in the run that just ended."""
    playlist_made = Signal(object)
    _library_changed = Signal(object)

    def __init__(self, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._engine: Engine | None = None
        self._library: Library | None = None
        self._watcher: LibraryWatcher | None = None
        self._closing = False
        self._updates = _OneAtATime(self._begin_update)
        self._refreshes = _OneAtATime(self._begin_refresh)
        self._something_new = False
        self._library_changed.connect(self._follow_change)

    @property
    def player(self) -> str:
        """The player's name, for buttons."""
        return self._library.player.title() if self._library else "Clementine"

    def pause(self) -> None:
        """Let the songs in work end, then wait."""
        if self._updates.task is not None:
            self._updates.task.pause()

    def resume(self) -> None:
        if self._updates.task is not None:
            self._updates.task.resume()

    # ------------------------------------------------------------------------------------------------ opening, closing

    def start(self, open_engine: OpenEngine) -> None:
        """Open the engine, read the library, then watch it and bring everything up to date.

        May be called again after ``not_opened``.
        """
        self._runner.call(lambda: _first_look(open_engine)).ended.connect(self._take_first_look)

    def _take_first_look(self, ending: Ending) -> None:
        if ending.error is not None or ending.bug is not None:
            self.not_opened.emit(self._sentence(ending))
            return
        look: FirstLook = ending.result
        self._engine, self._library = look.engine, look.library
        if self._closing:
            return
        self.opened.emit()
        self.rows_read.emit(look.rows)
        self._runner.call(self._watch)
        self._refreshes.request(then=self._updates.request)  # both at once would keep Python from drawing

    def _watch(self) -> None:
        """Start the watcher with the snapshot that the table shows, so that no change falls in between."""
        engine = self._require_engine()
        if not self._closing:
            self._watcher = engine.watch(
                on_change=self._library_changed.emit, on_notice=self.noticed.emit, before=self._library
            )
            self._watcher.start()

    async def close(self) -> None:
        """Stop in order: nothing new begins, the work ends, the watcher ends, the stores are closed."""
        self._closing = True
        self._runner.stop_all()
        await self._runner.finished()
        if self._watcher is not None:
            await self._runner.call(self._watcher.stop)
        if self._engine is not None:
            self._engine.close()

    # ----------------------------------------------------------------------------------------------- keeping up to date

    def _follow_change(self, change: "LibraryChange") -> None:
        self._library = change.library
        self._refreshes.request()
        self._updates.request()

    def _begin_refresh(self) -> Task | None:
        if self._closing:
            return None
        task = self._runner.call(self._read_rows)
        task.ended.connect(self._take_rows)
        return task

    def _read_rows(self) -> SongRows:
        engine = self._require_engine()
        library = self._library or engine.library()
        return make_rows(library.songs, predictions=engine.predictions(), skipped=_reasons(engine, library))

    def _take_rows(self, ending: Ending) -> None:
        if ending.result is not None and not self._closing:
            self.rows_read.emit(ending.result)
        self._report(ending)

    def _begin_update(self) -> Task | None:
        if self._closing:
            return None
        engine = self._require_engine()
        task = self._runner.run(lambda control: engine.update(control=control))
        task.progressed.connect(self.progressed)
        task.noticed.connect(self.noticed)
        task.happened.connect(self._pass_on)
        task.ended.connect(self._end_update)
        self.update_began.emit()
        return task

    def _pass_on(self, events: list[Event]) -> None:
        from core.analysis.scan import ScanFinished
        from core.training.process import TrainingFinished

        self._something_new = self._something_new or any(not isinstance(event, Finished) for event in events)
        self.happened.emit(events)
        for event in events:
            if isinstance(event, ScanFinished) and event.skipped:
                self.songs_skipped.emit(event.skipped)
            if isinstance(event, TrainingFinished):
                self._refreshes.request()  # a long scan learns before its end

    def _end_update(self, ending: Ending) -> None:
        self._report(ending)
        self.update_ended.emit()
        if self._something_new:
            self._something_new = False
            self._refreshes.request()

    # ------------------------------------------------------------------------------------------------ playlists

    def make_playlist(self) -> None:
        """Write the playlist that nobody asked anything special of: the best hundred."""
        from core.recommend.ranking import Wish

        engine = self._require_engine()
        self._runner.call(lambda: engine.recommend(Wish())).ended.connect(self._take_playlist)

    def _take_playlist(self, ending: Ending) -> None:
        self._report(ending)
        self.playlist_made.emit(ending.result)

    def open_in_player(self, playlist: Path) -> None:
        """Hand a playlist to the player."""
        engine = self._require_engine()
        self._runner.call(lambda: engine.open_in_player(playlist)).ended.connect(self._report)

    # ------------------------------------------------------------------------------------------------ failing

    def _report(self, ending: Ending) -> None:
        if (ending.error is not None or ending.bug is not None) and not self._closing:
            self.failed.emit(self._sentence(ending))

    def _sentence(self, ending: Ending) -> str:
        if ending.error is not None:
            return str(ending.error)
        return self.tr(
            "Marmalade made a mistake: {bug}. The log says more; your music and your ratings are safe."
        ).format(bug=repr(ending.bug))

    def _require_engine(self) -> "Engine":
        if self._engine is None:
            message = "asked for before the engine was opened"
            raise RuntimeError(message)
        return self._engine


class _OneAtATime:
    """Work that is begun once more after its end if it was asked for meanwhile."""

    def __init__(self, begin: Callable[[], Task | None]) -> None:
        self._begin = begin
        self._again = False
        self.task: Task | None = None

    def request(self, *, then: Callable[[], None] = lambda: None) -> None:
        """Begin, or begin again after the end; ``then`` is called when what is begun now has ended."""
        if self.task is not None:
            self._again = True
            return
        self.task = self._begin()
        if self.task is not None:
            self.task.ended.connect(self._end)
            self.task.ended.connect(lambda _: then())

    def _end(self) -> None:
        self.task = None
        if self._again:
            self._again = False
            self.request()


def _reasons(engine: "Engine", library: "Library") -> dict[SongId, str]:
    """Why songs could not be listened to, in words."""
    return {each.song.song_id: _sentence(each.reason, each.detail) for each in engine.skipped(library)}


def _sentence(reason: str, detail: str) -> str:
    said = f"{reason}: {detail}" if detail else reason
    return said[:1].upper() + said[1:]


def _first_look(open_engine: OpenEngine) -> FirstLook:
    engine = open_engine()
    try:
        library = engine.library()
        return FirstLook(engine, library, make_rows(library.songs, predictions=engine.predictions(), skipped={}))
    except BaseException:
        engine.close()
        raise
