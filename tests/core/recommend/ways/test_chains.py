"""The best chains are those that trying all of them finds."""

from itertools import combinations, pairwise

import numpy as np
import pytest

from core.recommend.ways.chains import Distances, ahead, cheapest_chain, largest_steps, lengthened, smoothest

SONGS = 8


def planted(seed: int, *, songs: int = SONGS) -> Distances:
    random = np.random.default_rng(seed).random((songs, songs)).astype(np.float32)
    distances = (random + random.T) / 2
    np.fill_diagonal(distances, 0)
    return distances


def all_chains(count: int) -> list[list[int]]:
    return [[0, *inner, SONGS - 1] for inner in combinations(range(1, SONGS - 1), count - 2)]


def sizes(distances: Distances, chain: list[int]) -> list[float]:
    return [float(distances[pair]) for pair in pairwise(chain)]


@pytest.mark.parametrize("seed", range(5))
def test_the_largest_step_is_as_small_as_any_chain_in_order_has_it(seed: int) -> None:
    distances = planted(seed)
    found = largest_steps(ahead(distances), most=SONGS)
    assert np.isinf(found[:2]).all()
    for count in range(2, SONGS + 1):
        assert found[count] == min(max(sizes(distances, chain)) for chain in all_chains(count))


@pytest.mark.parametrize("seed", range(5))
def test_the_cheapest_chain_costs_no_more_than_any_other(seed: int) -> None:
    costs = planted(seed)
    for count in range(2, SONGS + 1):
        chain = cheapest_chain(ahead(costs), count=count)
        assert len(chain) == count
        assert chain == sorted(chain)
        best = min(sum(sizes(costs, each)) for each in all_chains(count))
        assert sum(sizes(costs, chain)) == pytest.approx(best, abs=1e-6)


def test_a_song_is_put_where_it_fits_best_until_there_are_enough() -> None:
    places = np.array([0.0, 1.0, 0.4, 5.0])
    distances = np.abs(places[:, None] - places).astype(np.float32)
    assert lengthened([0, 1], distances=distances, costs=distances, count=3, limit=0.5) == [0, 2, 1]
    assert sorted(lengthened([0, 1], distances=distances, costs=distances, count=9, limit=0.5)) == [0, 1, 2, 3]


def test_no_more_songs_in_order_than_small_steps_allow_and_the_rest_put_in_between() -> None:
    # 0, 1 and 2 lie in a row; 3 lies near 1 but is far from both ends, so that no chain in order should hold it.
    distances = np.array(
        [[0.0, 0.5, 1.0, 0.9], [0.5, 0.0, 0.5, 0.4], [1.0, 0.5, 0.0, 0.9], [0.9, 0.4, 0.9, 0.0]], dtype=np.float32
    )
    order = [0, 3, 1, 2]
    ordered = distances[np.ix_(order, order)]
    three = smoothest(ordered, costs=ordered, ends=(0, 3), wanted=3, limit=lambda least: least)
    assert three == [0, 2, 3]
    four = smoothest(ordered, costs=ordered, ends=(0, 3), wanted=4, limit=lambda least: least)
    assert sorted(four) == [0, 1, 2, 3]
    assert max(sizes(ordered, four)) == pytest.approx(0.9)


def test_a_higher_limit_buys_a_cheaper_chain() -> None:
    distances, costs = planted(1), planted(2)
    tight = smoothest(distances, costs=costs, ends=(0, SONGS - 1), wanted=4, limit=lambda least: least)
    loose = smoothest(distances, costs=costs, ends=(0, SONGS - 1), wanted=4, limit=lambda _: 2.0)
    assert sum(sizes(costs, loose)) < sum(sizes(costs, tight))
    assert max(sizes(distances, loose)) > max(sizes(distances, tight))
