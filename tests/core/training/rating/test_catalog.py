"""Numbers of names: what is shared between songs, and what is not."""

import numpy as np

from core.training.rating.catalog import catalog_of, numbered_apart
from core.training.rating.names import Names

NAMES = Names(
    ["abba", "abba", "bach", "bach", ""],
    ["gold", "gold", "hits", "", ""],
    ["Pop", "Pop; Rock", "", "Classical", "Pop"],
)


def test_songs_of_an_album_share_its_number_and_others_have_none() -> None:
    catalog = catalog_of(NAMES)
    assert catalog.artists_of(NAMES).tolist() == [0, 0, 1, 1, -1]
    assert catalog.albums_of(NAMES).tolist() == [0, 0, 1, -1, -1]
    assert numbered_apart(catalog.albums_of(NAMES)).tolist() == [0, 0, 1, 2, 3]


def test_an_album_of_several_artists_is_one_for_all_of_them() -> None:
    names = Names(["abba", "bach", "cher"], ["hits", "hits", "own"], [""] * 3)
    catalog = catalog_of(names)
    assert catalog.shared == ["hits"]
    assert catalog.shared_of(Names(["nobody", "cher"], ["hits", "own"], [""] * 2)).tolist() == [0, -1]


def test_an_album_of_one_name_by_another_artist_is_another() -> None:
    catalog = catalog_of(NAMES)
    assert catalog.albums_of(Names(["bach"], ["gold"], [""])).tolist() == [-1]


def test_genres_of_a_song_weigh_one_together() -> None:
    features, known = catalog_of(NAMES).genre_features(Names([""] * 3, [""] * 3, ["pop/rock", "Zydeco", "Pop; Zydeco"]))
    assert np.linalg.norm(features, axis=1).round(6).tolist() == [1, 0, 1]
    assert known.tolist() == [True, False, True]
