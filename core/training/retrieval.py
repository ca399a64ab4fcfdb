"""Whether songs that belong together lie together, measured without any rating."""

import numpy as np
from numpy.typing import NDArray

NEIGHBORS = 10
QUERIES = 2000
"""Songs asked for at most; more would only sharpen the third digit."""
AT_ONCE = 100
"""Songs asked for at a time: all at once would take 2 GB with 60,000 songs."""


def album_mates_at_10(embeddings: NDArray[np.float32], albums: list[str], *, seed: int) -> dict[str, float | int]:
    """The share of the ten nearest songs (cosine, standardized) that are of the song's own album, over the possible.

    ``albums`` names the album of each row; empty names and albums of one song are not asked for. ``chance`` is what a
    random order would reach.
    """
    names, counts = np.unique(albums, return_counts=True)
    sizes = dict(zip(names, counts, strict=True))
    asked = np.flatnonzero([bool(album) and sizes[album] > 1 for album in albums])
    if not asked.size:
        return {"album_mates_at_10": 0.0, "chance": 0.0, "queries": 0}
    asked = np.random.default_rng(seed).permutation(asked)[:QUERIES]
    unit = _standardized(embeddings)
    wanted = min(NEIGHBORS, len(unit) - 1)
    parts = np.split(asked, range(AT_ONCE, asked.size, AT_ONCE))
    nearest = np.concatenate([_nearest(unit, part, wanted=wanted) for part in parts])
    own = np.asarray(albums, dtype=object)
    mates = np.array([sizes[album] - 1 for album in own[asked]])
    possible = np.minimum(mates, wanted)
    found = (own[nearest] == own[asked][:, None]).sum(axis=1) / possible
    chance = (mates * wanted / (len(unit) - 1) / possible).mean()
    return {"album_mates_at_10": float(found.mean()), "chance": float(chance), "queries": int(asked.size)}


def _nearest(unit: NDArray[np.float32], asked: NDArray[np.int64], *, wanted: int) -> NDArray[np.int64]:
    """The rows (asked, wanted) that lie nearest to each row asked for, without itself."""
    distance = -(unit[asked] @ unit.T)
    distance[np.arange(asked.size), asked] = np.inf
    return np.argpartition(distance, wanted - 1, axis=1)[:, :wanted]


def _standardized(embeddings: NDArray[np.float32]) -> NDArray[np.float32]:
    deviation = embeddings.std(axis=0)
    centered = (embeddings - embeddings.mean(axis=0)) / np.where(deviation > 0, deviation, 1)
    unit: NDArray[np.float32] = centered / np.maximum(np.linalg.norm(centered, axis=1, keepdims=True), 1e-9)
    return unit
