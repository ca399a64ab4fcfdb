"""Lists that are remembered, and never those of another stock."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import cast
from weakref import ref

import pytest

from core.parts.remembered import MOST, Remembered
from core.recommend.recipe import Recipe
from core.recommend.stock import Stock
from core.recommend.suggestion import SongList


class SomeStock:
    """Only which one it is counts."""


OLD, NEW = cast("Stock", SomeStock()), cast("Stock", SomeStock())


@pytest.fixture
def many_switches() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_a_list_that_was_made_while_the_stock_changed_is_not_taken_for_one_of_the_new_stock() -> None:
    cooked = Remembered()
    assert cooked.get(Recipe(), stock=OLD) is None
    assert cooked.get(Recipe(), stock=NEW) is None
    cooked.keep(Recipe(), SongList("old", ()), stock=OLD)
    assert cooked.get(Recipe(), stock=NEW) is None


def test_a_stock_is_not_kept_for_its_lists() -> None:
    cooked, stock = Remembered(), SomeStock()
    cooked.get(Recipe(), stock=cast("Stock", stock))
    watched = ref(stock)
    del stock
    assert watched() is None


def test_the_list_that_was_made_longest_ago_is_forgotten_first() -> None:
    cooked = Remembered()
    for wanted in range(1, MOST + 2):
        cooked.get(Recipe(wanted=wanted), stock=NEW)
        cooked.keep(Recipe(wanted=wanted), SongList(str(wanted), ()), stock=NEW)
    assert cooked.get(Recipe(wanted=1), stock=NEW) is None
    assert cooked.get(Recipe(wanted=2), stock=NEW) == SongList("2", ())


@pytest.mark.usefixtures("many_switches")
def test_several_threads_get_lists_of_their_own_stock() -> None:
    cooked = Remembered()

    def ask(stock: Stock, name: str) -> set[str]:
        found = set()
        for number in range(3_000):
            recipe = Recipe(wanted=1 + number % (2 * MOST))
            known = cooked.get(recipe, stock=stock)
            if known is not None:
                found.add(known.title)
            cooked.keep(recipe, SongList(name, ()), stock=stock)
        return found

    with ThreadPoolExecutor(2) as threads:
        answers = [threads.submit(ask, stock, name) for stock, name in ((OLD, "old"), (NEW, "new")) * 2]
        assert [answer.result() <= {name} for answer, name in zip(answers, ("old", "new") * 2, strict=True)] == [
            True
        ] * 4
