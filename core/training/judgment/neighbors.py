"""Who lies near whom in a space of embeddings: cosines of standardized rows, and votes among the nearest."""

import numpy as np
from numpy.typing import NDArray

Similarity = NDArray[np.float32]

ROUNDING = 1e-6
"""A column that varies by less of its size is constant: what is left is rounding, which no division may enlarge."""


def standardized(embeddings: NDArray[np.floating], *, like: NDArray[np.floating] | None = None) -> NDArray[np.float32]:
    """Rows of length 1 (songs, dim), each value measured in deviations of its column (of ``like``, if given)."""
    reference = embeddings if like is None else like
    mean, deviation = reference.mean(axis=0), reference.std(axis=0)
    centered = (embeddings - mean) / np.where(deviation > ROUNDING * np.abs(mean), deviation, 1)
    unit: NDArray[np.float32] = centered / np.maximum(np.linalg.norm(centered, axis=1, keepdims=True), 1e-9)
    return unit.astype(np.float32)


def nearest(similarity: Similarity, *, wanted: int) -> NDArray[np.int64]:
    """The columns (rows, wanted) that are most similar to each row, in no order; -inf is never wanted by choice."""
    return np.argpartition(-similarity, wanted - 1, axis=1)[:, :wanted]


def first_hits(similarity: Similarity, *, wanted: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether the most similar of each row's columns is a wanted one; a tie with an unwanted one is no hit."""
    best = np.where(wanted, similarity, -np.inf).max(axis=1)
    other = np.where(wanted, -np.inf, similarity).max(axis=1)
    hits: NDArray[np.bool_] = best > other
    return hits


def rank_of_partner(similarity: Similarity, partners: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many columns are as similar as the row's partner or more so (0 for a partner found at once)."""
    own = similarity[np.arange(len(partners)), partners]
    ranks: NDArray[np.int64] = (similarity >= own[:, None]).sum(axis=1) - 1
    return ranks


def vote(similarity: Similarity, kinds: NDArray[np.int64], *, neighbors: int) -> NDArray[np.int64]:
    """The kind (rows,) that most of the nearest columns are of; among equals, the one whose songs are nearer.

    ``kinds`` (columns,) are numbers from 0; columns at -inf have no vote. Rows without any voter get -1.
    """
    chosen = nearest(similarity, wanted=min(neighbors, similarity.shape[1]))
    closeness = np.take_along_axis(similarity, chosen, axis=1).astype(np.float64)
    votes = np.zeros((len(similarity), int(kinds.max()) + 1))
    rows = np.repeat(np.arange(len(similarity)), chosen.shape[1])
    allowed = np.isfinite(closeness).ravel()
    # A cosine is at most 1: a hundredth of it orders equals and never outvotes a song.
    weights = 1 + 0.01 * np.where(allowed, closeness.ravel(), 0) / neighbors
    np.add.at(votes, (rows[allowed], kinds[chosen.ravel()[allowed]]), weights[allowed])
    return np.where(votes.any(axis=1), votes.argmax(axis=1), -1)
