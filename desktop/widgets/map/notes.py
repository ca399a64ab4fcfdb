"""Small frames over the map: how far the drawing is, that it is old, and what the map means."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop.style import fonts
from desktop.style.icons import Tint, icon
from desktop.style.measures import MEDIUM, PAGE_MARGIN, SMALL

BAR_WIDTH = 160
HELP_WIDTH = 400


class MapProgress(QFrame):
    """While the map is laid out."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", "plain")
        self._words, self._bar = QLabel(self.tr("Drawing the map…")), QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(BAR_WIDTH)
        self._bar.setAccessibleName(self._words.text())
        stop = QPushButton(self.tr("Cancel"))
        stop.clicked.connect(self.stopped)
        line = _line(self)
        for part in (self._words, self._bar, stop):
            line.addWidget(part)
        self.hide()

    def show_start(self) -> None:
        """It has begun, and nothing is known of its end."""
        self._bar.setRange(0, 0)
        self.adjustSize()
        self.show()

    def show_share(self, done: int, total: int) -> None:
        self._bar.setRange(0, total if done else 0)  # until the first step it can only be seen that it works
        self._bar.setValue(done)


class MapHint(QFrame):
    """One sentence and one thing to do about it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", "plain")
        self._words, self._button, closer = QLabel(), QPushButton(), QToolButton()
        self._words.setObjectName("secondary")
        closer.setIcon(icon("close", tint=Tint.SECONDARY))
        closer.setToolTip(self.tr("Not now"))
        closer.setAccessibleName(closer.toolTip())
        closer.clicked.connect(self.hide)
        self._act: Callable[[], object] = lambda: None
        self._button.clicked.connect(self._do)
        line = _line(self)
        for part in (self._words, self._button, closer):
            line.addWidget(part)
        self.hide()

    def say(self, sentence: str, *, button: str, act: Callable[[], object]) -> None:
        self._words.setText(sentence)
        self._button.setText(button)
        self._act = act
        self.adjustSize()
        self.show()

    def _do(self) -> None:
        self._act()


class MapHelp(QFrame):
    """What distance means here, and what it does not, in three sentences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", "plain")
        title, text, keys = QLabel(self.tr("What the map means")), QLabel(self.meaning()), QLabel(self.keys())
        title.setFont(fonts.section())
        keys.setObjectName("secondary")
        closer = QPushButton(self.tr("Close"))
        closer.clicked.connect(self.hide)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_MARGIN, MEDIUM, PAGE_MARGIN, MEDIUM)
        column.setSpacing(SMALL)
        for label in (title, text, keys):
            label.setWordWrap(True)
            column.addWidget(label)
        column.addWidget(closer, alignment=Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(HELP_WIDTH)
        self.setAccessibleName(title.text())
        self.setAccessibleDescription(text.text())
        self.hide()

    def sizeHint(self) -> QSize:
        """As high as the wrapped texts need."""
        return QSize(HELP_WIDTH, self._column.totalHeightForWidth(HELP_WIDTH))

    def meaning(self) -> str:
        return self.tr(
            "Songs that lie side by side sound alike to Marmalade, whatever their tags say. "
            "How far two groups are from each other, how large a group is, and left, right, up or down mean nothing. "
            "A ring instead of a dot is a song whose place is approximate until the map is drawn anew."
        )

    def keys(self) -> str:
        return self.tr(
            "Space plays what is under the pointer. Double-click selects similar songs. L draws a lasso, "
            "R a rectangle, Shift adds. Arrows move, Ctrl and arrows go from song to song, "
            "Enter selects, Escape clears."
        )


def _line(frame: QFrame) -> QHBoxLayout:
    line = QHBoxLayout(frame)
    line.setContentsMargins(MEDIUM, SMALL, SMALL, SMALL)
    line.setSpacing(SMALL)
    return line
