"""A place for an answer that takes time: a quiet line while it is thought about, in the room of the one before."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.style.measures import SMALL

FIRST_HEIGHT = 120
"""The room that is kept for the first answer."""


class Answer(QWidget):
    """What is told is put into ``body``."""

    def __init__(self, parent: QWidget | None = None) -> None:
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
        self._kept = FIRST_HEIGHT

    def think(self, sentence: str) -> None:
        """Nothing below moves meanwhile."""
        if not self._content.isHidden():
            self._kept = self._content.height()
        self._content.hide()
        self._line.setText(sentence)
        self._line.setMinimumHeight(self._kept)
        self._line.show()

    def tell(self, sentence: str) -> None:
        """A sentence in place of an answer."""
        self._content.hide()
        self._line.setText(sentence)
        self._line.setMinimumHeight(0)
        self._line.show()

    def show_answer(self) -> None:
        """What is in ``body`` now."""
        self._line.hide()
        self._content.show()


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
