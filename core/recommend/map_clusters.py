"""Groups of songs that sound alike, for the colors of a map, and what to call them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

MOST_CLUSTERS = 12


def names(clusters: NDArray[np.int16], *, genres: Sequence[str], artists: Sequence[str]) -> list[str]:
    """What to call each cluster, from 0 to the last: its distinctive genre or artist, no name twice."""
    raise NotImplementedError
