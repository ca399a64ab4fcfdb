"""Sound in few numbers: distances are kept, dull values left out, songs that come later are measured alike."""

import numpy as np

from core.recommend.map_sound import DIMENSIONS, SoundAxes

VECTORS = np.random.default_rng(5).normal(size=(200, 20)).astype(np.float32) * np.geomspace(1, 1000, 20)


def test_standardized_distances_are_kept() -> None:
    sound = SoundAxes.of(VECTORS).sound(VECTORS)
    standardized = (VECTORS - VECTORS.mean(axis=0)) / VECTORS.std(axis=0)
    assert np.allclose(np.linalg.norm(sound, axis=1), np.linalg.norm(standardized, axis=1), rtol=1e-3)
    assert (np.diff(sound.std(axis=0)) <= 1e-3).all()


def test_a_song_that_comes_later_is_measured_like_the_others() -> None:
    axes = SoundAxes.of(VECTORS)
    assert np.allclose(axes.sound(VECTORS[:3]), axes.sound(VECTORS)[:3], atol=1e-4)


def test_there_are_at_least_two_and_at_most_fifty_numbers() -> None:
    wide = np.random.default_rng(5).normal(size=(100, 90)).astype(np.float32)
    assert SoundAxes.of(wide).sound(wide).shape == (100, DIMENSIONS)
    same = np.ones((6, 1), np.float32)
    assert np.array_equal(SoundAxes.of(same).sound(same), np.zeros((6, 2)))
