"""Neighbors by hand: ties, votes, columns that do not vary."""

import tracemalloc

import numpy as np
import pytest

from core.training.judgment.neighbors import PIECE, first_hits, nearest, rank_of_partner, standardized, vote


def rows(*values: list[float]) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def test_each_value_counts_in_deviations_of_its_column() -> None:
    generator = np.random.default_rng(1)
    plain = generator.normal(size=(30, 4))
    assert standardized(plain * [1, 10, 100, 1000] + 7) == pytest.approx(standardized(plain), abs=1e-5)
    assert np.linalg.norm(standardized(plain), axis=1) == pytest.approx(np.ones(30))


def test_a_large_matrix_is_standardized_in_its_own_place() -> None:
    vectors = np.random.default_rng(4).normal(2, 3, size=(5 * PIECE + 7, 64)).astype(np.float32)
    centered = (vectors - vectors.mean(axis=0)) / vectors.std(axis=0)
    expected = centered / np.linalg.norm(centered, axis=1, keepdims=True)
    tracemalloc.start()
    try:
        found = standardized(vectors, into=vectors)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found is vectors
    assert peak < 0.8 * vectors.nbytes, "a few pieces at a time, of which there are six"
    assert np.allclose(found, expected, atol=1e-5)


def test_a_column_of_rounding_errors_is_no_information() -> None:
    steady = np.array([0.1, 0.2]).cumsum()[[1, 1, 1, 1]] + np.array([0, 1e-9, 0, 2e-9])
    assert standardized(np.stack([steady, np.array([1.0, 2, 3, 4])], axis=1))[:, 0] == pytest.approx(0, abs=1e-6)


def test_nearest_by_hand() -> None:
    assert set(nearest(rows([0.1, 0.9, 0.5, 0.7]), wanted=2)[0].tolist()) == {1, 3}


def test_a_tie_is_no_hit() -> None:
    wanted = np.array([[True, False], [True, False], [False, False]])
    assert first_hits(rows([0.9, 0.1], [0.5, 0.5], [0.1, 0.2]), wanted=wanted).tolist() == [True, False, False]


def test_ranks_of_partners_by_hand() -> None:
    similarity = rows([0.9, 0.1, 0.5], [0.9, 0.1, 0.5], [0.5, 0.5, 0.5])
    assert rank_of_partner(similarity, np.array([0, 1, 2])).tolist() == [0, 2, 2]


def test_the_majority_wins_and_among_equals_the_nearer() -> None:
    kinds = np.array([0, 0, 1, 1])
    similarity = rows([0.1, 0.2, 0.9, -np.inf], [0.3, 0.4, 0.5, 0.6], [0.9, 0.4, 0.5, 0.6], [-np.inf] * 4)
    assert vote(similarity, kinds, neighbors=4).tolist() == [0, 1, 0, -1]
    assert vote(similarity[:1], kinds, neighbors=1).tolist() == [1]
