"""Alignment: what was turned, mirrored, moved and sized comes back; songs without a place before do not disturb."""

import numpy as np
import pytest

from core.recommend.map_alignment import framed, framed_like

PLACES = framed(np.random.default_rng(3).normal(size=(80, 2)) * (3, 1))


@pytest.mark.parametrize("mirrored", [1, -1])
@pytest.mark.parametrize("angle", [0.3, 2.5])
def test_a_turned_map_is_turned_back(angle: float, mirrored: int) -> None:
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) * (1, mirrored)
    assert np.allclose(framed_like(7 * PLACES @ turn + 4, PLACES), PLACES, atol=1e-5)


def test_new_songs_follow_the_others() -> None:
    before = PLACES.copy()
    before[::4] = np.nan
    assert np.allclose(framed_like(-2 * PLACES, before), PLACES, atol=1e-5)


def test_an_unlike_map_keeps_its_size() -> None:
    unlike = framed_like(np.random.default_rng(4).normal(size=PLACES.shape), PLACES)
    assert np.abs(unlike).max() == pytest.approx(1)


def test_without_a_map_before_it_is_put_in_the_frame() -> None:
    nowhere = np.full(PLACES.shape, np.nan, np.float32)
    found = framed_like(50 * PLACES + 9, nowhere)
    assert np.abs(found).max() == pytest.approx(1)
    assert np.allclose(found.max(axis=0), -found.min(axis=0), atol=1e-5)


def test_songs_in_one_place_are_no_error() -> None:
    assert np.isfinite(framed_like(np.zeros((5, 2)), np.zeros((5, 2), np.float32))).all()
