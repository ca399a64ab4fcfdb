"""Listening and keeping up, from a shell."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from core.analysis.scan import ScanFinished
from core.cli.library import describe
from core.engine import Engine
from core.errors import UserError
from core.jobs.events import Control, Event, Finished, WorkMode
from core.library.changes import LibraryChange
from core.library.songs_table import Library
from core.song import Song
from tests.shell_calls import Call, Told


def test_a_scan_is_told_as_one_object(scanned: Told) -> None:
    answer = scanned.answer
    counts = ("songs", "analysed", "recognized", "skipped", "failed")
    assert set(answer) == {*counts, "seconds", "songs_per_second", "workers"}
    assert [answer[name] for name in counts] == [6, 3, 0, 3, 0]
    assert answer["workers"] == 1
    assert answer["songs_per_second"] == pytest.approx(6 / answer["seconds"])


def test_a_second_scan_finds_nothing(call: Call, scanned: Told) -> None:
    result = call("scan", *scanned.arguments)
    assert result.exit_code == 0
    assert "Every song is known; nothing is new or changed." in result.stdout


def test_interrupting_the_watch_ends_it_with_0(learned: Told) -> None:
    program = [sys.executable, "-P", "-u", "-m", "core.cli", "watch", *learned.arguments]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as watching:
        assert watching.stdout is not None
        assert watching.stderr is not None
        assert watching.stdout.readline() == "Up to date; watching.\n"
        watching.send_signal(signal.SIGINT)
        rest, errors = watching.communicate(timeout=60)
    assert (watching.returncode, rest, errors) == (0, "", "")


@dataclass
class Asked:
    """Stands in for the engine's scan and remembers what it was asked for."""

    finished: Finished
    options: dict[str, object] = field(default_factory=dict)

    def scan(self, *, control: Control, **options: object) -> Iterator[Event]:
        self.options = {**options, "mode": control.mode}
        yield self.finished


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    stand_in = Asked(ScanFinished(songs=15, analysed=2, recognized=12, skipped=1, seconds=2.0, workers=1))
    monkeypatch.setattr(Engine, "scan", lambda _, **options: stand_in.scan(**options))
    monkeypatch.setattr(Engine, "require_music", lambda _: None)
    return stand_in


def test_recognized_songs_are_told(call: Call, learned: Told, asked: Asked) -> None:
    shown = call("scan", *learned.arguments).stdout
    assert "2 of 15 songs analysed, 12 recognized by their sound, nothing to hear, 1 skipped" in shown
    assert asked.options == {"workers": None, "encoder": None, "executor": "local", "mode": WorkMode.FULL}


def test_mode_and_executor_reach_the_engine(call: Call, learned: Told, asked: Asked) -> None:
    options = ("--mode", "gentle", "--executor", "dask://localhost:8786", "--workers", "3")
    assert call("scan", *options, *learned.arguments).exit_code == 0
    wished = {"workers": 3, "encoder": None, "executor": "dask://localhost:8786", "mode": WorkMode.GENTLE}
    assert asked.options == wished


def test_an_executor_of_no_kind_is_one_sentence(call: Call, scanned: Told) -> None:
    result = call("scan", "--executor", "ray://localhost:1", *scanned.arguments)
    assert isinstance(result.exception, UserError)
    assert "is no executor" in str(result.exception)


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
