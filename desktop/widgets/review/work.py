"""What is being worked on: how far it is, how fast, how long it will take, and where the time goes."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.analysis.stage_times import NO_TIMES, StageTimes
from core.jobs.control import WaitReason, WorkMode
from core.jobs.events import Progress
from desktop import wording
from desktop.style import fonts
from desktop.style.measures import BETWEEN_GROUPS, MEDIUM, SMALL, TINY

if TYPE_CHECKING:
    from core.store.companion import Run

translate = QCoreApplication.translate

DASH = "–"
HUNDREDTHS = 100
NARROWEST = 56


class WorkCard(QFrame):
    """Says what it is told; it holds no work."""

    mode_wanted = Signal(WorkMode)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", "plain")
        self._mode = WorkMode.FULL
        self._waits_for: WaitReason | None = None
        self._doing = ""
        self._heading, self._hint = QLabel(), QLabel()
        self._heading.setFont(fonts.section())
        self._hint.setObjectName("secondary")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._waiting, self._speed, self._left = (
            _Fact(self.tr("Waiting")),
            _Fact(self.tr("Speed")),
            _Fact(self.tr("Time left")),
        )
        self._stages = _Stages()
        self._facts, self._lines = QHBoxLayout(), QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._modes = {mode: self._make_mode(mode) for mode in (WorkMode.PAUSED, WorkMode.GENTLE, WorkMode.FULL)}
        self._lay_out()
        self.show_mode(WorkMode.FULL)
        self.be_idle()

    def _make_mode(self, mode: WorkMode) -> QPushButton:
        names = {
            WorkMode.PAUSED: self.tr("Pause"),
            WorkMode.GENTLE: self.tr("Gently"),
            WorkMode.FULL: self.tr("Full speed"),
        }
        hints = {
            WorkMode.PAUSED: self.tr("Begin nothing new; songs in work are finished"),
            WorkMode.GENTLE: self.tr("Wait on battery and while the computer is busy"),
            WorkMode.FULL: self.tr("As fast as the computer can without being slowed down"),
        }
        button = QPushButton(names[mode])
        button.setProperty("chip", True)
        button.setCheckable(True)
        button.setToolTip(hints[mode])
        button.clicked.connect(partial(self.mode_wanted.emit, mode))
        return button

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        head, words = QHBoxLayout(), QVBoxLayout()
        words.setSpacing(TINY)
        words.addWidget(self._heading)
        words.addWidget(self._hint)
        head.setSpacing(SMALL)
        head.addLayout(words, stretch=1)
        for button in self._modes.values():
            group.addButton(button)
            head.addWidget(button)
        for fact in (self._waiting, self._speed, self._left):
            self._facts.addWidget(fact)
        self._facts.setSpacing(BETWEEN_GROUPS)
        self._lines.setSpacing(BETWEEN_GROUPS)
        self._lines.addLayout(self._facts)
        self._lines.addWidget(self._stages, stretch=1)
        column = QVBoxLayout(self)
        column.setContentsMargins(MEDIUM, MEDIUM, MEDIUM, MEDIUM)
        column.setSpacing(MEDIUM)
        column.addLayout(head)
        column.addWidget(self._bar)
        column.addLayout(self._lines)

    def minimumSizeHint(self) -> QSize:
        """Where there is little width, the stages stand below."""
        return QSize(self._stages.minimumSizeHint().width() + 2 * MEDIUM, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self._facts.minimumSize().width() + BETWEEN_GROUPS + self._stages.minimumSizeHint().width()
        fits = beside + 2 * MEDIUM <= self.width()
        self._lines.setDirection(QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom)
        self._lines.setSpacing(BETWEEN_GROUPS if fits else SMALL)

    # ---------------------------------------------------------------------------------------------- what it is told

    def say(self, doing: str) -> None:
        """Work without a measurable end."""
        self._doing = doing
        self._bar.setRange(0, 1)
        self._bar.setValue(0)
        for fact in (self._waiting, self._speed, self._left):
            fact.say(DASH)
        self._show()

    def show_progress(self, doing: str, progress: Progress) -> None:
        """Work that is so far."""
        self._doing = doing
        self._bar.setRange(0, max(progress.total, 1))
        self._bar.setValue(progress.done)
        self._waiting.say(wording.number(max(progress.total - progress.done, 0)))
        speed = translate("WorkCard", "{speed} /s").format(speed=QLocale().toString(progress.per_second, "f", 1))
        self._speed.say(speed if progress.per_second else DASH)
        self._left.say(wording.time_left(progress.seconds_left) if progress.seconds_left else DASH)
        self._show()

    def show_times(self, times: StageTimes, *, songs: int) -> None:
        """Where the time of so many songs went."""
        self._stages.show_times(times, songs=songs)

    def show_last(self, run: "Run | None") -> None:
        """The last listening, while nothing is done."""
        if run is not None and not self._doing:
            seconds, heard = run.report.get("seconds", 0), run.report.get("analysed", 0)
            last = self.tr("The last time, {day}, it listened to {songs}.")
            self._hint.setText(last.format(day=wording.day(run.finished_at), songs=wording.songs(heard)))
            speed = (
                translate("WorkCard", "{speed} /s").format(speed=QLocale().toString(heard / seconds, "f", 1))
                if seconds
                else DASH
            )
            self._speed.say(speed if heard else DASH)
            self.show_times(StageTimes(**run.report.get("times", {})), songs=heard)

    def show_mode(self, mode: WorkMode) -> None:
        """How the work may run."""
        self._mode = mode
        self._modes[mode].setChecked(True)
        self._show()

    def show_waiting(self, reason: WaitReason | None) -> None:
        """Why gentle work hands out nothing; None when it goes on."""
        self._waits_for = reason
        self._show()

    def be_idle(self) -> None:
        """Nothing is going on."""
        self.say("")
        self._waits_for = None
        self._waiting.say(wording.number(0))
        self._show()

    def _show(self) -> None:
        is_paused = self._mode is WorkMode.PAUSED
        if not self._doing:
            self._heading.setText(self.tr("Paused") if is_paused else self.tr("Everything is up to date"))
            self._hint.setText(
                self.tr("New songs wait until you go on.")
                if is_paused
                else self.tr("New songs are listened to as soon as the player knows them.")
            )
        else:
            self._heading.setText(self.tr("Paused") if is_paused else self._doing)
            self._hint.setText(self._doing if is_paused else self._reason())
        self._hint.setVisible(bool(self._hint.text()))
        self._bar.setVisible(bool(self._doing))

    def _reason(self) -> str:
        if self._waits_for is WaitReason.ON_BATTERY:
            return self.tr("It waits, for the computer runs on its battery.")
        if self._waits_for is WaitReason.BUSY:
            return self.tr("It waits, for the computer is busy.")
        return ""


class _Fact(QWidget):
    """A number with its name above, and perhaps a bar for its share below."""

    def __init__(self, name: str, *, has_bar: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._value, self._share = QLabel(name), QLabel(DASH), QProgressBar()
        self._name.setObjectName("secondary")
        self._value.setFont(fonts.figures())
        self._share.setTextVisible(False)
        self._share.setRange(0, HUNDREDTHS)
        self._share.setAccessibleName(name)
        if not has_bar:
            self._share.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TINY)
        for each in (self._name, self._value, self._share):
            column.addWidget(each)
        column.addStretch()
        self.setMinimumWidth(NARROWEST)

    def say(self, value: str, *, share: float = 0.0) -> None:
        self._value.setText(value)
        self._share.setValue(round(HUNDREDTHS * share))
        self.setAccessibleName(f"{self._name.text()}: {value}")


class _Stages(QWidget):
    """Milliseconds of each step of one song, with a bar for its share."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        names = {
            "checksum": self.tr("Checksum"),
            "decode": self.tr("Decoding"),
            "fingerprint": self.tr("Fingerprint"),
            "speech": self.tr("Speech"),
            "embedding": self.tr("Embedding"),
        }
        self.setToolTip(self.tr("Processor time of one song, step by step, on average"))
        self._facts = {stage: _Fact(name, has_bar=True) for stage, name in names.items()}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(MEDIUM)
        for fact in self._facts.values():
            line.addWidget(fact, stretch=1)
        self.show_times(NO_TIMES, songs=0)

    def show_times(self, times: StageTimes, *, songs: int) -> None:
        found = times.by_name()
        total = sum(found.values())
        for stage, seconds in found.items():
            each = 1000 * seconds / songs if songs else 0.0
            words = self.tr("{time} ms").format(time=QLocale().toString(each, "f", 1 if each < 10 else 0))
            self._facts[stage].say(words if seconds and songs else DASH, share=seconds / total if total else 0.0)
