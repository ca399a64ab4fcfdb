"""Features on disk: whole or not there, whatever a kill left."""

import errno
import logging
import os
from pathlib import Path

import numpy as np
import pytest

from core.training.data.feature_file import KEPT_FILES, FeatureFile

KEYS = [bytes([number]) * 32 for number in range(4)]


def features(number: int) -> np.ndarray:
    return np.full((3, 5), number, np.float32)


def file_in(folder: Path, plan: str = "plan") -> FeatureFile:
    return FeatureFile.open(folder, plan=plan)


def test_what_was_put_is_found_by_the_next_run(tmp_path: Path) -> None:
    file = file_in(tmp_path)
    for number, key in enumerate(KEYS[:3]):
        file.put(key, features(number))
    again = file_in(tmp_path)
    assert len(again) == 3
    assert [np.unique(again.get(key)).tolist() for key in KEYS[:3]] == [[0], [1], [2]]
    assert again.get(KEYS[3]) is None
    assert len(file_in(tmp_path, "another plan")) == 0


def test_what_a_kill_left_half_is_cut_off(tmp_path: Path) -> None:
    for number, key in enumerate(KEYS[:2]):
        file_in(tmp_path).put(key, features(number))
    path = next(tmp_path.rglob("*.features"))
    whole = path.read_bytes()
    for size in range(0, len(whole), 7):
        path.write_bytes(whole[:size])
        file = file_in(tmp_path)
        assert len(file) == size // (len(whole) // 2)
        file.put(KEYS[3], features(9))
        assert file_in(tmp_path).get(KEYS[3]) is not None


def test_damage_is_not_believed(tmp_path: Path) -> None:
    file_in(tmp_path).put(KEYS[0], features(1))
    path = next(tmp_path.rglob("*.features"))
    content = bytearray(path.read_bytes())
    content[-3] ^= 1
    path.write_bytes(content)
    assert file_in(tmp_path).get(KEYS[0]) is None


def test_two_may_add_at_once(tmp_path: Path) -> None:
    first, second = file_in(tmp_path), file_in(tmp_path)
    for number, key in enumerate(KEYS):
        (first, second)[number % 2].put(key, features(number))
    assert len(file_in(tmp_path)) == 4


def test_a_full_disk_costs_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    file = file_in(tmp_path)
    file.put(KEYS[0], features(0))

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "pwrite", full)
    with caplog.at_level(logging.WARNING):
        file.put(KEYS[1], features(1))
        file.put(KEYS[2], features(2))
    assert len(caplog.records) == 1
    monkeypatch.undo()
    assert len(file_in(tmp_path)) == 1


def test_old_backbones_are_forgotten(tmp_path: Path) -> None:
    for number in range(KEPT_FILES + 3):
        file_in(tmp_path, str(number)).put(KEYS[0], features(number))
    assert len(list(tmp_path.rglob("*.features"))) == KEPT_FILES
    assert len(file_in(tmp_path, str(KEPT_FILES + 2))) == 1


def test_without_a_folder_nothing_is_kept() -> None:
    file = FeatureFile.open(None, plan="plan")
    file.put(KEYS[0], features(0))
    assert file.get(KEYS[0]) is None


def test_a_folder_in_the_way_costs_one_sentence(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "features").write_text("in the way")
    with caplog.at_level(logging.WARNING):
        file_in(tmp_path).put(KEYS[0], features(0))
    assert len(caplog.records) == 1
