"""What goes on: the work and how it may run, and the lists that the owner may look through."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from core.jobs.events import Event, Progress, Stage, Waiting
from desktop import core_texts, wording
from desktop.desk import Desk
from desktop.item_models.review_reading import Reviewed, read_reviews
from desktop.item_models.song_rows import SongRows
from desktop.pages.page import Page
from desktop.style.measures import BETWEEN_GROUPS, MEDIUM, PAGE_MARGIN, SMALL
from desktop.widgets.flow import Flow
from desktop.widgets.kept_room import keep_room
from desktop.widgets.page_title import PageTitle
from desktop.widgets.review.duplicates import DuplicatesReview
from desktop.widgets.review.log import LogReview
from desktop.widgets.review.review_list import ReviewList
from desktop.widgets.review.runs import RunsReview
from desktop.widgets.review.skipped import SkippedReview
from desktop.widgets.review.speech import SpeechReview
from desktop.widgets.review.work import WorkCard

if TYPE_CHECKING:
    from core.store.companion import Run

SHOWN = "activity/list"


class ActivityPage(Page):
    """The lists are read in the background, when the page is seen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._session = desk, desk.session
        self._stage = ""
        self._is_old, self._is_reading, self._just_came = True, False, False
        self._last: Run | None = None
        self._work = WorkCard()
        self._duplicates, self._speech = DuplicatesReview(desk), SpeechReview(desk)
        self._skipped, self._runs, self._log = SkippedReview(desk), RunsReview(desk, keys=set()), LogReview(desk)
        self._lists: dict[str, DuplicatesReview | SpeechReview | SkippedReview | RunsReview | LogReview] = {
            "duplicates": self._duplicates,
            "speech": self._speech,
            "skipped": self._skipped,
            "runs": self._runs,
            "log": self._log,
        }
        self._reviews: dict[str, ReviewList] = {
            "duplicates": self._duplicates,
            "speech": self._speech,
            "skipped": self._skipped,
        }
        self._chips = {name: self._make_chip(name) for name in self._lists}
        self._stack = QStackedWidget()
        self._news = QPushButton()
        self._news.setProperty("chip", True)
        keep_room(self._news)
        self._news.setToolTip(self.tr("Put the list in order: what came meanwhile stands at its end"))
        self._lay_out()
        self._listen()
        self.show_list("duplicates")
        self._work.show_mode(self._session.mode)

    # -------------------------------------------------------------------------------------------------- what is there

    def _make_chip(self, name: str) -> QPushButton:
        chip = QPushButton(self._name_of(name))
        chip.setProperty("chip", True)
        chip.setCheckable(True)
        chip.clicked.connect(partial(self._choose, name))
        return chip

    def _name_of(self, name: str) -> str:
        return {
            "duplicates": self.tr("Duplicates"),
            "speech": self.tr("Spoken"),
            "skipped": self.tr("Skipped"),
            "runs": self.tr("What was done"),
            "log": self.tr("Log"),
        }[name]

    def _lay_out(self) -> None:
        title, group, chips = PageTitle(self.tr("Activity")), QButtonGroup(self), Flow()
        for name, chip in self._chips.items():
            group.addButton(chip)
            chips.add(chip)
            self._stack.addWidget(self._lists[name])
        line = QHBoxLayout()
        line.setSpacing(SMALL)
        line.addWidget(chips, stretch=1)
        line.addWidget(self._news, alignment=Qt.AlignmentFlag.AlignTop)
        lists = QVBoxLayout()
        lists.setSpacing(MEDIUM)
        lists.addLayout(line)
        lists.addWidget(self._stack, stretch=1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAGE_MARGIN, PAGE_MARGIN, PAGE_MARGIN, PAGE_MARGIN)
        layout.setSpacing(SMALL)
        layout.addWidget(title)
        layout.addWidget(self._work)
        layout.addSpacing(BETWEEN_GROUPS - 2 * SMALL)
        layout.addLayout(lists, stretch=1)

    def _listen(self) -> None:
        session = self._session
        session.rows_read.connect(self._take_rows)
        session.update_began.connect(self._say_what_began)
        session.progressed.connect(self._show_progress)
        session.happened.connect(self._show_events)
        session.update_ended.connect(self._end_work)
        session.mode_changed.connect(self._work.show_mode)
        self._work.mode_wanted.connect(session.choose_mode)
        self._desk.navigation.review_wanted.connect(self._review)
        for name, each in self._reviews.items():
            each.counted.connect(partial(self._count, name))
            each.news.connect(self._show_news)
        self._news.clicked.connect(self._put_in_order)

    # -------------------------------------------------------------------------------------------------- state

    def save_state(self, settings: QSettings) -> None:
        settings.setValue(SHOWN, next(name for name, chip in self._chips.items() if chip.isChecked()))

    def restore_state(self, settings: QSettings) -> None:
        name = str(settings.value(SHOWN, ""))
        if name in self._lists:
            self.show_list(name)

    # -------------------------------------------------------------------------------------------------- the lists

    def show_list(self, name: str) -> None:
        """One of ``duplicates``, ``speech``, ``skipped``, ``runs`` and ``log``."""
        self._chips[name].setChecked(True)
        self._stack.setCurrentWidget(self._lists[name])
        self._show_news()
        self.state_changed.emit()

    def _choose(self, name: str) -> None:
        self.show_list(name)

    def _review(self, name: str) -> None:
        if name in self._lists:
            self.show_list(name)
            self._lists[name].take_keyboard()

    def _count(self, name: str, count: int) -> None:
        words = self.tr("{list} {count}") if count else self.tr("{list}")
        if name == "duplicates" and count:  # the library counts their songs
            words = self.tr("{list}: 1 group") if count == 1 else self.tr("{list}: {count} groups")
        self._chips[name].setText(words.format(list=self._name_of(name), count=wording.number(count)))

    def _show_news(self) -> None:
        shown = self._stack.currentWidget()
        count = shown.new if isinstance(shown, ReviewList) else 0
        self._news.setText(self.tr("{count} new: show").format(count=wording.number(count)))
        self._news.setVisible(bool(count))

    def _put_in_order(self) -> None:
        shown = self._stack.currentWidget()
        if isinstance(shown, ReviewList):
            shown.put_in_order()
            shown.take_keyboard()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()
        self._just_came = self._is_reading

    def _take_rows(self, _: SongRows) -> None:
        self._is_old = True
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        rows = self._session.rows
        if rows is None or self._is_reading or not self._is_old:
            return
        self._is_old, self._is_reading = False, True
        self._session.ask(
            lambda engine: read_reviews(engine, rows), then=self._show_reviews, otherwise=self._fail_to_read
        )

    def _show_reviews(self, found: Reviewed) -> None:
        self._is_reading = False
        in_order, self._just_came = self._just_came, False
        self._duplicates.show_rows(found.groups, in_order=in_order)
        self._speech.show_rows(found.spoken, in_order=in_order)
        self._skipped.show_rows(found.skipped, in_order=in_order)
        self._runs.show_rows(found.runs, in_order=True)
        self._last = next((run for run in found.runs if run.kind == "scan"), None)
        self._work.show_last(self._last)
        self._read()  # other rows may have come meanwhile

    def _fail_to_read(self, sentence: str) -> None:
        self._is_reading = False
        self._desk.messages.fail(sentence, topic="activity")

    # -------------------------------------------------------------------------------------------------- the work

    def _say_what_began(self, learns_only: bool) -> None:  # noqa: FBT001 - what a signal carries has no name
        self._work.say(self.tr("Learning from your stars") if learns_only else self.tr("Looking at your library"))

    def _show_progress(self, progress: Progress) -> None:
        from core.analysis.scan import ScanProgress

        if progress.total:
            self._work.show_progress(self._doing(), progress)
        if isinstance(progress, ScanProgress):
            self._work.show_times(progress.times, songs=progress.heard)

    def _doing(self) -> str:
        return core_texts.said(self._stage) if self._stage else self.tr("Listening to your music")

    def _show_events(self, events: list[Event]) -> None:
        from core.analysis.scan import ScanFinished

        for event in events:
            if isinstance(event, Waiting):
                self._work.show_waiting(event.reason)
            elif isinstance(event, Stage):
                self._stage = event.name
                self._work.say(self._doing())
            elif isinstance(event, ScanFinished):
                self._stage = ""
                self._work.say(self.tr("Learning your taste"))

    def _end_work(self) -> None:
        self._stage = ""
        self._work.be_idle()
        self._work.show_last(self._last)
        self._is_old = True  # there is one more run
        if self.isVisible():
            self._read()
