"""What stands for the artist and the album of a song."""

import pytest

from core.training.protocol import TrainingSong
from core.training.rating.names import Names, genres_of, names_several


def song(group: str, *, album: str = "", artist: str = "", genre: str = "") -> TrainingSong:
    return TrainingSong("id", 0.8, group, album, artist=artist, genre=genre)


def test_the_album_artist_stands_for_the_artist() -> None:
    assert Names.of([song("abba", artist="ABBA feat. X", album="gold")]).artists == ["abba"]


@pytest.mark.parametrize("several", ["various artists", "VA", "Verschiedene Interpreten"])
def test_on_a_compilation_it_is_the_artist_of_the_track(several: str) -> None:
    names = Names.of([song(several.casefold(), artist="ABBA", album="hits")])
    assert names.artists == ["abba"]
    assert names.albums == [f"{several.casefold()}\nhits"]
    assert names_several(several)


def test_albums_of_one_name_are_told_apart_by_artist_and_none_is_empty() -> None:
    assert Names.of([song("a", album="live"), song("b", album="live"), song("b")]).albums == ["a\nlive", "b\nlive", ""]


@pytest.mark.parametrize(
    ("tagged", "genres"),
    [("Rock; Pop", ["rock", "pop"]), ("Jazz/Funk|jazz", ["jazz", "funk"]), (" , ;", []), ("", [])],
)
def test_one_tag_may_hold_several_genres(tagged: str, genres: list[str]) -> None:
    assert genres_of(tagged) == genres


def test_lists_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="2 artists, 1 albums"):
        Names(["a", "b"], ["c"], ["", ""])
