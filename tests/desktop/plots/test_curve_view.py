"""Curves in their colors: seen where they should be, hidden by their legend."""

import numpy as np
from pyqtgraph import PlotWidget
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from desktop.plots.curve_view import CurveView, Line
from desktop.style.palette import LIGHT
from desktop.style.scales import categories

FIRST, SECOND = categories(LIGHT)[:2]


def pixels(view: CurveView, color: str) -> int:
    """How many of the plot are of a color; the legend is not among them."""
    image, wanted = view.findChild(PlotWidget).grab().toImage(), QColor(color).rgb()
    return sum(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def test_a_curve_is_drawn_in_its_color_and_hidden_by_its_switch(qtbot: QtBot) -> None:
    view = CurveView("Losses", across="step")
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    places = np.arange(10.0)
    view.set_lines([Line("a", "First", places, places), Line("b", "Second", places, 9 - places)])
    qtbot.waitUntil(lambda: pixels(view, FIRST) > 50 and pixels(view, SECOND) > 50)
    switch = next(each for each in view.findChildren(QCheckBox) if each.text() == "Second")
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton, pos=switch.rect().center())
    assert pixels(view, SECOND) == 0
    assert pixels(view, FIRST) > 50


def test_a_curve_of_one_point_is_seen(qtbot: QtBot) -> None:
    view = CurveView("Losses", across="step")
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    view.set_lines([Line("a", "First", np.array([1.0]), np.array([2.0]))])
    qtbot.waitUntil(lambda: pixels(view, FIRST) > 10)


def test_the_legend_follows_what_is_shown(qtbot: QtBot) -> None:
    view = CurveView("Losses", across="step")
    qtbot.addWidget(view)
    one = np.arange(3.0)
    view.set_lines([Line("a", "First", one, one)])
    view.set_lines([Line("b", "Second", one, one)])
    assert [each.text() for each in view.findChildren(QCheckBox) if not each.isHidden()] == ["Second"]


def test_an_empty_plot_says_what_will_be_there(qtbot: QtBot) -> None:
    view = CurveView("Losses", across="step")
    qtbot.addWidget(view)
    hint = next(each for each in view.findChildren(QLabel) if "appear here" in each.text())
    assert not hint.isHidden()
    view.set_lines([Line("a", "First", np.arange(3.0), np.arange(3.0))])
    assert hint.isHidden()
