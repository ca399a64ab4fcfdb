"""Telling files that are still being copied from files that lie still."""

import os
import time
from pathlib import Path

import pytest

from core.library.settling import SettlingFiles, file_status


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def files(clock: Clock) -> SettlingFiles:
    return SettlingFiles(still_for=2.0, clock=clock)


def test_a_fresh_file_is_still_after_a_while(files: SettlingFiles, clock: Clock, tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(b"1")
    answers = []
    for clock.now in (0.0, 1.0, 2.0):
        answers.append(files.is_still(path))
    assert answers == [False, False, True]


def test_a_file_that_grows_is_waited_for(files: SettlingFiles, clock: Clock, tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    for clock.now in range(0, 20, 2):
        path.write_bytes(b"1" * (1 + int(clock.now)))
        assert not files.is_still(path)
    clock.now += 2
    assert files.is_still(path)


def test_a_file_that_keeps_its_size_but_changes_is_waited_for(
    files: SettlingFiles, clock: Clock, tmp_path: Path
) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(b"1")
    assert not files.is_still(path)
    clock.now = 2.0
    later = time.time_ns() + 1_000_000_000
    os.utime(path, ns=(later, later))
    assert not files.is_still(path)


def test_an_old_file_is_still_at_once(files: SettlingFiles, tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.touch()
    os.utime(path, (1_000_000_000, 1_000_000_000))
    assert files.is_still(path)


@pytest.mark.parametrize("name", ["gone.mp3", "zero\0byte"])
def test_what_cannot_be_looked_at_is_not_waited_for(files: SettlingFiles, tmp_path: Path, name: str) -> None:
    assert files.is_still(tmp_path / name)
    assert file_status(tmp_path / name) is None
