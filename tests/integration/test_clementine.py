"""The whole path with the real Clementine: its library in, a playlist out, and each song found again."""

import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from core.engine import Engine
from core.file_url import path_from_url, url_from_path
from core.paths import Profile
from core.playlist.files import write_playlist
from core.song import UNRATED
from tests.integration.conftest import Analysed, RunningPlayer
from tests.integration.player import end
from tests.integration.songs import CUE_TRACKS
from tests.integration.waiting import wait_for, within

pytestmark = [pytest.mark.player, pytest.mark.timeout(600)]

EVERY_SONG = ("--top-n", 100, "--min-rating", 0)


@pytest.fixture(scope="module")
def recommended(analysed: Analysed) -> dict[str, Any]:
    """What `marmalade recommend --open` gave, after which the player shows the playlist."""
    return analysed.marmalade.done("recommend", *EVERY_SONG, "--open")


def test_the_library_is_read_as_the_player_made_it(player: RunningPlayer, analysed: Analysed) -> None:
    stats = analysed.marmalade.done("music-stats")
    assert stats["songs"] == player.music.rows
    assert stats["rated"] == len(player.music.plain)
    assert stats["classes"] == {
        **dict.fromkeys(("waiting", "skipped", "duplicate", "spoken", "unavailable"), 0),
        "analysed": player.music.rows,
    }


def test_urls_are_escaped_as_the_player_escapes_them(player: RunningPlayer) -> None:
    stored = {str(row[0]) for row in player.session.rows("SELECT CAST(filename AS TEXT) FROM songs")}
    files = [*player.music.plain, *player.music.awkward, player.music.backslash, player.music.cue_image]
    assert stored == {url_from_path(path) for path in files}
    assert {path_from_url(url) for url in stored} == set(files)


def test_every_song_was_heard(player: RunningPlayer, analysed: Analysed) -> None:
    assert analysed.scanned["analysed"] == player.music.rows
    assert analysed.scanned["skipped"] == analysed.scanned["failed"] == 0


def test_what_a_playlist_can_name_is_recommended(player: RunningPlayer, recommended: dict[str, Any]) -> None:
    """Neither the rated songs, nor a backslash, nor the later tracks of a cue sheet."""
    paths = Counter(Path(song["path"]) for song in recommended["songs"])
    assert paths == Counter([*player.music.awkward, player.music.cue_image])
    assert [song["title"] for song in recommended["songs"] if song["path"] == str(player.music.cue_image)] == [
        CUE_TRACKS[0]
    ]


def test_each_song_of_the_playlist_is_a_song_of_the_library(player: RunningPlayer, recommended: dict[str, Any]) -> None:
    rows = player.session.wait_for_playlist(Path(recommended["output"]).stem)
    assert {row.kind for row in rows} == {"Library"}
    assert [row.url for row in rows] == [url_from_path(Path(song["path"])) for song in recommended["songs"]]


def test_the_player_keeps_what_it_knew_of_a_song(player: RunningPlayer, recommended: dict[str, Any]) -> None:
    """Clementine takes title, artist and album from the playlist, and shows them empty where they are missing there."""
    player.session.wait_for_playlist(Path(recommended["output"]).stem)
    expected = [{name: song[name] for name in ("title", "artist", "album")} for song in recommended["songs"]]
    seen: dict[int, dict[str, str]] = {}
    for _ in expected:
        place, tags = wait_for(player.session.playing, limit=60, what="a song that plays")
        seen[place] = tags
        player.session.next_song()
    player.session.stop()
    assert seen == {place: without_control_characters(expected[place]) for place in seen}
    assert len(seen) > len(expected) / 2, "a song of four seconds can end by itself, but not every second one"


def without_control_characters(tags: dict[str, str]) -> dict[str, str]:
    """XML cannot hold them."""
    return {name: text.replace("\a", "") for name, text in tags.items()}


