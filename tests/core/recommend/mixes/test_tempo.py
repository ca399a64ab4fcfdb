"""Tempi out of measured embeddings."""

import numpy as np
import pytest
import torch

from core.models import rhythm
from core.models.spectral import SpectralEncoder
from core.recommend.mixes import tempo
from core.recommend.mixes.tempo import tempi_of


def clicks(beats_a_minute: float) -> torch.Tensor:
    rate, length = 22050, 800
    samples = 0.001 * torch.randn(rate * 10, generator=torch.Generator().manual_seed(0))
    click = torch.randn(length, generator=torch.Generator().manual_seed(1)) * torch.linspace(1, 0, length)
    for second in np.arange(0, 9.9, 60 / beats_a_minute):
        start = int(second * rate)
        samples[start : start + length] += click[: len(samples) - start]
    return samples


def test_the_tempo_of_clicks_is_found() -> None:
    asked = (75, 100, 120, 160)
    with torch.inference_mode():
        measured = SpectralEncoder()(torch.stack([clicks(each) for each in asked])).numpy()
    assert tempi_of(measured) == pytest.approx(asked, rel=0.05)


def test_the_numbers_are_those_of_the_encoder() -> None:
    assert (tempo.SLOWEST, tempo.FASTEST, tempo.TEMPI) == (rhythm.SLOWEST, rhythm.FASTEST, rhythm.TEMPI)


def test_what_was_not_measured_has_no_tempo() -> None:
    measured = np.zeros((2, 556), np.float32)
    measured[1] = np.nan
    assert np.isnan(tempi_of(measured)).all()
    assert len(tempi_of(measured[:0])) == 0


def test_other_embeddings_are_refused() -> None:
    with pytest.raises(ValueError, match="556 values, not 512"):
        tempi_of(np.zeros((1, 512), np.float32))
