"""The legend of values: a ramp of colors with numbers, on which a range can be chosen."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.style import fonts
from desktop.style.measures import MEDIUM, SMALL, TINY
from desktop.style.scales import RAMP_STEPS
from desktop.style.theme import current_colors

STEP = 0.05
LEAST = 0.02
"""Of the ramp: a shorter drag was a click, and takes the range away."""
PALE = 0.25


class MapRamp(QWidget):
    """Dragging on it, or the arrow keys (with Shift the upper end), choose a range; a click takes it away."""

    chosen = Signal(float, float)
    """The range as shares, 0 to 1."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ticks: list[tuple[float, str]] = []
        self._colors: list[QColor] = []
        self._low, self._high, self._began = 0.0, 1.0, 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.tr("Drag to choose a range; a click shows all again"))

    def show_scale(self, table: NDArray[np.uint32], ticks: Sequence[tuple[float, str]]) -> None:
        """The colors of the ramp's steps, and texts at shares of its length."""
        self._colors = [QColor(int(color)) for color in table[:RAMP_STEPS]]
        self._ticks = sorted(ticks)
        self._low, self._high = 0.0, 1.0
        ends = [text for _, text in (self._ticks[:1] + self._ticks[-1:])]
        self.setAccessibleName(self.tr("Colors from {low} to {high}").format(low=ends[0], high=ends[-1]))
        self.update()

    def choose(self, low: float, high: float) -> None:
        """Show only what lies between two shares."""
        self._low, self._high = max(0.0, min(low, high)), min(1.0, max(low, high))
        self.update()
        self.chosen.emit(self._low, self._high)

    def sizeHint(self) -> QSize:
        return QSize(180, MEDIUM + TINY + self.fontMetrics().height())

    # -------------------------------------------------------------------------------------------------- mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._began = self._share(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if abs(self._share(event) - self._began) >= LEAST:
            self.choose(self._began, self._share(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if abs(self._share(event) - self._began) < LEAST:
            self.choose(0.0, 1.0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -STEP, Qt.Key.Key_Right: STEP}
        if event.key() in steps and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.choose(self._low, max(self._low, self._high + steps[Qt.Key(event.key())]))
        elif event.key() in steps:
            self.choose(min(self._high, self._low + steps[Qt.Key(event.key())]), self._high)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_Delete):
            self.choose(0.0, 1.0)
        else:
            super().keyPressEvent(event)

    def _share(self, event: QMouseEvent) -> float:
        return float(np.clip((event.position().x() - SMALL) / max(self.width() - 2 * SMALL, 1), 0, 1))

    # -------------------------------------------------------------------------------------------------- drawing

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colors = QPainter(self), current_colors()
        bar = QRectF(SMALL, 0, self.width() - 2 * SMALL, MEDIUM)
        painter.setOpacity(PALE)
        painter.drawImage(bar, self._gradient())
        painter.setOpacity(1.0)
        left, right = bar.left() + self._low * bar.width(), bar.left() + self._high * bar.width()
        painter.setClipRect(QRectF(left, 0, right - left, MEDIUM))
        painter.drawImage(bar, self._gradient())
        painter.setClipping(False)
        if self._high - self._low < 1:
            painter.setPen(QPen(QColor(colors.text), 2))
            for edge in (left, right):
                painter.drawLine(round(edge), 0, round(edge), MEDIUM)
        if self.hasFocus():
            painter.setPen(QColor(colors.accent))
            painter.drawRect(bar.adjusted(-2, 0, 2, 0))
        self._draw_ticks(painter, bar)

    def _draw_ticks(self, painter: QPainter, bar: QRectF) -> None:
        painter.setPen(QColor(current_colors().secondary))
        painter.setFont(fonts.figures())
        free = 0.0
        for share, text in self._ticks:
            width = painter.fontMetrics().horizontalAdvance(text)
            left = min(max(bar.left() + share * bar.width() - width / 2, 0.0), self.width() - width)
            if left >= free:
                painter.drawText(
                    QRectF(left, MEDIUM + TINY, width + 1, self.height() - MEDIUM - TINY),
                    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop,
                    text,
                )
                free = left + width + SMALL

    def _gradient(self) -> QImage:
        image = QImage(max(len(self._colors), 1), 1, QImage.Format.Format_RGB32)
        for place, color in enumerate(self._colors):
            image.setPixelColor(place, 0, color)
        return image
