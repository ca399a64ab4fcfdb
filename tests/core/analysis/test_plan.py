"""Which songs are listened to, and in which order: new or changed ones, rated ones first."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from core.analysis.facts import SongTask
from core.analysis.plan import plan_tasks, task_of
from core.file_url import url_from_path
from core.song import UNRATED, Song
from core.store.companion import FileState

EXCERPT = "center-30s"
MODIFIED = 1_600_000_000.0


@pytest.fixture
def song(tmp_path: Path) -> Song:
    """A song whose file is there."""
    path = tmp_path / "a.mp3"
    path.write_bytes(b"1234")
    os.utime(path, (MODIFIED, MODIFIED))
    return Song(1, "Title", "Artist", "Album", 2001, UNRATED, url_from_path(path))


def heard(song: Song, reason: str | None = None) -> FileState:
    return FileState(song.song_id, 4, MODIFIED, EXCERPT, reason)


def planned(song: Song, state: FileState | None, *, embedded: bool = True, excerpt: str = EXCERPT) -> bool:
    states = {song.song_id: state} if state else {}
    names = {str(song.song_id)} if embedded else set()
    return bool(plan_tasks([song], states=states, embedded=names, excerpt=excerpt))


def test_a_new_song_is_listened_to_and_a_known_one_is_not(song: Song) -> None:
    assert planned(song, None)
    assert not planned(song, heard(song))


def test_another_excerpt_or_encoder_hears_all_songs_again(song: Song) -> None:
    assert planned(song, heard(song), excerpt="start-10s")
    assert planned(song, heard(song), embedded=False)


def test_a_file_that_was_replaced_is_listened_to_again(song: Song) -> None:
    song.filepath.write_bytes(b"12345")
    os.utime(song.filepath, (MODIFIED, MODIFIED))
    assert planned(song, heard(song)), "its size differs"
    song.filepath.write_bytes(b"1234")
    os.utime(song.filepath, (MODIFIED + 1, MODIFIED + 1))
    assert planned(song, heard(song)), "its time differs"


def test_a_file_that_is_gone_for_now_keeps_its_facts(song: Song) -> None:
    song.filepath.unlink()
    assert not planned(song, heard(song))


@pytest.mark.parametrize("reason", ["damaged", "too long", "not audio", "crashed", "timed out", "too much memory"])
def test_a_skipped_song_is_tried_again_when_its_file_changes(song: Song, reason: str) -> None:
    assert not planned(song, heard(song, reason), embedded=False)
    os.utime(song.filepath, (MODIFIED + 1, MODIFIED + 1))
    assert planned(song, heard(song, reason), embedded=False)


def test_a_missing_song_is_tried_again_when_its_file_is_there(song: Song) -> None:
    state = FileState(song.song_id, -1, -1.0, EXCERPT, "missing")
    assert planned(song, state, embedded=False)
    song.filepath.unlink()
    assert not planned(song, state, embedded=False)


def test_a_song_that_was_closed_to_us_is_always_tried_again(song: Song) -> None:
    assert planned(song, heard(song, "no permission"), embedded=False)


def test_a_skipped_song_is_tried_again_with_another_excerpt(song: Song) -> None:
    assert planned(song, heard(song, "too long"), embedded=False, excerpt="center-30s-max3600s")


def test_an_unavailable_song_is_never_listened_to(song: Song) -> None:
    assert not planned(replace(song, unavailable=True), None)


def test_a_stream_is_no_file_and_told_so_once(song: Song) -> None:
    stream = replace(song, filename="http://radio/live.ogg")
    assert task_of(stream).path is None
    assert not planned(stream, replace(heard(stream, "not a local file"), size=-1, mtime=-1.0), embedded=False)


def test_a_name_that_no_file_can_have_stops_no_plan(song: Song) -> None:
    impossible = replace(song, filename="file:///music/zero%00byte.mp3")
    assert planned(impossible, None)
    assert not planned(impossible, heard(impossible, "missing"), embedded=False)


def test_rated_songs_come_first_then_the_newest(song: Song) -> None:
    songs = [
        replace(song, rowid=number, filename=f"file:///{name}", rating=rating, mtime=mtime)
        for number, (name, rating, mtime) in enumerate(
            [
                ("old", UNRATED, 10),
                ("rated old", 0.2, 5),
                ("unknown time", UNRATED, -1),
                ("new", UNRATED, 30),
                ("rated new", 0.1, 20),
                ("misclick", 0.0, 40),
                ("old but added later", UNRATED, 10),
            ]
        )
    ]
    tasks = plan_tasks(songs, states={}, embedded=set(), excerpt=EXCERPT)
    assert [task.song_id.removeprefix("file:///") for task in tasks] == [
        *("rated new", "rated old", "misclick", "new", "old but added later", "old", "unknown time"),
    ]


def test_a_cue_track_is_a_section_of_its_file(song: Song) -> None:
    track = replace(song, is_cue_track=True, beginning=61.5, duration=120.0)
    assert task_of(track) == SongTask(track.song_id, song.filepath, 61.5, 120.0)
    assert track.song_id.endswith("#t=61.5")
    last = replace(track, duration=-1.0)
    assert task_of(last).length is None, "to the end of the file"


def test_a_whole_file_is_heard_whole_whatever_the_player_thinks_of_its_length(song: Song) -> None:
    assert task_of(replace(song, duration=3.0)) == SongTask(song.song_id, song.filepath, 0.0, None)


def test_music_that_is_mounted_elsewhere_is_heard_there(song: Song) -> None:
    mapped = replace(song, filename="file:///their/a.mp3", mapped_path=str(song.filepath))
    assert task_of(mapped).path == song.filepath
    assert not planned(mapped, heard(mapped))
