"""The best list: its order, its limits, what it says of too few songs, and other draws from its top."""

from core.recommend.best import best, drawn
from core.recommend.filters import Filters
from core.recommend.remark import About
from core.recommend.stock import Stock
from core.recommend.suggestion import SongList
from tests.planted_stock import PlantedStock

PREDICTED = {row: (row + 1) / 50 for row in range(40)}


def planted(**facts: object) -> Stock:
    return PlantedStock().stock(predicted=PREDICTED, ratings={39: 1.0}, **facts)  # type: ignore[arg-type]


def rows(stock: Stock, found: SongList) -> list[int]:
    return [stock.row_of[each.song.song_id] for each in found.suggestions]


def test_unrated_songs_the_best_first() -> None:
    stock = planted(unplayable=(38,))
    found = best(stock, wanted=3, filters=Filters())
    assert rows(stock, found) == [37, 36, 35]
    assert [round(each.score, 2) for each in found.suggestions] == [0.76, 0.74, 0.72]
    assert found.notice == ""


def test_at_most_so_many_of_an_artist() -> None:
    stock = planted()
    assert rows(stock, best(stock, wanted=3, filters=Filters(max_per_artist=1))) == [38, 37, 35], "38 is alone"


def test_songs_below_the_minimum_are_left_out_and_the_highest_is_told() -> None:
    stock = planted()
    found = best(stock, wanted=5, filters=Filters(min_rating=0.77))
    assert rows(stock, found) == [38]
    assert found.notice == "Only 1 of 5 songs are predicted to get 3.85 stars; the highest prediction is 3.9."
    assert best(stock, wanted=5, filters=Filters(min_rating=0.9)).notice == (
        "No song is predicted to get 4.5 stars; the highest prediction is 3.9."
    )


def test_too_few_songs_are_told() -> None:
    stock = planted()
    assert best(stock, wanted=90, filters=Filters()).notice == "Only 39 of 90 songs: no more songs without stars fit."
    assert best(stock, wanted=9, filters=Filters(genre="polka")).notice.startswith("No song without stars fits")


def test_another_draw_holds_songs_from_the_top_in_their_order() -> None:
    stock = planted()
    pool = best(stock, wanted=30, filters=Filters())
    draws = [drawn(pool, wanted=10, seed=seed) for seed in (1, 2)]
    for found in draws:
        places = rows(stock, found)
        assert len(places) == 10
        assert places == sorted(places, reverse=True)
        assert set(places) <= set(rows(stock, pool))
        assert found.notice == "Drawn from the first 30 songs, those at the top more often."
        assert [each.about for each in found.remarks] == [About.MAKING]
    assert rows(stock, draws[0]) != rows(stock, draws[1])
    assert drawn(pool, wanted=10, seed=1) == draws[0]


def test_what_scores_twice_is_drawn_more_often() -> None:
    stock = PlantedStock().stock(predicted={0: 0.9, 1: 0.3})
    pool = best(stock, wanted=2, filters=Filters())
    first = sum(rows(stock, drawn(pool, wanted=1, seed=seed)) == [0] for seed in range(200))
    assert 125 < first < 175, "three of four"


def test_a_short_list_leaves_no_choice() -> None:
    stock = planted()
    found = best(stock, wanted=5, filters=Filters())
    assert drawn(found, wanted=5, seed=9) is found
