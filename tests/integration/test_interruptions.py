"""A scan that is stopped, or loses a worker, ends in order and is continued by the next one."""

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.integration.command_line import CommandLine, outcome_of
from tests.integration.conftest import MadeLibrary
from tests.integration.waiting import wait_for

pytestmark = pytest.mark.timeout(600)

ENCODER = Path(__file__).with_name("gated_encoder.py")
LIMIT = 90
"""Seconds until two workers have begun, and under those that a worker may spend on one song."""


@pytest.fixture
def marmalade(made_library: MadeLibrary, tmp_path: Path) -> CommandLine:
    """It listens with an encoder that waits for `open_gate`."""
    found = CommandLine(profile=tmp_path / "profile", database=made_library.database.path)
    configuration = found.configure(hyperparameters={"encoder_class": "gated_encoder:GatedEncoder"})
    shutil.copy(ENCODER, configuration.parent)
    return found


@pytest.fixture
def scan(marmalade: CommandLine) -> Iterator["subprocess.Popen[str]"]:
    """A scan with two workers, each of which has a song in hand."""
    with marmalade.start("scan", "--workers", 2, "--json") as process:
        try:
            wait_for(lambda: len(waiting_workers(marmalade)) == 2, limit=LIMIT, what="two workers at work")
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def waiting_workers(marmalade: CommandLine) -> list[int]:
    return [int(path.name.split()[1]) for path in (marmalade.profile / "config").glob("waiting *")]


def open_gate(marmalade: CommandLine) -> None:
    (marmalade.profile / "config" / "gate is open").touch()


def is_gone(group: int) -> Callable[[], bool]:
    """Whether no process of a group is left."""

    def ask() -> bool:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        return False

    return ask


def test_a_stopped_scan_is_continued(
    marmalade: CommandLine, scan: "subprocess.Popen[str]", made_library: MadeLibrary
) -> None:
    os.killpg(scan.pid, signal.SIGINT)  # as Ctrl+C in a shell: it reaches the workers too
    open_gate(marmalade)
    outcome = outcome_of(scan)
    assert outcome.code == 1
    first = outcome.json
    rows = len(made_library.songs) + len(made_library.bad)
    assert first["songs"] == rows
    assert 2 <= first["analysed"] + first["skipped"] < rows
    wait_for(is_gone(scan.pid), limit=LIMIT, what="the end of every process of the scan")

    assert marmalade.done("music-stats")["classes"]["waiting"] == rows - first["analysed"] - first["skipped"]
    second = marmalade.done("scan")
    assert first["analysed"] + second["analysed"] == len(made_library.songs)
    assert first["skipped"] + second["skipped"] == len(made_library.bad)
    assert marmalade.done("scan")["songs"] == 0


def test_a_killed_worker_costs_its_song(
    marmalade: CommandLine, scan: "subprocess.Popen[str]", made_library: MadeLibrary
) -> None:
    os.kill(waiting_workers(marmalade)[0], signal.SIGKILL)
    open_gate(marmalade)
    outcome = outcome_of(scan)
    assert outcome.code == 0, outcome
    assert outcome.json["failed"] == 1
    assert outcome.json["analysed"] == len(made_library.songs) - 1
    assert outcome.json["skipped"] == len(made_library.bad) + 1

    crashed = [each for each in marmalade.done("skipped")["skipped"] if each["reason"] == "crashed"]
    assert len(crashed) == 1
    assert Path(crashed[0]["path"]) in {song.path for song in made_library.songs}
    assert marmalade.done("scan")["songs"] == 0, "a song that crashed is not tried again before its file has changed"
