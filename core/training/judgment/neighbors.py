"""Who lies near whom in a space of embeddings: cosines of standardized rows, and votes among the nearest."""

import numpy as np
from numpy.typing import NDArray

Similarity = NDArray[np.float32]

PIECE = 4096
"""Rows that are looked at at once: a whole library of 60,000 songs takes 120 MB, and so does whatever is made of it."""
ROUNDING = 1e-6
"""A column that varies by less of its size is constant: what is left is rounding, which no division may enlarge."""


def standardized(
    embeddings: NDArray[np.floating],
    *,
    like: NDArray[np.floating] | None = None,
    into: NDArray[np.float32] | None = None,
) -> NDArray[np.float32]:
    """Rows of length 1 (songs, dim), each value measured in deviations of its column (of ``like``, if given).

    They are written ``into`` an array, which may be that of the embeddings, or a new one.
    """
    mean, deviation = _columns(embeddings if like is None else like)
    divisor = np.where(deviation > ROUNDING * np.abs(mean), deviation, 1)
    unit = np.empty(embeddings.shape, np.float32) if into is None else into
    for start in range(0, len(embeddings), PIECE):
        centered = (embeddings[start : start + PIECE] - mean) / divisor
        unit[start : start + PIECE] = centered / np.maximum(np.linalg.norm(centered, axis=1, keepdims=True), 1e-9)
    return unit


def _columns(embeddings: NDArray[np.floating]) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """The mean and the deviation (dim,) of each value; ``std`` would take as much memory again as there is."""
    mean = embeddings.mean(axis=0)
    squares = [
        np.square(embeddings[start : start + PIECE] - mean).sum(axis=0) for start in range(0, len(embeddings), PIECE)
    ]
    return mean, np.sqrt(np.sum(squares, axis=0) / len(embeddings))


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
