"""A small chart of bars with their names, figures and standard errors; one of them is ours."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.style import fonts
from desktop.style.measures import ROW_HEIGHT, SMALL, TINY
from desktop.style.theme import current_colors

NAME_WIDTH = 176
FIGURE_WIDTH = 64


@dataclass(frozen=True)
class Bar:
    name: str
    value: float
    figure: str
    """As it is said."""
    error: float = 0.0
    is_ours: bool = False


class BarChart(QWidget):
    """Bars below each other, from the left; zero is at the left end, or where negative ones need it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: Sequence[Bar] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_bars(self, bars: Sequence[Bar]) -> None:
        self._bars = bars
        self.setMinimumHeight(self.sizeHint().height())
        self.setAccessibleDescription("; ".join(f"{bar.name} {bar.figure}" for bar in bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(NAME_WIDTH + FIGURE_WIDTH + 240, max(1, len(self._bars)) * ROW_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(fonts.figures())
        ends = [0.0, *(end for bar in self._bars for end in (bar.value - bar.error, bar.value + bar.error))]
        low, high = min(ends), max(ends)
        room = QRectF(NAME_WIDTH + SMALL, 0, self.width() - NAME_WIDTH - FIGURE_WIDTH - 2 * SMALL, 0)
        for number, bar in enumerate(self._bars):
            self._draw_bar(painter, bar, top=number * ROW_HEIGHT, room=room, low=low, span=max(high - low, 1e-9))
        painter.end()

    def _draw_bar(self, painter: QPainter, bar: Bar, *, top: int, room: QRectF, low: float, span: float) -> None:
        colors = current_colors()

        def place(value: float) -> float:
            return room.left() + (value - low) / span * room.width()

        painter.setPen(QColor(colors.text if bar.is_ours else colors.secondary))
        name = QRectF(0, top, NAME_WIDTH, ROW_HEIGHT)
        elided = painter.fontMetrics().elidedText(bar.name, Qt.TextElideMode.ElideMiddle, NAME_WIDTH)
        painter.drawText(name, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, elided)
        figure = QRectF(self.width() - FIGURE_WIDTH, top, FIGURE_WIDTH, ROW_HEIGHT)
        painter.drawText(figure, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, bar.figure)
        left, right = sorted((place(0.0), place(bar.value)))
        ground = QColor(colors.accent if bar.is_ours else colors.disabled)
        painter.fillRect(QRectF(left, top + SMALL, max(right - left, 1.0), ROW_HEIGHT - 2 * SMALL), ground)
        if bar.error:
            painter.setPen(QPen(QColor(colors.text), 1.5))
            middle = top + ROW_HEIGHT / 2
            begin, end = place(bar.value - bar.error), place(bar.value + bar.error)
            painter.drawLine(QPointF(begin, middle), QPointF(end, middle))
            for edge in (begin, end):
                painter.drawLine(QPointF(edge, middle - TINY), QPointF(edge, middle + TINY))
