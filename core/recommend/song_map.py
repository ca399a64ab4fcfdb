"""The map of a library as it is kept and shown: one place for each song that was listened to."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from core.song import SongId


@dataclass(frozen=True, eq=False)
class SongMap:
    """Songs by row; near means that they sound alike, far says little."""

    song_ids: tuple[SongId, ...]
    positions: NDArray[np.float32]
    """(songs, 2), about the middle, scaled so that the outermost coordinate is 1 or -1."""
    is_approximate: NDArray[np.bool_]
    """(songs,): placed among its nearest neighbors, not laid out with all others."""
    version: str
    """The embeddings that it was made from."""
    made_at: float = 0.0
    """Unix seconds."""
    clusters: NDArray[np.int16] = field(default_factory=lambda: np.empty(0, np.int16))
    """(songs,): groups of songs that sound alike, from 0, -1 for none; ``map_clusters.names`` calls them something.
    Empty in a map that was made without."""

    def __len__(self) -> int:
        return len(self.song_ids)


def no_map() -> SongMap:
    """What there is before the first one was drawn."""
    return SongMap((), np.empty((0, 2), np.float32), np.empty(0, np.bool_), "")
