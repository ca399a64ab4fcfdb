"""Which kinds of liked songs there are."""

from itertools import combinations

import numpy as np
import pytest

from core.recommend.mixes.clusters import Cluster, liked_clusters
from core.recommend.stock import Mask, Stock
from tests.planted_stock import PlantedStock

EVERYTHING = dict.fromkeys(range(400), 0.8)


def everything(stock: Stock) -> Mask:
    return np.ones(len(stock), dtype=bool)


def found(planted: PlantedStock, ratings: dict[int, float], *, most: int = 6, seed: int = 0) -> list[Cluster]:
    stock = planted.stock(ratings={row: stars for row, stars in ratings.items() if row < len(planted)})
    return liked_clusters(stock, allowed=everything(stock), most=most, seed=seed)


@pytest.mark.parametrize("groups", [1, 2, 3, 5])
@pytest.mark.parametrize("seed", [0, 1])
def test_there_are_as_many_as_were_planted(groups: int, seed: int) -> None:
    planted = PlantedStock(groups=groups, songs_each=120 // groups, spread=1.0)
    clusters = found(planted, EVERYTHING, seed=seed)
    assert len(clusters) == groups
    for cluster in clusters:
        assert len({planted.group_of(row) for row in cluster.rows}) == 1


def test_no_more_than_asked_for() -> None:
    assert len(found(PlantedStock(groups=5, songs_each=20), EVERYTHING, most=2)) <= 2


@pytest.mark.parametrize(("songs", "most"), [(1, 1), (8, 1), (15, 1), (32, 3)])
def test_small_libraries_have_fewer(songs: int, most: int) -> None:
    planted = PlantedStock(groups=songs, songs_each=1)
    assert 1 <= len(found(planted, EVERYTHING)) <= most


def test_what_is_disliked_or_not_allowed_makes_no_cluster() -> None:
    planted = PlantedStock(groups=2, songs_each=40)
    ratings = dict.fromkeys(planted.rows_of(0), 0.8) | dict.fromkeys(planted.rows_of(1), 0.3)
    assert [set(each.rows) for each in found(planted, ratings)] == [set(planted.rows_of(0))]
    stock = planted.stock(ratings=ratings)
    assert liked_clusters(stock, allowed=~everything(stock), most=6, seed=0) == []
    assert found(planted, {}) == []


def test_predictions_help_where_few_are_rated() -> None:
    planted = PlantedStock(groups=2, songs_each=60)
    predicted = {row: 0.9 - row % 60 / 100 for row in range(3, len(planted))}
    stock = planted.stock(ratings={0: 1.0, 1: 0.2}, predicted=predicted)
    clusters = liked_clusters(stock, allowed=everything(stock), most=6, seed=0)
    rows = np.concatenate([each.rows for each in clusters])
    assert len(clusters) == 2
    assert len(rows) == 60
    assert 0 in rows
    assert 1 not in rows
    assert 2 not in rows


def test_the_largest_comes_first_and_its_most_typical_song_leads() -> None:
    planted = PlantedStock(groups=3, songs_each=40, spread=1.0)
    ratings = dict.fromkeys((*range(20), *range(40, 80), *range(80, 110)), 0.8)
    clusters = found(planted, ratings)
    assert [planted.group_of(each.medoid) for each in clusters] == [1, 2, 0]
    stock = planted.stock()
    for cluster in clusters:
        closeness = cluster.closeness(stock)
        assert closeness[cluster.medoid] == pytest.approx(closeness[cluster.rows].max(), abs=1e-5)
        assert np.all(np.diff(closeness[cluster.rows]) <= 1e-5)


def test_the_same_songs_in_another_order_give_the_same_clusters() -> None:
    planted = PlantedStock(groups=3, songs_each=30, spread=1.0)
    stock = planted.stock(ratings=dict.fromkeys(range(90), 0.8))
    turned = Stock.of(
        stock.songs[::-1],
        filenames=[song.song_id for song in stock.songs],
        vectors=planted.vectors,
        predictions={},
    )
    one, other = (
        [[each.songs[row].song_id for row in cluster.rows] for cluster in clusters]
        for each in (stock, turned)
        for clusters in [liked_clusters(each, allowed=everything(each), most=6, seed=0)]
    )
    assert one == other


def test_a_few_new_ratings_do_not_reshuffle() -> None:
    planted = PlantedStock(groups=4, songs_each=30, spread=1.0)
    ratings = {row: 0.8 for row in range(120) if row % 5}
    before = found(planted, ratings)
    after = found(planted, ratings | dict.fromkeys((0, 5, 35, 95), 0.9))
    old, new = ({row: number for number, each in enumerate(all_) for row in each.rows} for all_ in (before, after))
    together = [(old[one] == old[other]) == (new[one] == new[other]) for one, other in combinations(sorted(old), 2)]
    assert np.mean(together) > 0.98


def test_songs_that_all_sound_the_same_are_one_cluster() -> None:
    planted = PlantedStock(groups=1, songs_each=40, spread=0.0)
    clusters = found(planted, EVERYTHING)
    assert [len(each.rows) for each in clusters] == [40]
    assert clusters[0].medoid == 0
