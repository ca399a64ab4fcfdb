"""How wide columns of text would like to be, by what most of their cells hold."""

from collections.abc import Sequence

from PySide6.QtGui import QFontMetrics

MEASURED = 200
"""Cells of a column, evenly spread: it is done in the UI thread, and takes a millisecond for each column."""
MOST = 0.8
"""The share of cells that have room; the longest few would take it from all others."""


def wanted_width(texts: Sequence[str], *, metrics: QFontMetrics, least: int, most: int, beside: int) -> int:
    """The width, in pixels, that holds most of the texts with what stands ``beside`` them."""
    step = max(1, len(texts) // MEASURED)
    widths = sorted(metrics.horizontalAdvance(text) for text in texts[::step])
    if not widths:
        return least
    return min(most, max(least, widths[int(MOST * (len(widths) - 1))] + beside))
