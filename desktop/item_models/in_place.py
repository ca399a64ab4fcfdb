"""How a list that somebody looks at takes other rows: none moves, what is no more stays, what is new comes below."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True)
class Arrangement(Generic[Row]):
    """``rows`` begins with those that were shown, each in its place."""

    rows: list[Row]
    past: frozenset[int]
    """The places of rows that are not so any more, and look as they did."""
    new: int
    """How many rows at the end were not there before."""


def in_place(
    shown: Sequence[Row],
    read: Iterable[Row],
    *,
    key: Callable[[Row], Hashable],
    continues: Callable[[Row, Row], bool] = lambda _before, _now: False,
    as_seen: Callable[[Row, Row], Row] = lambda _before, now: now,
) -> Arrangement[Row]:
    """Put what was read where it stands already.

    A row has the place of the one with its key, else of one that it ``continues`` (before, now). ``as_seen`` makes it
    look like the one before, where only the look differs.
    """
    waiting = {key(row): row for row in read}
    placed: dict[int, Row] = {}
    for place, before in enumerate(shown):
        if key(before) in waiting:
            placed[place] = as_seen(before, waiting.pop(key(before)))
    for place, before in enumerate(shown):
        if place not in placed:
            found = next((each for each, now in waiting.items() if continues(before, now)), None)
            if found is not None:
                placed[place] = as_seen(before, waiting.pop(found))
    past = frozenset(range(len(shown))) - placed.keys()
    rows = [placed.get(place, before) for place, before in enumerate(shown)]
    return Arrangement([*rows, *waiting.values()], past, len(waiting))
