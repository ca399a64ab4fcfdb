"""What the colors of the bars over a spectrogram mean; their direction says it, too."""

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.style.measures import MEDIUM, SMALL, TINY
from desktop.style.theme import current_colors


class SoundLegend(QWidget):
    """A line for each meaning."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TINY)
        meanings = (
            ("accent", self.tr("Speaks for it (up, right)")),
            ("against", self.tr("Speaks against it (down, left)")),
            ("disabled", self.tr("Too little to be sure of")),
        )
        for color, text in meanings:
            line, label = QHBoxLayout(), QLabel(text)
            line.setSpacing(SMALL)
            label.setObjectName("secondary")
            line.addWidget(_Swatch(color))
            line.addWidget(label, stretch=1)
            column.addLayout(line)


class _Swatch(QWidget):
    """Drawn in the colors of the scheme of the moment."""

    def __init__(self, color: str) -> None:
        super().__init__()
        self._color = color
        self.setFixedSize(MEDIUM, MEDIUM)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(getattr(current_colors(), self._color)))
