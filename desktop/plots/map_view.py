"""The map as it is seen and moved: points, names of regions, what is pointed at, and the tools."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QMargins, QPointF, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGraphicsView, QWidget

from desktop.plots.map_box import MapBox, Tool
from desktop.plots.map_labels import Label, MapLabels
from desktop.plots.map_marks import MapMarks
from desktop.plots.point_grid import PointGrid, next_in_direction
from desktop.plots.points_layer import Layer, PointsLayer
from desktop.plots.polygon import inside, simplified
from desktop.plots.view_layer import Camera

MOTION = 150
"""Milliseconds in which songs go from their old places to new ones."""
REFINED_AFTER = 100
PULSE_STEP, PULSE_LENGTH = 40, 1_600
REACH = 6.0
"""Logical pixels beyond a point in which it is still meant."""
ZOOM_STEP, PAN_STEP = 1.25, 0.1
ARROWS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, 1.0),
    Qt.Key.Key_Down: (0.0, -1.0),
}


class MapView(pyqtgraph.GraphicsView):
    """Songs are known by their place in the arrays; what they are is the page's affair."""

    pointed = Signal(object)
    """The song under the pointer or under the keyboard's ring; None for none."""
    clicked = Signal(object, bool)
    """A song, or None for the ground, and whether it is added to what is selected."""
    double_clicked = Signal(int)
    caught = Signal(object, bool)
    """Which songs (a mask) a tool caught, and whether they are added."""
    tool_changed = Signal(Tool)
    heard = Signal(int)
    """The song that is to be heard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=None)
        self.box, self.points, self.labels, self.marks = MapBox(), PointsLayer(), MapLabels(), MapMarks()
        self.setCentralItem(self.box)
        self.layers = (self.points, self.labels, self.marks)
        for height, layer in enumerate(self.layers):
            layer.setZValue(height)
            self.box.addItem(layer, ignoreBounds=True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pickable = np.zeros(0, dtype=bool)
        self._grid: PointGrid | None = None
        self._pointed: int | None = None
        self._playing: int | None = None
        self._plays = False
        self._motion = QVariantAnimation(self, startValue=0.0, endValue=1.0, duration=MOTION)
        self._motion.valueChanged.connect(self._move_on)
        self._motion.finished.connect(self._arrive)
        self._from = self._to = self.points.positions
        self._rest = QTimer(self, singleShot=True, interval=REFINED_AFTER)
        self._rest.timeout.connect(self.points.refine)
        self._pulse = QTimer(self, interval=PULSE_STEP)
        self._pulse.timeout.connect(self._beat)
        self._is_whole = True
        self._covered = QMargins()
        """Whether the whole map is in sight because nobody went nearer."""
        self._listen()

    def _listen(self) -> None:
        box = self.box
        box.dragged.connect(self._leave_whole)
        box.band_drawn.connect(self._show_band)
        box.band_closed.connect(self._catch)
        box.clicked.connect(self._click)
        box.double_clicked.connect(self._double_click)

    # -------------------------------------------------------------------------------------------------- the songs

    @property
    def positions(self) -> NDArray[np.float32]:
        """Where the songs are, or are going."""
        return self._to

    def place(self, positions: NDArray[np.float32], *, at_once: bool = False) -> None:
        """Put the songs in their places; as many as before go there in 150 ms."""
        self._grid = None
        before = self.points.positions
        self._from, self._to = before, positions
        if at_once or len(before) != len(positions) or not self.isVisible():
            self._motion.stop()
            self.points.move(positions)
            self._arrive()
        else:
            self._motion.stop()
            self.hurry()
            self._motion.start()

    def dress(
        self,
        *,
        colors: NDArray[np.uint32],
        layers: NDArray[np.uint8],
        sizes: NDArray[np.uint8],
        rings: NDArray[np.bool_],
        ground: int,
    ) -> None:
        """How songs look, see PointsLayer; hidden ones cannot be pointed at."""
        self.points.dress(colors=colors, layers=layers, sizes=sizes, rings=rings, ground=ground)
        self._pickable = layers != Layer.HIDDEN
        self._mark()

    def set_labels(self, labels: Sequence[Label]) -> None:
        self.labels.set_labels(labels)

    def show_playing(self, number: int | None, *, plays: bool) -> None:
        """The song that the player has, which pulses while it plays."""
        self._playing, self._plays = number, plays
        self._mark()
        self._arrange_pulse()

    def _move_on(self, share: float) -> None:
        if len(self._from) == len(self._to):
            eased = share * share * (3 - 2 * share)
            self.points.move(self._from + np.float32(eased) * (self._to - self._from))
            self.hurry()
            self._mark()

    def _arrive(self) -> None:
        self.points.move(self._to)
        self._mark()

    # -------------------------------------------------------------------------------------------------- the camera

    def fit(self) -> None:
        """Show the whole map, and go on to do so in another size until somebody goes nearer."""
        self.hurry()
        self._is_whole = True
        self._fit()

    def leave_free(self, *, left: int = 0, top: int = 0, right: int = 0, bottom: int = 0) -> None:
        """So many pixels at the edges are covered: the whole map is shown beside them."""
        if (covered := QMargins(left, top, right, bottom)) != self._covered:
            self._covered = covered
            if self._is_whole:
                self.hurry()
                self._fit()

    def _fit(self) -> None:
        whole = self.viewport().rect()
        room = whole.marginsRemoved(self._covered)
        self.box.fit(room=room if min(room.width(), room.height()) > 0 else whole, within=whole.size())

    def resizeEvent(self, ev: QResizeEvent | None) -> None:
        super().resizeEvent(ev)
        if ev is not None and self._is_whole:  # pyqtgraph calls it with none before there is anything
            self._fit()

    def _leave_whole(self) -> None:
        self.hurry()
        self._is_whole = False

    def zoom(self, factor: float) -> None:
        """Larger than 1 goes nearer."""
        self._leave_whole()
        self.box.scaleBy((1 / factor, 1 / factor))

    def camera(self) -> Camera:
        """What is seen at the moment."""
        (left, right), (bottom, top) = self.box.viewRange()
        width, height = self.viewport().width(), self.viewport().height()
        across, up = width / (right - left), height / (top - bottom)
        return Camera((across, -up), (-left * across, top * up), width, height, self.devicePixelRatioF())

    def seen(self) -> NDArray[np.bool_]:
        """Which songs are in sight and not hidden."""
        (left, right), (bottom, top) = self.box.viewRange()
        across, up = self._to.T
        return self._pickable & (across >= left) & (across <= right) & (up >= bottom) & (up <= top)

    def bring_into_sight(self, chosen: NDArray[np.bool_]) -> None:
        """Show these songs, unless all of them are seen already."""
        if chosen.any() and not self.seen()[chosen].all():
            self._leave_whole()
            self.box.show_box(self._to[chosen].min(axis=0), self._to[chosen].max(axis=0))

    def hurry(self) -> None:
        """Something moves: where drawing well takes long, it is done when it rests."""
        self.points.moves = True
        self._rest.start()

    # -------------------------------------------------------------------------------------------------- pointing

    def point_at(self, number: int | None) -> None:
        """Mark a song as the one that is meant."""
        if number != self._pointed:
            self._pointed = number
            self._mark()
            self.pointed.emit(number)

    def pixel_of(self, number: int) -> QPointF:
        """Where a song is in the widget."""
        x, y = (float(value) for value in self._to[number])
        return QPointF(self.mapFromScene(self.box.mapViewToScene(QPointF(x, y))))

    def _at(self, place: QPointF) -> int | None:
        """The song at a place of the map."""
        if not len(self._to) or len(self._pickable) != len(self._to):
            return None
        if self._grid is None:
            self._grid = PointGrid(self._to)
        pixel = self.box.viewPixelSize()[0]
        within = (self.marks.point_radius + REACH) * pixel
        return self._grid.nearest(place.x(), place.y(), within=within, among=self._pickable)

    def _mark(self) -> None:
        places, marks = self.points.positions, self.marks
        for name, number in (("pointed", self._pointed), ("playing", self._playing)):
            setattr(marks, name, places[number] if number is not None and number < len(places) else None)
        marks.update()

    def mousePressEvent(self, ev: QMouseEvent) -> None:
        super().mousePressEvent(ev)
        ev.accept()  # pyqtgraph leaves that open, and the page below has no use for it

    def mouseReleaseEvent(self, ev: QMouseEvent) -> None:
        super().mouseReleaseEvent(ev)
        ev.accept()

    def mouseDoubleClickEvent(self, ev: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(ev)
        ev.accept()

    def mouseMoveEvent(self, ev: QMouseEvent) -> None:
        super().mouseMoveEvent(ev)
        if ev.buttons() == Qt.MouseButton.NoButton:
            self.point_at(self._at(self.box.mapSceneToView(self.mapToScene(ev.position().toPoint()))))

    def leaveEvent(self, ev: QEvent) -> None:
        super().leaveEvent(ev)
        self.point_at(None)

    def _click(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        adding = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
        self.clicked.emit(self._at(place), bool(modifiers & adding))

    def _double_click(self, place: QPointF) -> None:
        number = self._at(place)
        if number is not None:
            self.double_clicked.emit(number)

    # -------------------------------------------------------------------------------------------------- the tools

    def take(self, tool: Tool) -> None:
        """Take a tool in hand."""
        if tool is not self.box.tool:
            self.box.tool = tool
            shape = Qt.CursorShape.ArrowCursor if tool is Tool.HAND else Qt.CursorShape.CrossCursor
            self.viewport().setCursor(shape)
            self.tool_changed.emit(tool)

    def _show_band(self, corners: list[QPointF]) -> None:
        self.marks.band = corners
        self.marks.update()

    def _catch(self, corners: list[QPointF], adds: bool) -> None:  # noqa: FBT001 - a slot
        line = np.array([(corner.x(), corner.y()) for corner in corners])
        line = simplified(line, least=2 * float(self.box.viewPixelSize()[0]))
        if len(line) > 2 and len(self._pickable) == len(self._to):
            self.caught.emit(inside(self._to, line) & self._pickable, adds)

    # -------------------------------------------------------------------------------------------------- keys

    def keyPressEvent(self, ev: QKeyEvent) -> None:
        """Arrows pan, with Ctrl they go from song to song; + and - zoom; Space hears, Enter selects."""
        key = Qt.Key(ev.key())
        if key in ARROWS and ev.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._walk(ARROWS[key])
        elif key in ARROWS:
            self._leave_whole()
            self.box.pan(*(PAN_STEP * part for part in ARROWS[key]))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(ZOOM_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / ZOOM_STEP)
        elif key == Qt.Key.Key_Space and self._pointed is not None:
            self.heard.emit(self._pointed)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._pointed is not None:
            self.clicked.emit(self._pointed, bool(ev.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            ev.ignore()

    def _walk(self, direction: tuple[float, float]) -> None:
        """The first step goes to the song nearest to the middle of what is seen."""
        seen = self.seen() if len(self._pickable) == len(self._to) else np.zeros(0, dtype=bool)
        if self._pointed is None and seen.any():
            middle = np.mean(self.box.viewRange(), axis=1)
            distances = np.where(seen, np.hypot(*(self._to - middle).T), np.inf)
            self.point_at(int(distances.argmin()))
        elif self._pointed is not None:
            following = next_in_direction(self._to, self._pointed, direction, among=self._pickable)
            if following is not None:
                self.point_at(following)
                self._keep_in_sight(following)

    def _keep_in_sight(self, number: int) -> None:
        if not self.seen()[number]:
            (left, right), (bottom, top) = self.box.viewRange()
            x, y = self._to[number]
            self._leave_whole()
            self.box.translateBy(x=float(x) - (left + right) / 2, y=float(y) - (bottom + top) / 2)

    def focusInEvent(self, ev: QFocusEvent) -> None:
        super().focusInEvent(ev)
        self.marks.has_focus = ev.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.marks.update()

    def focusOutEvent(self, ev: QFocusEvent) -> None:
        super().focusOutEvent(ev)
        self.marks.has_focus = False
        self.marks.update()

    # -------------------------------------------------------------------------------------------------- the pulse

    def showEvent(self, ev: QShowEvent) -> None:
        super().showEvent(ev)
        self._arrange_pulse()

    def hideEvent(self, ev: QHideEvent) -> None:
        super().hideEvent(ev)
        self._pulse.stop()
        self._motion.stop()
        self._rest.stop()
        self.points.move(self._to)

    def close(self) -> bool:
        """Only hide: pyqtgraph would delete the items that we still hold, and Qt would fall over them."""
        return QGraphicsView.close(self)

    def _arrange_pulse(self) -> None:
        """A timer only while there is something to be seen."""
        if self._plays and self._playing is not None and self.isVisible():
            self._pulse.start()
        else:
            self._pulse.stop()
            self.marks.phase = 0.0
            self.marks.update()

    def _beat(self) -> None:
        self.marks.phase = (self.marks.phase + PULSE_STEP / PULSE_LENGTH) % 1.0
        self.marks.update()
