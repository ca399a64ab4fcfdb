"""Training: begin one, watch it learn, look back at others, see how good the predictions are, choose what is used."""

import time
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QProgressBar,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from core.jobs.events import Control, Event, Finished, Progress, Stage
from core.parts.trainings import TrainingChoice
from core.training import presets
from core.training.process import PresetChosen, StepDone, TrainingBegan, TrainingFinished
from core.training.records import Curve, TrainingRecord
from desktop import core_texts, wording
from desktop.desk import Desk
from desktop.pages.page import Page
from desktop.pages.training_curves import TrainingCurves
from desktop.pages.training_evaluation import TrainingEvaluation
from desktop.pages.training_pace import RecentPace
from desktop.pages.training_runs import TrainingRuns
from desktop.pages.training_versions import TrainingVersions
from desktop.pages.training_work import Work, words_of
from desktop.style import fonts
from desktop.style.measures import BETWEEN_GROUPS, PAGE_MARGIN, SMALL
from desktop.task_runner import Task
from desktop.training_news import TrainingNews
from desktop.widgets.page_title import PageTitle
from desktop.widgets.training_choices import TrainingChoices

if TYPE_CHECKING:
    from core.engine import Engine

CHOICES_WIDTH = 272
TAB = "training/tab"
ENDED = "training"
HEIGHTS = (55, 45)
"""Of curves and tables, in hundredths."""
HEARING = ("Listening for the training", "Listening with other encoders", "Listening with the new encoder")
"""Parts of a training that count songs."""


