"""The imitated player database: facts as the player writes them, and no other file ever replaced."""

import contextlib
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from core.demo.player_database import MADE_BY_US, PlayerSong, write_player_database
from core.errors import UserError


@pytest.fixture
def song(tmp_path: Path) -> PlayerSong:
    path = tmp_path / "music" / "Jö & Co" / "50% #1.opus"
    path.parent.mkdir(parents=True)
    path.write_bytes(bytes(80_000))
    return PlayerSong(
        path=path, title="50% #1", artist="Jö & Co", album="Für", track=1, year=1999, genre="Folk",
        seconds=4.9, sample_rate=32_000, rating=0.7,
    )  # fmt: skip


def written(tmp_path: Path, *songs: PlayerSong) -> sqlite3.Connection:
    target = tmp_path / "clementine.db"
    write_player_database(target, songs=songs, music=tmp_path / "music")
    return sqlite3.connect(target.as_uri() + "?mode=ro", uri=True)


def test_row_holds_what_the_player_would_hold(tmp_path: Path, song: PlayerSong) -> None:
    with contextlib.closing(written(tmp_path, song)) as connection:
        connection.row_factory = sqlite3.Row
        row = connection.execute("SELECT *, typeof(filename) AS kind FROM songs").fetchone()
    assert row["kind"] == "blob"
    url = f"file://{tmp_path.resolve()}/music/J%C3%B6%20&%20Co/50%25%20%231.opus"
    assert row["filename"] == url.encode()
    assert row["rating"] == 0.699999988079071
    assert (row["length"], row["beginning"]) == (4_000_000_000, 0)
    assert (row["filetype"], row["samplerate"], row["filesize"]) == (13, 48_000, 80_000)
    assert row["mtime"] == int(song.path.stat().st_mtime)
    assert (row["title"], row["artist"], row["album"], row["genre"]) == ("50% #1", "Jö & Co", "Für", "Folk")
    assert (row["year"], row["track"], row["unavailable"], row["cue_path"]) == (1999, 1, 0, None)


def test_full_and_missing_ratings_are_integers(tmp_path: Path, song: PlayerSong) -> None:
    songs = (replace(song, rating=1.0), replace(song, rating=-1.0))
    with contextlib.closing(written(tmp_path, *songs)) as connection:
        rows = connection.execute("SELECT rating, typeof(rating) FROM songs ORDER BY rowid").fetchall()
    assert rows == [(1, "integer"), (-1, "integer")]


def test_schema_and_folders_are_the_players(tmp_path: Path, song: PlayerSong) -> None:
    music = tmp_path.resolve() / "music"
    with contextlib.closing(written(tmp_path, song)) as connection:
        assert connection.execute("SELECT version FROM schema_version").fetchall() == [(51,)]
        assert connection.execute("SELECT rowid, path, subdirs FROM directories").fetchall() == [(1, str(music), 1)]
        folders = connection.execute("SELECT path FROM subdirectories").fetchall()
        assert connection.execute("PRAGMA user_version").fetchone() == (0,)
        assert connection.execute("PRAGMA application_id").fetchone() == (MADE_BY_US,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert folders == [(str(music),), (str(music / "Jö & Co"),)]
    assert {"songs", "playlists", "playlist_items", "devices", "podcasts", "magnatune_songs", "songs_fts"} <= tables


def test_players_search_finds_the_song(tmp_path: Path, song: PlayerSong) -> None:
    with contextlib.closing(written(tmp_path, song)) as connection:
        assert connection.execute("SELECT docid FROM songs_fts WHERE songs_fts MATCH 'folk'").fetchall() == [(1,)]


def test_own_file_is_replaced(tmp_path: Path, song: PlayerSong) -> None:
    written(tmp_path, song).close()
    with contextlib.closing(written(tmp_path, song, song)) as connection:
        assert connection.execute("SELECT count(*) FROM songs").fetchone() == (2,)


@pytest.mark.parametrize("kind", ["database of the player", "text", "empty"])
def test_other_files_are_left_alone(tmp_path: Path, song: PlayerSong, kind: str) -> None:
    target = tmp_path / "clementine.db"
    if kind == "database of the player":
        with contextlib.closing(sqlite3.connect(target)) as connection:
            connection.execute("CREATE TABLE songs (title)")
    else:
        target.write_bytes(b"SQLite format 3, they say" if kind == "text" else b"")
    before = target.read_bytes()
    with pytest.raises(UserError, match=r"clementine\.db was not made by the demo"):
        write_player_database(target, songs=[song], music=tmp_path / "music")
    assert target.read_bytes() == before
