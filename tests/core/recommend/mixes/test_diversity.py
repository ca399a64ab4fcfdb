"""Lists between the most relevant and the most varied one."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from core.recommend.mixes.diversity import Candidates, diversity, varied


def units(count: int, *, dimension: int = 12, seed: int = 0) -> NDArray[np.float32]:
    drawn = np.random.default_rng(seed).normal(size=(count, dimension))
    return (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)


def planted(count: int = 200, *, songs_of_an_artist: int = 4) -> Candidates:
    """The most relevant ones lie near one another, as liked songs do."""
    places = units(count)
    relevance = np.sort(places[:, 0].astype(np.float64))[::-1]
    order = np.argsort(-places[:, 0])
    numbers = np.arange(count)
    return Candidates(relevance, places[order], numbers // songs_of_an_artist, numbers // 2)


def figures(candidates: Candidates, chosen: list[int]) -> tuple[float, float]:
    return float(candidates.relevance[chosen].mean()), diversity(candidates.units[chosen])


def test_diversity_is_the_mean_distance_of_pairs() -> None:
    some = units(7)
    pairs = [1 - some[one] @ some[other] for one in range(7) for other in range(one)]
    assert diversity(some) == pytest.approx(np.mean(pairs), abs=1e-6)
    assert diversity(some[:1]) == diversity(some[:0]) == 0


def test_no_variety_is_the_most_relevant_ones() -> None:
    assert varied(planted(), wanted=20, variety=0.0) == list(range(20))


def test_more_variety_is_more_diverse_and_less_relevant_in_even_steps() -> None:
    candidates = planted()
    found = [figures(candidates, varied(candidates, wanted=20, variety=each)) for each in np.linspace(0, 1, 11)]
    for (relevant, diverse), (next_relevant, next_diverse) in pairwise(found):
        assert next_relevant <= relevant
        assert next_diverse >= diverse
    span = found[-1][1] - found[0][1]
    assert span > 0.1
    assert max(after[1] - before[1] for before, after in pairwise(found)) < 0.25 * span
    middle = (found[5][1] - found[0][1]) / span
    assert 0.5 <= middle < 0.62


def test_a_limit_per_artist_is_beaten_on_the_plane() -> None:
    candidates = planted()
    limited = [number for number in range(len(candidates)) if number % 4 < 1][:20]
    relevant, diverse = figures(candidates, limited)
    lists = [figures(candidates, varied(candidates, wanted=20, variety=each)) for each in np.linspace(0, 1, 21)]
    assert any(other[0] > relevant and other[1] > diverse for other in lists)


def test_one_of_two_that_are_the_same_is_left_out() -> None:
    places = units(3, dimension=3)
    candidates = Candidates(np.array([1.0, 0.99, 0.9]), places[[0, 0, 1]], np.arange(3), np.arange(3))
    assert varied(candidates, wanted=2, variety=1.0) == [0, 2]


def test_another_artist_is_preferred_among_songs_that_sound_as_far_apart() -> None:
    places = np.eye(3, dtype=np.float32)
    candidates = Candidates(np.array([1.0, 0.6, 0.59]), places, np.array([0, 0, 1]), np.arange(3))
    greedy = varied(candidates, wanted=2, variety=0.0)
    assert greedy == [0, 1]
    # All three are equally far apart, so that both lists are as diverse and the more relevant one is taken.
    assert varied(candidates, wanted=2, variety=1.0) == [0, 1]
    nearly = replace(candidates, units=np.array([[1, 0, 0], [0, 1, 0], [-0.01, 0, 1]], dtype=np.float32))
    assert varied(nearly, wanted=2, variety=1.0) == [0, 2]


@pytest.mark.parametrize("variety", [0.0, 0.5, 1.0])
def test_limits_hold_and_count_what_was_started_with(variety: float) -> None:
    candidates = replace(planted(), max_per_artist=2, max_per_album=1, started=3)
    chosen = varied(replace(candidates, artists=candidates.artists), wanted=30, variety=variety)
    assert chosen[:3] == [0, 1, 2]
    # Two of the artist 0 would fit, and three are there from the start: no other comes.
    assert not set(chosen[3:]) & {3}
    assert np.bincount(candidates.artists[chosen[3:]]).max() <= 2
    assert np.bincount(candidates.albums[chosen[3:]]).max() <= 1
    assert len(chosen) == len(set(chosen)) == 30


@pytest.mark.parametrize("variety", [0.0, 0.5, 1.0])
def test_all_equal_comes_in_order(variety: float) -> None:
    same = Candidates(np.ones(5), np.zeros((5, 4), np.float32), np.arange(5), np.arange(5))
    assert varied(same, wanted=3, variety=variety) == [0, 1, 2]


@pytest.mark.parametrize("variety", [0.0, 0.7])
def test_fewer_than_wanted_and_none(variety: float) -> None:
    candidates = planted(6)
    assert sorted(varied(candidates, wanted=50, variety=variety)) == list(range(6))
    assert varied(candidates, wanted=0, variety=variety) == []
    none = Candidates(np.empty(0), np.empty((0, 4), np.float32), np.arange(0), np.arange(0))
    assert varied(none, wanted=5, variety=variety) == []
