"""A place for an answer that takes time: a quiet line while it is thought about, in the room of the one before."""

from itertools import cycle

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.style.measures import MEDIUM, ROW_HEIGHT, SMALL, TINY
from desktop.style.theme import current_colors

BARS = (1.0, 0.85, 0.6, 0.9)
"""How long the bars are that stand for lines that will come, of the width."""


class Answer(QWidget):
    """What is told is put into ``body``."""

    def __init__(self, *, first_height: int, parent: QWidget | None = None) -> None:
        """``first_height`` is the room that is kept for the first answer."""
        super().__init__(parent)
        self._line = QLabel()
        self._line.setObjectName("secondary")
        let_shrink(self._line)
        self._line.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._content = QWidget()
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._line)
        column.addWidget(self._content)
        self._content.hide()
        self._kept = first_height
        self._is_thinking = False

    def think(self, sentence: str) -> None:
        """Nothing below moves meanwhile."""
        if not self._content.isHidden():
            self._kept = self._content.height()
        self._say(sentence, is_thinking=True, height=self._kept)

    def tell(self, sentence: str) -> None:
        """A sentence in place of an answer."""
        self._say(sentence, is_thinking=False, height=0)

    def show_answer(self) -> None:
        """What is in ``body`` now."""
        self._is_thinking = False
        self._line.hide()
        self._content.show()

    def _say(self, sentence: str, *, is_thinking: bool, height: int) -> None:
        self._is_thinking = is_thinking
        self._content.hide()
        self._line.setText(sentence)
        self._line.setMinimumHeight(height)
        self._line.show()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Where lines will be, pale bars are meanwhile."""
        if not self._is_thinking:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(current_colors().hover))
        places = range(ROW_HEIGHT, self.height() - MEDIUM, ROW_HEIGHT)
        for share, down in zip(cycle(BARS), places, strict=False):
            painter.drawRoundedRect(QRectF(0, down, share * self.width(), MEDIUM), TINY, TINY)


def paragraph(*, secondary: bool = False) -> QLabel:
    """A text of several lines, which can be copied."""
    label = QLabel()
    let_shrink(label)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if secondary:
        label.setObjectName("secondary")
    return label


def let_shrink(label: QLabel) -> None:
    """Let a text never ask for more width than there is, however long its longest word: the panel does not scroll."""
    label.setWordWrap(True)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
