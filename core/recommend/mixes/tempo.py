"""How fast songs are, from what ``SpectralEncoder`` measured of them."""

import numpy as np
from numpy.typing import NDArray

from core.recommend.stock import Values
from core.training.rating.hearing import MEASURED

SLOWEST, FASTEST = 30.0, 480.0
TEMPI = 33
"""Beats a minute between which ``core.models.rhythm`` looks for periods; that module needs torch, this one must not."""
BEFORE_TEMPI = sum(MEASURED[:6]) + 13
"""Values of an embedding before the pulse at each tempo: other groups, then onset strengths and rates."""
USUAL = 120.0
OCTAVES = 0.9
"""Where listeners feel the beat, and how widely (Ellis 2007): of a tempo and its double the usual one is meant."""


def tempi_of(measured: NDArray[np.floating]) -> Values:
    """Beats a minute (songs,) of embeddings (songs, 556) by ``SpectralEncoder``, to within a sixteenth of an octave.

    NaN where nothing was measured, or no pulse was found; half or double the tempo is the usual error.
    """
    if measured.shape[1] != sum(MEASURED):
        error = f"embeddings of SpectralEncoder have {sum(MEASURED)} values, not {measured.shape[1]}"
        raise ValueError(error)
    pulse = np.asarray(measured[:, BEFORE_TEMPI : BEFORE_TEMPI + TEMPI], dtype=np.float64)
    tempi = SLOWEST * (FASTEST / SLOWEST) ** np.linspace(0, 1, TEMPI)
    felt = pulse * np.exp(-0.5 * (np.log2(tempi / USUAL) / OCTAVES) ** 2)
    best = np.nan_to_num(felt, nan=-1.0).argmax(axis=1)
    found: Values = np.where(np.take_along_axis(felt, best[:, None], axis=1)[:, 0] > 0, tempi[best], np.nan)
    return found
