"""The map over the whole page, and what floats at its edges."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer, QVariantAnimation
from PySide6.QtGui import QHideEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.plots.map_view import MapView
from desktop.style.measures import MEDIUM, PAGE_MARGIN
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.map.card import MapCard
from desktop.widgets.map.controls import MapChoices, MapSearch, MapTools
from desktop.widgets.map.legend import MapLegend
from desktop.widgets.map.notes import MapHelp, MapHint, MapProgress
from desktop.widgets.map.selection import PANEL_WIDTH, MapSelection

SLIDE = 150
"""Milliseconds."""
LEAST_MAP = 200
"""Pixels: where less is left beside what floats over the map, it goes beneath it."""
ROOMY = 1400
"""Logical pixels: here the legend and the panel have room beside each other."""


class MapStage(QWidget):
    """Knows where things are, not what they mean. Made in the order in which Tab goes through them."""

    def __init__(self, selection: MapSelection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = MapView(self)
        self.empty = EmptyState(self)
        self.search, self.choices = MapSearch(self), MapChoices(self)
        self.tools, self.legend = MapTools(self), MapLegend(self)
        self.progress, self.hint = MapProgress(self), MapHint(self)
        self.selection, self.card, self.help = selection, MapCard(self), MapHelp(self)
        selection.setParent(self)
        selection.hide()
        self._slide = QVariantAnimation(self, startValue=0.0, endValue=1.0, duration=SLIDE)
        self._slide.valueChanged.connect(self._arrange)
        self._slide.finished.connect(self._end_slide)
        self._second_click = QTimer(self, singleShot=True, interval=QApplication.doubleClickInterval())
        self._second_click.timeout.connect(lambda: self.open_selection(is_open=True))
        self._is_open = self._unfolds = False
        self.setAutoFillBackground(True)
        for each in (self.search, self.choices, self.tools, self.legend, self.progress, self.hint, self.help):
            each.installEventFilter(self)
        self.show_empty(is_empty=True)

    @property
    def over_the_map(self) -> list[QWidget]:
        return [self.search, self.choices, self.tools, self.legend]

    def show_empty(self, *, is_empty: bool) -> None:
        """Show either the map with its controls, or what is said instead of it."""
        self.empty.setVisible(is_empty)
        self.view.setVisible(not is_empty)
        self.setBackgroundRole(QPalette.ColorRole.Window if is_empty else QPalette.ColorRole.Base)
        for each in self.over_the_map:
            each.setVisible(not is_empty)
        if is_empty:
            self.card.hide()
            self.help.hide()
            self.hint.hide()
            self.open_selection(is_open=False)
        self._arrange()

    def open_selection(self, *, is_open: bool, after_click: bool = False) -> None:
        """Let the panel slide in or out; the map gives way to it, but not under the second click of a double-click."""
        self._second_click.stop()
        if is_open == self._is_open:
            return
        if after_click and is_open:
            self._second_click.start()
            return
        self._is_open = is_open
        self.card.hide()  # its point moves away with the map
        self._make_room(is_needed=is_open and self.width() < ROOMY)
        self.selection.show()
        direction = QVariantAnimation.Direction.Forward if is_open else QVariantAnimation.Direction.Backward
        self._slide.setDirection(direction)
        if self.isVisible():
            self._slide.start()
        else:
            self._slide.stop()
            self._end_slide()

    def show_card(self, point: QPoint) -> None:
        """The card beside a point of the view."""
        room = self.rect().adjusted(MEDIUM, MEDIUM, -MEDIUM - self._inset(), -MEDIUM)
        self.card.stand_beside(point, within=room)

    # -------------------------------------------------------------------------------------------------- places

    def _make_room(self, *, is_needed: bool) -> None:
        """Beside the panel, an open legend would cover a third of a small map; it opens again by itself."""
        if is_needed and not self.legend.is_folded:
            self._unfolds = True
            self.legend.fold(folded=True)
        elif not is_needed and self._unfolds:
            self._unfolds = False
            self.legend.fold(folded=False)

    def _end_slide(self) -> None:
        self.selection.setVisible(self._is_open)
        self._arrange()

    def _inset(self) -> int:
        """How much of the right edge the panel takes at the moment."""
        if self._slide.state() is QVariantAnimation.State.Running:
            share = float(self._slide.currentValue())
        else:
            share = 1.0 if self._is_open else 0.0
        return round(share * (PANEL_WIDTH + PAGE_MARGIN))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._second_click.isActive():
            self.open_selection(is_open=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What floats changes its size with its texts."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show) and isinstance(watched, QWidget):
            watched.adjustSize()
            self._arrange()
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        room = self.rect().adjusted(PAGE_MARGIN, PAGE_MARGIN, -PAGE_MARGIN, -PAGE_MARGIN)
        inset, width = self._inset(), self.width()
        self.view.setGeometry(0, 0, width - inset, self.height())
        self.empty.setGeometry(self.rect())
        free = QRect(room.left(), room.top(), room.width() - inset, room.height())
        self.search.move(free.topLeft())
        beside = self.search.width() + MEDIUM + self.choices.width() <= free.width()
        top = free.top() if beside else free.top() + self.search.height() + MEDIUM
        self.choices.move(max(free.right() + 1 - self.choices.width(), free.left()), top)
        self.tools.move(free.left(), free.bottom() + 1 - self.tools.height())
        legend = free.bottom() + 1 - self.legend.height()
        self.legend.move(free.right() + 1 - self.legend.width(), max(legend, top + self.choices.height() + MEDIUM))
        for each in (self.progress, self.hint):
            each.move(self._below(each, free=free))
        self.help.move(free.right() + 1 - self.help.width(), top + self.choices.height() + MEDIUM)
        self.selection.setGeometry(width - inset, room.top(), PANEL_WIDTH, room.height())
        self._leave_room()

    def _leave_room(self) -> None:
        """The whole map is shown beside an open legend, and below or above what would cover its corners."""
        is_open = self.legend.isVisibleTo(self) and not self.legend.is_folded
        right = self.legend.width() + 2 * PAGE_MARGIN if is_open else 0
        beside = QRect(0, 0, max(self.view.width() - right, 1), max(self.view.height(), 1))
        side = min(beside.width(), beside.height())
        square = QRect(0, 0, side, side)
        square.moveCenter(beside.center())
        bars = [each.geometry() for each in (self.search, self.choices) if each.geometry().intersects(square)]
        top = max((bar.bottom() + 1 for bar in bars), default=0)
        bottom = beside.height() - self.tools.y() if self.tools.geometry().intersects(square) else 0
        if beside.height() - top - bottom < LEAST_MAP or beside.width() < LEAST_MAP:
            right = top = bottom = 0
        self.view.leave_free(top=top, right=right, bottom=bottom)

    def _below(self, note: QWidget, *, free: QRect) -> QPoint:
        """In the middle between the tools and the legend; above them where it needs more room, as in long languages."""
        left = free.center().x() - note.width() // 2
        fits = self.tools.x() + self.tools.width() < left and left + note.width() < self.legend.x()
        bottom = free.bottom() + 1 if fits else min(self.tools.y(), self.legend.y()) - MEDIUM
        return QPoint(left, bottom - note.height())
