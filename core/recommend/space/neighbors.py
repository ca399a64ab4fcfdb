"""For a predicted song, the rated song that sounds most like it: the first reason that can be given."""

from core.store.matrix import EmbeddingMatrix
from core.training.judgment.neighbors import standardized


def nearest_rated(asked: list[str], rated: list[str], *, matrix: EmbeddingMatrix) -> dict[str, str]:
    """The nearest of the ``rated`` songs (cosine on standardized embeddings) for each of the ``asked`` ones."""
    asked_names, asked_vectors = matrix.rows(asked)
    rated_names, rated_vectors = matrix.rows(rated)
    if not asked_names or not rated_names:
        return {}
    asked_units, rated_units = (standardized(each, like=rated_vectors) for each in (asked_vectors, rated_vectors))
    nearest = (asked_units @ rated_units.T).argmax(axis=1)
    return {name: rated_names[row] for name, row in zip(asked_names, nearest, strict=True)}
