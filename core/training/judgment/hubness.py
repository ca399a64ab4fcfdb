"""Hubs: songs that are everybody's neighbor, and what local scaling does about them (``reach.py``)."""

import numpy as np
from numpy.typing import NDArray

from core.training.judgment.neighbors import standardized
from core.training.judgment.reach import NEIGHBORS, Vectors, apart, local_reach, smallest

SONGS = 3000
"""Songs looked at; a matrix of their distances has 36 MB. The skewness of more is larger, so that it must not vary."""


def hubness(embeddings: NDArray[np.floating], *, seed: int) -> dict[str, float | int]:
    """How unevenly songs are neighbors: the skewness of how often each is among the ten nearest (0 is even).

    ``unreachable`` is the share of songs that are nobody's neighbor; both are also told with local scaling.
    """
    count = min(len(embeddings), SONGS)
    chosen = np.sort(np.random.default_rng(seed).permutation(len(embeddings))[:count])
    if count <= NEIGHBORS + 1:
        return {
            "skewness": 0.0,
            "skewness_corrected": 0.0,
            "unreachable": 0.0,
            "unreachable_corrected": 0.0,
            "songs": 0,
        }
    unit = standardized(embeddings[chosen])
    distances = apart(unit @ unit.T)
    np.fill_diagonal(distances, np.inf)
    plain, corrected = occurrences(distances), occurrences(distances / local_reach(unit))
    return {
        "skewness": skewness(plain),
        "skewness_corrected": skewness(corrected),
        "unreachable": float((plain == 0).mean()),
        "unreachable_corrected": float((corrected == 0).mean()),
        "songs": count,
    }


def skewness(values: NDArray[np.integer]) -> float:
    """The third standardized moment; 0 where nothing varies."""
    centered = values - values.mean()
    deviation = float(np.sqrt((centered**2).mean()))
    return float((centered**3).mean() / deviation**3) if deviation > 0 else 0.0


def occurrences(distances: Vectors) -> NDArray[np.int64]:
    """How often each song is among the ten nearest of another, by distances (songs, songs); inf on the diagonal."""
    return np.bincount(smallest(distances, wanted=NEIGHBORS).ravel(), minlength=len(distances))
