"""The lasso catches what lies in it, as Qt's own polygon says."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPolygonF

from desktop.plots.polygon import inside, simplified

POINTS = np.random.default_rng(3).uniform(-1, 1, size=(120, 2)).astype(np.float32)
CORNER = st.tuples(st.floats(-1.25, 1.25, width=16), st.floats(-1.25, 1.25, width=16))


@settings(max_examples=25, deadline=None)
@given(st.lists(CORNER, min_size=3, max_size=14, unique=True))
def test_it_catches_what_qt_says_is_inside(corners: list[tuple[float, float]]) -> None:
    polygon = QPolygonF([QPointF(x, y) for x, y in corners])
    rule = Qt.FillRule.OddEvenFill
    expected = [polygon.containsPoint(QPointF(float(x), float(y)), rule) for x, y in POINTS]
    assert inside(POINTS, np.array(corners)).tolist() == expected


def test_less_than_a_triangle_catches_nothing() -> None:
    assert not inside(POINTS, np.array([(-1.0, -1.0), (1.0, 1.0)])).any()


def test_a_line_is_simplified_to_what_can_be_seen() -> None:
    line = np.stack([np.linspace(0, 1, 101), np.zeros(101)], axis=1)
    assert len(simplified(line, least=0.0999)) == 11
