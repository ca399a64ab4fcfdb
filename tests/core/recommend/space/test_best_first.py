"""Best first: the order of a full sort, with no more scores than needed."""

import itertools

import numpy as np
import pytest

from core.recommend.space.best_first import FIRST, best_first
from core.song import SongId

RANDOM = np.random.default_rng(1)
SCORES = RANDOM.normal(size=5000).astype(np.float32)
NAMES = [SongId(f"{number:04}") for number in RANDOM.permutation(5000)]


def sorted_rows(scores: np.ndarray) -> list[int]:
    return sorted(np.flatnonzero(scores > -np.inf).tolist(), key=lambda row: (-scores[row], NAMES[row]))


def test_the_order_is_that_of_a_sort() -> None:
    scores = SCORES.copy()
    scores[::7] = -np.inf
    assert [row for row, _ in best_first(scores, names=NAMES)] == sorted_rows(scores)


def test_equal_scores_come_in_the_order_of_their_names() -> None:
    scores = np.round(SCORES)
    assert [row for row, _ in best_first(scores, names=NAMES)] == sorted_rows(scores)


def test_exact_scores_decide_where_the_bounds_mislead() -> None:
    exact = (SCORES - RANDOM.exponential(size=5000)).astype(np.float32)
    exact[:3] = -np.inf
    found = list(best_first(SCORES, names=NAMES, exact=lambda rows: exact[rows]))
    assert [row for row, _ in found] == sorted_rows(exact)
    assert [score for _, score in found] == pytest.approx(np.sort(exact[3:])[::-1])


def test_only_what_may_be_among_the_best_is_computed() -> None:
    seen: list[int] = []

    def exact(rows: np.ndarray) -> np.ndarray:
        seen.extend(rows.tolist())
        return SCORES[rows] - np.float32(0.01)

    assert len(list(itertools.islice(best_first(SCORES, names=NAMES, exact=exact), 20))) == 20
    assert len(seen) == FIRST


def test_nothing_to_choose_from() -> None:
    assert list(best_first(np.full(4, -np.inf, np.float32), names=NAMES)) == []
    assert list(best_first(np.array([], np.float32), names=[])) == []
