"""The legend of the map: what each color means, how many songs there are, and a switch for each."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop import wording
from desktop.plots.coloring import Category, Coloring
from desktop.style import fonts
from desktop.style.icons import Tint, icon
from desktop.style.measures import CHIP_HEIGHT, ICON_IN_ROW, SMALL, TINY
from desktop.style.scales import RAMP_STEPS
from desktop.style.theme import current_colors
from desktop.widgets.map.ramp import MapRamp

WIDTH = 216
SWATCH = 10
COUNT_WIDTH = 56
"""For 60,113."""


class LegendLine(QAbstractButton):
    """One color: checked is shown, unchecked is an empty circle and its songs are hidden."""

    def __init__(self, category: Category, color: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.category, self._color = category, color
        self.setCheckable(True)
        self.setChecked(True)
        self.setText(category.name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        said = self.tr("{name}, {songs}").format(name=category.name, songs=wording.songs(category.count))
        self.setAccessibleName(said)
        self.setToolTip(said)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, CHIP_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colors = QPainter(self), current_colors()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(QColor(colors.accent) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.hover) if self.underMouse() else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), TINY, TINY)
        middle = QPointF(SMALL + SWATCH / 2, self.height() / 2)
        painter.setPen(QPen(QColor(self._color), 1.5))
        painter.setBrush(QColor(self._color) if self.isChecked() else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, SWATCH / 2 - 0.75, SWATCH / 2 - 0.75)
        left = SMALL + SWATCH + SMALL
        words = QRect(left, 0, self.width() - left - COUNT_WIDTH - TINY, self.height())
        count = QRect(self.width() - COUNT_WIDTH - SMALL, 0, COUNT_WIDTH, self.height())
        painter.setPen(QColor(colors.text if self.isChecked() else colors.secondary))
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setPen(QColor(colors.secondary))
        painter.setFont(fonts.figures())
        number = wording.number(self.category.count)
        painter.drawText(count, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)


class MapLegend(QFrame):
    """Follows the coloring; says which codes are to be seen."""

    filtered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", "plain")
        self.setAccessibleName(self.tr("Legend"))
        self.setFixedWidth(WIDTH + 2 * TINY + 2)
        self._title = QToolButton()
        self._title.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._title.setIconSize(QSize(ICON_IN_ROW, ICON_IN_ROW))
        self._title.clicked.connect(self._fold_or_unfold)
        self.is_folded: bool = False
        """Only the title is shown, so that more of the map is seen."""
        self._all = QToolButton()
        self._all.setText(self.tr("Show all"))
        self._all.clicked.connect(self.show_all)
        self._ramp = MapRamp()
        self._ramp.chosen.connect(self._take_range)
        self._lines: list[LegendLine] = []
        self._has_ramp = False
        self._range = (0.0, 1.0)
        header = QHBoxLayout()
        header.setContentsMargins(0, 0, 0, 0)
        header.addWidget(self._title)
        header.addStretch()
        header.addWidget(self._all)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(TINY, TINY, TINY, TINY)
        self._column.setSpacing(0)
        self._column.addLayout(header)
        self._column.addWidget(self._ramp)
        self.fold(folded=False)

    def fold(self, *, folded: bool) -> None:
        """Hide or show all but the title."""
        self.is_folded = folded
        self._title.setIcon(icon("right" if folded else "down", tint=Tint.SECONDARY))
        self._title.setToolTip(self.tr("Show the legend") if folded else self.tr("Fold the legend"))
        self._show_parts()

    def _fold_or_unfold(self) -> None:
        self.fold(folded=not self.is_folded)

    def _show_parts(self) -> None:
        self._ramp.setVisible(self._has_ramp and not self.is_folded)
        for line in self._lines:
            line.setVisible(not self.is_folded)
        self.adjustSize()

    def show_coloring(self, coloring: Coloring, *, title: str, table: NDArray[np.uint32]) -> None:
        """Begin with everything shown, but for categories that were hidden under the same title."""
        hidden = {line.category.name for line in self._lines if not line.isChecked()}
        keeps = title == self._title.text() and coloring.is_ramp == self._has_ramp
        self._title.setText(title)
        self._has_ramp = coloring.is_ramp
        if coloring.is_ramp and not keeps:
            self._ramp.show_scale(table, coloring.ticks)
            self._range = (0.0, 1.0)
        elif coloring.is_ramp:
            before = self._range
            self._ramp.show_scale(table, coloring.ticks)
            self._ramp.choose(*before)
        self._make_lines(coloring, table, hidden if keeps else set())
        self._show_reset()

    def _make_lines(self, coloring: Coloring, table: NDArray[np.uint32], hidden: set[str]) -> None:
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        for category in coloring.categories:
            line = LegendLine(category, f"#{int(table[category.code]):06x}", self)
            line.setChecked(category.name not in hidden)
            line.clicked.connect(self._toggle)
            self._column.addWidget(line)
            self._lines.append(line)
        self._show_parts()

    def shown_codes(self) -> NDArray[np.bool_]:
        """(256,): which codes are to be seen."""
        shown = np.ones(256, dtype=bool)
        if self._has_ramp:
            steps = np.arange(RAMP_STEPS) / (RAMP_STEPS - 1)
            shown[:RAMP_STEPS] = (steps >= self._range[0]) & (steps <= self._range[1])
            if self._range != (0.0, 1.0):
                shown[RAMP_STEPS:] = False
        for line in self._lines:
            if not line.isChecked():
                shown[line.category.code] = False
        return shown

    def show_all(self) -> None:
        """Take every filter away."""
        for line in self._lines:
            line.setChecked(True)
        if self._has_ramp:
            self._ramp.choose(0.0, 1.0)
        self._tell()

    def _toggle(self) -> None:
        """The last one that is switched off switches all on: an empty map helps nobody."""
        if not any(each.isChecked() for each in self._lines) and not self._has_ramp:
            for each in self._lines:
                each.setChecked(True)
        self._tell()

    def _take_range(self, low: float, high: float) -> None:
        if (low, high) != self._range:
            self._range = (low, high)
            self._tell()

    def _tell(self) -> None:
        self._show_reset()
        self.filtered.emit()

    def _show_reset(self) -> None:
        is_filtered = self._range != (0.0, 1.0) or not all(line.isChecked() for line in self._lines)
        self._all.setVisible(is_filtered)
