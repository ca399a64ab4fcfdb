"""What a page shows where it has nothing to show: why, and what to do about it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.style import fonts
from desktop.style.measures import MEDIUM, SMALL

TEXT_WIDTH = 420


class EmptyState(QWidget):
    """A heading, a sentence and at most one button, in the middle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading, self._sentence, self._button = QLabel(), QLabel(), QPushButton()
        self._heading.setFont(fonts.section())
        self._sentence.setObjectName("secondary")
        for label in (self._heading, self._sentence):
            label.setWordWrap(True)
        column = QWidget()
        column.setMaximumWidth(TEXT_WIDTH)
        layout = QVBoxLayout(column)
        layout.setSpacing(SMALL)
        layout.addStretch(2)
        for label in (self._heading, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(label)
        layout.addSpacing(MEDIUM - SMALL)
        layout.addWidget(self._button, alignment=Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(3)
        middle = QHBoxLayout(self)
        middle.addStretch(1)
        middle.addWidget(column, stretch=TEXT_WIDTH)  # as wide as it may be, where there is room
        middle.addStretch(1)
        self._act: Callable[[], object] = lambda: None
        self._button.clicked.connect(self._do)

    def say(self, heading: str, sentence: str, *, button: str = "", act: Callable[[], object] = lambda: None) -> None:
        """Change what is said; an empty ``button`` is none."""
        self._heading.setText(heading)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self._act = act

    def _do(self) -> None:
        self._act()
