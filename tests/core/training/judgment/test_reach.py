"""The reach of a song: its ten nearest, exactly or by a sample, and the smallest values of long rows."""

import numpy as np
import pytest

from core.training.judgment.neighbors import standardized
from core.training.judgment.reach import APART, apart, blocks, completed, local_reach, smallest


def songs(count: int, dimension: int = 16, seed: int = 0) -> np.ndarray:
    return standardized(np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32))


def test_the_reach_is_that_of_the_ten_nearest() -> None:
    units = songs(60)
    distances = 1 - units.astype(np.float64) @ units.T
    np.fill_diagonal(distances, np.inf)
    expected = np.sqrt(np.sort(distances, axis=1)[:, :10].mean(axis=1) + APART)
    assert local_reach(units) == pytest.approx(expected, rel=1e-4)


def test_a_sample_gives_about_the_same() -> None:
    units = songs(4000)
    whole, sampled = local_reach(units), local_reach(units, sample=1000)
    assert np.abs(np.log(sampled / whole)).mean() < 0.08


def test_songs_that_sound_alike_have_a_reach_too() -> None:
    assert (local_reach(np.ones((20, 4), np.float32) / 2) > 0.03).all()


@pytest.mark.parametrize("count", [0, 1, 2])
def test_hardly_any_songs(count: int) -> None:
    assert local_reach(songs(20)[:count]).shape == (count,)
    assert np.isfinite(local_reach(songs(20)[:count])).all()


def test_new_songs_get_a_reach_among_the_known_ones() -> None:
    units = songs(400)
    known = local_reach(units)
    partly = known.copy()
    partly[[3, 50]] = np.nan
    filled = completed(partly, units)
    assert filled == pytest.approx(known, rel=0.05)
    assert np.isnan(partly[3])
    assert completed(known, units) is known


def test_reaches_of_which_none_is_known_are_measured() -> None:
    units = songs(50)
    assert completed(np.full(50, np.nan, np.float32), units) == pytest.approx(local_reach(units))


@pytest.mark.parametrize("width", [40, 1500, 20_000])
@pytest.mark.parametrize("wanted", [1, 10, 40])
def test_the_smallest_are_those_of_a_sort(width: int, wanted: int) -> None:
    values = np.random.default_rng(width).normal(size=(30, width)).astype(np.float32)
    # Small values only where no eighth column lies: what the eighth of a row says is wrong then.
    values[3, 1::8] -= 100
    values[4, ::8] -= 100
    found = np.sort(np.take_along_axis(values, smallest(values, wanted=wanted), axis=1), axis=1)
    assert np.array_equal(found, np.sort(values, axis=1)[:, :wanted])


def test_the_smallest_of_equal_values() -> None:
    found = smallest(np.zeros((5, 2000), np.float32), wanted=10)
    assert all(len(set(row)) == 10 for row in found.tolist())


def test_distances_are_never_zero() -> None:
    assert apart(np.array([1.0000001, 1.0, -1.0], np.float32)) == pytest.approx([0.001, 0.001, 2.001])


def test_blocks_cover_all_rows() -> None:
    parts = blocks(1000, width=200_000)
    assert [row for part in parts for row in range(part.start, part.stop)] == list(range(1000))
    assert len(parts) > 10
