"""Splits: groups stay whole, about a fifth is held out, every song is asked for once, and a seed says which."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.training.protocol import TrainingSong
from core.training.split import artist_groups, group_folds, held_out_groups, joined_groups

GROUPS = st.lists(st.sampled_from("abcdefghij"), min_size=2, max_size=60)


def straddling(groups: list[str], held: np.ndarray) -> set[str]:
    """The groups that lie on both sides."""
    names = np.asarray(groups, dtype=object)
    return set(names[held]) & set(names[~held])


@given(groups=GROUPS, seed=st.integers(0, 50))
def test_groups_are_held_out_whole(groups: list[str], seed: int) -> None:
    held = held_out_groups(groups, share=0.2, seed=seed)
    assert held.shape == (len(groups),)
    assert 0 < held.sum() < len(groups)
    if len(set(groups)) > 1:
        assert straddling(groups, held) == set()


@pytest.mark.parametrize("seed", range(20))
def test_about_a_fifth_is_held_out(seed: int) -> None:
    sizes = [1, 2, 3, 5, 8, 13, 2, 4, 6, 9, 1, 1, 7, 3, 12, 20]
    groups = [f"artist {number}" for number, size in enumerate(sizes) for _ in range(size)]
    assert 0.1 <= held_out_groups(groups, share=0.2, seed=seed).mean() <= 0.3


@pytest.mark.parametrize("seed", range(20))
def test_an_artist_of_most_songs_is_kept_for_training(seed: int) -> None:
    held = held_out_groups(["big"] * 90 + ["small"] * 10, share=0.2, seed=seed)
    assert held.sum() == 10
    assert not held[:90].any()


def test_of_two_large_groups_the_smaller_is_held_out() -> None:
    held = held_out_groups(["a"] * 60 + ["b"] * 40, share=0.2, seed=1)
    assert held.tolist() == [False] * 60 + [True] * 40


def test_a_single_group_is_split_by_song() -> None:
    held = held_out_groups(["only"] * 50, share=0.2, seed=1)
    assert held.sum() == 10


def test_a_single_song_is_kept() -> None:
    assert held_out_groups(["only"], share=0.2, seed=1).tolist() == [False]


def test_the_seed_decides() -> None:
    groups = [f"artist {number % 30}" for number in range(120)]
    first, again, other = (held_out_groups(groups, share=0.2, seed=seed) for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).any()


@given(groups=GROUPS, folds=st.integers(2, 6), seed=st.integers(0, 50))
def test_folds_hold_every_song_once(groups: list[str], folds: int, seed: int) -> None:
    masks = group_folds(groups, folds=folds, seed=seed)
    assert len(masks) == min(folds, len(set(groups)))
    assert (np.sum(masks, axis=0) == 1).all()
    assert all(mask.any() for mask in masks)
    assert all(straddling(groups, mask) == set() for mask in masks)


def test_folds_are_near_in_size() -> None:
    groups = [f"artist {number}" for number in range(40) for _ in range(1 + number % 7)]
    sizes = [int(mask.sum()) for mask in group_folds(groups, folds=5, seed=3)]
    assert max(sizes) - min(sizes) <= 7


def test_the_seed_decides_the_folds() -> None:
    groups = [f"artist {number % 30}" for number in range(120)]
    first, again, other = (np.array(group_folds(groups, folds=5, seed=seed)) for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).any()


def test_songs_of_one_name_belong_together() -> None:
    assert joined_groups(["a", "b", "a"], []) == ["a", "b", "a"]


def test_copies_join_the_groups_of_their_artists() -> None:
    names = ["queen", "sampler", "abba", "queen", "sampler", "björk"]
    assert joined_groups(names, [(0, 1), (2, 1)]) == ["queen", "queen", "queen", "queen", "queen", "björk"]


def test_a_link_may_have_one_row_or_many() -> None:
    assert joined_groups(["a", "b", "c", "d"], [(3,), (), (2, 0, 1)]) == ["a", "a", "a", "d"]


def test_an_empty_name_joins_nothing() -> None:
    groups = joined_groups(["", "", "a", ""], [(1, 2), (0, 3)])
    assert groups[0] == groups[3]
    assert groups[1] == groups[2] == "a"
    assert groups[0] not in ("", "a")


@given(
    names=GROUPS, pairs=st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), max_size=4), seed=st.integers(0, 9)
)
def test_neither_names_nor_links_straddle_a_split(names: list[str], pairs: list[tuple[int, int]], seed: int) -> None:
    groups = joined_groups(names, pairs)
    held = held_out_groups(groups, share=0.2, seed=seed)
    if len(set(groups)) > 1:
        assert straddling(names, held) == set()
        assert all(held[first] == held[second] for first, second in pairs)


def test_many_songs_are_joined_in_time() -> None:
    # A chain of links is the worst case: without shortened paths this would take minutes.
    count = 60_000
    groups = joined_groups(
        [f"{number}" for number in range(count)], zip(range(count - 1), range(1, count), strict=True)
    )
    assert set(groups) == {"0"}


def song(number: int, group: str, *, artist: str = "", albums: tuple[tuple[str, str], ...] = ()) -> TrainingSong:
    return TrainingSong(f"song {number}", 0.5, group, "", artist=artist, albums=albums)


def test_artists_of_a_sampler_are_joined_with_their_albums_and_not_with_each_other() -> None:
    songs = [
        song(1, "queen", artist="Queen"),
        song(2, "various artists", artist="Queen"),
        song(3, "various artists", artist="Abba"),
        song(4, "abba", artist="Abba"),
    ]
    assert artist_groups(songs) == ["queen", "queen", "abba", "abba"]


def test_track_artists_of_an_album_stay_in_its_group() -> None:
    songs = [song(1, "queen", artist="Queen"), song(2, "queen", artist="Queen & David Bowie")]
    assert artist_groups(songs) == ["queen", "queen"]


def test_a_recording_with_copies_joins_their_artists() -> None:
    copies = (("Queen", "Hot Space"), ("David Bowie", "Best of"), ("Various Artists", "Hits"))
    songs = [
        song(1, "queen", artist="Queen", albums=copies),
        song(2, "david bowie", artist="David Bowie", albums=(("David Bowie", "Low"),)),
        song(3, "abba", artist="Abba", albums=(("Abba", "Arrival"),)),
    ]
    groups = artist_groups(songs)
    assert groups[0] == groups[1] != groups[2]


def test_songs_without_artist_go_by_their_folder() -> None:
    songs = [song(1, "folder:/a"), song(2, "folder:/a"), song(3, "folder:/b"), song(4, "various artists")]
    groups = artist_groups(songs)
    assert groups[0] == groups[1]
    assert len(set(groups)) == 3
