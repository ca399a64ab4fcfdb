"""Orders of small steps."""

from dataclasses import replace
from itertools import pairwise, permutations

import numpy as np
import pytest

from core.recommend.stock import Stock
from core.recommend.transitions import SAME_ARTIST, largest_step, smooth_order, steps
from tests.planted_stock import PlantedStock, planted_song

PLANTED = PlantedStock(groups=4, songs_each=15)
STOCK = PLANTED.stock()


def stock_of(vectors: np.ndarray, *, artists: list[str] | None = None) -> Stock:
    songs = [planted_song(row) for row in range(len(vectors))]
    songs = [replace(song, artist=artists[row] if artists else f"Artist {row}") for row, song in enumerate(songs)]
    return Stock.of(songs, filenames=[song.song_id for song in songs], vectors=vectors, predictions={})


def cost(stock: Stock, rows: list[int]) -> float:
    together = sum(stock.artists[before] == stock.artists[after] for before, after in pairwise(rows))
    return sum(steps(stock, rows)) + SAME_ARTIST * together


def test_steps_are_the_distances_of_neighbors() -> None:
    distances = STOCK.space.distances(np.array([3, 9]))
    assert steps(STOCK, [3, 9, 40]) == pytest.approx([distances[0, 9], distances[1, 40]], abs=1e-5)
    assert largest_step(STOCK, [3, 9, 40]) == max(steps(STOCK, [3, 9, 40]))
    assert largest_step(STOCK, [3]) == largest_step(STOCK, []) == 0


@pytest.mark.parametrize("seed", range(6))
def test_few_songs_come_in_nearly_the_best_order_of_all(seed: int) -> None:
    stock = stock_of(np.random.default_rng(seed).normal(size=(7, 5)).astype(np.float32))
    best = min(cost(stock, list(order)) for order in permutations(range(7)))
    assert cost(stock, smooth_order(stock, range(7), seed=seed)) <= 1.05 * best


@pytest.mark.parametrize("seed", range(4))
def test_ends_that_are_given_stay_and_the_rest_is_nearly_best(seed: int) -> None:
    stock = stock_of(np.random.default_rng(seed).normal(size=(8, 5)).astype(np.float32))
    found = smooth_order(stock, range(8), first=5, last=2, seed=seed)
    assert (found[0], found[-1]) == (5, 2)
    assert sorted(found) == list(range(8))
    best = min(cost(stock, [5, *order, 2]) for order in permutations([0, 1, 3, 4, 6, 7]))
    assert cost(stock, found) <= 1.05 * best
    assert smooth_order(stock, range(8), first=5, seed=seed)[0] == 5
    assert smooth_order(stock, range(8), last=2, seed=seed)[-1] == 2


def test_songs_that_sound_alike_come_together() -> None:
    shuffled = [int(row) for row in np.random.default_rng(3).permutation(len(STOCK))]
    found = smooth_order(STOCK, shuffled, seed=1)
    assert sorted(found) == list(range(len(STOCK)))
    changes = sum(PLANTED.group_of(before) != PLANTED.group_of(after) for before, after in pairwise(found))
    assert changes == PLANTED.groups - 1
    assert sum(steps(STOCK, found)) < 0.5 * sum(steps(STOCK, shuffled))


def test_the_order_does_not_depend_on_how_the_songs_come() -> None:
    rows = list(range(0, 60, 2))
    assert smooth_order(STOCK, rows, seed=4) == smooth_order(STOCK, rows[::-1], seed=4)


def test_an_artist_follows_itself_only_where_that_is_much_smoother() -> None:
    artists = ["One"] * 6 + ["Other"] * 6
    equally_far = stock_of(np.eye(12, dtype=np.float32), artists=artists)
    found = smooth_order(equally_far, range(12), seed=0)
    assert not any(equally_far.artists[before] == equally_far.artists[after] for before, after in pairwise(found))
    apart = np.repeat(np.eye(2, dtype=np.float32), 6, axis=0)
    found = smooth_order(stock_of(apart, artists=artists), range(12), seed=0)
    assert {frozenset(found[:6]), frozenset(found[6:])} == {frozenset(range(6)), frozenset(range(6, 12))}


@pytest.mark.parametrize("rows", [[], [3], [3, 9]])
def test_one_or_two_songs_have_hardly_an_order(rows: list[int]) -> None:
    assert smooth_order(STOCK, rows, seed=0) == rows


def test_two_songs_keep_the_ends_that_are_asked_for() -> None:
    assert smooth_order(STOCK, [3, 9], first=9, seed=0) == [9, 3]
    assert smooth_order(STOCK, [3, 9], last=3, seed=0) == [9, 3]
    assert smooth_order(STOCK, [3], first=3, last=3, seed=0) == [3]


def test_songs_that_all_sound_the_same_are_ordered_too() -> None:
    stock = stock_of(np.ones((9, 4), dtype=np.float32))
    assert sorted(smooth_order(stock, range(9), seed=0)) == list(range(9))
