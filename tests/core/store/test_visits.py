"""The file that keeps what was seen last, and what differs from it."""

from pathlib import Path

import pytest

from core.song import SongId
from core.store.visits import Moved, Visit, load_visit, moved, save_visit

ONE, TWO = SongId("file:///a b.mp3"), SongId("file:///\udce9.mp3")


@pytest.mark.parametrize("ratings", [{}, {ONE: 0.5, TWO: 0.25}])
def test_what_was_saved_is_loaded_whatever_the_names(tmp_path: Path, ratings: dict[SongId, float]) -> None:
    file = tmp_path / "visit.npz"
    assert load_visit(file) is None
    save_visit(file, Visit(1.5, 3, ratings))
    assert load_visit(file) == Visit(1.5, 3, ratings)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 half of one"])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "visit.npz"
    file.write_bytes(content)
    assert load_visit(file) is None


def test_a_prediction_has_moved_when_it_is_another_half_star() -> None:
    before = Visit(0.0, 2, {ONE: 0.5, TWO: 0.5})
    assert moved({ONE: 0.6, TWO: 0.59}, before) == Moved(1, 0)
    assert moved({ONE: 0.4, SongId("file:///new.mp3"): 0.9}, before) == Moved(1, 1)
    assert moved({}, before) == Moved(0, 0)
