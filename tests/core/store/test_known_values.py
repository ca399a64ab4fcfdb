"""Values that were read before are the same objects again."""

from dataclasses import dataclass

from core.store.known_values import KnownValues


@dataclass(frozen=True)
class Reading:
    name: str
    value: float


def test_equal_values_are_one_object() -> None:
    known = KnownValues[Reading](lambda each: each.name)
    first = known.of([Reading("a", 1), Reading("b", 2), Reading("c", 3)])
    second = known.of([Reading("c", 3), Reading("b", 9), Reading("d", 4)])
    assert second == [Reading("c", 3), Reading("b", 9), Reading("d", 4)]
    assert second[0] is first[2]
    assert known.of([Reading("b", 9), Reading("a", 1)])[0] is second[1]


def test_what_is_gone_is_not_held() -> None:
    known = KnownValues[Reading](lambda each: each.name)
    first = known.of([Reading("a", 1)])
    known.of([])
    assert known.of([Reading("a", 1)])[0] is not first[0]
