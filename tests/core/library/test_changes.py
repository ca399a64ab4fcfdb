"""What counts as a change of the library, and what does not."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.library.changes import LibraryChange, compare
from core.library.songs_table import Library
from core.song import UNRATED, Song

LISTS = ("new", "changed_files", "gone", "back", "rated", "described")
SONG = Song(1, "Title", "Artist", "Album", 2001, UNRATED, "file:///music/a.mp3", mtime=5, filesize=7, duration=3.0)
OTHER = replace(SONG, rowid=2, filename="file:///music/b.mp3")


def library(*songs: Song, folders: tuple[str, ...] = ("/music",)) -> Library:
    return Library(
        database=Path("clementine.db"), player="Clementine", schema_version=51, songs=list(songs),
        directories=[Path(folder) for folder in folders],
    )  # fmt: skip


def changed(before: Library, after: Library) -> dict[str, list[Song]]:
    change = compare(before, after)
    return {name: list(getattr(change, name)) for name in LISTS if getattr(change, name)}


@pytest.mark.parametrize(
    ("difference", "names"),
    [
        ({"rating": 0.8}, ["rated"]),
        ({"mtime": 6}, ["changed_files"]),
        ({"filesize": 8}, ["changed_files"]),
        ({"duration": 4.0}, ["changed_files"]),
        ({"mapped_path": "/mnt/a.mp3"}, ["changed_files"]),
        ({"unavailable": True}, ["gone"]),
        ({"title": "New"}, ["described"]),
        ({"genre": "Jazz"}, ["described"]),
        ({"mtime": 6, "rating": 0.8}, ["changed_files", "rated"]),
        ({"playcount": 3, "skipcount": 2, "score": 70.0}, []),
        ({"rowid": 99}, []),
        ({}, []),
    ],
)
def test_one_song_differs(difference: dict[str, object], names: list[str]) -> None:
    newer = replace(SONG, **difference)  # type: ignore[arg-type]
    assert changed(library(SONG, OTHER), library(OTHER, newer)) == {name: [newer] for name in names}
    change = compare(library(SONG), library(newer))
    assert bool(change) is bool(names)
    assert change.is_of_ratings is (names == ["rated"])


def test_a_row_that_appears_and_one_that_goes() -> None:
    assert changed(library(), library(SONG)) == {"new": [SONG]}
    assert changed(library(SONG), library()) == {"gone": [SONG]}


def test_rows_without_a_file_come_and_go_unnoticed() -> None:
    missing = replace(SONG, unavailable=True)
    assert changed(library(), library(missing)) == {}
    assert changed(library(missing), library()) == {}
    assert changed(library(missing), library(replace(missing, mtime=9))) == {}
    assert changed(library(missing), library(SONG)) == {"back": [SONG]}


def test_cue_tracks_of_one_file_are_apart() -> None:
    first = replace(SONG, is_cue_track=True)
    second = replace(first, beginning=60.0)
    rated = replace(second, rating=1.0)
    assert changed(library(first, second), library(first, rated)) == {"rated": [rated]}


def test_a_rating_taken_away_is_a_change() -> None:
    assert changed(library(replace(SONG, rating=0.5)), library(SONG)) == {"rated": [SONG]}


def test_music_folders() -> None:
    change = compare(library(SONG), library(SONG, folders=("/music", "/more")))
    assert change.folders_changed
    assert bool(change)
    assert change.library.directories == [Path("/music"), Path("/more")]


songs = st.builds(
    Song, st.just(1), st.sampled_from("ab"), st.just("A"), st.just("L"), st.just(1), st.sampled_from([-1.0, 0.5]),
    st.integers(0, 6).map(lambda number: f"file:///{number}"), unavailable=st.booleans(), mtime=st.integers(1, 2),
)  # fmt: skip
libraries = st.lists(songs, unique_by=lambda song: song.song_id).map(lambda several: library(*several))


@given(libraries, libraries)
def test_there_and_back(one: Library, other: Library) -> None:
    def ids(change: LibraryChange, *names: str) -> set[str]:
        return {song.song_id for name in names for song in getattr(change, name)}

    there, back = compare(one, other), compare(other, one)
    assert ids(there, "new", "back") == ids(back, "gone")
    assert ids(there, "rated", "described") == ids(back, "rated", "described")
    assert not compare(one, one)
