"""clementine.db -> Songs, by what was observed on the real player."""

import logging
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.library import clementine
from core.library.clementine import get_rated_songs, get_unrated_songs, load_all_songs, read_library
from core.song import UNRATED, Song
from tests.library_databases import PlayerDatabase, SongRow

MUSIC = Path("/music")


def read(folder: Path, *rows: SongRow, **options: bool | int) -> list[Song]:
    return read_library(PlayerDatabase.create(folder / "clementine.db", songs=rows, **options).path).songs  # type: ignore[arg-type]


def test_every_field_of_a_song(tmp_path: Path) -> None:
    row = SongRow(
        path=MUSIC / "ä #1.mp3", title="T", artist="A", album="L", albumartist="B", genre="Rock; Pop", year=1999,
        track=7, rating=0.699999988079071, duration=4.25, mtime=1_700_000_000, filesize=123,
        playcount=3, skipcount=2, score=55, more={"lastplayed": 1_700_000_001},
    )  # fmt: skip
    assert read(tmp_path, row) == [
        Song(
            1, "T", "A", "L", 1999, 0.7, "file:///music/%C3%A4%20%231.mp3", albumartist="B", genre="Rock; Pop", track=7,
            duration=4.25, mtime=1_700_000_000, filesize=123, playcount=3, skipcount=2, score=55.0,
            last_played=1_700_000_001, ctime=1_700_000_000,
        )
    ]  # fmt: skip


@pytest.mark.parametrize("text_filenames", [True, False])
def test_file_names_are_blobs_or_text(tmp_path: Path, *, text_filenames: bool) -> None:
    songs = read(tmp_path, SongRow(path=MUSIC / "a b.mp3"), text_filenames=text_filenames)
    assert [song.filepath for song in songs] == [MUSIC / "a b.mp3"]


@pytest.mark.parametrize(
    ("stored", "rating"),
    [(-1, UNRATED), (0, UNRATED), (None, UNRATED), (0.04, UNRATED), (1, 1.0), (1.2, 1.0), (0.30000001192092896, 0.3)],
)
def test_ratings_are_whole_tenths_or_none(tmp_path: Path, stored: float | None, rating: float) -> None:
    assert read(tmp_path, SongRow(rating=stored))[0].rating == rating


@pytest.mark.parametrize("stored", [-1, 0, None])
def test_a_song_that_was_never_played_has_no_time_of_it(tmp_path: Path, stored: int | None) -> None:
    assert read(tmp_path, SongRow(more={"lastplayed": stored}))[0].last_played == -1


@settings(max_examples=30)
@given(st.floats(-1, 1, width=32))
def test_any_rating_comes_out_as_a_tenth(tmp_path_factory: pytest.TempPathFactory, stored: float) -> None:
    rating = read(tmp_path_factory.mktemp("rating"), SongRow(rating=stored))[0].rating
    assert rating == UNRATED or rating in {tenth / 10 for tenth in range(1, 11)}
    assert (rating == UNRATED) == (stored < 0.05)


@pytest.mark.parametrize(("title", "shown"), [("", "ha#sh"), (None, "ha#sh"), ("  ", "ha#sh"), ("T", "T")])
def test_a_song_without_title_is_called_after_its_file(tmp_path: Path, title: str | None, shown: str) -> None:
    song = read(tmp_path, SongRow(path=MUSIC / "ha#sh.mp3", title=title, artist=None, album=None))[0]
    assert (song.title, song.artist, song.album) == (shown, "", "")


def test_flags_are_true_or_false(tmp_path: Path) -> None:
    songs = read(
        tmp_path, SongRow(), SongRow(path=MUSIC / "b.mp3", unavailable=1), SongRow(path=MUSIC / "c", cue_path="/c.cue")
    )
    assert [song.unavailable for song in songs] == [False, True, False]
    assert [song.is_cue_track for song in songs] == [False, False, True]
    assert all(type(song.unavailable) is type(song.is_cue_track) is bool for song in songs)


def test_cue_tracks_are_sections_of_one_file(tmp_path: Path) -> None:
    rows = [
        SongRow(path=MUSIC / "rip.flac", cue_path="/music/rip.cue", beginning=start, duration=length, track=track)
        for track, (start, length) in enumerate([(0.0, 60.5), (60.5, 120.0)], 1)
    ]
    songs = read(tmp_path, *rows)
    assert [(song.beginning, song.duration) for song in songs] == [(0.0, 60.5), (60.5, 120.0)]
    assert len({song.song_id for song in songs}) == 2
    assert len({song.filepath for song in songs}) == 1


def test_unknown_lengths_and_numbers(tmp_path: Path) -> None:
    song = read(tmp_path, SongRow(duration=-1, year=None, track=None))[0]
    assert (song.duration, song.year, song.track) == (-1.0, -1, -1)


def test_streams_are_kept_and_raise_nothing(tmp_path: Path) -> None:
    song = read(tmp_path, SongRow(location="http://radio.example/live.ogg", title="", artist=""))[0]
    assert song.title == "live"
    assert song.group == "folder:http://radio.example"


def test_a_text_that_is_not_utf_8_is_shown_with_marks(tmp_path: Path) -> None:
    database = PlayerDatabase.create(tmp_path / "clementine.db", songs=[SongRow()])
    with database.transaction() as connection:
        connection.execute("UPDATE songs SET artist = CAST(? AS TEXT)", (b"Bj\xf6rk",))
    assert read_library(database.path).songs[0].artist == "Bj\ufffdrk"


