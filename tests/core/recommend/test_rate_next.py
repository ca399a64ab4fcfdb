"""What to rate next from a stock: telling songs first, a random one in ten, a sentence that is true for each."""

from dataclasses import replace

import numpy as np
import pytest

from core.recommend.filters import Filters
from core.recommend.inquiry import asking_here
from core.recommend.rate_next import AT_RANDOM, NONE_FITS, NONE_LEFT, rate_next
from core.recommend.stock import Stock
from core.training.rating.hearing import Hearing
from tests.planted_stock import PlantedStock

PLANTED = PlantedStock(groups=4, songs_each=20)
ANY = Filters()
UNKNOWN = 3
"""The group of which nothing is rated."""


@pytest.fixture(scope="module")
def stock() -> Stock:
    rated = [row for group in range(UNKNOWN) for row in PLANTED.rows_of(group)[:8]]
    return PLANTED.stock(ratings=dict(zip(rated, np.tile([0.4, 0.6, 0.8, 1.0], 6), strict=True)), unplayable=(79,))


def hearing(stock: Stock) -> Hearing:
    """In another order than the stock, with a song that the stock does not have."""
    names = [song.song_id for song in stock.songs][::-1]
    vectors = np.concatenate([PLANTED.vectors[::-1], np.ones((1, PLANTED.dimension), np.float32)])
    return Hearing([*names, "file:///m/gone.mp3"], vectors)


def test_the_unknown_comes_first_and_says_so(stock: Stock) -> None:
    found = rate_next(stock, ask=asking_here(hearing(stock)), filters=ANY, wanted=1, seed=1).suggestions[0]
    assert PLANTED.group_of(stock.row_of[found.song.song_id]) == UNKNOWN
    assert found.why.startswith(("Nothing like it is rated yet: it would tell about", "Little like it is rated yet"))
    assert 0 < found.score < 1


def test_one_of_ten_is_random_and_marked(stock: Stock) -> None:
    found = rate_next(stock, ask=asking_here(hearing(stock)), filters=ANY, wanted=20, seed=1)
    assert len(found.suggestions) == 20
    assert [each.why == AT_RANDOM for each in found.suggestions] == [each.is_exploration for each in found.suggestions]
    assert found.figures["at_random"] == sum(each.is_exploration for each in found.suggestions) == 2
    assert found.notice == ""


def test_nothing_that_is_rated_or_cannot_be_played(stock: Stock) -> None:
    found = rate_next(stock, ask=asking_here(hearing(stock)), filters=ANY, wanted=99, seed=1)
    rows = {stock.row_of[each.song.song_id] for each in found.suggestions}
    assert rows == set(np.flatnonzero(~stock.is_rated)) - {79}


def test_filters_are_kept_and_the_list_is_full_for_all_that(stock: Stock) -> None:
    filters = replace(ANY, max_per_artist=1, without_songs=frozenset({stock.songs[70].song_id}))
    found = rate_next(stock, ask=asking_here(hearing(stock)), filters=filters, wanted=20, seed=1)
    artists = [each.song.artist for each in found.suggestions]
    assert len(set(artists)) == len(artists) == 20
    assert stock.songs[70] not in [each.song for each in found.suggestions]


def test_without_any_rating_it_spans_the_library() -> None:
    stock = PLANTED.stock()
    found = rate_next(stock, ask=asking_here(hearing(stock)), filters=ANY, wanted=6, random_share=0, seed=1)
    assert {PLANTED.group_of(stock.row_of[each.song.song_id]) for each in found.suggestions} == set(range(4))


def test_the_same_again(stock: Stock) -> None:
    first, second = (
        rate_next(stock, ask=asking_here(hearing(stock)), filters=ANY, seed=4).suggestions for _ in range(2)
    )
    assert first == second


def test_all_is_rated_or_nothing_was_heard() -> None:
    rated = PLANTED.stock(ratings=dict.fromkeys(range(len(PLANTED)), 0.8))
    assert rate_next(rated, ask=asking_here(hearing(rated)), filters=ANY).notice == NONE_LEFT
    assert rate_next(rated, ask=asking_here(hearing(rated)), filters=Filters(genre="polka")).notice == NONE_FITS
    unheard = rate_next(PLANTED.stock(), ask=asking_here(Hearing([], np.empty((0, 0), np.float32))), filters=ANY)
    assert unheard.suggestions == ()
