"""How much of what ratings differ in comes from artists, albums, genres, sound and chance: the most likely shares."""

from collections.abc import Collection

import numpy as np
import scipy.optimize
from numpy.typing import NDArray

from core.training.rating.effects import (
    ALBUM,
    ARTIST,
    GENRE,
    LINEARS,
    NEARNESS,
    NOISE,
    PARAMETERS,
    Array,
    Design,
    Posterior,
)

EXPECTED_SHARES = {NOISE: 0.4, ARTIST: 0.2, ALBUM: 0.05, GENRE: 0.1, NEARNESS: 0.15}
"""Of the variance: what is taken for likely before anything was seen.

Of artists with one rated album each nobody can tell the artist from the album: then the artist gets most of it.
"""
EXPECTED_OF_LINEARS = 0.1
"""Of all linear effects of sound together."""
DOUBT = 2.0
"""Deviation of the log of a variance around what is expected: a factor of seven either way costs next to nothing."""
SMALLEST, LARGEST = 1e-5, 10.0
LEAST_NOISE = 0.01
MOST_STEPS = 40


def estimate(design: Design, ratings: Array, *, active: Collection[int], start: Array | None = None) -> Array:
    """The variances, (parameters,), that make ratings (songs,) of mean 0 and deviation about 1 most likely.

    Parameters that are not ``active`` stay 0; noise always is there. A weak prior decides what few ratings cannot.
    ``start`` (parameters,) is where the search begins; without a word it is at what is expected before any rating.
    """
    chosen = np.array(sorted({NOISE, *active}))
    of_linear = EXPECTED_OF_LINEARS / max(1, len(set(LINEARS) & set(active)))
    expected = np.log([EXPECTED_SHARES.get(each, of_linear) for each in chosen])

    def loss(logs: Array) -> tuple[float, Array]:
        posterior = Posterior(design, ratings, _spread(np.exp(logs), chosen))
        doubt = (logs - expected) / DOUBT
        value = -posterior.log_evidence() + 0.5 * float(doubt @ doubt)
        return value, -posterior.slope()[chosen] + doubt / DOUBT

    limits = [(np.log(LEAST_NOISE if each == NOISE else SMALLEST), np.log(LARGEST)) for each in chosen]
    first = expected if start is None else np.log(np.maximum(start[chosen], SMALLEST))
    found = scipy.optimize.minimize(
        loss, first, jac=True, method="L-BFGS-B", bounds=limits, options={"maxiter": MOST_STEPS, "ftol": 1e-5}
    )
    return _spread(np.exp(found.x), chosen)


def _spread(values: Array, chosen: NDArray[np.intp]) -> Array:
    variances = np.zeros(len(PARAMETERS))
    variances[chosen] = values
    return variances
