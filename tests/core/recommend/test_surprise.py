"""Surprises are liked and far from what is known; exploration is spread, marked and said plainly."""

import time

import numpy as np
import pytest

from core.recommend.filters import Filters
from core.recommend.stock import Stock
from core.recommend.suggestion import Suggestion
from core.recommend.surprise import (
    NOT_YET,
    NOTHING_LIKE_IT,
    NOTHING_RATED,
    exploration,
    exploration_rows,
    nearest_distances,
    surprise,
    with_exploration,
)
from core.song import Song
from tests.planted_stock import PlantedStock, planted_song

PLANTED = PlantedStock(groups=4, songs_each=20)
ANY = Filters()
KNOWN, PLAYED, LIKED, DISLIKED = range(4)
"""Of the groups: rated, played, and two of which nothing is known, predicted to be liked and disliked."""


@pytest.fixture(scope="module")
def stock() -> Stock:
    predicted = {row: 0.5 if PLANTED.group_of(row) == DISLIKED else 0.8 for row in range(len(PLANTED))}
    ratings = dict.fromkeys(PLANTED.rows_of(KNOWN)[:6], 0.8)
    plays = dict.fromkeys(PLANTED.rows_of(PLAYED)[:6], 9)
    return PLANTED.stock(ratings=ratings, predicted=predicted, plays=plays)


def rows_of(stock: Stock, suggestions: list[Suggestion] | tuple[Suggestion, ...]) -> list[int]:
    return [stock.row_of[each.song.song_id] for each in suggestions]


def test_what_is_liked_and_like_nothing_known(stock: Stock) -> None:
    found = surprise(stock, wanted=8, filters=ANY, seed=1)
    assert {PLANTED.group_of(row) for row in rows_of(stock, found.suggestions)} == {LIKED}
    assert {each.why for each in found.suggestions} == {"Unlike anything that you have rated or played."}
    assert all(each.is_exploration for each in found.suggestions)
    assert found.notice == ""


def test_the_score_is_rating_times_distance(stock: Stock) -> None:
    (first,) = surprise(stock, wanted=1, filters=ANY, seed=1).suggestions
    (row,) = rows_of(stock, (first,))
    known = np.flatnonzero(stock.is_rated | np.array([song.playcount > 0 for song in stock.songs]))
    assert first.score == pytest.approx(0.8 * nearest_distances(stock, np.array([row]), known=known)[0])


def test_surprises_differ_from_each_other() -> None:
    planted = PlantedStock(groups=5, songs_each=20)
    predicted = dict.fromkeys(range(len(planted)), 0.8)
    stock = planted.stock(ratings=dict.fromkeys(planted.rows_of(0), 0.8), predicted=predicted)
    found = surprise(stock, wanted=4, filters=ANY, seed=1)
    assert {planted.group_of(row) for row in rows_of(stock, found.suggestions)} == {1, 2, 3, 4}


def test_what_is_played_is_all_there_is() -> None:
    plays, predicted = dict.fromkeys(range(len(PLANTED)), 3), dict.fromkeys(range(len(PLANTED)), 0.8)
    stock = PLANTED.stock(ratings=dict.fromkeys(PLANTED.rows_of(0), 0.8), predicted=predicted, plays=plays)
    found = surprise(stock, wanted=3, filters=ANY, seed=1)
    assert {PLANTED.group_of(row) for row in rows_of(stock, found.suggestions)} == {1, 2, 3}
    assert {each.why for each in found.suggestions} == {"Unlike anything that you have rated."}


def test_only_near_songs_are_no_strangers() -> None:
    predicted = {row: 0.8 + row / 1000 for row in range(len(PLANTED))}
    stock = PLANTED.stock(ratings=dict.fromkeys(range(0, len(PLANTED), 2), 0.8), predicted=predicted)
    found = surprise(stock, wanted=3, filters=ANY, seed=1)
    assert {each.why for each in found.suggestions} == {
        "Of the songs with the highest predictions, one of the farthest from what you have rated or played."
    }
    every = surprise(stock, wanted=30, filters=ANY, seed=1)
    assert {each.why for each in every.suggestions} == {
        "Of the songs that you have not rated or played, one of the farthest from those that you have."
    }


def test_songs_that_are_hardly_liked_are_not_promised_more() -> None:
    predicted = dict.fromkeys(range(len(PLANTED)), 0.64)
    stock = PLANTED.stock(ratings=dict.fromkeys(PLANTED.rows_of(0), 0.8), predicted=predicted)
    found = surprise(stock, wanted=3, filters=ANY, seed=1)
    assert found.notice.startswith("None of these is predicted to get more than 3.2 stars:")


def test_filters_hold(stock: Stock) -> None:
    liked = PLANTED.rows_of(LIKED)
    without = frozenset(stock.songs[row].song_id for row in liked[:10])
    found = surprise(stock, wanted=5, filters=Filters(max_per_artist=1, without_songs=without), seed=1)
    rows = rows_of(stock, found.suggestions)
    assert len({stock.artists[row] for row in rows}) == len(rows) == 5
    assert not set(rows) & set(liked[:10])


def test_nothing_is_predicted_yet() -> None:
    found = surprise(PLANTED.stock(ratings={0: 0.8}), wanted=5, filters=ANY, seed=1)
    assert found.suggestions == ()
    assert found.notice == "No song has a predicted rating yet: rate some songs first."


