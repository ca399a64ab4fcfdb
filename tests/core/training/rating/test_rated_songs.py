"""What is left out together, and which songs keep a known artist."""

from collections.abc import Sequence

import numpy as np

from core.training.rating.catalog import catalog_of
from core.training.rating.fitted_model import asked
from core.training.rating.names import Names
from core.training.rating.rated_songs import RatedSongs, rated_songs
from core.training.rating.sound_features import fit_sound_features


def sorted_songs(names: Names, *, groups: Sequence[str] | None = None) -> RatedSongs:
    catalog = catalog_of(names)
    vectors = np.random.default_rng(0).normal(size=(len(names), 3)).astype(np.float32)
    sound = fit_sound_features(vectors, kernel="linear", seed=0)
    songs = asked(vectors, names, catalog=catalog, sound=sound)
    # The ratings are the rows, so that a test sees where each song went.
    rows = np.arange(len(names), dtype=float)
    return rated_songs(songs, rows, names=names, groups=groups or names.artists, catalog=catalog, sound=sound)


def artists_alone(*artists: str) -> Names:
    return Names(artists, [""] * len(artists), [""] * len(artists))


def parts(songs: RatedSongs) -> set[frozenset[int]]:
    """The rows that are left out together."""
    return {frozenset(songs.ratings[songs.artists == each].astype(int).tolist()) for each in songs.artists}


def test_an_artist_is_left_out_whole_and_a_song_without_one_alone() -> None:
    assert parts(sorted_songs(artists_alone("a", "", "b", "a", ""))) == {
        frozenset({0, 3}),
        frozenset({2}),
        frozenset({1}),
        frozenset({4}),
    }


def test_a_group_joins_its_artists_but_a_compilation_does_not() -> None:
    names = artists_alone("a", "b", "c", "d")
    found = parts(sorted_songs(names, groups=["x", "x", "various artists", "various artists"]))
    assert found == {frozenset({0, 1}), frozenset({2}), frozenset({3})}


def test_of_one_artist_albums_are_left_out_and_of_one_album_songs() -> None:
    several = sorted_songs(Names(["a"] * 4, ["x", "y", "y", "x"], [""] * 4))
    assert parts(several) == {frozenset({0, 3}), frozenset({1, 2})}
    assert len(parts(sorted_songs(Names(["a"] * 4, ["x"] * 4, [""] * 4)))) == 4


def test_an_artist_stays_known_only_by_another_album() -> None:
    songs = sorted_songs(Names(["a", "a", "b", "b", ""], ["x", "y", "z", "z", ""], [""] * 5))
    assert dict(zip(songs.ratings.astype(int).tolist(), songs.known.tolist(), strict=True)) == {
        0: True,
        1: True,
        2: False,
        3: False,
        4: False,
    }


def test_a_sample_holds_whole_artists() -> None:
    songs = sorted_songs(artists_alone(*(f"artist {number % 10}" for number in range(100))))
    sample = songs.sample(45, seed=0)
    assert len(sample.ratings) == 40
    assert (np.bincount(sample.artists)[np.unique(sample.artists)] == 10).all()
    assert sample.design.artist.tolist() == np.repeat(np.arange(4), 10).tolist()
    assert songs.sample(100, seed=0) is songs
