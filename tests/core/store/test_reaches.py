"""The file that keeps how far neighborhoods reach."""

from pathlib import Path

import numpy as np
import pytest

from core.errors import UserError
from core.store.reaches import load_reaches, reaches_file, save_reaches

NAMES = ["file:///a b.mp3", "file:///\udce9.mp3"]


def test_what_was_saved_is_loaded_whatever_the_names(tmp_path: Path) -> None:
    file = reaches_file(tmp_path / "embeddings.db", "version/1")
    assert load_reaches(file) == {}
    save_reaches(file, NAMES, np.array([0.5, 0.25], np.float32))
    assert load_reaches(file) == dict(zip(NAMES, [0.5, 0.25], strict=True))
    assert [each.name for each in tmp_path.iterdir()] == [file.name], "nothing is left beside it"


def test_versions_have_files_of_their_own(tmp_path: Path) -> None:
    first, second = (reaches_file(tmp_path / "embeddings.db", name) for name in ("one", "two"))
    assert first != second
    assert first.parent == second.parent == tmp_path


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 half of one"])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.reaches.npz"
    file.write_bytes(content)
    assert load_reaches(file) == {}


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        save_reaches(tmp_path / "nowhere" / "a.npz", NAMES, np.zeros(2, np.float32))
