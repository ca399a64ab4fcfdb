"""What lies between two songs."""

import numpy as np
import pytest

from core.recommend.space.sound_space import SoundSpace
from core.recommend.ways.corridor import Corridor

ANGLES = np.linspace(0, np.pi / 2, 11)
ARC = np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1).astype(np.float32)
"""Eleven songs from one place to another, evenly."""
ALL = np.ones(11, dtype=bool)


def corridor(units: np.ndarray = ARC, *, start: int = 0, end: int = 10) -> Corridor:
    return Corridor.between(SoundSpace(units), start=start, end=end)


def test_positions_grow_from_the_start_to_the_end() -> None:
    positions = corridor().positions
    assert positions[[0, 5, 10]] == pytest.approx([-1, 0, 1], abs=1e-5)
    assert (np.diff(positions) > 0).all()


def test_between_two_songs_that_sound_the_same_nothing_is_farther_along() -> None:
    same = ARC.copy()
    same[10] = same[0]
    assert (corridor(same).positions == 0).all()


def test_the_straight_walk_takes_the_nearest_to_even_points_once_each() -> None:
    assert corridor().straight_walk(ALL, wanted=3) == [0, 5, 10]
    walk = corridor().straight_walk(ALL, wanted=11)
    assert sorted(walk) == list(range(11))
    assert (walk[0], walk[-1]) == (0, 10)


def test_the_straight_walk_ends_when_no_usable_song_is_left() -> None:
    usable = ALL.copy()
    usable[1:9] = False
    assert corridor().straight_walk(usable, wanted=6) == [0, 9, 10]


def test_the_songs_nearest_to_the_line_are_looked_at_and_the_ends_always() -> None:
    far = np.array([[-1.0, 0.0], [0.0, -1.0], [-0.6, -0.8]], dtype=np.float32)
    found = corridor(np.concatenate([ARC, far])).songs(np.ones(14, dtype=bool), most=9)
    assert list(found) == list(range(11))
    nothing_usable = corridor().songs(np.zeros(11, dtype=bool), most=9)
    assert list(nothing_usable) == [0, 10]
    assert len(corridor().songs(ALL, most=4)) == 6
