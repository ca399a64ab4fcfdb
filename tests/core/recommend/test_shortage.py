"""Sentences about lists that are shorter than was asked for."""

from core.recommend.filters import Filters
from core.recommend.remark import Remark, Shortage
from core.recommend.shortage import lower_minimum, recounted
from core.recommend.stock import Stock
from tests.planted_stock import PlantedStock

PREDICTED = {row: (row + 1) / 50 for row in range(40)}


def planted() -> Stock:
    return PlantedStock().stock(predicted=PREDICTED)


def test_songs_are_counted_as_they_are_shown() -> None:
    modest, away = Remark("Predicted at 3.5 at most."), Remark("Only 3 of 30 songs. A drive is away.")
    said = (modest, Shortage(3, 30, ": no more fit."), away)
    assert recounted(said, shown=4, wanted=10) == (modest, Shortage(4, 10, ": no more fit."), away)
    assert recounted(said, shown=4, wanted=4) == (modest, away)


def test_a_lower_minimum_gives_what_is_told() -> None:
    stock, filters = planted(), Filters(min_rating=0.75, max_per_artist=1)
    said = lower_minimum(stock, filters=filters, shown=1, wanted=3)
    assert said == (Remark("A minimum of 3.6 stars would give 3."),)
    allowed = Filters(min_rating=0.72).allowed(stock)
    assert len(Filters(max_per_artist=1).choose(allowed.nonzero()[0][::-1], stock=stock, wanted=9)) == 3


def test_nothing_is_said_where_no_minimum_gives_more() -> None:
    stock = planted()
    assert lower_minimum(stock, filters=Filters(), shown=1, wanted=90) == ()
    assert lower_minimum(stock, filters=Filters(min_rating=0.1), shown=36, wanted=36) == ()
    assert lower_minimum(stock, filters=Filters(min_rating=0.1, genre="polka"), shown=0, wanted=5) == ()
