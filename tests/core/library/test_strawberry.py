"""strawberry.db -> the same Songs."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import UserError
from core.library.clementine import read_library
from core.song import Song
from tests.library_databases import PlayerDatabase, SongRow


def test_the_forks_columns(tmp_path: Path) -> None:
    row = SongRow(path=Path("/music/a #1.mp3"), title="", rating=0.800000011920929, duration=12.5, genre="Rock")
    row = replace(row, more={"lastplayed": 1_700_000_001})
    path = PlayerDatabase.create_strawberry(tmp_path / "strawberry.db", songs=[row], directories=[Path("/music")]).path
    library = read_library(path)
    assert (library.player, library.schema_version, library.directories) == ("Strawberry", 15, [Path("/music")])
    assert library.songs == [
        Song(
            1, "a #1", "Artist", "Album", 2001, 0.8, "file:///music/a%20%231.mp3", genre="Rock", track=1, duration=12.5,
            mtime=1_600_000_000, filesize=5_000_000, last_played=1_700_000_001, ctime=1_600_000_000,
        )
    ]  # fmt: skip


def test_only_the_collection_is_read(tmp_path: Path) -> None:
    rows = [SongRow(), SongRow(path=Path("/cd/b.mp3"), more={"source": 4})]
    path = PlayerDatabase.create_strawberry(tmp_path / "strawberry.db", songs=rows).path
    assert len(read_library(path).songs) == 1


def test_a_newer_schema_is_a_notice_and_an_older_one_is_refused(tmp_path: Path) -> None:
    newer = PlayerDatabase.create_strawberry(tmp_path / "newer.db", schema=24, songs=[SongRow()]).path
    older = PlayerDatabase.create_strawberry(tmp_path / "older.db", schema=7).path
    assert "newer Strawberry" in read_library(newer).notices[0]
    with pytest.raises(UserError, match="old Strawberry"):
        read_library(older)
