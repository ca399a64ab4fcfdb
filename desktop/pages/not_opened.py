"""What is shown where no library could be opened: why, where it was searched, and three ways on."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import wording
from desktop.style import fonts
from desktop.style.icons import application_icon
from desktop.style.measures import BETWEEN_GROUPS, SMALL

TEXT_WIDTH = 560
EMBLEM = 64


class NotOpenedPage(QWidget):
    """Everything stands in one column in the middle."""

    demo_wanted = Signal()
    database_chosen = Signal(str)
    retry_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading, self._sentence, self._places, self._progress = QLabel(), QLabel(), QLabel(), QLabel()
        self._heading.setFont(fonts.page_title())
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._places.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for label in (self._places, self._progress):
            label.setObjectName("secondary")
        for label in (self._heading, self._sentence, self._places, self._progress):
            label.setWordWrap(True)
        self._buttons = self._make_buttons()
        column = QWidget()
        column.setFixedWidth(TEXT_WIDTH)
        layout = QVBoxLayout(column)
        layout.setSpacing(SMALL)
        layout.addStretch(2)
        layout.addWidget(_emblem())
        for label in (self._heading, self._sentence, self._places):
            layout.addWidget(label)
        layout.addSpacing(BETWEEN_GROUPS - SMALL)
        layout.addLayout(self._button_line())
        layout.addWidget(self._progress)
        layout.addStretch(3)
        middle = QHBoxLayout(self)
        middle.addWidget(column, alignment=Qt.AlignmentFlag.AlignHCenter)

    def _make_buttons(self) -> list[QPushButton]:
        demo, choose, retry = (
            QPushButton(text)
            for text in (self.tr("Try the demo library"), self.tr("Choose a database…"), self.tr("Look again"))
        )
        demo.setProperty("primary", True)
        demo.setToolTip(self.tr("Songs made by Marmalade itself; it takes about a minute and some megabytes"))
        demo.clicked.connect(self.demo_wanted)
        choose.clicked.connect(self._choose)
        retry.clicked.connect(self.retry_wanted)
        return [demo, choose, retry]

    def _button_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(SMALL)
        for button in self._buttons:
            line.addWidget(button)
        line.addStretch()
        return line

    def explain(self, sentence: str, *, places: Sequence[Path] = ()) -> None:
        """Say what is wrong; ``places`` are those where a database was looked for in vain."""
        if places:
            self._heading.setText(self.tr("Where is your music player?"))
            self._sentence.setText(
                self.tr(
                    "Marmalade reads the library and the stars of Clementine or Strawberry, and found neither. "
                    "Start the player once and look again, name its database, or see Marmalade with a demo library."
                )
            )
            looked = "\n".join(dict.fromkeys(wording.path(place) for place in places))
            self._places.setText(self.tr("Looked for:") + "\n" + looked)
        else:
            self._heading.setText(self.tr("Marmalade could not open the library"))
            self._sentence.setText(sentence)
        self._places.setVisible(bool(places))
        self._set_waiting(waiting=False)
        self._progress.setText("")

    def show_progress(self, sentence: str) -> None:
        """Say how far the demo is; the buttons wait."""
        self._heading.setText(self.tr("The demo library"))
        self._sentence.setText(self.tr("Songs made by Marmalade itself, to see what it does before it knows yours."))
        self._places.hide()
        self._set_waiting(waiting=True)
        self._progress.setText(sentence)

    def _set_waiting(self, *, waiting: bool) -> None:
        for button in self._buttons:
            button.setDisabled(waiting)

    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose the player’s database"), "", self.tr("Databases (*.db);;All files (*)")
        )
        if path:
            self.database_chosen.emit(path)


def _emblem() -> QLabel:
    emblem = QLabel()
    emblem.setPixmap(application_icon().pixmap(EMBLEM, EMBLEM))
    return emblem
