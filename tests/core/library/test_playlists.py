"""The owner's playlists, by what was observed on databases that Clementine and Strawberry wrote."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core.errors import UserError
from core.library.clementine import read_library
from core.library.playlists import PlayerPlaylist, read_playlists
from tests.library_databases import PlayerDatabase, SongRow, listing_of

MUSIC = Path("/music")
ROCK, JAZZ, FOLK = (SongRow(path=MUSIC / f"{name} #1.mp3") for name in ("rock", "jazz", "folk"))
ELSEWHERE = Path("/elsewhere/new.mp3")


@pytest.fixture(params=["clementine", "strawberry"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> PlayerDatabase:
    create = PlayerDatabase.create if request.param == "clementine" else PlayerDatabase.create_strawberry
    return create(tmp_path / f"{request.param}.db", songs=[ROCK, JAZZ, FOLK])


def test_songs_in_their_order_and_each_once(database: PlayerDatabase) -> None:
    database.add_playlist("Evening", JAZZ.path, ROCK.path, ELSEWHERE, JAZZ.path)
    assert read_playlists(database.path) == [
        PlayerPlaylist("Evening", (JAZZ.url, ROCK.url, "file:///elsewhere/new.mp3"))  # type: ignore[arg-type]
    ]


def test_they_are_named_as_songs_are(database: PlayerDatabase) -> None:
    database.add(SongRow(path=MUSIC / "cd.flac", cue_path="/music/cd.cue", beginning=61.5))
    database.add_playlist("Disc", MUSIC / "cd.flac")
    known = {song.song_id for song in read_library(database.path).songs}
    (disc,) = read_playlists(database.path)
    assert disc.song_ids == ("file:///music/cd.flac#t=61.5",)
    assert set(disc.song_ids) <= known


def test_what_the_owner_starred(database: PlayerDatabase) -> None:
    database.add_playlist("Loved", ROCK.path, is_favorite=1)
    database.add_playlist("Queue", ROCK.path)
    assert [(each.is_favorite, each.is_automatic) for each in read_playlists(database.path)] == [
        (True, False),
        (False, False),
    ]


@pytest.mark.parametrize("column", [{"dynamic_playlist_type": "Query"}, {"special_type": "radio"}])
def test_what_the_player_fills_by_itself(tmp_path: Path, column: dict[str, str]) -> None:
    database = PlayerDatabase.create(tmp_path / "clementine.db", songs=[ROCK])
    database.add_playlist("Smart", ROCK.path, **column)
    assert [each.is_automatic for each in read_playlists(database.path)] == [True]


def test_the_fork_numbers_what_it_fills(tmp_path: Path) -> None:
    database = PlayerDatabase.create_strawberry(tmp_path / "strawberry.db", songs=[ROCK])
    database.add_playlist("Smart", ROCK.path, dynamic_playlist_type=1)
    database.add_playlist("Own", ROCK.path)
    assert [each.is_automatic for each in read_playlists(database.path)] == [True, False]


def test_our_own_files_are_not_the_owners_taste(database: PlayerDatabase) -> None:
    database.add_playlist("Marmalade", ROCK.path)
    database.add_playlist("Mine", ROCK.path)
    assert [each.name for each in read_playlists(database.path, without=["marmalade"])] == ["Mine"]


def test_a_song_that_is_gone_and_an_empty_tab(database: PlayerDatabase) -> None:
    database.add_playlist("Two", ROCK.path, JAZZ.path)
    database.add_playlist("One", ROCK.path)
    database.add_playlist("Playlist 1")
    database.remove(ROCK.path)
    assert [(each.name, each.song_ids) for each in read_playlists(database.path)] == [("Two", (JAZZ.url,))]


def test_rows_of_other_tables_are_not_followed(tmp_path: Path) -> None:
    database = PlayerDatabase.create(tmp_path / "clementine.db", songs=[ROCK])
    database.add_playlist("Shop", ROCK.path)
    with database.transaction() as connection:
        connection.execute("UPDATE playlist_items SET type = 'Magnatune'")
        connection.execute("INSERT INTO playlist_items (playlist, type, filename) VALUES (1, 'Stream', 'http://radio')")
    assert read_playlists(database.path) == []


def test_an_old_schema_without_the_later_columns(tmp_path: Path) -> None:
    database = PlayerDatabase.create(tmp_path / "clementine.db", songs=[ROCK])
    with database.transaction() as connection:
        connection.executescript(
            "DROP TABLE playlists; DROP TABLE playlist_items; CREATE TABLE playlists (name TEXT NOT NULL);"
            "CREATE TABLE playlist_items (playlist INTEGER, type TEXT, library_id INTEGER, url TEXT);"
            "INSERT INTO playlists VALUES ('Old'); INSERT INTO playlist_items VALUES (1, 'Library', 1, NULL);"
            "INSERT INTO playlist_items VALUES (1, 'File', NULL, 'file:///elsewhere/new.mp3')"
        )
    assert read_playlists(database.path) == [PlayerPlaylist("Old", (ROCK.url, "file:///elsewhere/new.mp3"))]  # type: ignore[arg-type]


@pytest.mark.parametrize("table", ["playlists", "playlist_items"])
def test_no_tables_no_playlists(database: PlayerDatabase, table: str) -> None:
    with database.transaction() as connection:
        connection.execute(f"DROP TABLE {table}")
    assert read_playlists(database.path) == []


def test_nothing_is_written(database: PlayerDatabase) -> None:
    database.add_playlist("Mine", ROCK.path)
    before = listing_of(database.path.parent)
    read_playlists(database.path)
    assert listing_of(database.path.parent) == before


def test_patience_ends(database: PlayerDatabase) -> None:
    with closing(sqlite3.connect(database.path, isolation_level=None)) as player:
        player.execute("BEGIN EXCLUSIVE")
        with pytest.raises(UserError, match="being written"):
            read_playlists(database.path, patience=0.05)
