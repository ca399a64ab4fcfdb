"""Whether songs that belong together lie together, measured without any rating."""

import numpy as np
from numpy.typing import NDArray

NEIGHBORS = 10
QUERIES = 2000
"""Songs asked for at most; more would only sharpen the third digit."""


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
    similarity = unit[asked] @ unit.T
    similarity[np.arange(asked.size), asked] = -np.inf
    nearest = np.argpartition(-similarity, min(NEIGHBORS, len(unit) - 1) - 1, axis=1)[:, :NEIGHBORS]
    own = np.asarray(albums, dtype=object)
    possible = np.minimum([sizes[album] - 1 for album in own[asked]], NEIGHBORS)
    found = (own[nearest] == own[asked][:, None]).sum(axis=1) / possible
    chance = np.mean([(sizes[album] - 1) * NEIGHBORS / (len(unit) - 1) for album in own[asked]] / possible)
    return {"album_mates_at_10": float(found.mean()), "chance": float(min(chance, 1.0)), "queries": int(asked.size)}


def _standardized(embeddings: NDArray[np.float32]) -> NDArray[np.float32]:
    deviation = embeddings.std(axis=0)
    centered = (embeddings - embeddings.mean(axis=0)) / np.where(deviation > 0, deviation, 1)
    unit: NDArray[np.float32] = centered / np.maximum(np.linalg.norm(centered, axis=1, keepdims=True), 1e-9)
    return unit
