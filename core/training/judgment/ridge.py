"""Ridge regression in closed form, its penalty chosen on whole groups that were held out: what every encoder gets."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.training.judgment.neighbors import ROUNDING
from core.training.split import group_folds

Matrix = NDArray[np.float64]
Values = NDArray[np.float64]

PENALTIES = np.logspace(0, 5, 11)
FOLDS = 4


@dataclass(frozen=True)
class Ridge:
    """A line through standardized features; features that are missing (NaN) stand for their mean."""

    mean: Values
    deviation: Values
    weights: Values
    start: float
    residuals: Values
    """Of each training song, predicted without its group; what an interval is made of."""

    def predict(self, features: NDArray[np.floating]) -> Values:
        """Values (songs,) for features (songs, dim)."""
        return _scaled(features, self.mean, self.deviation) @ self.weights + self.start


def fit_ridge(
    features: NDArray[np.floating],
    targets: Values,
    *,
    groups: Sequence[str],
    seed: int,
    penalties: Values = PENALTIES,
    scaled: bool = True,
    folds: int = FOLDS,
) -> Ridge:
    """Fit ``targets`` (songs,) on ``features`` (songs, dim); of ``penalties`` the best on held-out ``groups`` is taken.

    With ``scaled`` each feature has deviation 1; columns of ones and zeros are better left as they are. A single group
    leaves nothing to choose by: the largest penalty is taken.
    """
    mean, deviation = _measures(features, scaled=scaled)
    inputs = _scaled(features, mean, deviation)
    start = float(targets.mean())
    guesses = np.full((len(targets), penalties.size), start)
    for held in group_folds(groups, folds=folds, seed=seed):
        if not held.all():
            kept = ~held
            center, level = inputs[kept].mean(axis=0), targets[kept].mean()
            weights = _weights(inputs[kept] - center, targets[kept] - level, penalties)
            guesses[held] = (inputs[held] - center) @ weights + level
    # Of equally good ones the largest: it claims least.
    errors = ((guesses - targets[:, None]) ** 2).mean(axis=0)
    best = int(penalties.size - 1 - errors[::-1].argmin())
    weights = _weights(inputs, targets - start, penalties[best : best + 1])[:, 0]
    return Ridge(mean, deviation, weights, start, targets - guesses[:, best])


def _weights(inputs: Matrix, targets: Values, penalties: Values) -> Matrix:
    """The weights (dim, penalties), by the smaller of the two ways: through features, or through songs."""
    songs, dimension = inputs.shape
    if dimension <= songs:
        sizes, axes = np.linalg.eigh(inputs.T @ inputs)
        weights: Matrix = axes @ (
            (axes.T @ (inputs.T @ targets))[:, None] / (np.maximum(sizes, 0)[:, None] + penalties)
        )
        return weights
    sizes, axes = np.linalg.eigh(inputs @ inputs.T)
    dual: Matrix = axes @ ((axes.T @ targets)[:, None] / (np.maximum(sizes, 0)[:, None] + penalties))
    return inputs.T @ dual


def _measures(features: NDArray[np.floating], *, scaled: bool) -> tuple[Values, Values]:
    known = np.isfinite(features)
    count = np.maximum(known.sum(axis=0), 1)
    filled = np.where(known, features, 0.0).astype(np.float64)
    mean = filled.sum(axis=0) / count
    if not scaled:
        return mean, np.ones_like(mean)
    deviation = np.sqrt((np.where(known, filled - mean, 0.0) ** 2).sum(axis=0) / count)
    return mean, np.where(deviation > ROUNDING * np.abs(mean), deviation, 1.0)


def _scaled(features: NDArray[np.floating], mean: Values, deviation: Values) -> Matrix:
    scaled: Matrix = (features.astype(np.float64) - mean) / deviation
    return np.where(np.isfinite(scaled), scaled, 0.0)
