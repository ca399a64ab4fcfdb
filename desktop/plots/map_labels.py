"""The names of the map's regions: the weightiest first, and none over another; with the zoom there is room for more."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from desktop.plots.view_layer import Camera, ViewLayer
from desktop.style import fonts
from desktop.style.measures import MEDIUM, SMALL
from desktop.style.theme import current_colors

HALO = 3.0
"""Logical pixels, of which half lies outside the letters."""
HALO_OPACITY = 0.7
"""Points below are seen through it."""
LONGEST = 180.0


class Label(Protocol):
    """What is named; ``core.recommend.map_regions.Region`` is one."""

    @property
    def text(self) -> str: ...
    @property
    def x(self) -> float: ...
    @property
    def y(self) -> float: ...
    @property
    def weight(self) -> float: ...
    @property
    def level(self) -> int: ...


class MapLabels(ViewLayer):
    """Labels of a level are shown from a zoom on: level 0 always, each further one at twice the size of the map."""

    def __init__(self) -> None:
        super().__init__()
        self._labels: list[Label] = []

    def set_labels(self, labels: Sequence[Label]) -> None:
        self._labels = sorted(labels, key=lambda label: (label.level, -label.weight, label.text))
        self.update()

    def draw(self, painter: QPainter, camera: Camera) -> None:
        colors = current_colors()
        for text, x, y, is_large in self.placed(camera):
            picture = _picture(text, is_large, camera.ratio, colors.secondary, colors.base)
            size = picture.deviceIndependentSize()
            painter.drawPixmap(QPointF(x - size.width() / 2, y - size.height() / 2), picture)

    def placed(self, camera: Camera) -> list[tuple[str, float, float, bool]]:
        """The labels for which there is room: text, middle in logical pixels, and whether it is of the first level."""
        zoom = max(1.0, 2 * abs(camera.scale[0]) / max(min(camera.width, camera.height), 1))
        deepest, taken, found = np.log2(zoom) + 0.5, list[QRectF](), list[tuple[str, float, float, bool]]()
        around = camera.rectangle().adjusted(-LONGEST, -SMALL, LONGEST, SMALL)
        for label in self._labels:
            if label.level > deepest:
                break
            place = camera.pixel(np.array((label.x, label.y), dtype=np.float64))
            if not around.contains(place):
                continue
            width, height = _size(label.text, label.level == 0)
            box = QRectF(place.x() - width / 2 - MEDIUM, place.y() - height / 2, width + 2 * MEDIUM, height)
            if not any(box.intersects(other) for other in taken):
                taken.append(box)
                found.append((label.text, place.x(), place.y(), label.level == 0))
        return found


@lru_cache(maxsize=2048)
def _size(text: str, is_large: bool) -> tuple[float, float]:  # noqa: FBT001 - a key
    metrics = QFontMetricsF(fonts.section() if is_large else fonts.body())
    return min(metrics.horizontalAdvance(text), LONGEST) + 2 * HALO, metrics.height() + 2 * HALO


@lru_cache(maxsize=512)
def _picture(text: str, is_large: bool, ratio: float, color: str, halo: str) -> QPixmap:  # noqa: FBT001 - a key
    """A text with its halo, drawn once."""
    font = fonts.section() if is_large else fonts.body()
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, LONGEST)
    width, height = metrics.horizontalAdvance(shown) + 2 * HALO, metrics.height() + 2 * HALO
    pixmap = QPixmap(int(np.ceil(width * ratio)), int(np.ceil(height * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    path = QPainterPath()
    path.addText(QPointF(HALO, HALO + metrics.ascent()), font, shown)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    around = QColor(halo)
    around.setAlphaF(HALO_OPACITY)
    pen = QPen(around, HALO)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)
    painter.fillPath(path, QColor(color))
    painter.end()
    return pixmap
