"""A range of the ramp is chosen with the mouse and with keys, and taken away with a click."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop.style.measures import SMALL
from desktop.style.palette import LIGHT
from desktop.style.scales import RAMP_STEPS, name, ramp_table
from desktop.widgets.map.ramp import MapRamp

LEFT = Qt.MouseButton.LeftButton
WIDTH = 200


@pytest.fixture
def ramp(qtbot: QtBot) -> MapRamp:
    made = MapRamp()
    qtbot.addWidget(made)
    made.show_scale(ramp_table(LIGHT), [(0.0, "1"), (0.5, "3"), (1.0, "5")])
    made.resize(WIDTH + 2 * SMALL, made.sizeHint().height())
    made.show()
    return made


def at(share: float) -> QPoint:
    return QPoint(SMALL + round(share * WIDTH), 5)


def test_its_ends_have_the_colors_of_the_scale(ramp: MapRamp) -> None:
    image = ramp.grab().toImage()
    table = ramp_table(LIGHT)
    assert image.pixelColor(at(0.0)).name() == name(int(table[0]))
    assert image.pixelColor(at(0.995)).name() == name(int(table[RAMP_STEPS - 1]))
    assert ramp.accessibleName() == "Colors from 1 to 5"


def test_dragging_chooses_a_range_and_a_click_takes_it_away(qtbot: QtBot, ramp: MapRamp) -> None:
    chosen: list[tuple[float, float]] = []
    ramp.chosen.connect(lambda low, high: chosen.append((round(low, 2), round(high, 2))))
    qtbot.mousePress(ramp, LEFT, pos=at(0.75))
    qtbot.mouseMove(ramp, at(0.5))
    qtbot.mouseRelease(ramp, LEFT, pos=at(0.5))
    assert chosen == [(0.5, 0.75)]
    assert ramp.grab().toImage().pixelColor(at(0.1)).lightness() > 200  # pale outside
    qtbot.mouseClick(ramp, LEFT, pos=at(0.2))
    assert chosen[-1] == (0.0, 1.0)


def test_arrow_keys_move_the_ends(qtbot: QtBot, ramp: MapRamp) -> None:
    chosen: list[tuple[float, float]] = []
    ramp.chosen.connect(lambda low, high: chosen.append((round(low, 2), round(high, 2))))
    qtbot.keyClick(ramp, Qt.Key.Key_Right)
    qtbot.keyClick(ramp, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(ramp, Qt.Key.Key_Home)
    assert chosen == [(0.05, 1.0), (0.05, 0.95), (0.0, 1.0)]
