"""Two fingerprints laid over each other: found at any offset, with the right figures."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.analysis.alignment import FARTHEST, align, local_errors, overlapping, unexplained
from core.analysis.fingerprint import fingerprint_samples
from tests.planted_copies import Items, melody, noisy, random_items, smooth_items


def between(items: Items, *, seed: int = 0) -> Items:
    """The fingerprint half an item later: each bit is that of one of its two neighbors."""
    takes_next = np.random.default_rng(seed).integers(0, 2**32, len(items) - 1, dtype=np.uint32)
    return (items[1:] & takes_next) | (items[:-1] & ~takes_next)


@given(offset=st.integers(-FARTHEST, FARTHEST), length=st.integers(60, 1500))
def test_a_shifted_copy_is_found(offset: int, length: int) -> None:
    whole = random_items(seed=length, length=length + abs(offset))
    first, second = (whole, whole[offset:]) if offset >= 0 else (whole[-offset:], whole)
    found = align(first, second)
    assert found is not None
    if abs(offset) * 2 <= min(len(first), len(second)):
        assert (found.offset, found.error, found.worst) == (offset, 0, 0)
        assert found.noise < 0.005
        assert found.overlap == length
        assert found.edges == (offset, 0)
        assert found.coverage == 1


def test_the_order_does_not_matter() -> None:
    one, other = random_items(seed=1, length=700)[60:], noisy(random_items(seed=1, length=700), share=0.02)
    here, there = align(one, other), align(other, one)
    assert here is not None
    assert there is not None
    assert here.offset == -there.offset == -60
    assert (here.error, here.worst, here.diversity) == (there.error, there.worst, there.diversity)
    assert there.edges == (60, 0)


def test_beyond_the_farthest_offset_nothing_fits() -> None:
    whole = random_items(seed=1, length=800)
    found = align(whole, whole[FARTHEST + 5 :])
    assert found is not None
    assert found.error > 0.4


@pytest.mark.parametrize("length", [150, 3000])
def test_the_share_of_flipped_bits_is_the_error(length: int) -> None:
    items = random_items(seed=3, length=length)
    found = align(items, noisy(items, share=0.05))
    assert found is not None
    assert found.error == pytest.approx(0.05, abs=0.01)
    assert found.chance == pytest.approx(0.5, abs=0.02)
    assert found.contrast == pytest.approx(0.9, abs=0.03)


def test_a_shared_beginning_shows_in_the_worst_window() -> None:
    one, other = random_items(seed=1, length=1000), random_items(seed=2, length=1000)
    other[:900] = one[:900]
    found = align(one, other)
    assert found is not None
    assert found.error < 0.06
    assert found.worst > 0.45


def test_a_drone_fits_everywhere() -> None:
    found = align(np.full(400, 7, dtype=np.uint32), np.full(380, 7, dtype=np.uint32))
    assert found is not None
    assert (found.error, found.diversity, found.contrast) == (0, 1, 0)


@pytest.mark.parametrize("lengths", [(0, 0), (0, 400), (10, 400), (15, 15)])
def test_of_next_to_nothing_nothing_is_said(lengths: tuple[int, int]) -> None:
    assert align(random_items(seed=1, length=lengths[0]), random_items(seed=1, length=lengths[1])) is None


def test_half_an_item_is_explained_and_noise_is_not() -> None:
    items = smooth_items(seed=5, length=2000)
    assert max(unexplained(items, between(items), 0)) < 0.02
    noise, local_noise = unexplained(items, noisy(items, share=0.07), 0)
    assert 0.02 < noise < local_noise < 0.07


def test_noise_in_pauses_shows_in_short_windows() -> None:
    items = smooth_items(seed=5, length=2000)
    in_pauses, all_along = items.copy(), noisy(items, share=0.06)
    for start in range(0, 2000, 160):
        in_pauses[start : start + 24] = noisy(items[start : start + 24], share=0.4)
    paused, steady = unexplained(items, in_pauses, 0), unexplained(items, all_along, 0)
    assert paused[0] == pytest.approx(steady[0], abs=0.01)
    assert paused[1] > 1.5 * steady[1]


def test_a_real_copy_that_begins_half_an_item_later_is_explained() -> None:
    samples = melody(seed=1, seconds=60)
    found = align(fingerprint_samples(samples), fingerprint_samples(samples[round(0.062 * 22050) :]))
    assert found is not None
    assert found.error > 0.02
    assert found.noise < 0.01


def test_windows_slide_over_the_overlap() -> None:
    one, other = np.zeros(100, dtype=np.uint32), np.zeros(100, dtype=np.uint32)
    other[40:50] = 0xFFFFFFFF
    shares = local_errors(one, other, window=10)
    assert (len(shares), shares.max(), int(shares.argmax())) == (91, 1.0, 40)
    assert local_errors(one[:5], other[:5], window=10).tolist() == [0.0]


def test_overlapping_parts_have_one_length() -> None:
    first, second = np.arange(10, dtype=np.uint32), np.arange(10, 15, dtype=np.uint32)
    assert [part.tolist() for part in overlapping(first, second, 7)] == [[7, 8, 9], [10, 11, 12]]
    assert [part.tolist() for part in overlapping(first, second, -3)] == [[0, 1], [13, 14]]
    assert [len(part) for part in overlapping(first, second, 12)] == [0, 0]
