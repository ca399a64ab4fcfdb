"""Fixed matrices that turn a power spectrum into mel bands, pitch classes and cepstral coefficients."""

import math
from typing import cast

import torch
import torchaudio.functional
from torch import Tensor

REFERENCE_C = 16.3516
"""Hz of C0; pitch classes count from C."""


def mel_bands(bins: int, *, bands: int, lowest: float, sample_rate: int) -> Tensor:
    """Triangular filters (bins, bands) on Slaney's mel scale, of equal area, up to half of the rate."""
    filters = torchaudio.functional.melscale_fbanks(
        bins, lowest, sample_rate / 2, bands, sample_rate, norm="slaney", mel_scale="slaney"
    )
    return cast("Tensor", filters)


def pitch_classes(bins: int, *, lowest: float, highest: float, sample_rate: int) -> Tensor:
    """Weights (bins, 12): how much every bin between two frequencies in Hz belongs to a pitch class."""
    frequencies = torch.linspace(0, sample_rate / 2, bins)
    octaves = torch.log2(frequencies.clamp(min=1.0) / REFERENCE_C)
    distance = (octaves.unsqueeze(1) * 12 - torch.arange(12) + 6) % 12 - 6
    inside = ((frequencies >= lowest) & (frequencies <= highest)).unsqueeze(1)
    return torch.exp(-0.5 * (distance / 0.5).square()) * inside


def cosine_transform(bands: int, *, coefficients: int) -> Tensor:
    """The orthonormal DCT-II (bands, coefficients) that turns log-mel bands into MFCC."""
    position = (torch.arange(bands) + 0.5) * math.pi / bands
    matrix = torch.cos(position.unsqueeze(1) * torch.arange(coefficients)) * math.sqrt(2 / bands)
    matrix[:, 0] /= math.sqrt(2)
    return matrix
