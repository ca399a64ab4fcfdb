"""Groups: everybody in one is a copy of everybody else, and what is left over is asked about once."""

import random
from itertools import combinations

import pytest

from core.analysis.duplicate_groups import group_copies, missing_pairs, possible_duplicates
from core.analysis.duplicates import Comparison, Pair
from core.analysis.likeness import Likeness
from core.song import SongId


def compared(first: str, second: str, likeness: Likeness = Likeness.SAME_AUDIO, score: float = 0.9) -> Comparison:
    return Comparison(SongId(first), SongId(second), likeness, score)


def pair(first: str, second: str) -> Pair:
    return frozenset((SongId(first), SongId(second)))


def members(comparisons: list[Comparison], *, apart: frozenset[Pair] = frozenset()) -> list[str]:
    return ["".join(group.members) for group in group_copies(comparisons, apart=apart)]


def test_a_clique_is_a_group() -> None:
    comparisons = [compared(*sides) for sides in combinations("abcd", 2)]
    assert members(comparisons) == ["abcd"]
    assert members([*comparisons, compared("x", "y")]) == ["abcd", "xy"]


@pytest.mark.parametrize(
    "difference", [[], [compared("a", "c", Likeness.DIFFERENT)], [compared("a", "c", Likeness.POSSIBLE)]]
)
def test_a_chain_does_not_join_what_differs(difference: list[Comparison]) -> None:
    chain = [compared("a", "b", score=0.95), compared("b", "c", score=0.9), *difference]
    assert members(chain) == ["ab"]


def test_the_most_alike_come_together() -> None:
    assert members([compared("a", "b", score=0.8), compared("b", "c", score=0.9)]) == ["bc"]


def test_the_order_of_the_comparisons_does_not_matter() -> None:
    comparisons = [compared(*sides, score=0.9) for sides in [*combinations("abc", 2), *combinations("cde", 2)]]
    expected = members(comparisons)
    for seed in range(20):
        random.Random(seed).shuffle(comparisons)
        assert members(comparisons) == expected


def test_what_the_owner_called_no_duplicates_stays_apart() -> None:
    comparisons = [compared(*sides) for sides in combinations("abc", 2)]
    assert members(comparisons, apart=frozenset({pair("a", "c")})) == ["ab"]
    assert members(comparisons, apart=frozenset(map(frozenset, combinations(map(SongId, "abc"), 2)))) == []


def test_a_group_is_as_alike_as_its_least_alike_pair() -> None:
    (group,) = group_copies(
        [compared("a", "b", Likeness.IDENTICAL, 1.0), compared("a", "c", score=0.8), compared("b", "c", score=0.85)]
    )
    assert (group.score, group.likeness) == (0.8, Likeness.SAME_AUDIO)
    (twins,) = group_copies([compared("a", "b", Likeness.IDENTICAL, 1.0)])
    assert twins.likeness is Likeness.IDENTICAL


def test_the_missing_sides_of_a_component_are_asked_for() -> None:
    comparisons = [compared("a", "b"), compared("b", "c"), compared("x", "y", Likeness.POSSIBLE), compared("y", "z")]
    files = {SongId(name): name for name in "abcxyz"}
    assert missing_pairs(comparisons, files=files) == [pair("a", "c")]
    assert missing_pairs(comparisons, files=files, apart={pair("c", "a")}) == []
    assert missing_pairs(comparisons, files=files | {SongId("a"): "rip", SongId("c"): "rip"}) == []


def test_a_crowd_is_not_compared_in_full() -> None:
    chain = [compared(f"{number:04}", f"{number + 1:04}") for number in range(1000)]
    assert missing_pairs(chain, files={SongId(f"{number:04}"): str(number) for number in range(1001)}) == []


def test_the_owner_is_asked_about_what_is_in_doubt() -> None:
    comparisons = [
        compared("a", "b"),
        compared("c", "d", Likeness.POSSIBLE, 0.7),
        compared("e", "f", Likeness.POSSIBLE, 0.8),
        compared("g", "h", Likeness.DIFFERENT),
        compared("i", "j", Likeness.POSSIBLE),
    ]
    asked = possible_duplicates(comparisons, group_copies(comparisons), apart={pair("j", "i")})
    assert [question.pair for question in asked] == [pair("e", "f"), pair("c", "d")]


def test_one_question_speaks_for_two_groups() -> None:
    comparisons = [compared(*sides) for sides in [*combinations("abc", 2), *combinations("xyz", 2)]]
    comparisons += [compared(one, other, Likeness.POSSIBLE, 0.5) for one in "abc" for other in "xyz"]
    assert len(possible_duplicates(comparisons, group_copies(comparisons))) == 1


def test_a_copy_that_fits_into_no_group_is_asked_about() -> None:
    chain = [compared("a", "b", score=0.95), compared("b", "c", score=0.9)]
    assert [question.pair for question in possible_duplicates(chain, group_copies(chain))] == [pair("b", "c")]
