"""The map: t-SNE of the embeddings, in steps, so that it can be watched and stopped."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Layout = NDArray[np.float64]

DIMENSIONS = 50
PERPLEXITY = 30
EARLY_STEPS = 250
STEPS = 500
STEP = 50
EXAGGERATION = 12
LEAST_SONGS = 5
CONSTANT = 1e-6
"""A value that deviates less says nothing; dividing by its deviation would blow up rounding errors."""


@dataclass(frozen=True, slots=True)
class LayoutStep:
    """A layout under way: positions (songs, 2), and how much of the work is done."""

    positions: Layout
    done: int
    total: int


def lay_out(vectors: NDArray[np.float32], *, seed: int = 42) -> Iterator[LayoutStep]:
    """Yield better and better positions for embeddings (songs, dim); the last one is the map.

    PCA to 50 dimensions and PCA initialization, learning rate n / 12 (Kobak and Berens 2019), perplexity 30 or what a
    small library allows. Raises ValueError for fewer than five songs.
    """
    if len(vectors) < LEAST_SONGS:
        message = f"a map needs at least {LEAST_SONGS} songs, not {len(vectors)}"
        raise ValueError(message)
    embedding = _start(_compact(vectors, seed=seed), seed=seed)
    total = EARLY_STEPS + STEPS
    for done in range(0, total, STEP):
        is_early = done < EARLY_STEPS
        embedding.optimize(
            n_iter=STEP,
            exaggeration=EXAGGERATION if is_early else 1,
            momentum=0.5 if is_early else 0.8,
            inplace=True,
        )
        yield LayoutStep(np.array(embedding), done + STEP, total)


def _compact(vectors: NDArray[np.float32], *, seed: int) -> NDArray[np.float32]:
    from sklearn.decomposition import PCA

    deviation = vectors.std(axis=0)
    varied = deviation > CONSTANT
    standardized = (vectors[:, varied] - vectors.mean(axis=0)[varied]) / deviation[varied]
    if standardized.shape[1] < 2:
        return np.pad(standardized, ((0, 0), (0, 2 - standardized.shape[1])))
    kept = min(DIMENSIONS, *standardized.shape)
    compact: NDArray[np.float32] = PCA(kept, random_state=seed).fit_transform(standardized)
    return compact


def _start(compact: NDArray[np.float32], *, seed: int):  # type: ignore[no-untyped-def]  # noqa: ANN202 - openTSNE has no types
    from openTSNE import TSNEEmbedding, affinity, initialization

    perplexity = min(PERPLEXITY, (len(compact) - 1) / 3)
    affinities = affinity.PerplexityBasedNN(compact, perplexity=perplexity, random_state=seed)
    # Without two directions there are no two principal components to start from.
    start = initialization.pca if (compact.std(axis=0) > CONSTANT).sum() > 1 else initialization.random
    positions = start(compact, random_state=seed)
    return TSNEEmbedding(positions, affinities, learning_rate=max(len(compact) / 12, 1), random_state=seed)
