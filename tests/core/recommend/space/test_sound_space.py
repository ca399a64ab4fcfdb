"""Places by sound: distances, nearness by local scaling, reaches that were kept, and proposals of an index."""

import numpy as np
import pytest

from core.recommend.space import sound_space
from core.recommend.space.reach_balance import balanced_reach
from core.recommend.space.sound_space import SoundSpace

VECTORS = np.random.default_rng(1).normal(size=(300, 24)).astype(np.float32)


def test_distances_are_those_of_cosines() -> None:
    space = SoundSpace.of(VECTORS)
    found = space.distances(np.array([3, 7]))
    assert found == pytest.approx(1 - space.units[[3, 7]] @ space.units.T, abs=1e-5)
    assert space.distances(np.arange(300)) == pytest.approx(1 - space.units @ space.units.T, abs=1e-5)


def test_distances_do_not_depend_on_how_they_are_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    space = SoundSpace.of(VECTORS)
    monkeypatch.setattr(sound_space, "WORTH_A_THREAD", 0)
    monkeypatch.setattr(sound_space, "CACHED_ROWS", 7)
    assert space.distances(np.array([3, 7])) == pytest.approx(1 - space.units[[3, 7]] @ space.units.T, abs=1e-5)


def test_nearness_is_local_scaling() -> None:
    space = SoundSpace.of(VECTORS)
    expected = -(space.distances(np.array([5])) + 0.001) / (space.reaches[5] * space.reaches)
    assert space.nearness(np.array([5])) == pytest.approx(expected, rel=1e-4)
    assert space.nearness(np.array([5]), to=np.array([9, 2]))[0] == pytest.approx(expected[0, [9, 2]], rel=1e-4)


def test_the_tenth_nearest_is_at_about_one() -> None:
    nearness = np.sort(SoundSpace.of(VECTORS).nearness(np.arange(300)), axis=1)
    assert nearness[:, -11].mean() == pytest.approx(-1.0, abs=0.15)


def test_the_mean_nearness_is_found_with_one_product() -> None:
    space = SoundSpace.of(VECTORS)
    rows, others = np.array([4]), np.array([10, 20, 30])
    for some in (None, np.array([1, 2, 50])):
        near, mean = space.nearness_and_mean(rows, others, to=some)
        assert near == pytest.approx(space.nearness(rows, to=some), rel=1e-4)
        assert mean == pytest.approx(space.nearness(others, to=some).mean(axis=0), rel=1e-4)


def test_small_libraries_are_balanced_at_once() -> None:
    space = SoundSpace.of(VECTORS)
    assert np.array_equal(space.reaches, balanced_reach(space.units))


def test_large_libraries_are_estimated_until_they_are_balanced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_space, "AT_ONCE", 100)
    monkeypatch.setattr(sound_space, "QUICK_SAMPLE", 100)
    space = SoundSpace.of(VECTORS)
    balanced = space.balanced()
    assert 0 < np.abs(np.log(space.reaches / balanced)).mean() < 0.1
    assert np.array_equal(SoundSpace.of(VECTORS, reaches=balanced).reaches, balanced)


def test_reaches_of_new_songs_are_added() -> None:
    known = SoundSpace.of(VECTORS).balanced()
    known[8] = np.nan
    reaches = SoundSpace.of(VECTORS, reaches=known).reaches
    assert np.isfinite(reaches).all()
    assert np.array_equal(np.delete(reaches, 8), np.delete(known, 8))


def test_songs_that_no_list_holds_take_no_places() -> None:
    listed = np.ones(300, dtype=bool)
    listed[:100] = False
    space = SoundSpace.of(VECTORS, listed=listed)
    assert np.array_equal(space.reaches[100:], balanced_reach(space.units[100:]))
    assert np.isfinite(space.reaches).all()


def test_some_of_the_songs_are_at_the_same_places() -> None:
    space = SoundSpace.of(VECTORS)
    part = space.at(np.array([4, 9, 50]))
    assert part.nearness(np.array([0])) == pytest.approx(space.nearness(np.array([4]))[:, [4, 9, 50]], rel=1e-5)


def test_no_songs_at_all() -> None:
    space = SoundSpace.of(np.empty((0, 0), np.float32))
    assert len(space) == 0
    assert space.reaches.shape == (0,)


def test_without_an_index_all_songs_are_proposed() -> None:
    assert list(SoundSpace.of(VECTORS).proposals(np.array([1]))) == [None]
