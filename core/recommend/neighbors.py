"""For a predicted song, the rated song that sounds most like it: the first reason that can be given."""

import numpy as np
from numpy.typing import NDArray

from core.store.matrix import EmbeddingMatrix


def nearest_rated(asked: list[str], rated: list[str], *, matrix: EmbeddingMatrix) -> dict[str, str]:
    """The nearest of the ``rated`` songs (cosine on standardized embeddings) for each of the ``asked`` ones."""
    asked_names, asked_vectors = matrix.rows(asked)
    rated_names, rated_vectors = matrix.rows(rated)
    if not asked_names or not rated_names:
        return {}
    mean, deviation = rated_vectors.mean(axis=0), rated_vectors.std(axis=0)
    scale = np.where(deviation > 0, deviation, 1)
    similarity = _unit((asked_vectors - mean) / scale) @ _unit((rated_vectors - mean) / scale).T
    return {name: rated_names[row] for name, row in zip(asked_names, similarity.argmax(axis=1), strict=True)}


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: NDArray[np.float32] = vectors / np.maximum(length, 1e-9)
    return unit
