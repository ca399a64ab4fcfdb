"""The first songs to rate span the library, and are known to the owner where that is possible."""

import numpy as np

from core.recommend.bootstrap import bootstrap, familiarity
from core.recommend.surprise import nearest_distances
from tests.planted_stock import PlantedStock

PLANTED = PlantedStock(groups=15, songs_each=20)


def coverage(planted: PlantedStock, rows: list[int]) -> float:
    """The mean distance of every song to the nearest chosen one."""
    return float(nearest_distances(planted.stock(), np.arange(len(planted)), known=np.array(rows)).mean())


def test_every_group_is_hit() -> None:
    rows = bootstrap(PLANTED.stock(), wanted=20)
    assert len(set(rows)) == 20
    assert {PLANTED.group_of(row) for row in rows} == set(range(PLANTED.groups))


def test_small_groups_are_hit_too() -> None:
    """Half of the library is one group, and still the others come before its second song."""
    planted = PlantedStock(groups=20, songs_each=20)
    without = [row for group in range(10, 20) for row in planted.rows_of(group)[2:]]
    rows = bootstrap(planted.stock(unplayable=tuple(without)), wanted=20)
    assert len({planted.group_of(row) for row in rows}) == 20


def test_the_library_is_spanned_better_than_by_chance() -> None:
    random = np.random.default_rng(1)
    by_chance = [coverage(PLANTED, random.choice(len(PLANTED), 20, replace=False).tolist()) for _ in range(20)]
    assert coverage(PLANTED, bootstrap(PLANTED.stock(), wanted=20)) < 0.7 * np.mean(by_chance)
    assert coverage(PLANTED, bootstrap(PLANTED.stock(), wanted=20)) < min(by_chance)


def test_known_songs_are_preferred() -> None:
    plays = dict.fromkeys(range(0, len(PLANTED), 2), 20)
    rows = bootstrap(PLANTED.stock(plays=plays), wanted=15)
    assert {PLANTED.group_of(row) for row in rows} == set(range(PLANTED.groups))
    assert sum(row in plays for row in rows) >= 14


def test_somebody_else_may_tell_what_is_known() -> None:
    known = np.zeros(len(PLANTED))
    known[1::2] = 1
    rows = bootstrap(PLANTED.stock(), wanted=15, known=known)
    assert sum(row % 2 == 1 for row in rows) >= 14


def test_familiarity_grows_with_plays() -> None:
    found = familiarity(PLANTED.stock(plays={1: 1, 2: 2, 3: 100}))
    assert found[0] == 0 < found[1] < found[2] == 0.5 < found[3] < 1


def test_rated_songs_span_it_already() -> None:
    rated = dict.fromkeys((row for group in range(7) for row in PLANTED.rows_of(group)), 0.8)
    rows = bootstrap(PLANTED.stock(ratings=rated), wanted=8)
    assert {PLANTED.group_of(row) for row in rows} == set(range(7, 15))


def test_one_song_of_an_artist_as_long_as_there_are_others() -> None:
    small = PlantedStock(groups=1, songs_each=8)
    stock = small.stock()
    artists = stock.artists[bootstrap(stock, wanted=8)]
    assert len(set(artists[:4])) == 4
    assert len(artists) == 8


def test_nothing_that_no_list_may_hold() -> None:
    unplayable = tuple(range(0, len(PLANTED), 2))
    rows = bootstrap(PLANTED.stock(unplayable=unplayable, ratings={1: 0.5}), wanted=400)
    assert set(rows) == set(range(3, len(PLANTED), 2))


def test_the_same_seed_gives_the_same_songs() -> None:
    assert bootstrap(PLANTED.stock(), seed=3) == bootstrap(PLANTED.stock(), seed=3)


def test_a_large_library_is_drawn_from() -> None:
    planted = PlantedStock(groups=10, songs_each=600)
    plays = dict.fromkeys(range(0, len(planted), 100), 5)
    rows = bootstrap(planted.stock(plays=plays), wanted=12)
    assert {planted.group_of(row) for row in rows} == set(range(10))
    assert sum(row in plays for row in rows) >= 8


def test_an_empty_library() -> None:
    assert bootstrap(PlantedStock(groups=1, songs_each=2).stock(ratings={0: 0.5, 1: 0.5})) == []