def test_too_few_fit(stock: Stock) -> None:
    found = surprise(stock, wanted=500, filters=ANY, seed=1)
    assert found.notice.startswith(f"Only {len(found.suggestions)} of 500 songs")
    none = surprise(stock, wanted=5, filters=Filters(genre="polka"), seed=1)
    assert none.notice == "No unrated song with a predicted rating fits."


def test_exploration_goes_where_nothing_is_rated(stock: Stock) -> None:
    rows = exploration_rows(stock, wanted=9, filters=ANY, seed=1)
    assert len(set(rows)) == 9
    assert not stock.is_rated[rows].any()
    assert {PLANTED.group_of(row) for row in rows[:3]} <= {PLAYED, LIKED, DISLIKED}


def test_exploration_prefers_what_may_be_good() -> None:
    """Of two groups of equal promise, the one of which less is known; and none that is surely bad."""
    planted = PlantedStock(groups=3, songs_each=30, spread=3.0)
    unsure, sure, bad = planted.rows_of(0), planted.rows_of(1), planted.rows_of(2)
    narrow = planted.stock(predicted={**dict.fromkeys(sure, 0.6), **dict.fromkeys(bad, 0.2)}, width=0.05)
    wide = planted.stock(predicted=dict.fromkeys(unsure, 0.6), width=0.8)
    predictions = [one or other for one, other in zip(narrow.predictions, wide.predictions, strict=True)]
    stock = Stock(narrow.songs, narrow.space, predictions, narrow.playable)
    drawn = [
        planted.group_of(row) for seed in range(10) for row in exploration_rows(stock, wanted=5, filters=ANY, seed=seed)
    ]
    assert drawn.count(0) > 2 * drawn.count(1)
    assert drawn.count(2) == 0


def test_exploration_is_drawn_anew_by_each_seed(stock: Stock) -> None:
    draws = [exploration_rows(stock, wanted=9, filters=ANY, seed=seed) for seed in (1, 1, 2)]
    assert draws[0] == draws[1] != draws[2]


def test_why_something_is_explored(stock: Stock) -> None:
    whys = {
        PLANTED.group_of(stock.row_of[each.song.song_id]): each.why
        for each in exploration(stock, wanted=60, filters=ANY, seed=1)
    }
    assert whys[LIKED] == whys[PLAYED] == NOTHING_LIKE_IT
    assert whys[KNOWN] == "To find out: it may get 3.0 to 5.0 stars."


def test_why_without_predictions_or_ratings() -> None:
    (first,) = exploration(PLANTED.stock(), wanted=1, filters=ANY, seed=1)
    assert first.why == NOTHING_RATED
    rated = PLANTED.stock(ratings=dict.fromkeys(range(0, len(PLANTED), 2), 0.8))
    assert NOT_YET in {each.why for each in exploration(rated, wanted=9, filters=ANY, seed=1)}


def listed(*rows: int, is_exploration: bool = False) -> list[Suggestion]:
    return [Suggestion(planted_song(row), is_exploration=is_exploration) for row in rows]


def test_explored_songs_are_spread_and_marked() -> None:
    merged = with_exploration(listed(*range(10)), listed(*range(20, 25)), share=0.2)
    assert [each.song.rowid for each in merged] == [0, 1, 20, 2, 3, 4, 5, 21, 6, 7]
    assert [each.is_exploration for each in merged] == [False, False, True, *[False] * 4, True, False, False]


@pytest.mark.parametrize("share", [0.0, 0.05, 0.1, 0.3, 0.5, 1.0])
def test_the_list_keeps_its_length(share: float) -> None:
    merged = with_exploration(listed(*range(30)), listed(*range(30, 90)), share=share)
    assert len(merged) == 30
    assert sum(each.is_exploration for each in merged) == round(30 * share)


def test_what_is_suggested_already_is_not_explored() -> None:
    merged = with_exploration(listed(0, 1, 2, 3), listed(0, 1, 9), share=0.5)
    assert [each.song.rowid for each in merged] == [0, 1, 9, 2]
    assert with_exploration(listed(0, 1), [], share=0.5) == listed(0, 1)
    assert with_exploration([], listed(1), share=0.5) == []


def test_many_candidates_are_sifted_first(monkeypatch: pytest.MonkeyPatch, stock: Stock) -> None:
    """With all distances and with few of them, the same groups are found."""
    monkeypatch.setattr("core.recommend.surprise.PAIRS", 100)
    found = surprise(stock, wanted=4, filters=ANY, seed=1)
    assert {PLANTED.group_of(row) for row in rows_of(stock, found.suggestions)} == {LIKED}


def test_a_large_library_takes_no_time() -> None:
    random = np.random.default_rng(1)
    songs = [
        Song(row, "T", f"A{row % 900}", "B", 2001, 0.8 if row < 700 else -1, f"file:///{row}") for row in range(20_000)
    ]
    vectors = random.normal(size=(len(songs), 128)).astype(np.float32)
    found = Stock.of(songs, filenames=[song.song_id for song in songs], vectors=vectors, predictions={})
    started = time.process_time()
    exploration(found, wanted=30, filters=ANY, seed=1)
    assert time.process_time() - started < 2
