"""The file of the map: what was saved comes back; damaged, foreign and missing ones are none."""

from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from core.errors import UserError
from core.store.map_file import StoredMap, StoredSound, load_map, load_sound, map_file, save_map

MAP = StoredMap(
    ["file:///a.mp3", "file:///%C3%A4.mp3#t=3"],
    np.eye(2, dtype=np.float32),
    np.array([0, -1], np.int16),
    "v",
    7.5,
    31.0,
)
SOUND = StoredSound(np.ones((2, 3), np.float32), np.zeros(4, np.float32), np.ones((4, 3), np.float32))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return map_file(tmp_path / "embeddings.db")


def test_what_was_saved_comes_back(file: Path) -> None:
    save_map(file, MAP, SOUND)
    found, sound = load_map(file), load_sound(file, made_at=7.5)
    assert found is not None
    assert sound is not None
    for value, wanted in zip(asdict(found).values(), asdict(MAP).values(), strict=True):
        assert np.array_equal(value, wanted)
    for value, wanted in zip(asdict(sound).values(), asdict(SOUND).values(), strict=True):
        assert np.array_equal(value, wanted)
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_the_sound_of_another_map_is_none(file: Path) -> None:
    save_map(file, MAP, SOUND)
    assert load_sound(file, made_at=8.0) is None


@pytest.mark.parametrize("kept", [0, 10, 900])
def test_a_damaged_file_is_no_map(file: Path, kept: int) -> None:
    save_map(file, MAP, SOUND)
    file.write_bytes(file.read_bytes()[:kept])
    assert load_map(file) is None
    assert load_sound(file, made_at=7.5) is None


def test_there_is_none_at_first(file: Path) -> None:
    assert load_map(file) is None
    assert load_sound(file, made_at=0) is None


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        save_map(tmp_path / "gone" / "map.npz", MAP, SOUND)
