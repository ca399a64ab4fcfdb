"""The camera of the map, moved with the mouse, and the tools that catch songs: lasso and rectangle."""

from enum import StrEnum

import numpy as np
import pyqtgraph
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent, MouseDragEvent
from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QGraphicsSceneWheelEvent

from desktop.plots.map_marks import between

pyqtgraph.setConfigOption("mouseRateLimit", -1)  # a lasso has all its corners; what is drawn, Qt limits itself
WIDEST, HIGHEST, NARROWEST = 12.0, 6.0, 2e-3
"""Of the map's own length of 2; farther out or in there is nothing to see."""
FITTED = 1.06
LEAST_SHOWN = 0.16
"""Where songs are brought into sight, so much of the map is seen around them."""


class Tool(StrEnum):
    """What dragging with the left button does."""

    HAND = "hand"
    LASSO = "lasso"
    RECTANGLE = "rectangle"


class MapBox(pyqtgraph.ViewBox):
    """One unit is as long to the right as upwards."""

    clicked = Signal(QPointF, Qt.KeyboardModifier)
    double_clicked = Signal(QPointF)
    band_drawn = Signal(list)
    """The corners so far, on the map."""
    band_closed = Signal(list, bool)
    """The corners, and whether what they catch is added to the selection."""
    dragged = Signal()

    def __init__(self) -> None:
        super().__init__(lockAspect=True, enableMenu=False, defaultPadding=0)
        self.setLimits(minXRange=NARROWEST, maxXRange=WIDEST, minYRange=NARROWEST, maxYRange=HIGHEST)
        self.disableAutoRange()
        self.tool = Tool.HAND
        self._band: list[QPointF] = []

    def fit(self, *, room: QRect, within: QSize) -> None:
        """Show the whole map in a part of what is seen, in pixels; ``within`` is the size of all of it."""
        unit = 2 * FITTED / max(min(room.width(), room.height()), 1)
        left, top = -unit * (room.x() + room.width() / 2), unit * (room.y() + room.height() / 2)
        across, down = unit * within.width(), unit * within.height()
        self.setRange(xRange=(left, left + across), yRange=(top - down, top), padding=0)

    def mouseDragEvent(self, ev: MouseDragEvent, axis: int | None = None) -> None:
        """The hand pans, a tool draws its band."""
        if ev.button() != Qt.MouseButton.LeftButton or self.tool is Tool.HAND:
            self.dragged.emit()
            super().mouseDragEvent(ev, axis)
            return
        ev.accept()
        place = self.mapToView(ev.pos())
        if ev.isStart():
            self._band = [self.mapToView(ev.buttonDownPos())]
        if self.tool is Tool.LASSO:
            self._band.append(place)
        shown = self._band if self.tool is Tool.LASSO else between(self._band[0], place)
        if ev.isFinish():
            adds = bool(ev.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._band = []
            self.band_drawn.emit([])
            self.band_closed.emit(shown, adds)
        else:
            self.band_drawn.emit(list(shown))

    def mouseClickEvent(self, ev: MouseClickEvent) -> None:
        if ev.button() != Qt.MouseButton.LeftButton:
            return
        ev.accept()
        if ev.double():
            self.double_clicked.emit(self.mapToView(ev.pos()))
        else:
            self.clicked.emit(self.mapToView(ev.pos()), ev.modifiers())

    def wheelEvent(self, ev: QGraphicsSceneWheelEvent, axis: int | None = None) -> None:
        self.dragged.emit()
        super().wheelEvent(ev, axis)

    def pan(self, right: float, up: float) -> None:
        """Move by shares of what is seen."""
        (left, end), (bottom, top) = self.viewRange()
        self.translateBy(x=right * (end - left), y=up * (top - bottom))

    def show_box(self, low: np.ndarray, high: np.ndarray) -> None:
        """Bring a part of the map into sight, with room around it."""
        half = max(float((high - low).max()) / 2 * 1.3, LEAST_SHOWN / 2)
        x, y = (float(value) for value in (low + high) / 2)
        self.setRange(xRange=(x - half, x + half), yRange=(y - half, y + half), padding=0)
