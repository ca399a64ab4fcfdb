"""The demo from a shell: its three lines, its object; the run itself is the one that all tests share."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.cli import demonstration
from core.demo.session import DemoFinished
from core.errors import UserError
from core.jobs.events import Event
from tests.demo_run import DemoRun
from tests.shell_calls import Call, the_object


def tell_again(monkeypatch: pytest.MonkeyPatch, events: list[Event]) -> None:
    def run_demo(*_: object, **__: object) -> Iterator[Event]:
        yield from events

    monkeypatch.setattr(demonstration, "run_demo", run_demo)


def test_the_demo_ends_with_three_lines(
    call: Call, demo_run: DemoRun, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tell_again(monkeypatch, demo_run.events)
    result = call("demo", "--out", tmp_path)
    assert result.exit_code == 0
    playlist, quality, picture = result.stdout.splitlines()
    assert playlist.startswith(("The playlist is", "There is no playlist."))
    assert "On artists that it has never heard" in quality
    assert "global mean" in quality
    assert "artist mean" in quality
    assert picture == f"The map of the library is the picture {demo_run.finished.picture}."


def test_the_demo_is_told_as_one_object(
    call: Call, demo_run: DemoRun, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tell_again(monkeypatch, demo_run.events)
    answer = the_object(call("demo", "--out", tmp_path, "--json").stdout_bytes)
    assert {"playlist", "picture", "database", "music", "evaluation"} <= set(answer)
    done = demo_run.finished
    assert answer["playlist"] == (str(done.playlist) if done.playlist else None)
    assert answer["picture"] == str(done.picture)
    assert answer["database"] == str(done.database)
    assert answer["evaluation"] == done.evaluation
    assert answer["complete"] is True


def test_no_playlist_is_null_and_said(
    call: Call, demo_run: DemoRun, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    none: DemoFinished = replace(demo_run.finished, playlist=None, notice="No song reaches it.", evaluation={})
    tell_again(monkeypatch, [none])
    assert the_object(call("demo", "--out", tmp_path, "--json").stdout_bytes)["playlist"] is None
    lines = call("demo", "--out", tmp_path).stdout.splitlines()
    assert lines[0] == "There is no playlist. No song reaches it."
    assert lines[1] == "There were too few ratings to say how good the predictions are."


def test_a_demo_that_was_stopped_is_one_sentence(call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tell_again(monkeypatch, [])
    assert isinstance(call("demo", "--out", tmp_path).exception, UserError)


def test_a_folder_of_somebody_else_is_refused(call: Call, tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "song.mp3").write_bytes(b"mine")
    result = call("demo", "--out", tmp_path)
    assert "choose an empty folder" in str(result.exception)
    assert (tmp_path / "library" / "song.mp3").read_bytes() == b"mine"
