"""Labels of artists, albums and years, over the player's songs and over the child's, in any order."""

import random
from collections.abc import Sequence

import pytest

from core.song import Song
from core.training.labels import (
    build_album_mapping,
    build_artist_mapping,
    build_song_to_albums_mapping,
    get_album_labels,
    get_primary_album_label,
    labels_of,
    year_to_period,
)
from core.training.protocol import TrainingSong


def song(name: str, artist: str = "", album: str = "", *, cue: float | None = None) -> Song:
    return Song(
        rowid=1,
        title=name,
        artist=artist,
        album=album,
        year=1987,
        rating=-1,
        filename=f"file:///m/{name}.mp3",
        beginning=cue or 0.0,
        is_cue_track=cue is not None,
    )


def heard(name: str, artist: str, *albums: tuple[str, str], genre: str = "", year: int = -1) -> TrainingSong:
    return TrainingSong(name, -1.0, artist.casefold(), "", artist=artist, albums=albums, genre=genre, year=year)


def songs_of(counts: dict[str, int]) -> list[Song]:
    return [song(f"{artist}{number}", artist) for artist, count in counts.items() for number in range(count)]


def shuffled(songs: Sequence[Song]) -> list[Song]:
    return random.Random(3).sample(songs, len(songs))


def test_artists_are_numbered_by_their_songs_then_by_the_alphabet() -> None:
    songs = songs_of({"B": 6, "A": 6, "C": 9, "Rare": 4, "": 20})
    assert build_artist_mapping(songs) == {"C": 0, "A": 1, "B": 2}
    assert list(build_artist_mapping(shuffled(songs))) == ["C", "A", "B"]
    assert build_artist_mapping(songs, top_k=2) == {"C": 0, "A": 1}
    assert "Rare" in build_artist_mapping(songs, min_songs=4)


def test_albums_of_one_song_are_left_out() -> None:
    songs = [
        song("a", "X", "One"),
        song("b", "X", "One"),
        song("c", "Y", "One"),
        song("d", "Y", ""),
        song("e", "", "Two"),
    ]
    assert build_album_mapping(songs) == {"X - One": 0}
    assert build_album_mapping(songs, min_songs_per_album=1) == {"X - One": 0, "Y - One": 1}


def test_a_song_is_on_all_albums_of_its_copies() -> None:
    songs = [song("a", "X", "Hits"), song("a", "X", "Album"), song("copy", "V", "Best of"), song("b", "", "Album")]
    kept = song("a", "X", "Album").song_id
    albums = build_song_to_albums_mapping(songs, copy_of={song("copy").song_id: kept})
    assert albums == {kept: ["V - Best of", "X - Album", "X - Hits"]}
    assert build_song_to_albums_mapping(songs)[song("copy").filename] == ["V - Best of"]


def test_the_tracks_of_one_file_have_albums_of_their_own() -> None:
    first, second = song("cd", "X", "One", cue=0.0), song("cd", "X", "Two", cue=60.0)
    albums = build_song_to_albums_mapping([first, second])
    assert get_album_labels(first, {"X - One": 4, "X - Two": 5}, albums) == [4]
    assert get_album_labels(second, {"X - One": 4, "X - Two": 5}, albums) == [5]


def test_album_labels_are_those_with_a_number() -> None:
    one = song("a", "X", "One")
    albums = {one.filename: ["X - One", "X - Rare", "Y - Hits"]}
    assert get_album_labels(one, {"X - One": 7, "Y - Hits": 2}, albums) == [7, 2]
    assert get_album_labels(song("other"), {"X - One": 7}, albums) == []


ALBUMS = {"X - Abc": 2, "X - Main": 5, "V - Hits": 0, "V - Best": 1}
ON = {
    "own": ["V - Hits", "X - Abc", "X - Main"],
    "main1": ["X - Main"],
    "main3": ["X - Main"],
    "main2": ["X - Main", "X - Unknown"],
    "hits": ["V - Best", "V - Hits"],
    "hits2": ["V - Hits"],
    "tie": ["X - Abc", "V - Best"],
    "none": ["X - Unknown"],
}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("own", "X - Main"), ("hits", "V - Hits"), ("tie", "X - Abc"), ("main2", "X - Main")],
)
def test_the_primary_album_is_the_artists_own_and_the_largest(name: str, expected: str) -> None:
    albums = {song(key).filename: value for key, value in ON.items()}
    assert get_primary_album_label(song(name, "X"), ALBUMS, albums) == ALBUMS[expected]


def test_without_preference_the_largest_album_counts() -> None:
    albums = {song(key).filename: value for key, value in ON.items()}
    counts = {"V - Hits": 9, "X - Main": 3}
    own = song("own", "X")
    assert get_primary_album_label(own, ALBUMS, albums, prefer_artist_albums=False, counts=counts) == 0
    assert get_primary_album_label(own, ALBUMS, albums, prefer_artist_albums=False) == ALBUMS["X - Main"]
    assert get_primary_album_label(song("none", "X"), ALBUMS, albums) == -1
    assert get_primary_album_label(song("nowhere", "X"), ALBUMS, albums) == -1


def test_equal_albums_go_by_the_alphabet() -> None:
    one = song("a", "X")
    albums = {one.filename: ["X - B", "X - A"]}
    assert get_primary_album_label(one, {"X - A": 9, "X - B": 0}, albums) == 9


@pytest.mark.parametrize(
    ("year", "period"),
    [
        (1969, 0),
        (1900, 0),
        (1970, 0),
        (1974, 0),
        (1975, 1),
        (1987, 3),
        (2003, 6),
        (2024, 10),
        (2025, 11),
        (2099, 11),
        (0, -1),
        (-1, -1),
        (-1987, -1),
        (7, -1),
        (99, -1),
        (20170512, -1),
    ],
)
def test_the_period_of_a_year(year: int, period: int) -> None:
    assert year_to_period(year) == period


def test_labels_of_the_childs_songs() -> None:
    songs = [heard(f"x{number}", "X", ("X", "One"), genre="Rock", year=1991) for number in range(5)]
    songs.append(heard("y", "Y", ("X", "One"), ("V", "Hits"), genre="Hörspiel", year=0))
    songs.append(heard("z", "", ("V", "Hits"), genre="Jazz"))
    labels = labels_of(songs)
    assert labels.artist.tolist() == [0] * 5 + [-1, -1]
    assert labels.albums == [[0]] * 5 + [[1, 0], [1]]
    assert labels.genre.tolist() == [0] * 5 + [-1, 4]
    assert labels.period.tolist() == [4] * 5 + [-1, -1]
    assert (labels.num_artists, labels.num_albums, labels.num_genres, labels.num_periods) == (1, 2, 13, 12)
    assert (len(labels), labels_of([]).num_artists) == (7, 0)
    assert labels_of(songs, top_k_artists=0, top_k_albums=1).albums[5] == [0]
