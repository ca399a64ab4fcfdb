"""How far predicted deviations are stretched."""

import numpy as np
import pytest

from core.training.rating.intervals import stretch


def test_honest_deviations_are_kept() -> None:
    residuals = np.random.default_rng(0).normal(size=20_000)
    found = stretch(residuals, groups=np.arange(20_000))
    assert (found.low, found.high) == pytest.approx((1.645, 1.645), abs=0.05)


def test_each_side_has_its_own() -> None:
    residuals = np.random.default_rng(0).exponential(size=20_000) - 0.2
    found = stretch(residuals, groups=np.arange(20_000))
    assert found.low < 0.3
    assert found.high > 2.5


def test_a_prediction_lies_in_its_interval_even_when_all_err_to_one_side() -> None:
    found = stretch(np.full(1000, 3.0), groups=np.arange(1000))
    assert found.low >= 0


def test_few_groups_are_hardly_believed_however_many_songs_they_have() -> None:
    found = stretch(np.zeros(1000), groups=np.zeros(1000, dtype=np.intp))
    assert found.high > 1.4
