"""What lies over the points: the one under the pointer, the one that is heard, the line of the lasso, the focus."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from desktop.plots.view_layer import Camera, ViewLayer
from desktop.style.theme import current_colors

AROUND = 5.0
"""Logical pixels between a point's middle and the ring around it, more than its own radius."""
PULSE = 14.0
"""How much farther the ring of the song that the player plays goes out."""
BAND_OPACITY = 0.12


class MapMarks(ViewLayer):
    """Places are on the map; None is nowhere."""

    def __init__(self) -> None:
        super().__init__()
        self.pointed: NDArray[np.float32] | None = None
        self.playing: NDArray[np.float32] | None = None
        self.phase = 0.0
        """0 to 1, of the pulse; it begins anew afterwards."""
        self.band: list[QPointF] = []
        """The lasso's or the rectangle's corners, on the map."""
        self.has_focus = False
        self.point_radius = 4.0

    def draw(self, painter: QPainter, camera: Camera) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent, text = QColor(current_colors().accent), QColor(current_colors().text)
        if self.playing is not None:
            self._draw_pulse(painter, camera.pixel(self.playing), accent)
        if self.pointed is not None:
            self._draw_pointed(painter, camera.pixel(self.pointed), text)
        if len(self.band) > 1:
            self._draw_band(painter, camera, accent)
        if self.has_focus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(accent, 1))
            painter.drawRect(camera.rectangle().adjusted(0.5, 0.5, -0.5, -0.5))

    def _draw_pointed(self, painter: QPainter, place: QPointF, color: QColor) -> None:
        radius = self.point_radius + AROUND - 2
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(current_colors().base), 4))
        painter.drawEllipse(place, radius, radius)
        painter.setPen(QPen(color, 2))
        painter.drawEllipse(place, radius, radius)

    def _draw_pulse(self, painter: QPainter, place: QPointF, color: QColor) -> None:
        """A ring that stays, and one that goes out and fades."""
        radius = self.point_radius + AROUND
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(current_colors().base), 5))
        painter.drawEllipse(place, radius, radius)
        painter.setPen(QPen(color, 2.5))
        painter.drawEllipse(place, radius, radius)
        gone = QColor(color)
        gone.setAlphaF((1 - self.phase) ** 1.5)
        painter.setPen(QPen(gone, 2))
        outer = radius + PULSE * math.sin(self.phase * math.pi / 2)
        painter.drawEllipse(place, outer, outer)

    def _draw_band(self, painter: QPainter, camera: Camera, color: QColor) -> None:
        filled = QColor(color)
        filled.setAlphaF(BAND_OPACITY)
        painter.setPen(QPen(color, 1.5))
        painter.setBrush(filled)
        corners = [camera.pixel(np.array((each.x(), each.y()), dtype=np.float64)) for each in self.band]
        painter.drawPolygon(QPolygonF(corners))


def between(first: QPointF, last: QPointF) -> list[QPointF]:
    """The corners of the rectangle from one place to another."""
    box = QRectF(first, last).normalized()
    return [box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft()]
