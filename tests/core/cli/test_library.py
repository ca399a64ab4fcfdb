"""Counting, listening, keeping up, and what was skipped, from a shell."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from core.cli.library import describe
from core.library.changes import LibraryChange
from core.library.songs_table import Library
from core.song import Song
from tests.shell_calls import STRANGE_DAMAGED_NAME, Call, Told, the_object


def test_a_scan_is_told_as_one_object(scanned: Told) -> None:
    answer = scanned.answer
    assert set(answer) == {"songs", "analysed", "skipped", "failed", "seconds", "songs_per_second", "workers"}
    assert (answer["songs"], answer["analysed"], answer["skipped"], answer["failed"]) == (6, 3, 3, 0)
    assert answer["workers"] == 1
    assert answer["songs_per_second"] == pytest.approx(6 / answer["seconds"])


def test_a_second_scan_finds_nothing(call: Call, scanned: Told) -> None:
    result = call("scan", *scanned.arguments)
    assert result.exit_code == 0
    assert "Every song is known; nothing is new or changed." in result.stdout


def test_statistics_are_told_as_one_object(call: Call, scanned: Told) -> None:
    answer = the_object(call("music-stats", "--json", *scanned.arguments).stdout_bytes)
    assert {"songs", "rated", "unrated", "classes", "doubtful", "embeddings", "active_version"} <= set(answer)
    assert set(answer["classes"]) == {"analysed", "waiting", "skipped", "duplicate", "spoken", "unavailable"}
    assert sum(answer["classes"].values()) == answer["songs"] == answer["rated"] + answer["unrated"] == 6
    assert (answer["classes"]["analysed"], answer["classes"]["skipped"]) == (3, 3)
    assert answer["embeddings"] == {answer["active_version"]: 3}


def test_statistics_are_shown_as_a_table(call: Call, scanned: Told) -> None:
    shown = call("music-stats", *scanned.arguments).stdout
    assert "Your library" in shown
    assert all(name in shown for name in ("songs", "analysed", "spectral-1-"))


def test_skipped_songs_are_told_with_their_reason(call: Call, scanned: Told) -> None:
    answer = the_object(call("skipped", "--json", *scanned.arguments).stdout_bytes)
    assert set(answer) == {"skipped"}
    reasons = {each["path"]: each["reason"] for each in answer["skipped"]}
    assert reasons == {
        str(scanned.folder / "music/damaged [1].mp3"): "not audio",
        str(scanned.folder / "music" / STRANGE_DAMAGED_NAME): "not audio",
        "http://radio.example/stream": "not a local file",
    }
    assert all(set(each) == {"path", "reason", "detail"} for each in answer["skipped"])


def test_skipped_songs_are_shown_with_their_brackets(call: Call, scanned: Told) -> None:
    result = call("skipped", *scanned.arguments)
    assert result.exit_code == 0
    assert "[1]" in result.stdout.replace("\n", "")


def test_nothing_skipped_is_said(call: Call, learned: Told) -> None:
    assert "No song was skipped." in call("skipped", *learned.arguments).stdout
    assert the_object(call("skipped", "--json", *learned.arguments).stdout_bytes) == {"skipped": []}


def test_strange_bytes_of_a_path_arrive(call: Call, scanned: Told) -> None:
    printed = call("skipped", "--json", *scanned.arguments).stdout_bytes
    path = os.fsencode(scanned.folder / "music" / STRANGE_DAMAGED_NAME)
    assert b'"' + path + b'"' in printed
    assert b"\xef" in path


def test_interrupting_the_watch_ends_it_with_0(learned: Told) -> None:
    program = [sys.executable, "-P", "-u", "-m", "core.cli", "watch", *learned.arguments]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as watching:
        assert watching.stdout is not None
        assert watching.stderr is not None
        assert watching.stdout.readline() == "Up to date; watching.\n"
        watching.send_signal(signal.SIGINT)
        rest, errors = watching.communicate(timeout=60)
    assert (watching.returncode, rest, errors) == (0, "", "")


def song(number: int) -> Song:
    return Song(number, "Title", "Artist", "Album", 2000, -1.0, f"file:///music/{number}.mp3")


def change(**lists: object) -> LibraryChange:
    library = Library(
        database=Path("/x.db"), player="Clementine", schema_version=51, songs=[song(1)], directories=[Path("/music")]
    )
    return LibraryChange(library=library, **lists)  # type: ignore[arg-type]


def test_a_change_is_described_in_a_line() -> None:
    songs = (song(1), song(2))
    assert describe(change(new=songs, rated=songs[:1])) == "Songs new: 2, rated: 1."
    assert describe(change(described=songs)) == "Songs described anew: 2."
    assert describe(change(folders_changed=True)) == "The music folders of the player have changed."
