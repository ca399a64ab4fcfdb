"""The pieces between a table and Songs that need no database."""

import copy
import pickle
from dataclasses import FrozenInstanceError, fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.library import songs_table
from core.library.clementine import CLEMENTINE
from core.library.songs_table import (
    EXPRESSIONS,
    left_out,
    longest_first,
    mapped_path,
    select_statement,
    without_repeated,
)
from core.song import Song

SONG = Song(1, "Title", "Artist", "Album", 2001, 0.5, "file:///music/a.mp3")


def test_columns_are_selected_in_the_order_of_the_fields() -> None:
    named = {"location": "filename", "length": "duration", "cue_path": "is_cue_track", "lastplayed": "last_played"}
    columns = ["rowid", *(named.get(name, name) for name, _, _ in EXPRESSIONS)]
    assert [*columns, "mapped_path"] == [field.name for field in fields(Song)]
    assert columns[songs_table.LOCATION] == "filename"
    assert columns[songs_table.FLAGS :] == ["unavailable", "is_cue_track"]


def test_a_missing_column_is_not_named() -> None:
    statement = select_statement(CLEMENTINE, {"title", "filename"})
    assert "CAST(title AS TEXT)" in statement
    assert "albumartist" not in statement
    assert "fts" not in statement


@pytest.mark.parametrize(
    ("path", "here"),
    [
        ("/old/a", "/new/a"),
        ("/old", "/new"),
        ("/old/deep/a", "/elsewhere/a"),
        ("/older/a", ""),
        ("/a/old/b", ""),
        ("", ""),
    ],
)
def test_mapped_path(path: str, here: str) -> None:
    assert mapped_path(path, longest_first({"/old/": "/new/", "/old/deep": "/elsewhere"})) == here


@given(st.lists(st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1), max_size=4))
def test_what_lies_below_a_mapped_folder_keeps_its_place(parts: list[str]) -> None:
    below = "".join(f"/{part}" for part in parts)
    assert mapped_path(f"/old{below}", [("/old", "/new")]) == f"/new{below}"


def test_a_song_made_from_a_row_is_like_any_other() -> None:
    row = (
        1,
        "Title",
        "Artist",
        "Album",
        2001,
        0.5,
        "file:///music/a.mp3",
        "",
        "",
        -1,
        -1.0,
        0.0,
        -1,
        0,
        0,
        0,
        -1.0,
        -1,
        -1,
        0,
        0,
    )
    song = songs_table.songs_from_rows([row], path_map={})[0]
    assert (type(song), song, hash(song), repr(song)) == (Song, SONG, hash(SONG), repr(SONG))
    assert pickle.loads(pickle.dumps(song)) == replace(song) == copy.copy(song) == SONG  # noqa: S301 - our own value
    with pytest.raises(FrozenInstanceError):
        song.rating = 1.0  # type: ignore[misc]


def test_songs_that_differ_are_left_as_they_are() -> None:
    songs = [SONG, Song(2, "Other", "Artist", "Album", 2001, 0.5, "file:///music/b.mp3")]
    assert without_repeated(songs) is songs


def test_no_row_is_lost_among_those_that_stand_for_one_file() -> None:
    other = replace(SONG, rowid=4, filename="file:///music/b.mp3")
    rows = [
        replace(SONG, rowid=1, rating=1.0, unavailable=True),
        replace(SONG, rowid=2, rating=-1.0),
        replace(SONG, rowid=3, rating=0.4),
        other,
        replace(SONG, rowid=5, rating=0.4),
    ]
    kept = without_repeated(rows)
    assert [song.rowid for song in kept] == [3, 4], "the one that is there, with the most stars"
    assert [song.rowid for song in left_out(rows, kept)] == [1, 2, 5]
    assert left_out([other], [other]) == ()


def test_the_path_of_a_song_is_the_mapped_one() -> None:
    row = (1, "T", "A", "L", 1, 0.5, "file:///old/a.mp3", "", "", 1, 1.0, 0.0, 1, 1, 0, 0, 0.0, -1, -1, 0, 1)
    song = songs_table.songs_from_rows([row], path_map={"/old": "/new"})[0]
    assert song.filepath == Path("/new/a.mp3")
    assert song.is_cue_track is True
