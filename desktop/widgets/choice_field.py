"""One of several values, to choose from a list."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox

from desktop.widgets.field_look import draw_arrow, dress_field

LEAST_WIDTH = 96


class ChoiceField(QComboBox):
    """One of several values of an enumeration, by the words for them."""

    edited = Signal()

    def __init__(self, choices: dict[str, str]) -> None:
        super().__init__()
        for value, words in choices.items():
            self.addItem(words, value)
        self.currentIndexChanged.connect(self.edited)
        dress_field(self)

    def minimumSizeHint(self) -> QSize:
        """Where there is little room the chosen words are cut, not the field."""
        found = super().minimumSizeHint()
        return QSize(min(found.width(), LEAST_WIDTH), found.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxArrow
        draw_arrow(self, "down", self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self))

    @property
    def choice(self) -> str:
        return str(self.currentData())

    def show_choice(self, value: str) -> None:
        self.setCurrentIndex(max(0, self.findData(str(value))))
