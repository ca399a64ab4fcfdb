"""Which songs are asked about: telling ones, different ones, some at random; and that it is worth it."""

from collections.abc import Sequence
from itertools import islice

import numpy as np
import pytest

from core.training.rating import asking
from core.training.rating.asking import Pool, Question, questions

KINDS, EACH, DIMENSION = 5, 16, 12
RANDOM = np.random.default_rng(3)
CENTERS = 2 * np.eye(KINDS, DIMENSION)
KIND = np.repeat(np.arange(KINDS), EACH)
VECTORS = (CENTERS[KIND] + 0.3 * RANDOM.normal(size=(KINDS * EACH, DIMENSION))).astype(np.float32)
COUNT = len(VECTORS)
NOBODY = [""] * COUNT
EVERY = np.arange(COUNT)
NONE = np.empty(0, dtype=np.intp)


def asked(
    rated: np.ndarray = NONE,
    *,
    artists: Sequence[str] = NOBODY,
    rows: np.ndarray | None = None,
    wanted: int = 10,
    random_share: float = 0.0,
    seed: int = 1,
    **others: np.ndarray,
) -> list[Question]:
    pool = Pool(VECTORS, artists, rows=rows)
    given = {"askable": np.setdiff1d(EVERY, rated), "ratings": np.linspace(0.2, 1, len(rated))} | others
    return list(islice(questions(pool, rated=rated, random_share=random_share, seed=seed, **given), wanted))


def test_each_kind_is_asked_about_before_one_is_twice() -> None:
    assert len({int(KIND[each.row]) for each in asked(wanted=KINDS - 1)}) == KINDS - 1
    assert len({int(KIND[each.row]) for each in asked(wanted=KINDS + 2)}) == KINDS


def test_what_is_known_already_is_asked_last() -> None:
    rated = np.flatnonzero(KIND < KINDS - 1)[::2]
    first = asked(rated, wanted=1)[0]
    assert KIND[first.row] == KINDS - 1
    assert first.open_share > 0.5
    assert 0 < first.tells <= EACH + COUNT // 5


def test_everything_that_may_be_asked_comes_once() -> None:
    askable = EVERY[5:37]
    found = [each.row for each in asked(wanted=COUNT, random_share=0.2, askable=askable)]
    assert sorted(found) == askable.tolist()


def test_worth_falls_and_adds_up_to_less_than_all() -> None:
    worth = np.array([each.worth for each in asked(wanted=40)])
    assert 0 < worth.sum() < 1
    assert worth[:10].min() > worth[-10:].max()


@pytest.mark.parametrize(("share", "expected"), [(0.0, 0), (0.1, 2), (0.3, 6), (1.0, 20)])
def test_a_share_is_random_and_marked(share: float, expected: int) -> None:
    assert sum(each.is_random for each in asked(wanted=20, random_share=share)) == expected


def test_what_is_random_is_drawn_evenly() -> None:
    counts = np.zeros(COUNT)
    for seed in range(60):
        for each in asked(wanted=10, random_share=1.0, seed=seed):
            counts[each.row] += each.is_random
    assert counts.sum() == 600
    by_kind = np.bincount(KIND, counts)
    assert by_kind == pytest.approx(np.full(KINDS, 120), rel=0.3)


def test_the_same_seed_asks_the_same() -> None:
    assert asked(random_share=0.2) == asked(random_share=0.2)
    assert asked(random_share=0.2) != asked(random_share=0.2, seed=2)


def test_another_song_of_a_rated_artist_says_less_than_it_seems() -> None:
    # All of one artist: after a few, more of them are mostly about that artist, so others come first.
    artists = ["one" if kind == 0 else "" for kind in KIND]
    found = [each.row for each in asked(np.flatnonzero(KIND == 0)[:6], wanted=8, artists=artists)]
    assert not (KIND[found] == 0).any()


def test_a_large_library_is_looked_at_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, most in (("CANDIDATES", 12), ("SONGS", 20), ("RATED", 5)):
        monkeypatch.setattr(asking, name, most)
    rated = EVERY[::4]
    found = asked(rated, wanted=COUNT, random_share=0.1)
    assert len(found) == 12
    assert not {each.row for each in found} & set(rated.tolist())
    assert max(each.tells for each in found) <= COUNT - len(rated)


def test_songs_outside_the_library_do_not_count() -> None:
    inside = np.flatnonzero(KIND < 2)
    found = asked(wanted=20, askable=inside, rows=inside)
    assert set(KIND[[each.row for each in found]]) == {0, 1}
    assert all(each.tells < len(inside) for each in found)


def test_missing_vectors_are_no_obstacle_and_tell_nothing() -> None:
    vectors = VECTORS.copy()
    vectors[:3] = np.nan
    pool = Pool(vectors, NOBODY)
    found = list(questions(pool, rated=NONE, ratings=np.empty(0), askable=EVERY, random_share=0, seed=1))
    assert {each.row for each in found[-3:]} == {0, 1, 2}


def test_nothing_to_ask_and_equal_ratings() -> None:
    assert asked(askable=NONE) == []
    assert len(asked(EVERY[:6], ratings=np.full(6, 0.8))) == 10


def test_it_pays() -> None:
    """After fifteen questions the direction of a linear taste is known better than after fifteen random ones."""
    random = np.random.default_rng(8)
    stretched = (random.normal(size=(300, 20)) * np.r_[np.full(4, 3.0), np.full(16, 0.5)]).astype(np.float32)
    stretched[:240] *= 0.4  # most songs are much alike, some are not
    every, errors = np.arange(300), {"asked": 0.0, "random": 0.0}
    pool = Pool(stretched, [""] * 300)
    found = questions(pool, rated=NONE, ratings=np.empty(0), askable=every, random_share=0, seed=1)
    chosen = {"asked": [each.row for each in islice(found, 15)], "random": random.permutation(every)[:15].tolist()}
    for name, rows in chosen.items():
        standard = stretched / stretched.std(axis=0)
        gram = standard[rows].T @ standard[rows] + np.eye(20)
        errors[name] = float(np.einsum("ij,jk,ik->", standard, np.linalg.inv(gram), standard))
    assert errors["asked"] < 0.8 * errors["random"]