class TrainingPage(Page):
    """Everything goes on in the background; the page may be left and the window closed to the tray."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._session = desk, desk.session
        self._news = TrainingNews(desk, parent=self)
        self._task: Task | None = None
        self._work = Work.TRAINING
        """What the task does."""
        self._chosen: Sequence[TrainingRecord] = ()
        self._began = TrainingBegan(0, 0, 0, "")
        self._pace = RecentPace()
        self._choices, self._curves = TrainingChoices(), TrainingCurves()
        self._runs, self._evaluation, self._versions = TrainingRuns(), TrainingEvaluation(), TrainingVersions()
        self._state, self._preset, self._bar = QLabel(), QLabel(), QProgressBar()
        self._is_hearing = False
        self._tabs = QTabWidget()
        self._tabs.setAccessibleName(self.tr("Trainings, figures and versions"))
        self._lay_out()
        self._listen()
        self._show_work()
        self._read()

    def _lay_out(self) -> None:
        title = PageTitle(self.tr("Training"))
        self._state.setObjectName("secondary")
        self._state.setFont(fonts.figures())
        self._preset.setObjectName("secondary")
        for label in (self._state, self._preset):
            label.setWordWrap(True)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress of the work"))
        self._tabs.addTab(self._runs, self.tr("Trainings"))
        self._tabs.addTab(self._evaluation, self.tr("How good it is"))
        self._tabs.addTab(self._versions, self.tr("Versions"))
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        for place, (widget, height) in enumerate(zip((self._curves, self._tabs), HEIGHTS, strict=True)):
            split.addWidget(widget)
            split.setStretchFactor(place, height)
        columns = QHBoxLayout()
        columns.setSpacing(BETWEEN_GROUPS)
        columns.addWidget(self._left())
        columns.addWidget(split, stretch=1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAGE_MARGIN, PAGE_MARGIN, PAGE_MARGIN, PAGE_MARGIN)
        layout.setSpacing(SMALL)
        layout.addWidget(title)
        layout.addLayout(columns, stretch=1)

    def _left(self) -> QScrollArea:
        inside, area = QWidget(), QScrollArea()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SMALL, 0)
        column.setSpacing(SMALL)
        for widget in (self._choices, self._bar, self._state, self._preset):
            column.addWidget(widget)
        column.addStretch()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedWidth(CHOICES_WIDTH)
        return area

    def _listen(self) -> None:
        self._choices.start_wanted.connect(self._start)
        self._choices.stop_wanted.connect(self._stop)
        self._runs.shown.connect(self._show_runs)
        self._runs.forgetting_wanted.connect(self._forget)
        self._evaluation.evaluation_wanted.connect(self._evaluate)
        self._versions.use_wanted.connect(self._use)
        self._versions.comparison_wanted.connect(self._compare)
        self._versions.deletion_wanted.connect(self._delete)
        self._session.update_ended.connect(self._read)
        self._desk.navigation.version_wanted.connect(self._show_version)

    def save_state(self, settings: QSettings) -> None:
        settings.setValue(TAB, self._tabs.currentIndex())

    def restore_state(self, settings: QSettings) -> None:
        self._tabs.setCurrentIndex(int(str(settings.value(TAB, 0))))

    # -------------------------------------------------------------------------------------------------- reading

    def _read(self) -> None:
        """What there is to show, whenever it may have changed."""
        self._session.ask(_read_all, then=self._show_all)

    def _show_all(self, found: "tuple[list[TrainingRecord], set[str], dict[str, Any] | None, list[Any]]") -> None:
        records, running, report, versions = found
        self._runs.show_records(records, running=running)
        self._evaluation.show_report(report)
        self._versions.show_versions(versions)

    def _show_runs(self, records: Sequence[TrainingRecord]) -> None:
        self._chosen = records
        if records and self._task is None:
            self._session.ask(partial(_curves_of, records), then=partial(self._show_curves, records))

    def _show_curves(self, records: Sequence[TrainingRecord], curves: list[list[Curve]]) -> None:
        if records is self._chosen and self._task is None:  # neither others were chosen since, nor a training begun
            self._curves.show_runs(curves)

    def _forget(self, record: TrainingRecord) -> None:
        self._session.ask(lambda engine: engine.trainings.forget(record), then=lambda _: self._read())

    def _show_version(self, version: str) -> None:
        self._tabs.setCurrentWidget(self._versions)
        self._versions.select(version)

    # -------------------------------------------------------------------------------------------------- training

    def _start(self, choice: TrainingChoice) -> None:
        def train(engine: "Engine", control: Control) -> Iterator[Event]:
            return engine.trainings.run(choice, control=control)

        self._curves.begin()
        self._begin(self._session.work(train, valuable=self.tr("The training")), Work.TRAINING)
        self._read()

    def _begin(self, task: Task, work: Work) -> None:
        """One piece of long work at a time."""
        self._task, self._work = task, work
        self._is_hearing = False
        self._pace.begin()
        self._bar.setRange(0, 0)
        self._say(self.tr("Getting ready…"))
        task.progressed.connect(self._show_progress)
        task.happened.connect(self._show_events)
        task.ended.connect(lambda _: self._end())
        self._show_work()

    def _say(self, state: str) -> None:
        """How far it is, here, and on the status line of every page."""
        words = self.tr("{work}: {state}").format(work=words_of(self._work).name, state=state)
        is_plain = self._work is Work.TRAINING or not state
        self._state.setText(state if is_plain else words)
        self._desk.messages.working.emit(words if state else "")

    def _stop(self) -> None:
        if self._task is not None:
            self._task.stop()

    def _end(self) -> None:
        self._task = None
        self._say("")
        self._show_work()
        self._read()
        self._session.wake()  # other predictions may count now

    def _show_work(self) -> None:
        work = None if self._task is None else self._work
        words = None if work is None else words_of(work)
        if words is None:
            self._choices.show_idle()
        else:
            self._choices.show_work(words.stop, stopping=words.stopping)
        why_not = "" if words is None else words.meanwhile
        self._versions.show_busy(why_not)
        self._evaluation.show_busy(why_not, is_measuring=work is Work.MEASURING)
        self._bar.setVisible(work is not None)
        self._preset.hide()

    def _show_events(self, events: Sequence[Event]) -> None:
        self._curves.add(events)
        self._news.tell(events)
        for event in events:
            if isinstance(event, TrainingBegan):
                self._began = event
                self._pace.begin()
            elif isinstance(event, Stage):
                self._is_hearing = event.name in HEARING
                self._pace.begin()
                self._bar.setRange(0, 0)
                self._say(self.tr("{stage}…").format(stage=core_texts.said(event.name)))
            elif isinstance(event, PresetChosen):
                self._show_preset(event)
            elif isinstance(event, StepDone):
                self._show_step(event.number)
            elif isinstance(event, Finished):
                self._tell_end(event)

    def _tell_end(self, event: Finished) -> None:
        """What came of it; of a way of hearing, ``TrainingNews`` tells."""
        if not event.complete and self._work is not Work.TRAINING:
            self._desk.messages.tell(self.tr("Stopped."), topic=ENDED)
        elif not event.complete:
            self._desk.messages.tell(self.tr("Stopped. What is done is kept: starting the same goes on."), topic=ENDED)
        elif isinstance(event, TrainingFinished) and event.result and "predicted" in event.result:
            words = self.tr("Your taste was learned; {songs} have a prediction from it.")
            songs = wording.songs(int(event.result["predicted"]))
            self._desk.messages.tell(words.format(songs=songs), topic=ENDED)

    def _show_preset(self, chosen: PresetChosen) -> None:
        """In plain words, quietly: nothing is wrong."""
        words = {
            presets.QUICK: self.tr("A quick training: what taggers know of all music is adapted to yours."),
            presets.OVERNIGHT: self.tr("A long training, for a night: a small network learns from a large one."),
            presets.GPU: self.tr("A training on the graphics card, from the sound itself."),
            presets.OWN: self.tr("A training of the encoder that your configuration names."),
        }
        self._preset.setText(words.get(chosen.name, ""))
        self._preset.setVisible(chosen.name in words)

    def _show_step(self, number: int) -> None:
        total = self._began.epochs * self._began.steps_per_epoch
        if not total:
            return
        if self._is_hearing:
            self._is_hearing = False
            self._pace.begin()
        self._bar.setRange(0, total)
        self._bar.setValue(number)
        words = self.tr("Epoch {epoch} of {epochs}")
        epoch = min(number // max(1, self._began.steps_per_epoch) + 1, self._began.epochs)
        said = words.format(epoch=wording.number(epoch), epochs=wording.number(self._began.epochs))
        self._say(", ".join(filter(None, (said, self._left_of_it(number, total)))))

    def _left_of_it(self, number: int, total: int) -> str:
        now = time.monotonic()
        self._pace.note(number, now=now)
        seconds = self._pace.seconds_left(total, now=now)
        return "" if seconds is None else self.tr("{time} left").format(time=wording.time_left(seconds))

    def _show_progress(self, progress: Progress) -> None:
        if progress.total:
            self._bar.setRange(0, progress.total)
            self._bar.setValue(progress.done)
            words = self.tr("{done} of {total} songs heard") if self._is_hearing else self.tr("{done} of {total}")
            done, total = wording.number(progress.done), wording.number(progress.total)
            said = words.format(done=done, total=total)
            self._say(", ".join(filter(None, (said, self._left_of_it(progress.done, progress.total)))))

    # -------------------------------------------------------------------------------------------------- other long work

    def _evaluate(self) -> None:
        if self._task is None:
            task = self._session.work(lambda engine, control: engine.evaluate(control=control))
            self._begin(task, Work.MEASURING)

    def _use(self, version: str) -> None:
        if self._task is None:
            task = self._session.work(lambda engine, control: engine.encoders.use(version, control=control))
            self._begin(task, Work.CHANGING)

    def _compare(self, first: str, second: str) -> None:
        if self._task is None:
            self._versions.say(self.tr("Comparing…"))
            task = self._session.work(lambda engine, control: engine.encoders.compare(first, second, control=control))
            task.happened.connect(partial(self._tell_comparison, (first, second)))
            self._begin(task, Work.COMPARING)

    def _tell_comparison(self, versions: tuple[str, str], events: Sequence[Event]) -> None:
        for event in events:
            if isinstance(event, TrainingFinished) and event.result:
                better = event.result.get("surely")
                said = self.tr("{version} is better.").format(version=better) if better else ""
                none = self.tr("Neither is better by more than chance: {one} and {other}.")
                sentence = said or none.format(one=versions[0], other=versions[1])
                self._versions.say(
                    " ".join(filter(None, (sentence, core_texts.said(str(event.result.get("found", ""))))))
                )

    def _delete(self, version: str) -> None:
        """What an encoder heard cannot be brought back but by hearing everything again, so this is asked."""
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Delete a version"))
        box.setText(self.tr("Delete {version} and what it heard of your songs?").format(version=version))
        box.setInformativeText(self.tr("To have it again, it would have to listen to all songs anew."))
        delete = box.addButton(self.tr("Delete it"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(self.tr("Keep it"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        box.exec()
        box.deleteLater()
        if box.clickedButton() is delete:
            self._session.ask(lambda engine: engine.encoders.delete(version), then=partial(self._tell_deleted, version))

    def _tell_deleted(self, version: str, songs: int) -> None:
        said = self.tr("{version} is deleted, with what it heard of {songs}.")
        self._desk.messages.tell(said.format(version=version, songs=wording.songs(songs)), topic="version")
        self._read()


def _read_all(engine: "Engine") -> "tuple[list[TrainingRecord], set[str], dict[str, Any] | None, list[Any]]":
    """Records, the names of those under way, the last evaluation, the versions."""
    records = engine.trainings.records()
    running = {record.name for record in records if engine.trainings.is_running(record)}
    return records, running, engine.stores.companion.last_run("evaluate"), engine.encoders.versions()


def _curves_of(records: Sequence[TrainingRecord], engine: "Engine") -> list[list[Curve]]:
    return [engine.trainings.curves(record) for record in records]
