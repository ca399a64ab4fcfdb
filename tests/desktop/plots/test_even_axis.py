"""Numbers of one axis have equal decimals, and room between them."""

import pytest
from pytestqt.qtbot import QtBot

from desktop.plots.even_axis import BETWEEN_NUMBERS, EvenAxis


@pytest.mark.parametrize(("low", "high"), [(0.48, 0.78), (1.2, 1.39), (0.0, 30.0), (0.0, 12000.0)])
def test_numbers_have_equal_decimals_and_room(qtbot: QtBot, low: float, high: float) -> None:
    axis, size = EvenAxis(orientation="left"), 350.0
    ((step, places),) = axis.tickValues(low, high, size)
    texts = axis.tickStrings(places, 1.0, step)
    assert len(texts) >= 2
    assert len({len(text.partition(".")[2]) for text in texts}) == 1
    assert step / (high - low) * size >= BETWEEN_NUMBERS


def test_no_room_or_no_range_has_no_numbers(qtbot: QtBot) -> None:
    assert EvenAxis(orientation="left").tickSpacing(1.0, 1.0, 350.0) == []
