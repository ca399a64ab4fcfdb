"""Names for the regions of a map: what is common in a place and less so elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEVELS = 5


@dataclass(frozen=True, slots=True)
class Region:
    """A label: a genre or an artist at the middle of its songs there.

    Show those up to a level: of level 0 there are few over the whole map; each level is meant for twice the zoom of
    the one before, and no two that are shown together lie upon each other.
    """

    text: str
    x: float
    y: float
    weight: float
    """How much it says: larger is drawn larger, or first."""
    level: int


def regions(positions: NDArray[np.float32], *, genres: Sequence[str], artists: Sequence[str]) -> list[Region]:
    """The labels of a map (songs, 2) whose songs have these genres and artists ("" for unknown), heaviest first."""
    raise NotImplementedError
