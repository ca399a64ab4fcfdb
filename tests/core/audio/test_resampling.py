"""Resampling gives what torchaudio gives, at any rate and any length."""

import numpy as np
import pytest
import torch
from torchaudio.functional import resample as reference

from core.audio.resampling import resample


@pytest.mark.parametrize(
    ("from_rate", "to_rate"), [(22050, 16000), (44100, 16000), (16000, 22050), (22050, 11025), (48000, 16000)]
)
@pytest.mark.parametrize("length", [1, 440, 441, 22050, 22053])
def test_resampling_agrees_with_torchaudio(from_rate: int, to_rate: int, length: int) -> None:
    samples = np.random.default_rng(1).uniform(-1, 1, length).astype(np.float32)
    expected = reference(torch.from_numpy(samples), from_rate, to_rate).numpy()
    found = resample(samples, from_rate=from_rate, to_rate=to_rate)
    assert found.dtype == np.float32
    assert found.shape == expected.shape
    assert np.abs(found - expected).max() < 1e-4


def test_nothing_becomes_nothing() -> None:
    assert resample(np.zeros(0, np.float32), from_rate=22050, to_rate=16000).shape == (0,)


def test_the_same_rate_costs_nothing() -> None:
    samples = np.ones(5, np.float32)
    assert resample(samples, from_rate=16000, to_rate=16000) is samples
