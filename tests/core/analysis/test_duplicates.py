"""From prints of songs to verdicts on pairs: which are looked at, and what is believed without listening."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.analysis.duplicates import (
    Comparison,
    SongPrint,
    candidate_pairs,
    compare_pairs,
    comparison_of,
    near_in_length,
    record_of,
    songs_to_hear,
)
from core.analysis.likeness import Doubt, Likeness
from core.song import SongId
from tests.planted_copies import Items, noisy, smooth_items

NOTHING = np.empty(0, dtype=np.uint32)
WHOLE = smooth_items(seed=1, length=1600)


def song(
    name: str, *, items: Items = NOTHING, size: int = 0, duration: float = 200.0, checksum: str = "", file: str = ""
) -> SongPrint:
    signature = (size or sum(name.encode()), duration, 44100, 128, 2)
    return SongPrint(SongId(name), file or name, signature, duration, items, checksum)


def by_id(*songs: SongPrint) -> dict[SongId, SongPrint]:
    return {each.song_id: each for each in songs}


def pair(first: str, second: str) -> frozenset[SongId]:
    return frozenset((SongId(first), SongId(second)))


def verdict(first: SongPrint, second: SongPrint, whole: Mapping[str, Items]) -> tuple[Likeness, Doubt]:
    heard = {SongId(name): items for name, items in whole.items()}
    pairs = [frozenset((first.song_id, second.song_id))]
    (compared,) = compare_pairs(pairs, by_id(first, second), whole=heard)
    return compared.likeness, compared.doubt


def test_candidates_come_from_metadata_checksums_and_excerpts() -> None:
    excerpt = smooth_items(seed=2, length=221)
    songs = [
        song("a", size=5),
        song("b", size=5),
        song("c", checksum="x"),
        song("d", checksum="x", duration=90),
        song("e", items=excerpt),
        song("f", items=noisy(excerpt, share=0.02), duration=203),
        song("g", items=smooth_items(seed=3, length=221)),
    ]
    assert set(candidate_pairs(songs)) == {pair("a", "b"), pair("c", "d"), pair("e", "f")}


def test_the_owner_and_the_cue_sheet_are_believed() -> None:
    excerpt = smooth_items(seed=2, length=221)
    songs = [song(name, size=5, items=excerpt, checksum="x") for name in "ab"]
    assert candidate_pairs(songs) == [pair("a", "b")]
    assert candidate_pairs(songs, apart={pair("b", "a")}) == []
    tracks = [song(name, size=5, items=excerpt, checksum="x", file="rip.flac") for name in "ab"]
    assert candidate_pairs(tracks) == []


def test_a_thousand_songs_of_equal_metadata_do_not_make_half_a_million_pairs() -> None:
    assert len(candidate_pairs([song(str(number), size=5) for number in range(1000)])) < 5000


def test_equal_checksums_need_no_listening() -> None:
    songs = by_id(song("a", checksum="x"), song("b", checksum="x"), song("c"), song("d", checksum="x"))
    pairs = [pair("a", "b"), pair("b", "c"), pair("d", "c")]
    assert songs_to_hear(pairs[:1], songs, heard=()) == []
    assert songs_to_hear(pairs, songs, heard=()) == ["b", "c"]
    assert songs_to_hear(pairs, songs, heard=[SongId("a")]) == ["c"]


def test_equal_checksums_decide() -> None:
    same_file, other_tags = song("b", checksum="x", size=9), song("c", checksum="x", size=10)
    assert verdict(song("a", checksum="x", size=9), same_file, {}) == (Likeness.IDENTICAL, Doubt.NONE)
    assert verdict(song("a", checksum="x", size=9), other_tags, {}) == (Likeness.SAME_AUDIO, Doubt.NONE)


def test_whole_fingerprints_decide() -> None:
    a, b = song("a"), song("b")
    assert verdict(a, b, {"a": WHOLE, "b": noisy(WHOLE, share=0.02)}) == (Likeness.SAME_AUDIO, Doubt.NONE)
    assert verdict(a, b, {"a": WHOLE, "b": WHOLE[81:]}) == (Likeness.SAME_AUDIO, Doubt.NONE)
    assert verdict(a, b, {"a": WHOLE, "b": noisy(WHOLE, share=0.3)})[0] is Likeness.DIFFERENT
    assert verdict(a, b, {"a": WHOLE, "b": np.concatenate((WHOLE, smooth_items(seed=9, length=300)))}) == (
        Likeness.POSSIBLE,
        Doubt.LENGTH,
    )


def test_equal_files_with_equal_fingerprints_are_identical() -> None:
    a, b = song("a", size=7), song("b", size=7)
    assert verdict(a, b, {"a": WHOLE, "b": WHOLE.copy()}) == (Likeness.IDENTICAL, Doubt.NONE)


def test_the_fingerprint_of_one_serves_all_of_its_checksum() -> None:
    songs = by_id(song("a", checksum="x"), song("b", checksum="x"), song("c"))
    whole = {SongId("b"): WHOLE, SongId("c"): WHOLE}
    (compared,) = compare_pairs([pair("a", "c")], songs, whole=whole)
    assert compared.are_copies
    assert compared.score == 1.0
    assert compared.pair == pair("a", "c")


def test_what_was_not_heard_is_in_doubt() -> None:
    assert verdict(song("a"), song("b"), {"a": WHOLE}) == (Likeness.POSSIBLE, Doubt.NOT_HEARD)


@pytest.mark.parametrize("items", [NOTHING, np.full(500, 627964279, dtype=np.uint32), WHOLE[:30]])
def test_silence_and_shreds_are_never_joined_by_ear(items: Items) -> None:
    whole = {"a": items, "b": items.copy()}
    assert verdict(song("a"), song("b"), whole) == (Likeness.DIFFERENT, Doubt.UNIFORM)
    assert verdict(song("a", size=7), song("b", size=7), whole) == (Likeness.POSSIBLE, Doubt.UNIFORM)


def library(seed: int, count: int) -> list[SongPrint]:
    """Songs in which everything occurs: copies, silence, one item everywhere, equal metadata and equal checksums."""
    generator = np.random.default_rng(seed)
    songs: list[SongPrint] = []
    for place in range(count):
        items, duration = smooth_items(seed=1000 * seed + place, length=221), float(generator.uniform(60, 180))
        kind = generator.random()
        if songs and kind < 0.4:
            source = songs[int(generator.integers(place))]
            items, duration = noisy(source.items, share=0.02, seed=place), source.duration + generator.uniform(-20, 20)
        elif kind < 0.5:
            items = np.full(221, 627964279, dtype=np.uint32)
        elif kind < 0.6:
            items[::3] = 0xDEADBEEF
        songs.append(
            song(
                str(place),
                items=items,
                size=int(generator.integers(count)) + 1,
                duration=round(duration),
                checksum=str(generator.integers(count)) if generator.random() < 0.5 else "",
            )
        )
    return songs


@given(seed=st.integers(0, 50), count=st.integers(1, 120), share=st.sampled_from([0.0, 0.02, 0.3, 1.0]))
@settings(max_examples=25, deadline=None)
def test_a_search_among_new_songs_finds_what_a_full_one_finds_of_them(seed: int, count: int, share: float) -> None:
    songs = library(seed, count)
    new = {each.song_id for each in songs if np.random.default_rng(int(each.song_id)).random() < share}
    expected = [pair for pair in candidate_pairs(songs) if pair & new]
    assert candidate_pairs(songs, among=new) == expected
    # Copies by checksum alone are of the same length, unless made here.
    songs = [replace(each, checksum="") for each in songs]
    near = near_in_length({each.song_id: each.duration for each in songs}, new)
    expected = [pair for pair in candidate_pairs(songs) if pair & new]
    assert candidate_pairs([each for each in songs if each.song_id in near], among=new) == expected


def test_songs_near_in_length_may_be_copies() -> None:
    durations = {SongId("new"): 100.0, SongId("near"): 130.0, SongId("far"): 130.1, SongId("short"): 70.0}
    assert near_in_length(durations, {SongId("new"), SongId("unknown")}) == {"new", "near", "short"}
    assert near_in_length(durations, set()) == set()


def test_a_comparison_can_be_kept() -> None:
    compared = Comparison(SongId("a"), SongId("b"), Likeness.POSSIBLE, 0.5, Doubt.LENGTH)
    assert comparison_of(record_of(compared)) == compared
