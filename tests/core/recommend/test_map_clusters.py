"""Clusters: planted kinds are found and called by their genre, and keep their number when a map is drawn anew."""

import numpy as np

from core.recommend.map_clusters import MOST_CLUSTERS, found_clusters, names, numbered_like

RANDOM = np.random.default_rng(8)
SIZES = (60, 40, 30)
KINDS = np.repeat([0, 1, 2], SIZES).astype(np.int16)


def test_planted_kinds_are_found_together() -> None:
    sound = (RANDOM.normal(size=(3, 6))[KINDS] * 20 + RANDOM.normal(size=(130, 6))).astype(np.float32)
    found = found_clusters(sound)
    assert found.max() < MOST_CLUSTERS
    for number in np.unique(found):
        assert len(np.unique(KINDS[found == number])) == 1
    sizes = np.bincount(found[found >= 0])
    assert (np.diff(sizes) <= 0).all()


def test_five_songs_are_one_cluster() -> None:
    assert found_clusters(RANDOM.normal(size=(5, 3)).astype(np.float32)).tolist() == [0] * 5
    assert found_clusters(np.zeros((40, 3), np.float32)).tolist() == [0] * 40


def test_clusters_keep_their_number() -> None:
    before = KINDS.copy()
    before[::5] = -1
    assert np.array_equal(numbered_like(((KINDS + 1) % 3).astype(np.int16), before), KINDS)


def test_a_new_cluster_gets_a_free_number() -> None:
    before = np.where(KINDS == 2, -1, KINDS).astype(np.int16)
    assert np.array_equal(numbered_like((2 - KINDS).astype(np.int16), before), KINDS)
    assert numbered_like(np.array([0, -1], np.int16), np.array([-1, -1], np.int16)).tolist() == [0, -1]


def test_they_are_called_by_genre_then_artist() -> None:
    genres = ["Jazz"] * 60 + [""] * 70
    artists = [""] * 60 + ["Björk"] * 40 + [f"Band {number}" for number in range(30)]
    assert names(KINDS, genres=genres, artists=artists) == ["Jazz", "Björk", ""]


def test_no_name_is_given_twice() -> None:
    kinds = np.repeat([0, 1, 2], (200, 60, 40)).astype(np.int16)
    found = names(kinds, genres=["Rock"] * 200 + ["Jazz"] * 100, artists=[""] * 300)
    assert found == ["Rock", "Jazz", ""]


def test_where_nothing_is_distinctive_the_commonest_words_tell_them_apart() -> None:
    kinds = np.repeat([0, 1, 2], (40, 40, 6)).astype(np.int16)
    genres = ["Rock"] * 80 + [""] * 6
    artists = ["A", "B"] * 20 + ["C", "D"] * 20 + [f"Band {number}" for number in range(6)]
    assert names(kinds, genres=genres, artists=artists) == ["A", "C", ""]
    assert names(kinds, genres=genres, artists=[""] * 40 + ["D"] * 2 + [""] * 44) == ["Rock", "Rock, D", ""]
