"""Hubs: found where there are some, lessened by local scaling, absent on a ring."""

import numpy as np
import pytest
from scipy.stats import skew

from core.training.judgment.hubness import hubness, occurrences, skewness


def test_skewness_is_that_of_scipy() -> None:
    values = np.random.default_rng(1).poisson(3, 200)
    assert skewness(values) == pytest.approx(skew(values))
    assert skewness(np.full(5, 3)) == 0.0


def test_local_scaling_lessens_hubs() -> None:
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


def test_places_in_lists_are_counted() -> None:
    # Fourteen songs in a row: those in the middle are near to all, those at the ends to few.
    places = np.arange(14, dtype=np.float32)
    distances = np.abs(places[:, None] - places)
    np.fill_diagonal(distances, np.inf)
    found = occurrences(distances)
    assert found.sum() == 140
    assert found[6] == 13
    assert found[0] < 10


@pytest.mark.parametrize("songs", [0, 1, 11])
def test_too_few_songs_have_no_hubs(songs: int) -> None:
    found = hubness(np.random.default_rng(3).normal(size=(songs, 4)), seed=1)
    assert (found["songs"], found["skewness"]) == (0, 0.0)
