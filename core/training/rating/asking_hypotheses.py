"""What a taste may hang on, each with its own idea of which songs are alike, and how likely the ratings make each.

From a few ratings nobody can tell which property of the sound counts, so that no single estimate is trusted: every
hypothesis keeps a say by its likelihood, and where those that are likely disagree about a song, that is doubt as well.
"""

from dataclasses import dataclass

import numpy as np
import scipy.linalg
from numpy.typing import NDArray

from core.training.rating.effects import Array, Integers
from core.training.rating.sound_features import SoundFeatures

NOISE, ARTIST, SOUND = 0.4, 0.35, 0.25
"""Shares of the variance that are taken for likely while a few ratings cannot tell."""
MEAN = 1.0
"""Variance of the mean rating, in units of the ratings' own."""
DEVOTED = 0.7
"""The share of the sound that one property has where the taste hangs on it; the others share the rest."""
UNLIKELY = 0.02
"""A hypothesis below it is left out of the sum."""


@dataclass(frozen=True)
class Listened:
    """Songs as they are compared: features of which inner products are likenesses, and the artists' numbers."""

    features: Array
    """(songs, columns), unscaled."""
    artists: Integers
    """(songs,)."""

    def scaled(self, scales: Array) -> "Listened":
        """The same with each column of the features multiplied."""
        return Listened(self.features * scales, self.artists)

    def likeness(self, other: "Listened") -> Array:
        """(songs, other's songs): the prior covariance of their ratings."""
        same = self.artists[:, None] == other.artists
        found: Array = self.features @ other.features.T
        found += ARTIST * same
        found += MEAN
        return found


@dataclass(frozen=True)
class Hypothesis:
    """Which columns count, and what follows from the ratings."""

    scales: Array
    """(columns,)."""
    factor: Array
    """(rated, rated): the lower Cholesky factor of the ratings' covariance."""
    whitened: Array
    """(rated,): the ratings, solved by the factor."""
    log_likelihood: float
    rated: Listened
    """Scaled."""

    def explained(self, likeness: Array) -> Array:
        """(rated, songs): its squares are what the ratings take away from the variance of songs.

        ``likeness`` (rated, songs) is the prior covariance of the ratings with whatever is asked about.
        """
        found: Array = scipy.linalg.solve_triangular(self.factor, likeness, lower=True, check_finite=False)
        return found


def scales_of(sound: SoundFeatures) -> list[Array]:
    """The scales of the columns (columns,) under each hypothesis: all properties count the same, or one above all."""
    sizes = [*sound.aspects.tolist(), *([sound.nearness_count] if sound.nearness_count else [])]
    count = len(sizes)
    even = np.full(count, 1 / count)
    every = [even] if count < 2 else [even, *((1 - DEVOTED) * even + DEVOTED * np.eye(count))]
    return [np.sqrt(SOUND * np.repeat(shares, sizes)) for shares in every]


def hypothesis(scales: Array, *, rated: Listened, ratings: Array) -> Hypothesis:
    """``ratings`` (rated,) have a mean of 0 and a deviation of about 1."""
    own = rated.scaled(scales)
    covariance = own.likeness(own)
    covariance[np.diag_indices(len(ratings))] += NOISE
    factor = scipy.linalg.cholesky(covariance, lower=True, check_finite=False)
    whitened = scipy.linalg.solve_triangular(factor, ratings, lower=True, check_finite=False)
    log_likelihood = -float(np.log(np.diag(factor)).sum() + 0.5 * whitened @ whitened)
    return Hypothesis(scales, factor, whitened, log_likelihood, own)


def likely(hypotheses: list[Hypothesis]) -> list[tuple[float, Hypothesis]]:
    """Those that are not unlikely, with probabilities of which the sum is 1; the first is as likely as the others."""
    logs = np.array([each.log_likelihood for each in hypotheses])
    logs[0] += np.log(max(len(logs) - 1, 1))
    shares: NDArray[np.float64] = np.exp(logs - logs.max())
    shares[shares < UNLIKELY * shares.sum()] = 0
    shares /= shares.sum()
    return [(share, each) for share, each in zip(shares.tolist(), hypotheses, strict=True) if share > 0]
