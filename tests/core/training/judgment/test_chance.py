"""Telling a better model from a lucky one: what chance alone does, and how seldom it passes for skill."""

import numpy as np
import pytest

from core.training.judgment.chance import Margin, margin_between, told

ARTISTS = 40
SONGS_OF_AN_ARTIST = 5
UNITS = [f"artist {number // SONGS_OF_AN_ARTIST}" for number in range(ARTISTS * SONGS_OF_AN_ARTIST)]


def shares(*, ahead: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Of two models whose songs are right or wrong by artist: one artist is heard well by the one or by the other."""
    generator = np.random.default_rng(seed)
    of_artists = np.repeat(generator.normal(loc=ahead, size=ARTISTS), SONGS_OF_AN_ARTIST)
    hard = generator.normal(size=len(UNITS))
    return (hard + of_artists) / len(UNITS), hard / len(UNITS)


def test_models_that_are_equally_good_seldom_differ_surely() -> None:
    found = [margin_between(*shares(ahead=0.0, seed=seed), units=UNITS, seed=seed) for seed in range(200)]
    # To either side: twice ten of a hundred. Counted by songs, not by artists, it would be sixty.
    assert 24 <= sum(each.is_sure for each in found) <= 56


def test_a_better_one_is_found_and_the_worse_one_too() -> None:
    model, rival = shares(ahead=0.6, seed=1)
    ahead, behind = (margin_between(*pair, units=UNITS, seed=1) for pair in ((model, rival), (rival, model)))
    assert ahead.is_sure
    assert behind.is_sure
    assert ahead.mean == pytest.approx((model - rival).sum()) == pytest.approx(-behind.mean)
    assert ahead.artists == ARTISTS


def test_three_artists_prove_nothing() -> None:
    model, rival = np.ones(30), np.zeros(30)
    found = margin_between(model, rival, units=["a", "b", "c"] * 10, seed=1)
    assert found.chance == pytest.approx(1 / 8, abs=0.02)
    assert not found.is_sure


def test_equal_answers_are_no_difference() -> None:
    assert margin_between(np.ones(4), np.ones(4), units=list("abcd"), seed=1) == Margin(0.0, 1.0, 0)
    assert margin_between(np.ones(0), np.ones(0), units=[], seed=1) == Margin(0.0, 1.0, 0)


def test_one_seed_gives_one_answer() -> None:
    pair = shares(ahead=0.2, seed=3)
    assert margin_between(*pair, units=UNITS, seed=1) == margin_between(*pair, units=UNITS, seed=1)


@pytest.mark.parametrize(
    ("chance", "sentence"), [(0.12, "in 12 of 100 cases"), (0.0001, "in fewer than 1 of 100 cases")]
)
def test_chance_is_told_in_cases(chance: float, sentence: str) -> None:
    assert told(Margin(0.1, chance, 20)) == sentence
