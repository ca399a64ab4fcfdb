"""Ridge regression of many tastes at once, judged on artists never heard: one decomposition serves all of them."""

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

FOLDS, INNER_FOLDS = 5, 4
PENALTIES = np.logspace(-2, 3, 11)
"""For each feature, since all of them are standardized."""

Array = NDArray[np.float64]


def spearman_of_tastes(features: NDArray[np.float32], tastes: Array, *, artists: NDArray[np.str_]) -> Array:
    """For each of the tastes (songs, tastes) the mean Spearman over five folds, each of artists the others lack."""
    found = []
    for train, test in GroupKFold(FOLDS).split(features, groups=artists):
        scaler = StandardScaler().fit(features[train])
        own, others = scaler.transform(features[train]), scaler.transform(features[test])
        predicted = _predicted(own.astype(float), tastes[train], artists[train], others.astype(float))
        found.append([spearmanr(*pair).statistic for pair in zip(predicted.T, tastes[test].T, strict=True)])
    scores: Array = np.nan_to_num(np.array(found)).mean(axis=0)
    return scores


def _predicted(train: Array, stars: Array, artists: NDArray[np.str_], test: Array) -> Array:
    """By the penalty that does best, for each taste, on artists held out from the training songs."""
    errors = np.zeros((len(PENALTIES), stars.shape[1]))
    for fitted, held in GroupKFold(INNER_FOLDS).split(train, groups=artists):
        errors += np.square(_with_penalties(train[fitted], stars[fitted], train[held]) - stars[held]).sum(axis=1)
    every = _with_penalties(train, stars, test)
    return np.take_along_axis(every, errors.argmin(axis=0)[None, None, :], axis=0)[0]


def _with_penalties(train: Array, stars: Array, test: Array) -> Array:
    """(penalties, test songs, tastes)."""
    values, vectors = np.linalg.eigh(train @ train.T)
    mean = stars.mean(axis=0)
    turned, seen = vectors.T @ (stars - mean), test @ train.T @ vectors
    scaled = PENALTIES * train.shape[1]
    return np.stack([seen @ (turned / (values + penalty)[:, None]) + mean for penalty in scaled])
