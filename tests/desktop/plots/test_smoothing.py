"""Smoothing keeps the ends and the mean way, and is nothing at strength 0."""

import numpy as np
import pytest

from desktop.plots.smoothing import smoothed


def test_none_at_strength_zero_and_for_few_values() -> None:
    values = np.array([3.0, 1.0, 2.0, 0.5])
    assert smoothed(values, strength=0.0) is values
    assert smoothed(values[:2], strength=1.0).tolist() == [3.0, 1.0]


def test_a_line_stays_a_line_to_its_ends() -> None:
    line = np.linspace(5.0, 1.0, 101)
    assert smoothed(line, strength=1.0) == pytest.approx(line)


def test_noise_gets_less() -> None:
    noise = np.random.default_rng(1).normal(size=400)
    gentle, strong = (smoothed(noise, strength=strength).std() for strength in (0.2, 1.0))
    assert strong < gentle < noise.std() / 2
