"""The rated song that sounds most like a chosen one."""

import numpy as np

from core.recommend.space.neighbors import nearest_rated
from core.store.matrix import EmbeddingMatrix


def matrix(**vectors: list[float]) -> EmbeddingMatrix:
    return EmbeddingMatrix(list(vectors), np.array(list(vectors.values()), dtype=np.float32))


def test_the_nearest_by_angle_is_found() -> None:
    space = matrix(a=[1, 0.1], b=[-1, 0.2], loud=[10, 10], x=[5, 0.4], y=[-0.2, 0.01])
    assert nearest_rated(["x", "y"], ["a", "b", "loud"], matrix=space) == {"x": "a", "y": "b"}


def test_a_value_of_large_numbers_does_not_decide_alone() -> None:
    # In hertz the first value drowns the second; standardized, the second tells a from b.
    space = matrix(a=[4000, 0.1], b=[5000, 0.9], c=[3000, 0.9], x=[4100, 0.05])
    assert nearest_rated(["x"], ["a", "b", "c"], matrix=space) == {"x": "a"}


def test_songs_without_an_embedding_are_left_out() -> None:
    space = matrix(a=[1, 0], b=[0, 1], x=[1, 0.2])
    assert set(nearest_rated(["x", "gone"], ["a", "b", "never heard"], matrix=space)) == {"x"}
    assert nearest_rated(["gone"], ["a"], matrix=space) == {}
    assert nearest_rated(["x"], [], matrix=space) == {}


def test_a_single_rated_song_is_the_nearest() -> None:
    assert nearest_rated(["x"], ["a"], matrix=matrix(a=[1, 1], x=[-3, 2])) == {"x": "a"}
