"""A spectrogram comes back from its file, or a sentence does."""

from pathlib import Path

import numpy as np
import pytest

from core.errors import UserError
from core.training.spectrogram_file import Spectrogram


def test_it_comes_back(tmp_path: Path) -> None:
    decibels = np.linspace(-80, 0, 12, dtype=np.float32).reshape(3, 4)
    Spectrogram(decibels, np.array([0.0, 100, 300, 700]), 12.5, 20.5).save(tmp_path / "a.npz")
    found = Spectrogram.load(tmp_path / "a.npz")
    assert found.decibels == pytest.approx(decibels, abs=0.05)
    assert (found.hertz.tolist(), found.start, found.stop) == ([0, 100, 300, 700], 12.5, 20.5)
    assert [each.name for each in tmp_path.iterdir()] == ["a.npz"]


def test_a_file_that_is_gone_or_damaged_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "damaged.npz").write_bytes(b"PK\x03\x04 half")
    for name in ("gone.npz", "damaged.npz"):
        with pytest.raises(UserError, match="explain the song again"):
            Spectrogram.load(tmp_path / name)
