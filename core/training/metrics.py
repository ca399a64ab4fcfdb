"""How good predictions are: error, order, decisions, calibration, honest intervals."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

STARS = 5
LIKED = 0.8
"""The rating (0 to 1) of four stars: from here on a song counts as liked."""
BINS = 10


@dataclass(frozen=True)
class Metrics:
    """Of predictions on songs that were held out; errors in stars (0 to 5), None where a figure has no meaning."""

    mae: float
    macro_mae: float
    """The mean over the whole stars that occur (half ones count as the next) of the error on songs of that star."""
    spearman: float
    """0 for a constant prediction, which orders nothing."""
    ndcg20: float
    auc4: float | None
    """How often a song of four stars or more stands before one of fewer; None when all are of one kind."""
    ece: float
    """Expected calibration error in stars: predicted against given, over ten bins of equal size."""
    coverage90: float | None
    """The share of songs whose rating lies in its interval; 0.9 is what it claims. None without intervals."""

    def as_dict(self) -> dict[str, float | None]:
        return asdict(self)


def measure(truth: Values, predicted: Values, *, low: Values | None = None, high: Values | None = None) -> Metrics:
    """All figures of one held-out set; every array has shape (songs,) and holds ratings from 0 to 1.

    Raises ValueError for predictions that are not numbers: they would be taken for the best ones.
    """
    if not np.isfinite(predicted).all():
        sentence = f"{int((~np.isfinite(predicted)).sum())} of {predicted.size} predictions are not finite numbers"
        raise ValueError(sentence)
    error = np.abs(predicted - truth) * STARS
    stars = np.floor(truth * STARS + 0.5 + 1e-9)  # numpy.round takes 2.5 to 2 and 3.5 to 4: three ratings in one
    return Metrics(
        mae=float(error.mean()),
        macro_mae=float(np.mean([error[stars == star].mean() for star in np.unique(stars)])),
        spearman=spearman(truth, predicted),
        ndcg20=ndcg(truth, predicted, top=20),
        auc4=auc(truth >= LIKED - 1e-9, predicted),
        ece=calibration_error(truth, predicted),
        coverage90=None if low is None or high is None else coverage(truth, low=low, high=high),
    )


def coverage(truth: Values, *, low: Values, high: Values) -> float:
    """The share of ratings that lie in their intervals, ends included."""
    return float(((truth >= low - 1e-9) & (truth <= high + 1e-9)).mean())


def mean_of(parts: Sequence[Metrics]) -> Metrics:
    """The mean over folds, figure by figure; never pooled, since each fold predicts around its own mean."""
    columns = {name: [getattr(part, name) for part in parts] for name in Metrics.__dataclass_fields__}
    known = {name: [value for value in values if value is not None] for name, values in columns.items()}
    return Metrics(**{name: float(np.mean(values)) if values else None for name, values in known.items()})  # type: ignore[arg-type]  # None only where it may be


def ranks(values: Values) -> Values:
    """Ranks from 0, ties sharing their mean rank."""
    order, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    mean_rank: Values = (last - counts + last - 1) / 2.0
    return mean_rank[inverse.reshape(values.shape)] if order.size else values


def spearman(truth: Values, predicted: Values) -> float:
    """The correlation of ranks; 0 when either side is constant."""
    return float(spearman_shares(truth, predicted).sum())


def spearman_shares(truth: Values, predicted: Values) -> Values:
    """What each song (songs,) gives to ``spearman``, which is their sum."""
    left, right = ranks(truth), ranks(predicted)
    left, right = left - left.mean(), right - right.mean()
    scale = float(np.sqrt((left**2).sum() * (right**2).sum()))
    shares: Values = left * right / scale if scale > 0 else np.zeros_like(left)
    return shares


def ndcg(truth: Values, predicted: Values, *, top: int) -> float:
    """Normalized discounted cumulative gain of the first ``top`` songs, the rating being the gain.

    Equal predictions share their mean gain, so that a constant prediction is worth what a random order is.
    """
    shared_gain = _shared_by_ties(truth, predicted)
    discount = 1 / np.log2(np.arange(2, min(top, truth.size) + 2))
    gained = shared_gain[np.argsort(-predicted, kind="stable")][: discount.size]
    best = np.sort(truth)[::-1][: discount.size]
    return float((gained * discount).sum() / (best * discount).sum())


def auc(liked: NDArray[np.bool_], predicted: Values) -> float | None:
    """The area under the ROC curve; None when all songs are liked or none is."""
    positives, negatives = int(liked.sum()), int((~liked).sum())
    if not positives or not negatives:
        return None
    return float((ranks(predicted)[liked].sum() - positives * (positives - 1) / 2) / (positives * negatives))


def calibration_error(truth: Values, predicted: Values) -> float:
    """The mean distance in stars between what was predicted and what was given, over bins of similar predictions.

    Equal predictions share their mean rating: which of them falls into which bin says nothing.
    """
    order = np.argsort(predicted, kind="stable")
    given = _shared_by_ties(truth, predicted)
    bins = np.array_split(order, min(BINS, truth.size))
    distances = [abs(predicted[part].mean() - given[part].mean()) * part.size for part in bins]
    return float(sum(distances) / truth.size * STARS)


def _shared_by_ties(truth: Values, predicted: Values) -> Values:
    """For each song, the mean rating of all songs with its prediction."""
    _, tied = np.unique(predicted, return_inverse=True)
    shared: Values = (np.bincount(tied, weights=truth) / np.bincount(tied))[tied]
    return shared


def conformal_radius(residuals: Values, *, coverage: float = 0.9) -> float:
    """Half the width of an interval that covers ``coverage`` of new songs, from residuals on songs not trained on.

    Split conformal prediction (Vovk 2005; Lei 2018): the ceil((n + 1) coverage)-th smallest residual, infinite when
    there are too few.
    """
    rank = int(np.ceil((residuals.size + 1) * coverage))
    if rank > residuals.size:
        return float("inf")
    return float(np.sort(np.abs(residuals))[rank - 1])
