"""A switch: something that stays on or off, drawn so that both schemes show which."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox

from desktop.style.measures import ICON_IN_ROW, SMALL, TINY
from desktop.style.theme import current_colors

TRACK = QSize(28, ICON_IN_ROW)
KNOB = 5.0
"""Its radius."""
LEAST_WIDTH = 120
WRAPPED = (Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft).value | Qt.TextFlag.TextWordWrap.value


class Switch(QCheckBox):
    """A check box by its behavior and for a screen reader."""

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(TRACK.width() + SMALL + words + TINY, max(self.fontMetrics().height(), TRACK.height()) + SMALL)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), LEAST_WIDTH), self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """Words that are too long for the line go on in the next."""
        room = QRect(0, 0, max(width - TRACK.width() - SMALL, 1), 10_000)
        return max(self.fontMetrics().boundingRect(room, WRAPPED, self.text()).height(), TRACK.height()) + SMALL

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colors = current_colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(1, (self.height() - TRACK.height()) / 2, TRACK.width(), TRACK.height())
        on = self.isChecked() and self.isEnabled()
        painter.setPen(QPen(QColor(colors.accent if on else colors.secondary), 1.0))
        painter.setBrush(QColor(colors.accent if on else colors.base))
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        place = track.right() - track.height() / 2 if self.isChecked() else track.left() + track.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.on_accent if on else colors.secondary))
        painter.drawEllipse(QPointF(place, track.center().y()), KNOB, KNOB)
        painter.setPen(QColor(colors.text if self.isEnabled() else colors.disabled))
        words = self.rect().adjusted(TRACK.width() + SMALL, 0, 0, 0)
        painter.drawText(words, WRAPPED, self.text())
        if self.hasFocus():
            painter.setPen(QPen(QColor(colors.accent), 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), TINY, TINY)
        painter.end()
