"""A grid of what is plainly known: a name at the left of each value."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel

from desktop.style.measures import MEDIUM, TINY

MIDDLE = Qt.AlignmentFlag(0)
"""Of the row; the name is as wide as its column."""


def fact_grid(
    names: Mapping[str, str], values: Mapping[str, QLabel], *, alignment: Qt.AlignmentFlag = MIDDLE
) -> QGridLayout:
    """``names`` are the words before each of the ``values``, from top to bottom; ``alignment`` is that of the words."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(MEDIUM)
    grid.setVerticalSpacing(TINY)
    grid.setColumnStretch(1, 1)
    for row, (name, title) in enumerate(names.items()):
        label = QLabel(title)
        label.setObjectName("secondary")
        grid.addWidget(label, row, 0, alignment)
        grid.addWidget(values[name], row, 1)
    return grid
