"""An axis whose numbers have equal decimals: 0.70, 0.75, 0.80."""

import math

import pyqtgraph as pg

BETWEEN_NUMBERS = 48
"""Pixels at least."""
STEPS = (1, 2, 5, 10)


class EvenAxis(pg.AxisItem):
    """Has ticks of one kind alone; pyqtgraph's have several, each with its own decimals."""

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:
        least = abs(maxVal - minVal) * BETWEEN_NUMBERS / max(size, 1.0)
        if not (least > 0 and math.isfinite(least)):
            return []
        power = 10.0 ** math.floor(math.log10(least))
        return [(next((step * power for step in STEPS if step * power >= least), 10 * power), 0)]