@pytest.mark.parametrize("schema", [31, 33, 34, 45, 49, 50, 51])
def test_older_schemas_lack_columns(tmp_path: Path, schema: int) -> None:
    path = PlayerDatabase.create(tmp_path / "clementine.db", schema=schema, songs=[SongRow(rating=0.5)]).path
    with sqlite3.connect(path) as connection:
        columns = {row[1] for row in connection.execute("PRAGMA table_info(songs)")}
    connection.close()
    assert ("unavailable" in columns, "performer" in columns, "originalyear" in columns) == (
        schema >= 34,
        schema >= 46,
        schema >= 50,
    )
    library = read_library(path)
    assert (library.schema_version, library.songs[0].rating, library.songs[0].unavailable) == (schema, 0.5, False)
    assert library.notices == ()


def test_a_schema_before_31_is_refused(tmp_path: Path) -> None:
    path = PlayerDatabase.create(tmp_path / "clementine.db", schema=30).path
    with pytest.raises(
        UserError, match=r"clementine\.db is of an old Clementine \(schema 30, at least 31 .* start a current"
    ):
        read_library(path)


def test_a_newer_schema_is_a_notice(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = PlayerDatabase.create(tmp_path / "clementine.db", schema=52, songs=[SongRow()]).path
    with caplog.at_level(logging.WARNING):
        library = read_library(path)
    assert len(library.songs) == 1
    assert "schema 52" in library.notices[0]
    assert library.notices[0] in caplog.messages


def test_the_music_folders(tmp_path: Path) -> None:
    folders = [tmp_path / "a b%20c", tmp_path / "ü"]
    library = read_library(PlayerDatabase.create(tmp_path / "clementine.db", directories=folders).path)
    assert library.directories == folders
    assert (library.player, library.database) == ("Clementine", tmp_path / "clementine.db")


def test_other_tables_of_songs_are_not_read(tmp_path: Path) -> None:
    database = PlayerDatabase.create(tmp_path / "clementine.db", songs=[SongRow()])
    with database.transaction() as connection:
        connection.execute("INSERT INTO magnatune_songs SELECT * FROM songs")
    assert len(read_library(database.path).songs) == 1


def test_paths_are_mapped_by_the_longest_folder(tmp_path: Path) -> None:
    rows = [SongRow(path=Path(name)) for name in ("/old/a.mp3", "/old/deep/b.mp3", "/older/c.mp3")]
    rows.append(SongRow(location="http://radio/x"))
    path = PlayerDatabase.create(tmp_path / "clementine.db", songs=rows, directories=[Path("/old"), Path("/x")]).path
    library = read_library(path, path_map={"/old": "/new", "/old/deep/": "~/deep"})
    assert [song.mapped_path for song in library.songs] == ["/new/a.mp3", str(Path.home() / "deep/b.mp3"), "", ""]
    assert library.songs[0].filename == "file:///old/a.mp3"
    assert library.directories == [Path("/new"), Path("/x")]


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_rows_for_one_file_the_available_one_counts(tmp_path: Path, order: int) -> None:
    rows = [SongRow(rating=1.0, unavailable=1), SongRow(rating=-1), SongRow(rating=0.4)]
    library = read_library(PlayerDatabase.create(tmp_path / "clementine.db", songs=rows[::order]).path)
    assert [song.rating for song in library.songs] == [0.4]
    assert "lists 2 songs twice" in library.notices[0]
    assert sorted(song.rating for song in library.repeated) == [-1.0, 1.0], "and each row can still be counted"


def test_the_seeds_three_functions(tmp_path: Path) -> None:
    rows = [
        SongRow(path=MUSIC / "a", rating=0.5), SongRow(path=MUSIC / "b"), SongRow(path=MUSIC / "c", rating=0),
        SongRow(path=MUSIC / "d", rating=1, unavailable=1),
    ]  # fmt: skip
    path = PlayerDatabase.create(tmp_path / "clementine.db", songs=rows).path
    songs = load_all_songs(str(path))
    assert [song.filepath.name for song in songs] == ["a", "b", "c"]
    assert [song.filepath.name for song in get_rated_songs(songs)] == ["a"]
    assert [song.filepath.name for song in get_unrated_songs(songs)] == ["b", "c"]


def test_without_a_path_the_database_is_located(own_home: Path) -> None:
    PlayerDatabase.create(own_home / ".config/Clementine/clementine.db", songs=[SongRow()])
    assert len(load_all_songs()) == 1


def test_the_player_can_write_while_songs_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = PlayerDatabase.create(tmp_path / "clementine.db", songs=[SongRow(path=MUSIC / "a.mp3")])
    make_songs = clementine.songs_from_rows

    def rate_first(*arguments: object, **options: object) -> list[Song]:
        database.rate(MUSIC / "a.mp3", 0.9, timeout=0)
        return make_songs(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(clementine, "songs_from_rows", rate_first)
    assert read_library(database.path).songs[0].rating == UNRATED
    monkeypatch.undo()
    assert read_library(database.path).songs[0].rating == 0.9


@pytest.mark.parametrize(
    "statements",
    [
        "CREATE TABLE songs (title TEXT)",
        "CREATE TABLE notes (filename TEXT)",
        "CREATE TABLE songs (title, artist, filename)",
    ],
)
def test_a_database_of_something_else_is_refused(tmp_path: Path, statements: str) -> None:
    path = tmp_path / "places.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(statements)
    connection.close()
    with pytest.raises(UserError, match=r"places\.sqlite is not the database of a player: choose"):
        read_library(path)
