"""The songs of the map as points: drawn anew when the camera or the songs changed, shown again otherwise."""

from enum import IntEnum
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPainter

from desktop.plots.point_raster import PointRaster, mixed
from desktop.plots.stencil import Stencil, disc, ring
from desktop.plots.view_layer import Camera, ViewLayer

SMALLEST, LARGEST = 3.0, 8.0
"""Logical pixels across, by how much room a song has."""
ROOM_FOR_ONE = 1.7
SIZES = (0.6, 0.8, 1.0, 1.3, 1.7)
"""How much larger or smaller than others a song can be."""
MIDDLE_SIZE = 2
RING_WIDTH = 1.5
SLOW = 0.014
"""Seconds: a picture that takes longer is drawn in haste while something moves."""


class Layer(IntEnum):
    """How a song is drawn; later ones lie on top."""

    HIDDEN = 0
    FADED = 1
    PLAIN = 2
    STRONG = 3


OPACITY = {Layer.FADED: 0.13, Layer.PLAIN: 0.78, Layer.STRONG: 1.0}


class PointsLayer(ViewLayer):
    """All arrays have one entry for each song."""

    def __init__(self) -> None:
        super().__init__()
        self.positions = np.zeros((0, 2), dtype=np.float32)
        self.colors = np.zeros(0, dtype=np.uint32)
        self.groups = np.zeros(0, dtype=np.uint8)
        """16 for each step of Layer, 2 for each size, 1 for a ring."""
        self._present: list[int] = []
        self._ground = 0
        self._raster = PointRaster()
        self._image = QImage()
        self._drawn: Camera | None = None
        self._is_hasty = False
        self.seconds = 0.0
        """What the last picture of full quality took."""
        self.moves = False
        """Whether it changes all the time at the moment."""

    def move(self, positions: NDArray[np.float32]) -> None:
        """Put the songs, as many as before, at other places."""
        self.positions = positions
        self.renew()

    def dress(
        self,
        *,
        colors: NDArray[np.uint32],
        layers: NDArray[np.uint8],
        sizes: NDArray[np.uint8],
        rings: NDArray[np.bool_],
        ground: int,
    ) -> None:
        """Say how songs look: ``0xRRGGBB`` each, a Layer, an index of SIZES, and whether it is a ring."""
        self.colors, self._ground = colors, ground
        self.groups = layers.astype(np.uint8) * 16 + sizes * 2 + rings
        present = np.flatnonzero(np.bincount(self.groups, minlength=64)).tolist()
        shown = [group for group in present if group // 16 != Layer.HIDDEN]
        self._present = sorted(shown, key=lambda group: (group // 16, -(group % 16 // 2)))
        self.renew()

    def renew(self) -> None:
        """Draw anew at the next occasion."""
        self._drawn = None
        self.update()

    def refine(self) -> None:
        """Nothing moves any more: draw well what was drawn in haste."""
        self.moves = False
        if self._is_hasty:
            self.renew()

    def diameter(self, camera: Camera) -> float:
        """Of a song of the middle size, in logical pixels: by the room that it has on the map at this zoom."""
        room = abs(4 * camera.scale[0] * camera.scale[1]) / max(len(self.positions), 1)
        return float(np.clip(ROOM_FOR_ONE * room**0.25, SMALLEST, LARGEST))

    def draw(self, painter: QPainter, camera: Camera) -> None:
        if camera != self._drawn:
            self._render(camera)
            self._drawn = camera
        painter.drawImage(camera.rectangle(), self._image)

    def _render(self, camera: Camera) -> None:
        begin, ratio = perf_counter(), camera.ratio
        width, height = round(camera.width * ratio), round(camera.height * ratio)
        self._is_hasty = self.moves and self.seconds > SLOW
        self._raster.clear(width, height, ground=self._ground)
        if len(self.groups) == len(self.positions):
            self._stamp_all(camera)
        self._image = self._raster.image()
        if not self._is_hasty:
            self.seconds = perf_counter() - begin

    def _stamp_all(self, camera: Camera) -> None:
        limits = np.array((camera.width, camera.height), dtype=np.float32) * 8
        places = np.clip(camera.pixels(self.positions), -limits, limits)  # far outside, pixels have no number
        right, down = np.rint(places * np.float32(camera.ratio) - np.float32(0.5)).astype(np.int32).T
        seen = self._raster.inside(right, down)
        groups, base = self.groups[seen], self.diameter(camera) * camera.ratio
        for group in self._present:
            rows = seen[groups == group]
            if len(rows):
                self._stamp(right[rows], down[rows], self.colors[rows], group, base)

    def _stamp(
        self,
        right: NDArray[np.int32],
        down: NDArray[np.int32],
        colors: NDArray[np.uint32],
        group: int,
        base: float,
    ) -> None:
        stencil, opacity = _stencil(group, base), OPACITY[Layer(group // 16)]
        if self._is_hasty:
            flat = mixed(colors, self._ground, opacity=opacity)
            self._raster.stamp_in_haste(right, down, colors=flat, stencil=stencil)
        else:
            self._raster.stamp(right, down, colors=colors, stencil=stencil, opacity=opacity)


def _stencil(group: int, base: float) -> Stencil:
    diameter = round(base * SIZES[group % 16 // 2] * 4) / 4
    if not group % 2:
        return disc(diameter)
    width = RING_WIDTH * max(1.0, base / LARGEST)
    return ring(max(diameter, 3 * width) + width, width)
