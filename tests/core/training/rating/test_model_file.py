"""A saved predictor is the same one, and a damaged file is a sentence."""

import json
import zipfile
from pathlib import Path

import numpy as np
import pytest

from core.errors import UserError
from core.training.rating.mixed_model import MixedModel, Names, fit

ARTISTS = [f"artist {number % 7}" for number in range(60)]
NAMES = Names(ARTISTS, [f"{name}\nälbum" for name in ARTISTS], ["Rock; Pop"] * 60)
VECTORS = np.random.default_rng(0).normal(size=(60, 5)).astype(np.float32)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    model = fit(np.clip(0.6 + 0.1 * VECTORS[:, 0], 0, 1), vectors=VECTORS, names=NAMES, groups=ARTISTS, seed=0)
    model.save(tmp_path / "model.npz")
    return tmp_path / "model.npz"


def test_what_was_saved_predicts_the_same(saved: Path) -> None:
    model = MixedModel.load(saved)
    model.save(saved.with_name("again.npz"))
    one, other = (MixedModel.load(path).predict(VECTORS, names=NAMES) for path in (saved, saved.with_name("again.npz")))
    expected = fit(np.clip(0.6 + 0.1 * VECTORS[:, 0], 0, 1), vectors=VECTORS, names=NAMES, groups=ARTISTS, seed=0)
    assert (one.ratings == expected.predict(VECTORS, names=NAMES).ratings).all()
    assert (one.high == other.high).all()
    assert model.figures == expected.figures


def test_nothing_in_the_file_can_run_and_no_other_is_left(saved: Path) -> None:
    with np.load(saved, allow_pickle=False) as stored:
        assert not any(stored[name].dtype.hasobject for name in stored.files)
    assert list(saved.parent.iterdir()) == [saved]


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def without_an_array(path: Path) -> None:
    replace(path, "chosen.effects", None)


def with_an_array_of_another_shape(path: Path) -> None:
    replace(path, "chosen.effects", np.zeros(3, np.float32))


def of_another_format(path: Path) -> None:
    replace(path, "json", np.frombuffer(json.dumps({"format": 99}).encode(), np.uint8))


def replace(path: Path, name: str, value: "np.ndarray | None") -> None:
    with np.load(path) as stored:
        arrays = {each: stored[each] for each in stored.files if each != name}
    np.savez(path, **arrays, **({} if value is None else {name: value}))
    assert zipfile.is_zipfile(path)


@pytest.mark.parametrize(
    "damage", [Path.unlink, cut_short, empty, without_an_array, with_an_array_of_another_shape, of_another_format]
)
def test_a_damaged_file_is_a_sentence(saved: Path, damage: object) -> None:
    damage(saved)  # type: ignore[operator]
    with pytest.raises(UserError, match="train it again"):
        MixedModel.load(saved)
