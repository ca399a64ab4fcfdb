"""The index of faiss: it proposes the nearest songs, and is done without where it is not installed."""

import sys

import numpy as np
import pytest

from core.recommend.space.sound_index import SoundIndex
from core.training.judgment.neighbors import standardized


def songs() -> np.ndarray:
    random = np.random.default_rng(1)
    centers = random.normal(size=(30, 16))
    return standardized((centers[np.arange(3000) % 30] + 0.7 * random.normal(size=(3000, 16))).astype(np.float32))


def test_most_of_the_nearest_are_proposed() -> None:
    pytest.importorskip("faiss")
    units = songs()
    index = SoundIndex.of(units)
    assert index is not None
    nearest = np.argsort(-(units[:20] @ units.T), axis=1)[:, :10]
    proposed = [index.near(units[[row]], wanted=200) for row in range(20)]
    assert np.mean([np.isin(own, found).mean() for own, found in zip(nearest, proposed, strict=True)]) > 0.9
    assert all(50 < len(found) <= 200 for found in proposed)


def test_several_examples_propose_together() -> None:
    pytest.importorskip("faiss")
    units = songs()
    index = SoundIndex.of(units)
    assert index is not None
    together = index.near(units[:2], wanted=50)
    assert set(together) == {*index.near(units[:1], wanted=50), *index.near(units[1:2], wanted=50)}


def test_without_faiss_there_is_no_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "faiss", None)
    assert SoundIndex.of(songs()) is None
