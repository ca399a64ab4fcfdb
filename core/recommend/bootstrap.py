"""The first songs to rate: a few that span the library, and that the owner can rate from memory if there are such."""

from itertools import islice

import numpy as np

from core.recommend.space.medoids import medoids
from core.recommend.space.sound_space import Rows
from core.recommend.stock import Stock, Values

WANTED = 20
COVERED = 3000
"""Songs, drawn at random, that stand for the library: their distances to the candidates have 24 MB."""
CANDIDATES = 2000
KNOWN_WORTH = 0.5
"""A song that is surely known may bring the library this much less near than one that is not."""
HALF_KNOWN = 2.0
"""Plays after which a song is as likely known as not."""
BESIDE = 2000


def bootstrap(stock: Stock, *, wanted: int = WANTED, known: Values | None = None, seed: int = 42) -> list[int]:
    """Unrated songs that span the library, the most telling first, each of another artist as long as there are some.

    They are representative and different at once: k-medoids, each song chosen for bringing all others nearest to one
    of the chosen or already rated. ``known`` (songs,) is how likely the owner knows each, 0 to 1; by default by plays.
    """
    known = familiarity(stock) if known is None else known
    random = np.random.default_rng(seed)
    candidates = _candidates(np.flatnonzero(stock.playable & ~stock.is_rated), known, random)
    if not len(candidates):
        return []
    everyone, rated = np.arange(len(stock), dtype=np.intp), np.flatnonzero(stock.is_rated)
    chosen = medoids(
        stock.space,
        candidates=candidates,
        covered=_drawn(everyone, COVERED, random),
        preference=1 + KNOWN_WORTH * known[candidates],
        beside=_drawn(rated, BESIDE, random),
        artists=stock.artists,
    )
    return list(islice(chosen, wanted))


def familiarity(stock: Stock) -> Values:
    """How likely the owner knows each song (songs,), 0 to 1, by its plays."""
    plays = np.fromiter((song.playcount for song in stock.songs), dtype=np.float64, count=len(stock))
    return plays / (plays + HALF_KNOWN)


def _candidates(allowed: Rows, known: Values, random: np.random.Generator) -> Rows:
    """At most ``CANDIDATES``: half of them the best known, the rest drawn from the others."""
    if len(allowed) <= CANDIDATES:
        return allowed
    by_fame = allowed[np.argsort(-known[allowed], kind="stable")]
    best_known = by_fame[: CANDIDATES // 2]
    best_known = best_known[known[best_known] > 0]
    rest = _drawn(by_fame[len(best_known) :], CANDIDATES - len(best_known), random)
    return np.sort(np.concatenate([best_known, rest]))


def _drawn(rows: Rows, count: int, random: np.random.Generator) -> Rows:
    return rows if len(rows) <= count else np.sort(random.choice(rows, count, replace=False))
