"""Bars: ours in the accent, longer for more, with their figures for a screen reader."""

from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from desktop.style.measures import ROW_HEIGHT
from desktop.style.palette import LIGHT
from desktop.widgets.bar_chart import Bar, BarChart


def length(image: QImage, color: str, *, row: int) -> int:
    middle = row * ROW_HEIGHT + ROW_HEIGHT // 2 + 4
    return sum(image.pixel(x, middle) == QColor(color).rgb() for x in range(image.width()))


def test_bars_are_as_long_as_their_values(qtbot: QtBot) -> None:
    chart = BarChart()
    qtbot.addWidget(chart)
    chart.set_bars([Bar("Marmalade", 0.4, "0.40", error=0.05, is_ours=True), Bar("Your average", 0.2, "0.20")])
    chart.resize(700, chart.sizeHint().height())
    image = chart.grab().toImage()
    ours, other = length(image, LIGHT.accent, row=0), length(image, LIGHT.disabled, row=1)
    assert abs(ours - 2 * other) <= 4
    assert length(image, LIGHT.accent, row=1) == 0
    assert chart.accessibleDescription() == "Marmalade 0.40; Your average 0.20"


def test_what_is_below_zero_goes_to_the_left(qtbot: QtBot) -> None:
    chart = BarChart()
    qtbot.addWidget(chart)
    chart.set_bars([Bar("Good", 0.5, "0.50"), Bar("Bad", -0.5, "-0.50")])
    chart.resize(700, chart.sizeHint().height())
    image = chart.grab().toImage()
    places = [
        [x for x in range(image.width()) if image.pixel(x, row * ROW_HEIGHT + 18) == QColor(LIGHT.disabled).rgb()]
        for row in (0, 1)
    ]
    assert max(places[1]) <= min(places[0])
