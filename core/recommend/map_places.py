"""An approximate place on a map for songs that came after it was laid out: among those that sound most like them."""

import numpy as np
from numpy.typing import NDArray

from core.recommend.map_alignment import Places
from core.recommend.map_sound import Sound

NEIGHBORS = 10
AT_ONCE = 256
"""Songs that are compared with all others at a time: with 60,000 that are 60 MB."""
JITTER = 0.15
"""Of the distance to the neighbors, so that songs with the same neighbors do not lie upon each other."""
LEAST_JITTER = 0.002


def nearest_rows(asked: Sound, sound: Sound) -> NDArray[np.intp]:
    """The rows (asked, at most 10) of the songs that sound most like each of those asked for, the nearest first."""
    wanted = min(NEIGHBORS, len(sound))
    squares = (sound**2).sum(axis=1)
    found = []
    for first in range(0, len(asked), AT_ONCE):
        distances = squares - 2 * asked[first : first + AT_ONCE] @ sound.T
        rows = np.argpartition(distances, wanted - 1, axis=1)[:, :wanted]
        order = np.take_along_axis(distances, rows, axis=1).argsort(axis=1)
        found.append(np.take_along_axis(rows, order, axis=1))
    return np.concatenate(found) if found else np.empty((0, wanted), np.intp)


def places_among(neighbors: NDArray[np.intp], positions: Places, *, seed: int = 42) -> Places:
    """A place (songs, 2) for each row of neighbors, the nearest first, on a map of these positions.

    The mean of the neighbors, those weighted most that are near in sound and lie where the others do: midway between
    two far regions is nowhere.
    """
    if not len(neighbors):
        return np.empty((0, 2), np.float32)
    around = positions[neighbors].astype(np.float64)
    apart = np.linalg.norm(around[:, :, None] - around[:, None], axis=3)
    by_sound = 1 / np.arange(1, neighbors.shape[1] + 1)
    crowd = (apart * by_sound).sum(axis=2).argmin(axis=1)
    from_crowd = apart[np.arange(len(apart)), crowd]
    reach = np.median(from_crowd, axis=1, keepdims=True) + 1e-9
    weights = by_sound / (1 + (from_crowd / reach) ** 2)
    mean = (around * weights[:, :, None]).sum(axis=1) / weights.sum(axis=1, keepdims=True)
    moved = np.random.default_rng(seed).normal(size=mean.shape) * np.maximum(JITTER * reach, LEAST_JITTER)
    places: Places = np.clip(mean + moved, -1, 1).astype(np.float32)
    return places
