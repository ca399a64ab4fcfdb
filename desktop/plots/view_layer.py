"""One layer over the whole view: it draws in pixels, and asks the camera where things of the map are."""

from dataclasses import dataclass

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget


@dataclass(frozen=True)
class Camera:
    """What is seen of the map: ``scale * position + shift`` is the place in logical pixels, from the top left."""

    scale: tuple[float, float]
    shift: tuple[float, float]
    width: int
    height: int
    ratio: float
    """Device pixels in a logical one."""

    def pixel(self, position: NDArray[np.float32]) -> QPointF:
        return QPointF(
            float(position[0]) * self.scale[0] + self.shift[0], float(position[1]) * self.scale[1] + self.shift[1]
        )

    def pixels(self, positions: NDArray[np.float32]) -> NDArray[np.float32]:
        """Places (n, 2) in logical pixels."""
        return positions * np.array(self.scale, dtype=np.float32) + np.array(self.shift, dtype=np.float32)

    def rectangle(self) -> QRectF:
        return QRectF(0, 0, self.width, self.height)


class ViewLayer(pyqtgraph.GraphicsObject):
    """Lies in a ViewBox; takes no mouse."""

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def boundingRect(self) -> QRectF:
        """All that is seen; a rectangle far beyond it is too many pixels for Qt when it is zoomed in."""
        return self.viewRect()

    def viewTransformChanged(self) -> None:
        """Told by pyqtgraph, which forgets there what was in sight before."""
        super().viewTransformChanged()
        self.prepareGeometryChange()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Hand the painter on, set to pixels."""
        to_pixels, device = painter.worldTransform(), widget if widget is not None else painter.device()
        camera = Camera(
            (to_pixels.m11(), to_pixels.m22()),
            (to_pixels.dx(), to_pixels.dy()),
            device.width(),
            device.height(),
            painter.device().devicePixelRatioF(),
        )
        painter.save()
        painter.resetTransform()
        self.draw(painter, camera)
        painter.restore()

    def draw(self, painter: QPainter, camera: Camera) -> None:
        """Draw the layer."""
        raise NotImplementedError
