"""A number, what it counts, what is new about it, and a way to where it comes from."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import wording
from desktop.style import fonts
from desktop.style.measures import MEDIUM, PAGE_MARGIN, SMALL, TINY
from desktop.widgets.elided_label import ElidedLabel

UNKNOWN = "–"
WIDE_NUMBER = "9,999"


class FigureTile(QFrame):
    """Keeps its size while its number changes."""

    def __init__(self, name: str, *, button: str, act: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", "plain")
        self._number, self._name, self._news = QLabel(UNKNOWN), ElidedLabel(), ElidedLabel(secondary=True)
        font = fonts.page_title()
        font.setFeature(font.Tag("tnum"), 1)
        self._number.setFont(font)
        self._name.setText(name)
        self._act = QPushButton(button)
        self._act.clicked.connect(lambda _: act())
        line, words, column = QHBoxLayout(), QVBoxLayout(), QVBoxLayout(self)
        column.setContentsMargins(PAGE_MARGIN, MEDIUM, MEDIUM, MEDIUM)
        column.setSpacing(TINY)
        words.setSpacing(0)
        line.setSpacing(SMALL)
        line.addWidget(self._number)
        words.addWidget(self._name)
        line.addLayout(words, stretch=1)
        line.addWidget(self._act)
        column.addLayout(line)
        column.addWidget(self._news)
        self.setAccessibleName(name)

    def readable_width(self) -> int:
        """Less would cut its name off; the number may grow."""
        number = max(self._number.sizeHint().width(), self._number.fontMetrics().horizontalAdvance(WIDE_NUMBER))
        texts = number + self._name.sizeHint().width() + self._act.sizeHint().width()
        return texts + 2 * SMALL + PAGE_MARGIN + MEDIUM

    @property
    def is_unknown(self) -> bool:
        """Whether no number was shown yet."""
        return self._number.text() == UNKNOWN

    def show_figure(self, number: int, news: str, *, more: str = "") -> None:
        """``more`` is for who rests on it."""
        self.setToolTip(more)
        self._number.setText(wording.number(number))
        self._news.setText(news)
        self.setAccessibleDescription(f"{wording.number(number)} {self._name.text()}. {news}")
