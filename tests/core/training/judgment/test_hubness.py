"""Hubs: found where there are some, lessened by mutual proximity, absent on a ring."""

import numpy as np
import pytest
from scipy.stats import norm, skew

from core.training.judgment.hubness import Reach, hubness, mutual_proximity, skewness


def test_skewness_is_that_of_scipy() -> None:
    values = np.random.default_rng(1).poisson(3, 200)
    assert skewness(values) == pytest.approx(skew(values))
    assert skewness(np.full(5, 3)) == 0.0


def test_mutual_proximity_lessens_hubs() -> None:
    # A dense part between the others: its songs are nearest to everybody.
    generator = np.random.default_rng(2)
    dense = 0.05 * generator.normal(size=(100, 1)) + 0.05 * generator.normal(size=(100, 30))
    found = hubness(np.concatenate([generator.normal(size=(500, 30)), dense]), seed=1)
    assert found["skewness"] > 1.5
    assert found["skewness_corrected"] < 0.6 * found["skewness"]


def test_on_a_ring_everybody_is_as_near() -> None:
    turns = np.linspace(0, 2 * np.pi, 200, endpoint=False)
    found = hubness(np.stack([np.sin(turns), np.cos(turns)], axis=1), seed=1)
    # Ties between the left and the right neighbor may fall either way, nothing else may vary.
    assert abs(found["skewness"]) < 0.7
    assert found["unreachable"] == 0.0


def test_mutual_proximity_by_hand() -> None:
    distances = np.array([[0.2, 0.6]], dtype=np.float32)
    rows = Reach(np.array([0.5], dtype=np.float32), np.array([0.1], dtype=np.float32))
    columns = Reach(np.array([0.4, 0.9], dtype=np.float32), np.array([0.2, 0.3], dtype=np.float32))
    expected = norm.logsf([3 * -1, 1]) + norm.logsf([-1, -1])
    assert mutual_proximity(distances, rows=rows, columns=columns)[0] == pytest.approx(expected, rel=1e-4)


def test_a_hub_is_pushed_away() -> None:
    # The second column is near to everybody: being near to it means less than being near to the first.
    distances = np.array([[0.5, 0.5]], dtype=np.float32)
    rows = Reach(np.array([1.0], dtype=np.float32), np.array([0.2], dtype=np.float32))
    columns = Reach(np.array([1.0, 0.6], dtype=np.float32), np.array([0.2, 0.2], dtype=np.float32))
    first, hub = mutual_proximity(distances, rows=rows, columns=columns)[0]
    assert first > hub


@pytest.mark.parametrize("songs", [0, 1, 11])
def test_too_few_songs_have_no_hubs(songs: int) -> None:
    found = hubness(np.random.default_rng(3).normal(size=(songs, 4)), seed=1)
    assert (found["songs"], found["skewness"]) == (0, 0.0)
