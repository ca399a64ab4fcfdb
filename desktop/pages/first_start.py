"""The first start: which library, what will and will never be done with it, and how long it takes; then it begins."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.jobs.events import Control, Event, Progress
from core.library.survey import Surveyed
from core.parts.time_estimate import TimeEstimated
from core.song import Song
from desktop import core_texts, wording
from desktop.style import fonts
from desktop.style.icons import application_icon
from desktop.style.measures import BETWEEN_GROUPS, PAGE_MARGIN, SMALL, TINY
from desktop.task_runner import Ending, Task, TaskRunner
from desktop.widgets.database_choice import DatabaseChoice
from desktop.widgets.database_file import choose_database
from desktop.widgets.elided_label import ElidedLabel

WIDTH = 640
EMBLEM = 48
MOST_FOLDERS = 4

Estimate = Callable[[Sequence[Song], Control], Iterator[Event]]


@dataclass(frozen=True)
class FirstLook:
    """What the page asks of the engine's rooms, which are there before there is an engine."""

    read: Callable[[Path], Surveyed]
    """A database of the owner's own; raises UserError."""
    estimate: Estimate


class FirstStartPage(QWidget):
    """One column in the middle, and the one button that begins."""

    start_wanted = Signal(object)
    """The path of the database."""
    demo_wanted = Signal()

    def __init__(
        self, found: Sequence[Surveyed], *, runner: TaskRunner, look: FirstLook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._runner, self._look = runner, look
        self._choices: list[tuple[DatabaseChoice, Surveyed]] = []
        self._group = QButtonGroup(self)
        self._task: Task | None = None
        self._databases, self._folders = QVBoxLayout(), QVBoxLayout()
        self._time, self._progress, self._trouble = QLabel(), QProgressBar(), QLabel()
        self._start, self._demo, self._other = self._make_buttons()
        self._lay_out()
        for each in sorted(found, key=lambda one: one.library is None):
            self._add(each)
        first = next((choice for choice, each in self._choices if each.library is not None), None)
        if first is not None:
            first.setChecked(True)

    def showEvent(self, event: QShowEvent) -> None:
        """Return begins; Shift+Tab leads to the choices."""
        super().showEvent(event)
        self._start.setFocus()

    # -------------------------------------------------------------------------------------------------- what is there

    def _make_buttons(self) -> tuple[QPushButton, QPushButton, QPushButton]:
        start, demo = QPushButton(self.tr("Start")), QPushButton(self.tr("Try the demo library"))
        other = QPushButton(self.tr("Choose another database…"))
        start.setProperty("primary", True)
        start.setDefault(True)
        start.setEnabled(False)
        start.clicked.connect(self._begin)
        demo.setToolTip(self.tr("Songs made by Marmalade itself; it takes about a minute and some megabytes"))
        demo.clicked.connect(self._want_demo)
        other.clicked.connect(self._choose_file)
        return start, demo, other

    def _lay_out(self) -> None:
        column = QWidget()
        column.setMaximumWidth(WIDTH)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(PAGE_MARGIN, BETWEEN_GROUPS, PAGE_MARGIN, BETWEEN_GROUPS)
        layout.setSpacing(BETWEEN_GROUPS)
        layout.addStretch(2)
        layout.addLayout(self._welcome())
        layout.addLayout(self._library())
        layout.addLayout(self._group_of(self.tr("Your music"), self._folders))
        layout.addLayout(self._promise())
        layout.addLayout(self._duration())
        layout.addLayout(self._button_line())
        layout.addStretch(3)
        area, page = QScrollArea(), QWidget()
        middle = QHBoxLayout(page)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addStretch()
        middle.addWidget(column, stretch=1000)
        middle.addStretch()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _welcome(self) -> QHBoxLayout:
        line, words, emblem = QHBoxLayout(), QVBoxLayout(), QLabel()
        emblem.setPixmap(application_icon().pixmap(EMBLEM, EMBLEM))
        title = QLabel(self.tr("Welcome to Marmalade"))
        title.setFont(fonts.page_title())
        about = _text(self.tr("It listens to your music, learns from your stars what you like, and makes playlists."))
        words.setSpacing(TINY)
        words.addWidget(title)
        words.addWidget(about)
        line.setSpacing(PAGE_MARGIN)
        line.addWidget(emblem, alignment=Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, stretch=1)
        return line

    def _library(self) -> QVBoxLayout:
        group = self._group_of(self.tr("Your library"), self._databases)
        self._trouble.setWordWrap(True)
        self._trouble.setObjectName("error")
        self._trouble.hide()
        group.addWidget(self._trouble)
        group.addWidget(self._other, alignment=Qt.AlignmentFlag.AlignLeft)
        return group

    def _promise(self) -> QVBoxLayout:
        words = QVBoxLayout()
        words.addWidget(
            _text(
                self.tr(
                    "Marmalade only reads your player’s library and your music: it never changes, moves or deletes "
                    "any of it. What it finds out, and the stars that you give here, are kept in files of its own."
                )
            )
        )
        return self._group_of(self.tr("What it does, and never does"), words)

    def _duration(self) -> QVBoxLayout:
        """Of one height, whether it is being tried out or known."""
        words = QVBoxLayout()
        self._time.setWordWrap(True)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("How far trying out is"))
        policy = self._progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._progress.setSizePolicy(policy)
        words.setSpacing(SMALL)
        words.addWidget(self._time)
        words.addWidget(self._progress)
        return self._group_of(self.tr("How long it takes"), words)

    def _button_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(SMALL)
        line.addWidget(self._start)
        line.addWidget(self._demo)
        line.addStretch()
        return line

    def _group_of(self, title: str, content: QVBoxLayout) -> QVBoxLayout:
        group, heading = QVBoxLayout(), QLabel(title)
        heading.setFont(fonts.section())
        content.setSpacing(TINY)
        group.setSpacing(SMALL)
        group.addWidget(heading)
        group.addLayout(content)
        return group

    # -------------------------------------------------------------------------------------------------- choosing

    def _add(self, found: Surveyed) -> DatabaseChoice:
        choice = DatabaseChoice(found)
        self._group.addButton(choice)
        self._choices.append((choice, found))
        self._databases.addWidget(choice)
        choice.toggled.connect(lambda is_chosen: self._show(found) if is_chosen else None)
        return choice

    @property
    def chosen(self) -> Surveyed | None:
        return next((found for choice, found in self._choices if choice.isChecked()), None)

    def _choose_file(self) -> None:
        path = choose_database(self)
        if path is not None:
            self.read_file(path)

    def read_file(self, path: Path) -> None:
        """Add a database of the owner's own to those that can be chosen, and choose it."""
        self._trouble.hide()
        same = next((choice for choice, each in self._choices if each.found.path == path), None)
        if same is not None:
            same.setChecked(True)
            return
        self._runner.call(lambda: self._look.read(path)).ended.connect(self._take_file)

    def _take_file(self, ending: Ending) -> None:
        if ending.result is not None:
            self._add(ending.result).setChecked(True)
        elif ending.error is not None:
            self._trouble.setText(core_texts.said(str(ending.error)))
            self._trouble.show()

    def _show(self, found: Surveyed) -> None:
        """The folders at once; how long it takes is tried out."""
        self._trouble.hide()
        self._start.setEnabled(found.library is not None)
        self._show_folders(found)
        self._try_out(found)

    def _show_folders(self, found: Surveyed) -> None:
        while (item := self._folders.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        folders = found.library.directories if found.library else []
        texts = [wording.path(folder) for folder in folders[:MOST_FOLDERS]]
        if len(folders) > MOST_FOLDERS:
            count = wording.number(len(folders) - MOST_FOLDERS)
            texts.append(self.tr("and {count} more folders").format(count=count))
        for text in texts or [self.tr("The player has no music folder yet: add one there, and its songs appear here.")]:
            label = ElidedLabel(secondary=True)
            label.setText(text)
            self._folders.addWidget(label)

    # -------------------------------------------------------------------------------------------------- how long

    def _try_out(self, found: Surveyed) -> None:
        self._leave()
        songs = found.library.songs if found.library else []
        if not songs:
            self._time.setText(self.tr("There are no songs yet."))
            self._progress.hide()
            return
        self._time.setText(self.tr("Trying it out on some of your songs…"))
        self._progress.setRange(0, 0)
        self._progress.show()
        task = self._runner.run(lambda control: self._look.estimate(songs, control))
        task.progressed.connect(self._show_progress)  # by the method, so that it ends with the page
        task.ended.connect(self._tell_time)
        self._task = task

    def _show_progress(self, progress: Progress) -> None:
        if self.sender() is self._task:
            self._progress.setRange(0, progress.total)
            self._progress.setValue(progress.done)

    def _tell_time(self, ending: Ending) -> None:
        if self._task is None or self.sender() is not self._task:
            return
        self._task = None
        self._progress.hide()
        estimate = ending.result if isinstance(ending.result, TimeEstimated) else None
        if estimate is None or estimate.seconds is None:
            self._time.setText(
                self.tr("That could not be tried out here: it shows while it goes. You can use everything meanwhile.")
            )
            return
        words = self.tr("About {time} for {songs}, once. You can use everything meanwhile, and pause it at any time.")
        time = wording.time_left(estimate.seconds)
        self._time.setText(words.format(time=time, songs=wording.songs(estimate.songs)))

    def _leave(self) -> None:
        """What is being tried out for nobody ends."""
        if self._task is not None:
            self._task.stop()
            self._task = None

    def _begin(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            self._leave()
            self.start_wanted.emit(chosen.found.path)

    def _want_demo(self) -> None:
        self._leave()
        self.demo_wanted.emit()


def _text(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    return label
