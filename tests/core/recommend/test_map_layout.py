"""The layout: finite, the same twice, neighborhoods kept, told on the way, for the smallest and dullest libraries."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from core.recommend.map_alignment import framed
from core.recommend.map_layout import LEAST_SONGS, STEPS_ON, Layout, LayoutStep, Start, lay_out
from core.recommend.map_sound import SoundAxes


def clusters(*, count: int = 3, songs: int = 20, dimension: int = 30) -> NDArray[np.float32]:
    generator = np.random.default_rng(2)
    centers = generator.normal(scale=5, size=(count, dimension))
    vectors = np.repeat(centers, songs, axis=0) + generator.normal(size=(count * songs, dimension))
    return vectors.astype(np.float32)


def laid_out(vectors: NDArray[np.float32], *, start: Start | None = None) -> tuple[Layout, list[LayoutStep]]:
    told: list[LayoutStep] = []
    sound = SoundAxes.of(vectors).sound(vectors)
    return lay_out(sound, start=start or Start.nowhere(len(vectors)), report=told.append), told


def test_the_map_is_told_as_it_unfolds() -> None:
    positions, told = laid_out(clusters(songs=5))
    assert told[0].done == 0
    assert told[-1].done == told[-1].total
    assert [step.done for step in told] == sorted(step.done for step in told)
    assert len(told) > 25
    assert all(step.positions.shape == (15, 2) for step in told)
    assert np.array_equal(told[-1].positions, positions)
    assert not np.array_equal(told[0].positions, told[-1].positions)


def test_clusters_lie_apart() -> None:
    positions, _ = laid_out(clusters())
    names = np.repeat(np.arange(3), 20)
    distance = np.linalg.norm(positions[:, None] - positions[None], axis=2)
    np.fill_diagonal(distance, np.inf)
    assert (names[distance.argmin(axis=1)] == names).all()


def test_the_same_twice() -> None:
    assert np.array_equal(laid_out(clusters(songs=8))[0], laid_out(clusters(songs=8))[0])


def test_a_map_of_the_same_embeddings_goes_on_where_it_was() -> None:
    vectors = clusters()
    first, told = laid_out(vectors)
    start = Start(framed(first), scale=float(first.std() / framed(first).std()))
    again, told_again = laid_out(vectors, start=start)
    moved = np.linalg.norm(framed(again) - framed(first), axis=1)
    assert moved.max() < 0.3
    assert told[-1].total - told_again[-1].total == 750 - STEPS_ON
    unfolded, _ = laid_out(vectors, start=replace(start, scale=0.0))
    assert not np.array_equal(again, unfolded)


@pytest.mark.parametrize("songs", [LEAST_SONGS, 6, 31])
def test_small_libraries_have_a_map(songs: int) -> None:
    positions, _ = laid_out(clusters(count=1, songs=songs))
    assert np.isfinite(positions).all()
    assert positions.std() > 0


@pytest.mark.parametrize("varied", [0, 1, 2])
def test_embeddings_that_hardly_differ_have_a_finite_map(varied: int) -> None:
    vectors = np.full((10, 8), 0.1, dtype=np.float32)
    vectors[:, :varied] = np.random.default_rng(1).normal(size=(10, varied))
    assert np.isfinite(laid_out(vectors)[0]).all()


def test_too_few_songs_are_an_error() -> None:
    with pytest.raises(ValueError, match="at least 5 songs, not 4"):
        laid_out(clusters(count=1, songs=4))
