"""How well the owner's taste is known, in the owner's words, and the one button that makes something of it."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.jobs.events import Progress
from core.parts.news import Standing
from core.training.protocol import LEAST_RATED
from desktop import wording
from desktop.desk import Desk
from desktop.style import fonts
from desktop.style.measures import BETWEEN_GROUPS, MEDIUM, PAGE_MARGIN, SMALL
from desktop.task_runner import Task
from desktop.widgets.make_playlist import MakePlaylistButton

READABLE = 280
"""Pixels that the sentence keeps beside the buttons."""
BIG = 48
"""The height of the one big button."""


class TasteStanding(QFrame):
    """Measures on demand; that takes a while, and can be stopped."""

    measured = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", "plain")
        self._desk, self._session = desk, desk.session
        self._task: Task | None = None
        self._standing: Standing | None = None
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._heading, self._sentence = QLabel(self.tr("Looking at what is known…")), QLabel(" ")
        self._heading.setFont(fonts.section())
        self._sentence.setObjectName("secondary")
        self._sentence.setWordWrap(True)
        self._measure = QPushButton(self.tr("Measure it"))
        self._measure.setToolTip(
            self.tr("Predicts songs that you have rated without knowing their stars; some minutes")
        )
        self._measure.clicked.connect(self._start_or_stop)
        self._measure.hide()
        make = MakePlaylistButton(desk)
        make.setFixedHeight(BIG)
        words, self._buttons, line = QVBoxLayout(), QHBoxLayout(), self._line
        words.setSpacing(SMALL)
        words.addWidget(self._heading)
        words.addWidget(self._sentence)
        line.setContentsMargins(PAGE_MARGIN, PAGE_MARGIN, PAGE_MARGIN, PAGE_MARGIN)
        line.setSpacing(BETWEEN_GROUPS)
        line.addLayout(words, stretch=1)
        self._buttons.setSpacing(BETWEEN_GROUPS)
        self._buttons.addWidget(self._measure)
        self._buttons.addWidget(make)
        line.addLayout(self._buttons)

    def minimumSizeHint(self) -> QSize:
        """Where there is little width, the buttons stand below."""
        width = self._buttons.minimumSize().width() + 2 * PAGE_MARGIN
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fits = self._buttons.minimumSize().width() + BETWEEN_GROUPS + READABLE <= self.width() - 2 * PAGE_MARGIN
        self._line.setDirection(QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom)
        self._line.setSpacing(BETWEEN_GROUPS if fits else MEDIUM)

    def show_standing(self, standing: Standing) -> None:
        self._standing = standing
        self._heading.setText(self._heading_of(standing))
        self._measure.setVisible(self._can_be_measured(standing))
        if self._task is None:
            self._sentence.setText(self._sentence_of(standing))
            again = self.tr("Measure again") if standing.is_measured else self.tr("Measure it")
            self._measure.setText(again)

    def _can_be_measured(self, standing: Standing) -> bool:
        known = standing.knowledge
        return known.ratings >= LEAST_RATED and known.songs > 0 and not self._is_still_learning(standing)

    # -------------------------------------------------------------------------------------------------- in words

    def _heading_of(self, standing: Standing) -> str:
        known = standing.knowledge
        if not known.songs:
            return self.tr("Your songs have not been listened to yet")
        if not known.ratings:
            return self.tr("Your taste is not known yet")
        if known.ratings == 1:
            return self.tr("Knows 1 of your ratings")
        if known.ratings < LEAST_RATED or self._is_still_learning(standing):
            return self.tr("Knows {count} of your ratings").format(count=wording.number(known.ratings))
        return self.tr("Knows your taste from {count} ratings").format(count=wording.number(known.ratings))

    def _sentence_of(self, standing: Standing) -> str:
        known = standing.knowledge
        if not known.songs:
            return self.tr("Listening begins by itself and goes on in the background. What is learned appears here.")
        if known.ratings < LEAST_RATED:
            words = self.tr("Rate songs below, or in {player}: from {least} ratings on, it learns what you like.")
            return words.format(player=self._session.player, least=LEAST_RATED)
        if self._is_still_learning(standing):
            return self.tr("The first predictions come when your other rated songs were listened to as well.")
        return self._about_skill(standing)

    def _is_still_learning(self, standing: Standing) -> bool:
        """Before the first predictions it cannot be said to know a taste."""
        return not standing.knowledge.predicted and self._session.is_working

    def _about_skill(self, standing: Standing) -> str:
        found = standing.skill
        if found is None and standing.is_measured:
            return self.tr("Too few of your ratings lie on either side of 4 stars to measure how often it is right.")
        if found is None:
            return self.tr("How often it is right about artists that are new to it was never measured.")
        if found.is_guessing:
            return self.tr("About artists that are new to it, it does no better than guessing yet. More ratings help.")
        words = self.tr(
            "Of two songs by artists that are new to it, one worth 4 stars or more to you and one worth fewer, "
            "it tells which is which in {right} of 100 cases. Guessing would in 50. Measured on {songs}."
        )
        return words.format(right=round(100 * found.right), songs=wording.songs(found.songs))

    # -------------------------------------------------------------------------------------------------- measuring

    def _start_or_stop(self) -> None:
        if self._task is not None:
            self._task.stop()
            return
        self._task = self._session.work(
            lambda engine, control: engine.evaluate(thorough=False, control=control), otherwise=self._tell_why_not
        )
        self._task.progressed.connect(self._show_progress)
        self._task.ended.connect(lambda _: self._end())
        self._measure.setText(self.tr("Stop"))
        self._sentence.setText(self.tr("Measuring on songs whose stars it is not told…"))

    def _show_progress(self, progress: Progress) -> None:
        if progress.total and self._task is not None:
            words = self.tr("Measuring on songs whose stars it is not told: {percent} %")
            self._sentence.setText(words.format(percent=round(100 * progress.done / progress.total)))

    def _tell_why_not(self, sentence: str) -> None:
        self._desk.messages.fail(sentence, topic="measuring")

    def _end(self) -> None:
        self._task = None
        if self._standing is not None:
            self.show_standing(self._standing)
        self.measured.emit()
