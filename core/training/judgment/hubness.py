"""Hubs: songs that are everybody's neighbor, and what mutual proximity does about them.

In high dimensions some songs lie near the middle and enter most lists of neighbors, while others enter none
(Radovanović 2010). Mutual proximity (Schnitzer 2012) asks how likely it is for two songs to be that near to each other,
seen from both: a hub is near to all, so that being near to it means little.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.training.judgment.neighbors import nearest, standardized

NEIGHBORS = 10
SONGS = 3000
"""Songs looked at; a matrix of their distances has 36 MB. The skewness of more is larger, so that it must not vary."""

Distances = NDArray[np.float32]


@dataclass(frozen=True)
class Reach:
    """The mean and the deviation of the distances from each song (songs,) to others: what mutual proximity needs."""

    mean: NDArray[np.float32]
    deviation: NDArray[np.float32]

    @classmethod
    def of(cls, distances: Distances) -> "Reach":
        """Of distances (songs, others); a song's distance to itself is left out when it is NaN."""
        deviation = np.nanstd(distances, axis=1)
        return cls(np.nanmean(distances, axis=1), np.where(deviation > 0, deviation, np.float32(1)))


def mutual_proximity(distances: Distances, *, rows: Reach, columns: Reach) -> Distances:
    """The logarithm of how likely each pair is to be farther apart than it is, by both its songs; 0 is nearest.

    Distances are taken as normally distributed around each song, and both views as independent (Schnitzer 2012, 3.1).
    ``distances`` is (asked, songs), ``rows`` measures those asked for, ``columns`` the others.
    """
    from scipy.special import log_ndtr

    one = log_ndtr((rows.mean[:, None] - distances) / rows.deviation[:, None])
    other = log_ndtr((columns.mean - distances) / columns.deviation)
    proximity: Distances = one + other
    return proximity


def hubness(embeddings: NDArray[np.floating], *, seed: int) -> dict[str, float | int]:
    """How unevenly songs are neighbors: the skewness of how often each is among the ten nearest (0 is even).

    ``unreachable`` is the share of songs that are nobody's neighbor; both are also told with mutual proximity.
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
    distances = 1 - unit @ unit.T
    np.fill_diagonal(distances, np.nan)
    reach = Reach.of(distances)
    plain, corrected = _occurrences(-distances), _occurrences(mutual_proximity(distances, rows=reach, columns=reach))
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


def _occurrences(proximity: Distances) -> NDArray[np.int64]:
    """How often each song is among the ten nearest of another; NaN on the diagonal."""
    known = np.where(np.isnan(proximity), np.float32(-np.inf), proximity)
    return np.bincount(nearest(known, wanted=NEIGHBORS).ravel(), minlength=len(proximity))