def test_m3u_names_every_song_too(player: RunningPlayer, analysed: Analysed, recommended: dict[str, Any]) -> None:
    written = analysed.marmalade.done("recommend", *EVERY_SONG, "--output", player.playlists / "Lines.m3u8")
    player.session.create_playlist("Lines", Path(written["output"]))
    rows = player.session.wait_for_playlist("Lines")
    assert {row.kind for row in rows} == {"Library"}
    assert [row.url for row in rows] == [url_from_path(Path(song["path"])) for song in recommended["songs"]]


def test_a_new_playlist_costs_the_player_no_rescan(player: RunningPlayer, recommended: dict[str, Any]) -> None:
    def commits_after_writing(folder: Path, *, limit: float) -> int:
        before = player.session.stop()
        write_playlist(folder / "Another.xspf", Path(recommended["output"]).read_bytes())
        within(lambda: player.session.change_counter() != before, limit=limit)
        return player.session.change_counter() - before

    # The first one shows that the second could fail: beside the songs, a playlist does cost a rescan.
    assert commits_after_writing(player.music.folder, limit=60) > 0
    assert commits_after_writing(player.playlists, limit=5) == 0


def test_a_rating_of_the_player_is_read(player: RunningPlayer, analysed: Analysed, tmp_path: Path) -> None:
    with Engine.open(profile=Profile.below(tmp_path), database=player.session.database) as engine:
        ratings = {song.filepath: song.rating for song in engine.library().songs}
    assert {path: ratings[path] for path in player.music.plain} == player.ratings
    assert {ratings[path] for path in player.music.awkward} == {UNRATED}


def test_reading_never_stands_in_the_way_of_a_rating(player: RunningPlayer, tmp_path: Path) -> None:
    """Clementine gives a rating up after 5 s, so a writer that does not wait at all must get in between our reads."""
    database = many_songs(player.session.database, tmp_path / "clementine.db")
    command = [sys.executable, "-P", "-c", ENDLESS_READER, database, tmp_path / "profile"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as reader:
        try:
            assert reader.stdout is not None
            assert reader.stdout.readline() == b"read\n"
            for stars in range(1, 11):
                started = time.monotonic()
                wait_for(lambda stars=stars: rate_first_song(database, stars / 10), limit=30, what="a moment to write")
                assert time.monotonic() - started < 2.0
            assert reader.poll() is None
        finally:
            end(reader)
    with Engine.open(profile=Profile.below(tmp_path / "profile"), database=database) as engine:
        assert min(engine.library().songs, key=lambda song: song.rowid).rating == 1.0


ENDLESS_READER = """
import sys
from pathlib import Path
from core.engine import Engine
from core.paths import Profile
from core.playlist.files import write_playlist
from core.song import UNRATED

with Engine.open(profile=Profile.below(Path(sys.argv[2])), database=Path(sys.argv[1])) as engine:
    while len(engine.library().songs) > 10_000:
        print("read", flush=True)
"""


def many_songs(source: Path, target: Path) -> Path:
    """A copy of a database with each song many times, so that a read of it takes a while."""
    shutil.copyfile(source, target)
    with closing(sqlite3.connect(target)) as connection, connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(songs)")]
        values = ", ".join("filename || '?' || value" if name == "filename" else name for name in columns)
        connection.execute("DELETE FROM songs WHERE cue_path IS NOT NULL")
        numbers = "WITH RECURSIVE numbers(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM numbers LIMIT 400)"
        connection.execute(f"{numbers} INSERT INTO songs SELECT {values} FROM songs, numbers")  # noqa: S608 - our own names
    return target


def rate_first_song(database: Path, rating: float) -> bool:
    """Write a rating without any patience; False where a lock is in the way."""
    with closing(sqlite3.connect(database, timeout=0)) as connection:
        try:
            with connection:
                connection.execute("UPDATE songs SET rating = ? WHERE rowid = (SELECT min(rowid) FROM songs)", [rating])
        except sqlite3.OperationalError:
            return False
    return True
