"""The map: finite, the same twice, neighborhoods kept, in steps, for the smallest and the dullest libraries."""

import numpy as np
import pytest
from numpy.typing import NDArray

from core.recommend.map_layout import LEAST_SONGS, Layout, lay_out


def clusters(*, count: int = 3, songs: int = 20, dimension: int = 30) -> NDArray[np.float32]:
    generator = np.random.default_rng(2)
    centers = generator.normal(scale=5, size=(count, dimension))
    vectors = np.repeat(centers, songs, axis=0) + generator.normal(size=(count * songs, dimension))
    return vectors.astype(np.float32)


def last(vectors: NDArray[np.float32], *, seed: int = 42) -> Layout:
    return list(lay_out(vectors, seed=seed))[-1].positions


def test_the_work_is_told_in_steps_up_to_its_end() -> None:
    steps = list(lay_out(clusters(songs=5)))
    assert [step.done for step in steps] == list(range(50, 751, 50))
    assert {step.total for step in steps} == {750}
    assert all(step.positions.shape == (15, 2) for step in steps)
    assert not np.array_equal(steps[0].positions, steps[-1].positions)


def test_clusters_lie_apart() -> None:
    positions = last(clusters())
    names = np.repeat(np.arange(3), 20)
    distance = np.linalg.norm(positions[:, None] - positions[None], axis=2)
    np.fill_diagonal(distance, np.inf)
    assert (names[distance.argmin(axis=1)] == names).all()


def test_the_same_twice() -> None:
    vectors = clusters(songs=8)
    assert np.array_equal(last(vectors), last(vectors))


@pytest.mark.parametrize("songs", [LEAST_SONGS, 6, 31])
def test_small_libraries_have_a_map(songs: int) -> None:
    positions = last(clusters(count=1, songs=songs))
    assert np.isfinite(positions).all()
    assert positions.std() > 0


@pytest.mark.parametrize("varied", [0, 1, 2])
def test_embeddings_that_hardly_differ_have_a_finite_map(varied: int) -> None:
    vectors = np.full((10, 8), 0.1, dtype=np.float32)
    vectors[:, :varied] = np.random.default_rng(1).normal(size=(10, varied))
    assert np.isfinite(last(vectors)).all()


def test_too_few_songs_are_an_error() -> None:
    with pytest.raises(ValueError, match="at least 5 songs, not 4"):
        next(lay_out(clusters(count=1, songs=4)))
