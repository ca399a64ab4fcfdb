"""The grid finds what a search through all points finds."""

import numpy as np
import pytest

from desktop.plots.point_grid import PointGrid, next_in_direction

POSITIONS = np.random.default_rng(5).normal(size=(700, 2)).astype(np.float32) / 3


@pytest.mark.parametrize("within", [0.01, 0.1, 2.0])
def test_the_nearest_is_found(within: float) -> None:
    grid = PointGrid(POSITIONS)
    among = np.random.default_rng(6).random(len(POSITIONS)) < 0.7
    for x, y in np.random.default_rng(7).uniform(-1.2, 1.2, size=(60, 2)).tolist():
        distances = np.where(among, np.hypot(POSITIONS[:, 0] - x, POSITIONS[:, 1] - y), np.inf)
        expected = int(distances.argmin()) if distances.min() <= within else None
        assert grid.nearest(x, y, within=within, among=among) == expected


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_points_are_no_trouble(count: int) -> None:
    grid = PointGrid(np.zeros((count, 2), dtype=np.float32))
    assert grid.nearest(0.0, 0.0, within=0.1) == (0 if count else None)
    assert grid.nearest(5.0, 5.0, within=0.1) is None


def test_an_arrow_goes_ahead_to_the_nearest() -> None:
    positions = np.array([(0, 0), (0.5, 0.1), (0.2, 0.9), (-0.3, 0), (2, 0)], dtype=np.float32)
    everything = np.ones(5, dtype=bool)
    assert next_in_direction(positions, 0, (1.0, 0.0), among=everything) == 1
    assert next_in_direction(positions, 0, (0.0, 1.0), among=everything) == 2
    assert next_in_direction(positions, 0, (-1.0, 0.0), among=everything) == 3
    assert next_in_direction(positions, 0, (0.0, -1.0), among=everything) is None
    assert next_in_direction(positions, 0, (1.0, 0.0), among=np.array([1, 0, 1, 1, 1], dtype=bool)) == 4
