"""The right end of the status line: what is being worked on, how far it is, and how it may work; empty when idle."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QProgressBar, QSizePolicy, QToolButton, QWidget

from core.jobs.control import WaitReason, WorkMode
from core.jobs.events import Progress
from desktop import wording
from desktop.style import fonts
from desktop.style.icons import Tint, icon
from desktop.style.measures import SMALL

BAR_WIDTH = 120


class WorkStatus(QWidget):
    """Says what it is told; it holds no work."""

    mode_wanted = Signal(WorkMode)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mode = self._mode_when_resumed = WorkMode.FULL
        self._waits_for: WaitReason | None = None
        self._said = self._said_while_paused = ""
        self._text = QLabel()
        self._text.setObjectName("secondary")
        self._text.setFont(fonts.figures())
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(BAR_WIDTH)
        self._bar.setAccessibleName(self.tr("Progress of the analysis"))
        self._choices = {mode: self._make_choice(mode) for mode in WorkMode}
        self._button = self._make_button()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SMALL)
        for widget in (self._text, self._bar, self._button):
            layout.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.show_mode(WorkMode.FULL)
        self.be_quiet()

    def _make_choice(self, mode: WorkMode) -> QAction:
        labels = {
            WorkMode.FULL: self.tr("At full speed"),
            WorkMode.GENTLE: self.tr("Gently: waits on battery and while the computer is busy"),
            WorkMode.PAUSED: self.tr("Paused"),
        }
        choice = QAction(labels[mode], self)
        choice.setCheckable(True)
        choice.triggered.connect(partial(self._want, mode))
        return choice

    def _make_button(self) -> QToolButton:
        menu, group = QMenu(self), QActionGroup(self)
        menu.setAccessibleName(self.tr("How to work in the background"))
        for choice in self._choices.values():
            group.addAction(choice)
            menu.addAction(choice)
        button = QToolButton()
        button.setObjectName("withMenu")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        button.setMenu(menu)
        button.clicked.connect(self._toggle)
        return button

    def say(self, sentence: str) -> None:
        """Work that has no measurable end and cannot be paused."""
        self._said = ""
        self._text.setText(sentence)
        self._bar.hide()
        self._button.hide()
        self.show()

    def say_pausable(self, sentence: str) -> None:
        """Work that can be paused and whose end is not known yet."""
        self.say("")
        self._said = self._said_while_paused = sentence
        self._show_text()
        self._button.show()

    def show_progress(self, progress: Progress, *, sentence: str = "") -> None:
        """Work that can be paused; it is the analysis unless ``sentence`` says what it is."""
        self._said = sentence or wording.analysis(progress)
        self._said_while_paused = sentence or wording.analysis(replace(progress, per_second=0.0, seconds_left=None))
        self._show_text()
        self._bar.setRange(0, progress.before + progress.total)
        self._bar.setValue(progress.before + progress.done)
        self._bar.show()
        self._button.show()
        self.show()

    def show_mode(self, mode: WorkMode) -> None:
        """How the work runs from now on."""
        self._mode = mode
        if mode is not WorkMode.PAUSED:
            self._mode_when_resumed = mode
        if mode is not WorkMode.GENTLE:
            self._waits_for = None
        self._choices[mode].setChecked(True)
        self._show_button()
        self._show_text()

    def show_waiting(self, reason: WaitReason | None) -> None:
        """Why gentle work hands out nothing; None when it goes on."""
        self._waits_for = reason
        self._show_text()

    def be_quiet(self) -> None:
        """Nothing is going on."""
        self._waits_for, self._said = None, ""
        self.hide()

    def _show_text(self) -> None:
        if self._said:
            said = self._said_while_paused if self._mode is WorkMode.PAUSED else self._said
            self._text.setText(self._frame().format(progress=said))

    def _frame(self) -> str:
        """What stands around the progress while nothing moves."""
        if self._mode is WorkMode.PAUSED:
            return self.tr("Paused: {progress}")
        if self._waits_for is WaitReason.ON_BATTERY:
            return self.tr("Waiting while on battery: {progress}")
        if self._waits_for is WaitReason.BUSY:
            return self.tr("Waiting while the computer is busy: {progress}")
        return "{progress}"

    def _toggle(self) -> None:
        self._want(self._mode_when_resumed if self._mode is WorkMode.PAUSED else WorkMode.PAUSED)

    def _want(self, mode: WorkMode) -> None:
        self.show_mode(mode)
        self.mode_wanted.emit(mode)

    def _show_button(self) -> None:
        is_paused = self._mode is WorkMode.PAUSED
        name = self.tr("Go on with the analysis") if is_paused else self.tr("Pause the analysis")
        self._button.setIcon(icon("resume" if is_paused else "pause", tint=Tint.TEXT))
        self._button.setAccessibleName(name)
        self._button.setToolTip(name)
