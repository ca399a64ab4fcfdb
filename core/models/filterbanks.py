"""Fixed matrices that turn a power spectrum into mel bands, semitones and cepstral coefficients."""

import math
from typing import cast

import torch
import torchaudio.functional
from torch import Tensor


def mel_bands(bins: int, *, bands: int, lowest: float, sample_rate: int) -> Tensor:
    """Triangular filters (bins, bands) on Slaney's mel scale, of equal area, up to half of the rate."""
    filters = torchaudio.functional.melscale_fbanks(
        bins, lowest, sample_rate / 2, bands, sample_rate, norm="slaney", mel_scale="slaney"
    )
    return cast("Tensor", filters)


def semitone_bands(bins: int, *, lowest: float, highest: float, sample_rate: int) -> Tensor:
    """Triangular filters (bins, semitones) from one frequency in Hz up to another, each with a sum of 1.

    They are at least one bin wide: the lowest semitones share bins rather than having none.
    """
    count = int(12 * math.log2(highest / lowest))
    centers = lowest * 2 ** (torch.arange(count) / 12)
    frequencies = torch.linspace(0, sample_rate / 2, bins)
    width = (centers * (2 ** (1 / 12) - 1)).clamp(min=sample_rate / (2 * (bins - 1)))
    filters = (1 - (frequencies.unsqueeze(1) - centers).abs() / width).clamp(min=0)
    return filters / filters.sum(dim=0)


def cosine_transform(bands: int, *, coefficients: int) -> Tensor:
    """The orthonormal DCT-II (bands, coefficients) that turns log-mel bands into MFCC."""
    position = (torch.arange(bands) + 0.5) * math.pi / bands
    matrix = torch.cos(position.unsqueeze(1) * torch.arange(coefficients)) * math.sqrt(2 / bands)
    matrix[:, 0] /= math.sqrt(2)
    return matrix
