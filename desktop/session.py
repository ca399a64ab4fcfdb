"""One engine at work behind the window: opens it, keeps the rows current, updates by itself, passes on verdicts.

It never works in the UI thread and knows no widget; the pages listen to its signals.
"""

from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from core.jobs.events import Control, Event, Finished, Progress, Stage, Waiting, WorkMode
from desktop import core_texts, library_reading
from desktop.heard_more import HeardMore
from desktop.item_models.song_rows import SongRows
from desktop.library_loss import LibraryLoss
from desktop.library_reading import FirstLook, OpenEngine, Said
from desktop.one_at_a_time import OneAtATime
from desktop.task_runner import Ending, Task, TaskRunner, in_short
from desktop.troubles import Trouble
from desktop.verdicts import Change
from desktop.watching import Watching

if TYPE_CHECKING:
    from core.engine import Engine
    from core.library.changes import LibraryChange
    from core.library.songs_table import Library

Answer = TypeVar("Answer")

AFTER_THE_LAST_WORD = 3_000
"""Milliseconds: who goes through a list says many words, and each of them would begin a training."""
QUIET = (Finished, Stage, Waiting)
"""Events that bring nothing new to the rows."""


class Session(QObject):
    """Signals come in the UI thread."""

    opened = Signal()
    not_opened = Signal(Trouble)
    rows_read = Signal(SongRows)
    noticed = Signal(str)
    failed = Signal(str)
    update_began = Signal(bool)
    """Whether it only learns from stars, and looks at no file."""
    progressed = Signal(Progress)
    happened = Signal(list)
    heard_more = Signal()
    """Songs were listened to since, told now and then for what counts them."""
    update_ended = Signal()
    songs_skipped = Signal(object)
    """The ScanFinished of a run in which some could not be listened to."""
    playlist_made = Signal(object)
    mode_changed = Signal(WorkMode)
    valuable_ended = Signal(str)
    """The name of work that its owner began."""

    def __init__(self, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._engine: Engine | None = None
        self._open_engine: OpenEngine | None = None
        self._asked_early: list[Callable[[], None]] = []
        self._valuable: dict[Task, str] = {}
        self._library: Library | None = None
        self._watching = Watching(runner, self)
        self._rows: SongRows | None = None
        self._words_said = 0
        self._said_more_than_stars = False
        self._words: deque[tuple[Callable[[], Change], Callable[[Said], None]]] = deque()
        self._mode = WorkMode.FULL
        self._closing = False
        self._updates = OneAtATime(self._begin_update)
        self._refreshes = OneAtATime(self._begin_refresh)
        self._something_new = False
        self._heard_more = HeardMore(self.heard_more.emit)
        self._after_words = QTimer(self, singleShot=True, interval=AFTER_THE_LAST_WORD)
        self._after_words.timeout.connect(self._follow_words)
        self._watching.changed.connect(self._follow_change)
        self._watching.noticed.connect(self.noticed)
        self.loss = LibraryLoss(self)
        self.loss.found.connect(self.wake)
        self._watching.away.connect(self.loss.take_away)

    @property
    def player(self) -> str:
        """The player's name, for buttons."""
        return self._library.player.title() if self._library else "Clementine"

    @property
    def rows(self) -> SongRows | None:
        """The library as it was shown last; None before it was read."""
        return self._rows

    @property
    def valuable_work(self) -> list[str]:
        """The names of work that its owner began and would not want to end by accident."""
        return list(self._valuable.values())

    @property
    def is_working(self) -> bool:
        """Whether songs are listened to or a taste is learned at this moment."""
        return self._updates.task is not None

    @property
    def mode(self) -> WorkMode:
        """How much of the machine the work in the background may take."""
        return self._mode

    def choose_mode(self, mode: WorkMode) -> None:
        """Work like this from now on, after a restart too; paused work first ends the songs that it is on."""
        self._mode = mode
        if self._updates.task is not None:
            self._updates.task.control.mode = mode
        self.mode_changed.emit(mode)
        if self._engine is not None:
            save = partial(library_reading.save_work_mode, self._engine, mode)
            self._runner.call(save).ended.connect(self._report)

    # ------------------------------------------------------------------------------------------------ for the pages

    def ask(
        self,
        question: Callable[["Engine"], Answer],
        *,
        then: Callable[[Answer], object],
        otherwise: Callable[[str], object] | None = None,
    ) -> None:
        """Ask the engine in the background; ``then`` is called with the answer, in the UI thread.

        What went wrong is told to ``otherwise`` in a sentence, or above the page if there is none. What is asked before
        the engine is open waits for it; when the stores are about to be closed, nothing is asked any more.
        """
        engine = self._engine
        if self._closing:
            return
        if engine is None:
            self._asked_early.append(lambda: self.ask(question, then=then, otherwise=otherwise))
            return
        task = self._runner.call(lambda: question(engine))
        task.ended.connect(partial(self._answer, then=then, otherwise=otherwise))

    def work(
        self,
        begin: Callable[["Engine", Control], Iterator[Event]],
        *,
        otherwise: Callable[[str], object] | None = None,
        valuable: str = "",
    ) -> Task:
        """Begin long work, which can be stopped; its task tells how it goes on. Its notices are told above the page.

        Who closes the window in the middle of ``valuable`` work, which is its name, is asked what to do.
        """
        engine = self._require_engine()
        if self._closing:
            return Task(lambda _: None, self)
        task = self._runner.run(lambda control: begin(engine, control))
        if valuable:
            self._valuable[task] = valuable
            task.ended.connect(lambda _: self.valuable_ended.emit(self._valuable.pop(task)))
        task.noticed.connect(self.noticed)
        task.ended.connect(partial(self._answer, then=lambda _: None, otherwise=otherwise))
        return task

    def _answer(
        self, ending: Ending, *, then: Callable[[Answer], object], otherwise: Callable[[str], object] | None
    ) -> None:
        if self._closing:
            return
        if ending.error is None and ending.bug is None:
            then(ending.result)
            return
        is_told = self.loss.take(ending)
        if otherwise is not None:
            otherwise(self._sentence(ending))
        elif not is_told:
            self.failed.emit(self._sentence(ending))

    # ------------------------------------------------------------------------------------------------ opening, closing

    def start(self, open_engine: OpenEngine) -> None:
        """Open the engine, read the library, then watch it and bring everything up to date.

        May be called again after ``not_opened``.
        """
        self._open_engine = open_engine
        self._runner.call(lambda: library_reading.first_look(open_engine)).ended.connect(self._take_first_look)

    def reopen(self, *, then: Callable[[], object] = lambda: None, open_engine: OpenEngine | None = None) -> None:
        """Open the engine anew, for the configuration is another one; what is shown stays until it has been read again.

        ``open_engine`` opens it from now on. If it cannot be opened, that is told and the engine of before goes on.
        """
        open_engine = open_engine or self._open_engine
        if open_engine is not None and self._engine is not None:
            task = self._runner.call(lambda: library_reading.first_look(open_engine))
            task.ended.connect(partial(self._exchange, then=then, open_engine=open_engine))

    def _exchange(self, ending: Ending, *, then: Callable[[], object], open_engine: OpenEngine) -> None:
        if ending.result is None or self._closing:
            if ending.result is not None:
                ending.result.engine.close()
            elif not self._closing:  # of a database that was chosen too, while another one is away
                self.failed.emit(self._sentence(ending))
            return
        before, self._open_engine = self._require_engine(), open_engine
        if self._updates.task is not None:
            self._updates.task.stop()
        self._watching.leave()
        self._runner.after_current(before.close)
        self._take_first_look(ending)
        then()

    def wake(self) -> None:
        """Look at everything again, after the computer slept, or the player's database was away.

        The music may have changed, or be there no more.
        """
        before = self._library
        if self._engine is not None and not self._closing:
            self.ask(lambda engine: engine.library(), then=partial(self._look_again, before=before))

    def _look_again(self, library: "Library", *, before: "Library | None") -> None:
        if self._library is before:  # otherwise the watcher has told of a newer one meanwhile
            self._library = library
        self._refreshes.request(then=self._updates.request)

    def _take_first_look(self, ending: Ending) -> None:
        if ending.error is not None or ending.bug is not None:
            self.not_opened.emit(Trouble.of(ending.error) if ending.error else Trouble(self._sentence(ending)))
            return
        look: FirstLook = ending.result
        self._engine, self._library, self._mode = look.engine, look.library, look.mode
        self.loss.find(look.library.database)
        if self._closing:
            return
        self.opened.emit()
        self.mode_changed.emit(self._mode)
        self._show(look.rows)
        while self._asked_early:
            self._asked_early.pop(0)()
        watching = self._watching.begin(look.engine, look.library)
        watching.ended.connect(self._report)
        watching.ended.connect(lambda _: self._refreshes.request(then=self._updates.request))  # or nothing is drawn

    async def close(self) -> None:
        """Stop in order: nothing new begins, the work ends, the watcher ends, the stores are closed."""
        self._closing = True
        self._after_words.stop()
        self.loss.stop()
        self._runner.stop_all()
        self._watching.leave()
        await self._runner.finished()
        if self._engine is not None:
            self._engine.close()

    # ----------------------------------------------------------------------------------------------- keeping up to date

    def _follow_change(self, change: "LibraryChange") -> None:
        self._library = change.library
        self._refreshes.request()
        self._updates.request(briefly=change.is_of_ratings)

    def _follow_words(self) -> None:
        self._updates.request(briefly=not self._said_more_than_stars)
        self._said_more_than_stars = False

    def _begin_refresh(self) -> Task | None:
        if self._closing:
            return None
        engine, library, before = self._require_engine(), self._library, self._rows
        task = self._runner.call(lambda: library_reading.read_rows(engine, library or engine.library(), before=before))
        task.ended.connect(partial(self._take_rows, words_said=self._words_said))
        return task

    def _take_rows(self, ending: Ending, *, words_said: int) -> None:
        if words_said != self._words_said:
            self._refreshes.request()  # it may have been read before the owner's last word
        elif ending.result is not None:
            self._show(ending.result)
        self._report(ending)

    def _show(self, rows: SongRows) -> None:
        if not self._closing:
            self._rows = rows
            self.rows_read.emit(rows)

    def _begin_update(self) -> Task | None:
        if self._closing:
            return None
        engine = self._require_engine()
        update = engine.follow_ratings if self._updates.is_brief else engine.update
        task = self._runner.run(lambda control: update(control=control), control=Control(self._mode))
        task.progressed.connect(self.progressed)
        task.noticed.connect(self.noticed)
        task.happened.connect(self._pass_on)
        task.ended.connect(self._end_update)
        self.update_began.emit(self._updates.is_brief)
        return task

    def _pass_on(self, events: list[Event]) -> None:
        from core.analysis.scan import ScanFinished
        from core.training.process import TrainingFinished

        self.happened.emit(events)
        self._heard_more.tell(events)
        for event in events:
            self._something_new = self._something_new or not isinstance(event, QUIET)
            if isinstance(event, ScanFinished) and event.skipped:
                self.songs_skipped.emit(event)
            if isinstance(event, TrainingFinished):
                self._refreshes.request()  # a long scan learns before its end
                self._something_new = False

    def _end_update(self, ending: Ending) -> None:
        self._report(ending)
        self.update_ended.emit()
        if self._something_new:
            self._something_new = False
            self._refreshes.request()

    # ------------------------------------------------------------------------------------------------ verdicts

    def say(self, change: Callable[[], Change], *, then: Callable[[Said], None]) -> None:
        """Store what the owner said; the rows show it at once, then ``then`` is called; predictions follow.

        One word after the other: of two on the same song the later one has to stand. ``change`` is asked for when its
        turn comes, so that it can depend on what was said before; an empty one is passed over.
        """
        self._require_engine()
        if self._library is None or self._rows is None:
            return
        self._words.append((change, then))
        if len(self._words) == 1:
            self._say_next()

    def _say_next(self) -> None:
        engine, library, rows = self._require_engine(), self._library, self._rows
        while self._words and library is not None and rows is not None:
            make, then = self._words[0]
            if change := make():
                self._words_said += 1
                task = self._runner.call(partial(library_reading.say, engine, library, change, rows=rows))
                task.ended.connect(partial(self._take_said, before=rows, then=then))
                return
            self._words.popleft()

    def _take_said(self, ending: Ending, *, before: SongRows, then: Callable[[Said], None]) -> None:
        if ending.result is not None and not self._closing:
            if self._rows is before:
                self._show(ending.result.rows)
            else:
                self._refreshes.request()  # other rows came meanwhile
            then(ending.result)
            # Now that it is stored: an update that began while it was not has not seen it.
            self._said_more_than_stars = self._said_more_than_stars or not ending.result.change.is_of_stars
            self._after_words.start()
        self._report(ending)
        self._words.popleft()
        self._say_next()  # while the window closes too: what was said is kept

    # ------------------------------------------------------------------------------------------------ playlists

    def make_playlist(self) -> None:
        """Write the playlist that nobody asked anything special of: the best hundred."""
        engine = self._require_engine()
        self._runner.call(engine.recipes.make_best).ended.connect(self._take_playlist)

    def _take_playlist(self, ending: Ending) -> None:
        self._report(ending)
        self.playlist_made.emit(ending.result)

    def open_in_player(self, playlist: Path) -> None:
        """Hand a playlist to the player."""
        engine = self._require_engine()
        self._runner.call(lambda: engine.open_in_player(playlist)).ended.connect(self._report)

    # ------------------------------------------------------------------------------------------------ failing

    def _report(self, ending: Ending) -> None:
        has_failed = ending.error is not None or ending.bug is not None
        if has_failed and not self._closing and not self.loss.take(ending):
            self.failed.emit(self._sentence(ending))

    def _sentence(self, ending: Ending) -> str:
        if ending.error is not None:
            return core_texts.said(str(ending.error))
        return self.tr(
            "Marmalade made a mistake: {bug}. The log says more; your music and your ratings are safe."
        ).format(bug=in_short(ending.bug))

    def _require_engine(self) -> "Engine":
        if self._engine is None:
            message = "asked for before the engine was opened"
            raise RuntimeError(message)
        return self._engine
