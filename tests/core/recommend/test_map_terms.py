"""Words of groups: what is common in a group and not elsewhere; what all are, or says nothing, is not named."""

import numpy as np

from core.recommend.map_terms import Terms

GROUPS = np.repeat([0, 1], 10)


def words(texts: list[str], groups: np.ndarray = GROUPS) -> list[tuple[int, str]]:
    return [(each.group, each.text) for each in Terms.of_genres(texts).distinctive(groups, groups=2)]


def test_each_group_has_its_word() -> None:
    assert words(["Jazz"] * 9 + ["Rock"] * 11) == [(0, "Jazz"), (1, "Rock")]


def test_what_all_songs_are_names_no_group() -> None:
    assert words(["Rock"] * 20) == []


def test_too_few_songs_name_no_group() -> None:
    assert words(["Jazz"] * 3 + [""] * 17) == []


def test_the_first_of_several_genres_counts_however_it_is_spelled() -> None:
    assert words(["Jazz; Soul", "JAZZ/Funk"] * 5 + ["Rock"] * 10) == [(0, "Jazz"), (1, "Rock")]


def test_words_that_say_nothing_are_none() -> None:
    assert words(["Unknown"] * 10 + ["Other"] * 10) == []


def test_an_artist_may_have_a_slash() -> None:
    assert Terms.of(["AC/DC"]).texts == ("AC/DC",)


def test_songs_of_no_group_do_not_count() -> None:
    assert words(["Jazz"] * 10 + ["Rock"] * 10, np.repeat([-1, 1], 10)) == [(1, "Rock")]
