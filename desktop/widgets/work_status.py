"""The right end of the status line: what is being worked on, how far it is, and the pause button; empty when idle."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QToolButton, QWidget

from core.jobs.events import Progress
from desktop import wording
from desktop.style import fonts
from desktop.style.icons import Tint, icon
from desktop.style.measures import SMALL

BAR_WIDTH = 120


class WorkStatus(QWidget):
    """Says what it is told; it holds no work."""

    pause_wanted = Signal()
    resume_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paused = False
        self._text = QLabel()
        self._text.setObjectName("secondary")
        self._text.setFont(fonts.figures())
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(BAR_WIDTH)
        self._bar.setAccessibleName(self.tr("Progress of the analysis"))
        self._button = QToolButton()
        self._button.clicked.connect(self._toggle)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SMALL)
        for widget in (self._text, self._bar, self._button):
            layout.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.be_quiet()

    def say(self, sentence: str) -> None:
        """Work that has no measurable end and cannot be paused."""
        self._text.setText(sentence)
        self._bar.hide()
        self._button.hide()
        self.show()

    def show_progress(self, progress: Progress) -> None:
        """Work that can be paused."""
        text = wording.analysis(progress)
        self._text.setText(self.tr("Paused: {progress}").format(progress=text) if self._paused else text)
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)
        self._bar.show()
        self._button.show()
        self.show()

    def be_quiet(self) -> None:
        """Nothing is going on."""
        self._paused = False
        self._show_pause_button()
        self.hide()

    def _toggle(self) -> None:
        self._paused = not self._paused
        self._show_pause_button()
        text = self._text.text()
        if self._paused:
            self._text.setText(self.tr("Paused: {progress}").format(progress=text))
            self.pause_wanted.emit()
        else:
            self._text.setText(text.removeprefix(self.tr("Paused: {progress}").format(progress="")))
            self.resume_wanted.emit()

    def _show_pause_button(self) -> None:
        name = self.tr("Go on with the analysis") if self._paused else self.tr("Pause the analysis")
        self._button.setIcon(icon("resume" if self._paused else "pause", tint=Tint.TEXT))
        self._button.setAccessibleName(name)
        self._button.setToolTip(name)
