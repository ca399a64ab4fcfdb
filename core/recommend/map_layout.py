"""The layout of a map: t-SNE of the sound of songs, told step by step, so that it can be watched. In a child process.

A first map starts from the two principal components, one of other embeddings from the map before, drawn together so
that all can move; one of the same embeddings goes on where it was, the new songs at their approximate places.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.recommend.map_alignment import Places, framed_like
from core.recommend.map_sound import Sound

if TYPE_CHECKING:
    import openTSNE

Layout = NDArray[np.float64]

PERPLEXITY = 30
EARLY_STEPS = 250
LATE_STEPS = 500
STEPS_ON = 250
"""Where most songs have their place already."""
NEIGHBOR_STEPS = 150
"""What looking for neighbors is worth beside the steps: 60,000 songs take 22 s of processor time, a step 0.1 s."""
BETWEEN_LOOKS = 25
"""Steps."""
EXAGGERATION = 12
LEAST_SONGS = 5
START_SPREAD = 1e-4
"""Kobak and Berens 2019: small enough that where songs start does not hold them there."""
EXACT_UP_TO = 100_000
"""Songs among which exact neighbors are found sooner than trees are built: 60,000 take 18 s of processor time, annoy's
trees 29 s."""


@dataclass(frozen=True, slots=True)
class LayoutStep:
    """A layout under way: positions (songs, 2), and how much of the work is done."""

    positions: Layout
    done: int
    total: int


@dataclass(frozen=True)
class Start:
    """Where songs were on the map before."""

    places: Places
    """(songs, 2), as in a SongMap; NaN for songs that had none."""
    scale: float = 0.0
    """What 1 was in the layout's own measure, if it was of the same embeddings and may go on; else 0."""

    @classmethod
    def nowhere(cls, songs: int) -> "Start":
        return cls(np.full((songs, 2), np.nan, np.float32))


Report = Callable[[LayoutStep], object]


def lay_out(sound: Sound, *, start: Start, report: Report = lambda _: None, seed: int = 42, threads: int = 1) -> Layout:
    """Positions (songs, 2) of songs; ``report`` is told of those on the way, first of where they start.

    Learning rate n / 12, perplexity 30 or what a small library allows. Raises ValueError for fewer than five songs.
    """
    if len(sound) < LEAST_SONGS:
        message = f"a map needs at least {LEAST_SONGS} songs, not {len(sound)}"
        raise ValueError(message)
    phases = [(STEPS_ON, 1, 0.8)] if start.scale else [(EARLY_STEPS, EXAGGERATION, 0.5), (LATE_STEPS, 1, 0.8)]
    total = NEIGHBOR_STEPS + sum(steps for steps, _, _ in phases)
    begun = _first_positions(sound, start, seed=seed)
    report(LayoutStep(begun, 0, total))
    embedding = _embedding(sound, begun, seed=seed, threads=threads)
    done = NEIGHBOR_STEPS
    report(LayoutStep(begun, done, total))
    for steps, exaggeration, momentum in phases:

        def tell(step: int, _: float, positions: Layout, before: int = done) -> None:
            if before + step < total:  # the last step is not done yet when it is told
                report(LayoutStep(np.array(positions), before + step, total))

        embedding.optimize(
            n_iter=steps,
            exaggeration=exaggeration,
            momentum=momentum,
            inplace=True,
            callbacks=tell,
            callbacks_every_iters=BETWEEN_LOOKS,
        )
        done += steps
    found: Layout = np.array(embedding)
    report(LayoutStep(found, total, total))
    return found


def _first_positions(sound: Sound, start: Start, *, seed: int) -> Layout:
    principal = sound[:, :2].astype(np.float64)
    if principal[:, 1].std() <= 1e-6:  # without two directions there are no two components to start from
        principal = np.random.default_rng(seed).normal(size=(len(sound), 2))
    known = np.isfinite(start.places).all(axis=1, keepdims=True)
    placed = np.where(known, start.places, framed_like(principal, start.places)).astype(np.float64)
    # Songs in one place would be pushed nowhere.
    placed += np.random.default_rng(seed).normal(scale=1e-5 * placed.std(), size=placed.shape)
    return placed * start.scale if start.scale else placed / placed[:, 0].std() * START_SPREAD


def _embedding(sound: Sound, positions: Layout, *, seed: int, threads: int) -> "openTSNE.TSNEEmbedding":
    from openTSNE import TSNEEmbedding, affinity
    from openTSNE.nearest_neighbors import PrecomputedNeighbors

    songs = len(sound)
    perplexity = min(PERPLEXITY, (songs - 1) / 3)
    wanted = min(songs - 1, int(3 * perplexity))
    given = {"knn_index": PrecomputedNeighbors(*_neighbors(sound, wanted))} if songs <= EXACT_UP_TO else {}
    affinities = affinity.PerplexityBasedNN(
        None if given else sound, perplexity=perplexity, random_state=seed, n_jobs=threads, **given
    )
    return TSNEEmbedding(positions, affinities, learning_rate=max(songs / 12, 1), random_state=seed, n_jobs=threads)


def _neighbors(sound: Sound, wanted: int) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """The rows (songs, wanted) of the nearest songs to each, itself left out, and their distances."""
    from sklearn.neighbors import NearestNeighbors

    distances, rows = NearestNeighbors(n_neighbors=wanted, algorithm="brute").fit(sound).kneighbors()
    return rows, distances.astype(np.float64)
