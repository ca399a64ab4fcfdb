"""Details of one song, from databases of both players."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.library.clementine import read_library
from core.library.song_details import SongDetails, read_details
from tests.library_databases import PlayerDatabase, SongRow

A, B = Path("/music/a song.mp3"), Path("/music/b.flac")
SONGS = [SongRow(path=A, more={"bitrate": 320, "samplerate": 44_100}), SongRow(path=B, more={"bitrate": -1})]
MAKERS = [PlayerDatabase.create, PlayerDatabase.create_strawberry]


@pytest.mark.parametrize("make", MAKERS)
def test_reads_what_the_player_knows(tmp_path: Path, make) -> None:  # noqa: ANN001 - one of the two above
    database = make(tmp_path / "player.db", songs=SONGS)
    songs = read_library(database.path).songs
    assert [read_details(database.path, song) for song in songs] == [SongDetails(320, 44_100), SongDetails()]


def test_finds_a_row_that_was_renumbered_and_none_that_is_gone(tmp_path: Path) -> None:
    database = PlayerDatabase.create(tmp_path / "player.db", songs=SONGS)
    song = read_library(database.path).songs[0]
    assert read_details(database.path, replace(song, rowid=99)).bit_rate == 320
    database.remove(A)
    assert read_details(database.path, song) == SongDetails()
