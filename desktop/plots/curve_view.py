"""A plot of curves over steps or epochs: zoomed by the wheel, with a legend that hides and shows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from desktop.plots.even_axis import EvenAxis
from desktop.plots.smoothing import smoothed
from desktop.style import fonts
from desktop.style.measures import MEDIUM, SMALL
from desktop.style.scales import categories
from desktop.style.theme import current_colors
from desktop.widgets.flow import Flow
from desktop.widgets.tab_order import join_tab_order

LINE = 2.0
UNSMOOTHED_OPACITY = 60
"""Of 255: what was measured stays to be seen behind what it was smoothed to."""


GROUND = QSize(424, 440)
LEAST_HEIGHT = 96
"""In pixels; in less nothing could be read off a curve."""
"""The room that a plot asks for, of which it can give away a lot."""


@dataclass(frozen=True, eq=False)
class Line:
    """One curve; lines of one name have one color, and those of other ``run``s are dashed."""

    name: str
    label: str
    places: NDArray[np.float64]
    values: NDArray[np.float64]
    run: int = 0


class CurveView(QWidget):
    """Shows what it is given; ``set_lines`` is called again as often as there is something new."""

    def __init__(self, heading: str, *, across: str, explained: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[Line] = ()
        self._strength = 0.0
        self._hidden: set[str] = set()
        self._names: list[str] = []
        self._switches: dict[str, QCheckBox] = {}
        self._heading, self._across = heading, across
        self._plot: pg.PlotWidget | None = None
        self._hint = QLabel(self.tr("Curves appear here"))
        self._hint.setObjectName("secondary")
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._ground, self._place = self._make_ground()
        title = QLabel(heading)
        title.setFont(fonts.section())
        title.setToolTip(explained)
        self._legend = Flow()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SMALL)
        layout.addWidget(title)
        layout.addWidget(self._ground, stretch=1)
        layout.addWidget(self._legend)

    def _make_ground(self) -> tuple[QWidget, QVBoxLayout]:
        """Where the plot will be, which costs 15 ms; there is none as long as it would be empty."""
        ground = _Ground()
        ground.setMinimumHeight(LEAST_HEIGHT)
        ground.setBackgroundRole(QPalette.ColorRole.Base)
        ground.setAutoFillBackground(True)
        layout = QVBoxLayout(ground)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._hint, alignment=Qt.AlignmentFlag.AlignCenter)
        return ground, layout

    def _make_plot(self) -> None:
        self._plot = plot = pg.PlotWidget(
            enableMenu=False, axisItems={side: EvenAxis(orientation=side) for side in ("bottom", "left")}
        )
        plot.setAccessibleName(self._heading)
        plot.hideButtons()
        plot.setLabel("bottom", self._across)
        plot.setToolTip(self.tr("Wheel zooms, dragging moves, double-click shows all"))
        plot.scene().sigMouseClicked.connect(self._react)
        self._place.addWidget(plot)
        QVBoxLayout(plot).addWidget(self._hint, alignment=Qt.AlignmentFlag.AlignCenter)
        join_tab_order(plot, into=self._ground)
        self._dress()

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show these instead of those before."""
        self._lines = lines
        for name in dict.fromkeys(line.name for line in lines):
            if name not in self._names:
                self._names.append(name)
        self._fill_legend()
        if lines and self._plot is None:
            self._make_plot()
        else:
            self._draw()

    def smooth(self, strength: float) -> None:
        """0 (as measured) to 1."""
        self._strength = strength
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._dress()

    def _dress(self) -> None:
        plot, colors = self._plot, current_colors()
        if plot is None:
            return
        plot.setBackground(colors.base)
        for side in ("bottom", "left"):
            axis = plot.getAxis(side)
            axis.setPen(pg.mkPen(colors.border))
            axis.setTextPen(pg.mkPen(colors.secondary))
        plot.showGrid(x=False, y=True, alpha=0.15)
        self._draw()

    def _color(self, name: str) -> str:
        palette = categories(current_colors())
        return palette[self._names.index(name) % len(palette)]

    def _draw(self) -> None:
        plot = self._plot
        if plot is None:
            return
        plot.clear()
        for side in ("bottom", "left"):
            plot.getAxis(side).setVisible(bool(self._lines))
        self._hint.setVisible(not self._lines)
        for line in self._lines:
            if line.name not in self._hidden:
                self._draw_line(plot, line)
        self._color_legend()

    def _draw_line(self, plot: pg.PlotWidget, line: Line) -> None:
        color = pg.mkColor(self._color(line.name))
        style = Qt.PenStyle.SolidLine if line.run == 0 else Qt.PenStyle.DashLine
        if self._strength > 0:
            faint = pg.mkColor(color)
            faint.setAlpha(UNSMOOTHED_OPACITY)
            plot.plot(line.places, line.values, pen=pg.mkPen(faint, width=1.0))
        values = smoothed(line.values, strength=self._strength)
        dot = "o" if len(values) == 1 else None
        plot.plot(line.places, values, pen=pg.mkPen(color, width=LINE, style=style), symbol=dot, symbolBrush=color)

    def _fill_legend(self) -> None:
        for line in self._lines:
            if line.name not in self._switches:
                self._switches[line.name] = self._make_switch(line)
                self._legend.add(self._switches[line.name])
        shown = {line.name for line in self._lines}
        for name, switch in self._switches.items():
            switch.setVisible(name in shown)

    def _make_switch(self, line: Line) -> QCheckBox:
        switch = QCheckBox(line.label)
        switch.setChecked(True)
        switch.toggled.connect(lambda on: self._switch(line.name, shown=on))
        return switch

    def _switch(self, name: str, *, shown: bool) -> None:
        self._hidden = self._hidden - {name} if shown else self._hidden | {name}
        self._draw()

    def _color_legend(self) -> None:
        for name, switch in self._switches.items():
            color = self._color(name)
            switch.setStyleSheet(
                f"QCheckBox::indicator {{ width: {MEDIUM}px; height: {MEDIUM}px; border-radius: 2px; "
                f"border: 2px solid {color}; background: transparent; }}"
                f"QCheckBox::indicator:checked {{ background: {color}; }}"
            )

    def _react(self, event: object) -> None:
        if self._plot is not None and getattr(event, "double", lambda: False)():
            self._plot.autoRange()
            self._plot.enableAutoRange()


class _Ground(QWidget):
    """Asks for the same room with a plot and without one, so that nothing moves when it comes."""

    def sizeHint(self) -> QSize:
        return GROUND
