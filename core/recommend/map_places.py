"""An approximate place on a map for songs that came after it was laid out: among those that sound most like them."""

import numpy as np
from numpy.typing import NDArray

from core.recommend.map_alignment import Places
from core.recommend.map_sound import Sound

NEIGHBORS = 10
AT_ONCE = 256
"""Songs that are compared with all others at a time: with 60,000 that are 60 MB."""
BLOCK = 64
"""Songs that are looked at together."""
JITTER = 0.15
"""Of the distance to the neighbors, so that songs with the same neighbors do not lie upon each other."""
LEAST_JITTER = 0.002


def nearest_rows(asked: Sound, sound: Sound) -> NDArray[np.intp]:
    """The rows (asked, at most 10) of the songs that sound most like each of those asked for, the nearest first."""
    wanted = min(NEIGHBORS, len(sound))
    blocks = -(-len(sound) // BLOCK)
    squares = np.full(blocks * BLOCK, np.inf, np.float32)
    squares[: len(sound)] = (sound**2).sum(axis=1)
    found = []
    for first in range(0, len(asked), AT_ONCE):
        some = asked[first : first + AT_ONCE]
        distances = np.tile(squares, (len(some), 1))
        distances[:, : len(sound)] -= 2 * some @ sound.T
        found.append(_smallest(distances.reshape(len(some), blocks, BLOCK), wanted))
    return np.concatenate(found) if found else np.empty((0, wanted), np.intp)


def _smallest(distances: NDArray[np.float32], wanted: int) -> NDArray[np.intp]:
    """The numbers of the smallest distances (asked, blocks, in a block), in their order.

    As many blocks as are wanted hold them, those whose least is smallest: to sort these takes a tenth of sorting all.
    """
    least = distances.min(axis=2)
    kept = min(wanted, least.shape[1])
    chosen = np.argpartition(least, kept - 1, axis=1)[:, :kept]
    near = np.take_along_axis(distances, chosen[:, :, None], axis=1).reshape(len(distances), -1)
    places = near.argsort(axis=1, kind="stable")[:, :wanted]
    return np.take_along_axis(chosen, places // BLOCK, axis=1) * BLOCK + places % BLOCK


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
