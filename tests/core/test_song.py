"""What a Song knows of itself: its key, its file and its group."""

from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest

from core.song import UNRATED, Song

SONG = Song(1, "Title", "Artist", "Album", 2001, 0.7, "file:///music/Some%20Album/01.mp3")


def test_a_song_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        SONG.rating = 1.0  # type: ignore[misc]


@pytest.mark.parametrize(("rating", "rated"), [(UNRATED, False), (0.0, False), (0.1, True), (1.0, True)])
def test_only_stars_are_a_rating(rating: float, *, rated: bool) -> None:
    assert replace(SONG, rating=rating).is_rated is rated


def test_the_key_is_the_url_as_the_player_stores_it() -> None:
    assert SONG.song_id == SONG.filename


def test_cue_tracks_of_one_file_have_keys_of_their_own() -> None:
    sections = [replace(SONG, is_cue_track=True, beginning=start) for start in (0.0, 61.5, 3725.0)]
    assert [song.song_id.removeprefix(SONG.filename) for song in sections] == ["#t=0", "#t=61.5", "#t=3725"]


def test_a_song_is_called_by_its_artist_and_title() -> None:
    assert [SONG.name, replace(SONG, artist="").name] == ["Artist – Title", "Title"]


def test_the_file_is_where_the_player_says_or_where_it_is_mapped() -> None:
    assert SONG.filepath == Path("/music/Some Album/01.mp3")
    assert replace(SONG, mapped_path="/mnt/01.mp3").filepath == Path("/mnt/01.mp3")


def test_the_group_is_the_album_artist_then_the_artist_then_the_folder() -> None:
    assert replace(SONG, albumartist="The Band").group == "the band"
    assert SONG.group == "artist"
    without = replace(SONG, artist="")
    assert without.group == replace(without, filename="file:///music/Some%20Album/02.mp3").group
    assert without.group != replace(without, filename="file:///music/Other/01.mp3").group


def test_the_group_of_a_folder_does_not_move_with_the_mount() -> None:
    without = replace(SONG, artist="")
    assert replace(without, mapped_path="/mnt/Some Album/01.mp3").group == without.group


@pytest.mark.parametrize("filename", ["http://radio/live.ogg", "", "relative/song.mp3"])
def test_a_song_that_is_no_file_has_a_key_and_a_group(filename: str) -> None:
    song = replace(SONG, filename=filename, artist="")
    assert song.song_id == filename
    assert song.group.startswith("folder:")
    with pytest.raises(ValueError, match="not a local file"):
        _ = song.filepath


def test_a_song_is_called_by_artist_and_title_in_either_order() -> None:
    song = replace(SONG, artist="Björk", title="Jóga")
    assert (song.name, song.title_first) == ("Björk – Jóga", "Jóga – Björk")
    assert (replace(song, artist="").name, replace(song, artist="").title_first) == ("Jóga", "Jóga")
