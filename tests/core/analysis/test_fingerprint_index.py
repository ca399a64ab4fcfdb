"""The inverted index: it finds every copy, whatever else is there, and never compares all with all."""

import numpy as np
import pytest

from core.analysis import fingerprint_index
from core.analysis.fingerprint_index import LEAST_DISTINCT, LONGEST_DIFFERENCE, find_candidates
from tests.planted_copies import Items, noisy, random_items, smooth_items


def found_pairs(prints: list[Items], durations: list[float]) -> set[tuple[int, int]]:
    return {(first, second) for first, second, _ in find_candidates(prints, durations).tolist()}


def crowd(count: int) -> tuple[list[Items], list[float]]:
    """Unrelated songs of all lengths."""
    durations = np.random.default_rng(0).uniform(100, 300, count).tolist()
    return [smooth_items(seed=seed, length=221) for seed in range(count)], durations


@pytest.mark.parametrize("share", [0.0, 0.02, 0.06])
def test_a_copy_is_found_in_a_crowd(share: float) -> None:
    prints, durations = crowd(300)
    prints += [noisy(prints[place], share=share, seed=place) for place in range(100)]
    durations += [duration + 0.05 for duration in durations[:100]]
    assert found_pairs(prints, durations) == {(place, 300 + place) for place in range(100)}


@pytest.mark.parametrize("offset", [-60, -1, 0, 1, 60])
def test_the_offset_is_that_of_the_alignment(offset: int) -> None:
    whole = smooth_items(seed=1, length=300)
    first, second = (whole, whole[offset:]) if offset >= 0 else (whole[-offset:], whole)
    assert find_candidates([first, second], [200.0, 205.0]).tolist() == [[0, 1, offset]]
    assert find_candidates([first, second], [205.0, 200.0]).tolist() == [[0, 1, offset]]


def test_songs_of_other_lengths_are_no_copies() -> None:
    items = smooth_items(seed=1, length=221)
    assert found_pairs([items, items], [200.0, 200.0 + LONGEST_DIFFERENCE]) == {(0, 1)}
    assert found_pairs([items, items], [200.0, 201.0 + LONGEST_DIFFERENCE]) == set()


def test_copies_of_many_copies_hang_together() -> None:
    items = smooth_items(seed=1, length=221)
    pairs = found_pairs([items] * 50, [200.0] * 50)
    assert {place for pair in pairs for place in pair} == set(range(50))
    assert len(pairs) < 50 * 49 / 2


def test_an_item_that_is_everywhere_hides_no_copy() -> None:
    prints, durations = crowd(200)
    for items in prints:
        items[::2] = 0xDEADBEEF
    prints.append(noisy(prints[7], share=0.01))
    durations.append(durations[7])
    assert (7, 200) in found_pairs(prints, durations)


def test_silence_meets_silence_of_its_length_only() -> None:
    silence = np.full(221, 627964279, dtype=np.uint32)
    prints = [silence, silence.copy(), silence.copy(), smooth_items(seed=1, length=221)]
    assert found_pairs(prints, [84.07, 84.11, 90.0, 84.1]) == {(0, 1)}


def test_few_distinct_items_are_not_indexed() -> None:
    phrase = random_items(seed=1, length=LEAST_DISTINCT - 1)
    items = np.tile(phrase, 14)
    assert found_pairs([items, items.copy()], [100.0, 110.0]) == set()


@pytest.mark.parametrize("prints", [[], [random_items(seed=1)], [np.empty(0, np.uint32), np.empty(0, np.uint32)]])
def test_where_there_is_nothing_nothing_is_found(prints: list[Items]) -> None:
    assert find_candidates(prints, [100.0] * len(prints)).shape == (0, 3)


@pytest.mark.parametrize(("chunk", "bucket"), [(1, 65_536), (7, 100), (1000, 3000)])
@pytest.mark.parametrize("among", [None, {3, 205}])
def test_what_is_found_does_not_depend_on_how_it_is_shared_out(
    monkeypatch: pytest.MonkeyPatch, chunk: int, bucket: int, among: set[int] | None
) -> None:
    prints, durations = crowd(200)
    prints += [noisy(prints[place], share=0.02, seed=place) for place in range(50)]
    durations += durations[:50]
    expected = find_candidates(prints, durations, among=among).tolist()
    monkeypatch.setattr(fingerprint_index, "_CHUNK", chunk)
    monkeypatch.setattr(fingerprint_index, "_BUCKET", bucket)
    assert find_candidates(prints, durations, among=among).tolist() == expected
    assert len(expected) == (50 if among is None else 2)


def test_among_new_songs_silence_meets_silence() -> None:
    silence = np.full(221, 627964279, dtype=np.uint32)
    prints, durations = [silence] * 4, [84.0, 84.1, 84.2, 90.0]
    assert find_candidates(prints, durations, among=[1])[:, :2].tolist() == [[0, 1], [1, 2]]
    assert find_candidates(prints, durations, among=[]).shape == (0, 3)
