"""Vectors side by side: whichever rows are asked for, they are those of all that is there."""

import numpy as np
import pytest

from core.training.rating.vectors_beside import VectorsBeside

OWN = np.arange(6, dtype=np.float32).reshape(3, 2)
OTHERS = np.arange(6, dtype=np.float32).reshape(2, 3) + 100
BESIDE = VectorsBeside(OWN, OTHERS, np.array([1, -1, 0]))
NOT_THERE = [np.nan] * 3
ROWS = [[0, 1, 103, 104, 105], [2, 3, *NOT_THERE], [4, 5, 100, 101, 102]]


def test_the_others_stand_beside_and_what_is_not_there_is_missing() -> None:
    assert np.array_equal(np.asarray(BESIDE), np.array(ROWS, np.float32), equal_nan=True)
    assert (len(BESIDE), BESIDE.shape) == (3, (3, 5))
    assert np.asarray(BESIDE).dtype == np.float32
    assert np.asarray(BESIDE, dtype=np.float64).dtype == np.float64


ASKED = (slice(1, 3), slice(2, 9), [2, 0, 0], np.array([1]), np.array([True, False, True]), np.zeros(0, np.intp))


@pytest.mark.parametrize("rows", ASKED)
def test_rows_are_those_of_the_whole(rows: slice) -> None:
    assert np.array_equal(BESIDE[rows], np.array(ROWS, np.float32)[rows], equal_nan=True)


def test_what_is_got_can_be_changed() -> None:
    BESIDE[:][:] = 0
    assert OWN.any()
    assert OTHERS.all()
