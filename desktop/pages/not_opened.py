"""What is shown where no library could be opened: why, where it was searched, and the ways on that can help."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from core.errors import Cause
from core.jobs.events import Progress
from desktop import core_texts, wording
from desktop.preferences.opening import open_file
from desktop.style import fonts
from desktop.style.icons import application_icon
from desktop.style.measures import BETWEEN_GROUPS, SMALL, TINY
from desktop.troubles import Trouble
from desktop.widgets.database_file import choose_database

TEXT_WIDTH = 560
EMBLEM = 64


class Way(StrEnum):
    """What can be done about it."""

    DEMO = "demo"
    DATABASE = "database"
    FILE = "file"
    DEFAULTS = "defaults"
    FOLDER = "folder"
    RETRY = "retry"
    STOP = "stop"


WAYS = {
    Cause.NO_DATABASE: (Way.DEMO, Way.DATABASE, Way.RETRY),
    Cause.DATABASE: (Way.DATABASE, Way.RETRY, Way.DEMO),
    Cause.CONFIGURATION: (Way.FILE, Way.DEFAULTS, Way.RETRY),
    Cause.PROFILE: (Way.FOLDER, Way.RETRY),
}
"""Those that fit the cause, what helps most first; of other errors it can only be tried again."""
ANY = (Way.RETRY,)


class NotOpenedPage(QWidget):
    """Everything stands in one column in the middle."""

    demo_wanted = Signal()
    database_chosen = Signal(object)
    defaults_wanted = Signal(object)
    """The path of the configuration that is to be moved aside."""
    folder_chosen = Signal(object)
    """Where Marmalade's own files are to be instead."""
    retry_wanted = Signal()
    stop_wanted = Signal()
    """The demo is not wanted any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trouble = Trouble("")
        self._heading, self._sentence, self._places, self._progress = QLabel(), QLabel(), QLabel(), QLabel()
        self._bar = self._make_bar()
        self._heading.setFont(fonts.page_title())
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._places.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for label in (self._places, self._progress):
            label.setObjectName("secondary")
        for label in (self._heading, self._sentence, self._places, self._progress):
            label.setWordWrap(True)
        self._buttons = self._make_buttons()
        self._line = QHBoxLayout()
        self._line.setSpacing(SMALL)
        column = QWidget()
        column.setFixedWidth(TEXT_WIDTH)
        layout = QVBoxLayout(column)
        layout.setSpacing(SMALL)
        layout.addStretch(2)
        layout.addWidget(_emblem())
        for label in (self._heading, self._sentence, self._places):
            layout.addWidget(label)
        layout.addSpacing(BETWEEN_GROUPS - SMALL)
        layout.addWidget(self._bar)
        layout.addWidget(self._progress)
        layout.addLayout(self._line)
        layout.addStretch(3)
        middle = QHBoxLayout(self)
        middle.addWidget(column, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._offer(ANY)

    def _make_bar(self) -> QProgressBar:
        bar = QProgressBar()
        bar.setTextVisible(False)
        bar.setFixedHeight(TINY)
        bar.setAccessibleName(self.tr("How far the demo library is"))
        bar.hide()
        return bar

    def _make_buttons(self) -> dict[Way, QPushButton]:
        acts: dict[Way, tuple[str, Callable[[], object]]] = {
            Way.DEMO: (self.tr("Try the demo library"), self.demo_wanted.emit),
            Way.DATABASE: (self.tr("Choose a database…"), self._choose_database),
            Way.FILE: (self.tr("Open the file"), self._open_file),
            Way.DEFAULTS: (self.tr("Begin with the defaults"), lambda: self.defaults_wanted.emit(self._trouble.file)),
            Way.FOLDER: (self.tr("Choose another folder…"), self._choose_folder),
            Way.RETRY: (self.tr("Try again"), self.retry_wanted.emit),
            Way.STOP: (self.tr("Stop"), self.stop_wanted.emit),
        }
        tips = {
            Way.DEMO: self.tr("Songs made by Marmalade itself; it takes about a minute and some megabytes"),
            Way.DEFAULTS: self.tr("The file is kept beside it under another name"),
            Way.FOLDER: self.tr("For what Marmalade finds out and what you say here, until it is closed"),
        }
        buttons = {}
        for way, (text, act) in acts.items():
            button = buttons[way] = QPushButton(text, self)
            button.setToolTip(tips.get(way, ""))
            button.clicked.connect(lambda _, act=act: act())
        return buttons

    def _offer(self, ways: Sequence[Way]) -> None:
        """Show the buttons that can help; the first one is what helps most."""
        while self._line.takeAt(0) is not None:
            pass
        for way in ways:
            self._line.addWidget(self._buttons[way])
        self._line.addStretch()
        for way, button in self._buttons.items():  # afterwards, for a layout hides what it takes from another parent
            button.setVisible(way in ways)
            button.setProperty("primary", way is ways[0] and way is not Way.STOP)
            button.style().unpolish(button)
            button.style().polish(button)
        self._first = self._buttons[ways[0]]
        self._first.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._first.setFocus()

    def explain(self, trouble: Trouble, *, places: Sequence[Path] = ()) -> None:
        """Say what is wrong; ``places`` are those where a database was looked for in vain."""
        self._trouble = trouble
        if places:
            self._heading.setText(self.tr("Where is your music player?"))
            self._sentence.setText(
                self.tr(
                    "Marmalade reads the library and the stars of Clementine or Strawberry, and found neither. "
                    "Start the player once and try again, name its database, or see Marmalade with a demo library."
                )
            )
            looked = "\n".join(dict.fromkeys(wording.path(place) for place in places))
            self._places.setText(self.tr("Looked for:") + "\n" + looked)
        else:
            self._heading.setText(self._title(trouble.cause))
            self._sentence.setText(core_texts.said(trouble.sentence))
        self._places.setVisible(bool(places))
        self._offer(WAYS.get(trouble.cause, ANY))
        self._progress.setText("")
        self._bar.hide()

    def _title(self, cause: Cause) -> str:
        if cause is Cause.CONFIGURATION:
            return self.tr("Marmalade could not read its configuration")
        if cause is Cause.PROFILE:
            return self.tr("Marmalade cannot keep its files here")
        return self.tr("Marmalade could not open the library")

    def show_making(self) -> None:
        """Say that the demo is being made, which can be stopped."""
        self._heading.setText(self.tr("The demo library"))
        self._sentence.setText(self.tr("Songs made by Marmalade itself, to see what it does before it knows yours."))
        self._places.hide()
        self._bar.setRange(0, 0)
        self._bar.show()
        self._offer([Way.STOP])

    def show_progress(self, progress: Progress) -> None:
        """Say how far the demo is."""
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)
        words = self.tr("{done} of {total} songs are made")
        self._progress.setText(words.format(done=wording.number(progress.done), total=wording.number(progress.total)))

    def _choose_database(self) -> None:
        path = choose_database(self)
        if path is not None:
            self.database_chosen.emit(path)

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder for Marmalade’s files"))
        if folder:
            self.folder_chosen.emit(Path(folder))

    def _open_file(self) -> None:
        file = self._trouble.file
        if file is not None and not open_file(file):
            words = self.tr("Nothing could be found that opens {file}.")
            self._progress.setText(words.format(file=wording.path(file)))


def _emblem() -> QLabel:
    emblem = QLabel()
    emblem.setPixmap(application_icon().pixmap(EMBLEM, EMBLEM))
    return emblem
