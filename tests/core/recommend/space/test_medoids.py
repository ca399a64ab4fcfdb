"""Songs that stand for others: the greedy k-medoids."""

from itertools import islice

import numpy as np

from core.recommend.space.medoids import medoids
from tests.planted_stock import PlantedStock

PLANTED = PlantedStock(groups=6, songs_each=10)
EVERYONE = np.arange(len(PLANTED))


def first(count: int, **options: object) -> list[int]:
    arguments = {"candidates": EVERYONE, "covered": EVERYONE, **options}
    return list(islice(medoids(PLANTED.stock().space, **arguments), count))  # type: ignore[arg-type]


def test_one_song_of_each_group() -> None:
    assert {PLANTED.group_of(row) for row in first(6)} == set(range(6))


def test_the_first_is_nearest_to_all() -> None:
    distances = PLANTED.stock().space.distances(EVERYONE)
    assert first(1) == [int(distances.mean(axis=0).argmin())]


def test_each_next_one_brings_most() -> None:
    """Greedy, as it says: no candidate would have brought the songs nearer as the second one."""
    distances = PLANTED.stock().space.distances(EVERYONE)
    one, other = first(2)
    means = np.minimum(distances[:, [one]], distances).mean(axis=0)
    assert means[other] == means.min()


def test_weights_say_who_counts() -> None:
    weights = np.where(EVERYONE // 10 == 4, 1.0, 0.0)
    assert PLANTED.group_of(first(1, weights=weights)[0]) == 4


def test_songs_beside_stand_for_their_group() -> None:
    found = first(5, beside=np.array(PLANTED.rows_of(2)))
    assert {PLANTED.group_of(row) for row in found} == {0, 1, 3, 4, 5}


def test_everyone_comes_once_in_the_end() -> None:
    assert sorted(first(1000)) == EVERYONE.tolist()
    assert sorted(first(1000, artists=PLANTED.stock().artists)) == EVERYONE.tolist()
