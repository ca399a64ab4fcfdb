"""Embeddings as the predictor takes them: standardized, turned to their main axes, and near or far from songs heard."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Kernel = Literal["rbf", "linear"]
Vectors = NDArray[np.float32]

FURTHEST = 5.0
"""Deviations from the mean beyond which a value is clamped: one odd value must not decide on a song."""
LARGEST_VALUE = 1e30
"""A row with a value beyond it counts as missing: its square would not fit a float32."""
MOST_AXES = 256
MOST_LANDMARKS = 256
FEW_SONGS = 600
"""Up to which there are twice as many axes: it costs little then, and little of a sound is left out."""
LEAST_SHARE = 1e-6
"""Of the largest eigenvalue; an axis below it is noise of the arithmetic."""


@dataclass(frozen=True)
class SoundFeatures:
    """Features of embeddings of which inner products are kernels: a linear one, then one of nearness.

    Each kernel is scaled so that a song like those that it was fitted on has a variance of about 1.
    """

    center: Vectors
    """(dim,)."""
    axes: Vectors
    """(dim, axes): from values less ``center`` to features of the linear kernel, the standardization included."""
    scale: Vectors
    """(dim,): one over the deviation; 0 for a value that never changes."""
    landmarks: Vectors
    """(landmarks, axes); none with the linear kernel alone."""
    whitening: Vectors
    """(landmarks, features): of the kernel between the landmarks."""
    kernel_mean: Vectors
    """(features,): a constant part is the business of the global mean."""
    width: float
    """Squared length of the kernel of nearness, in the scale of the axes."""
    gain: float
    """What the features of the kernel of nearness are multiplied by."""
    aspects: NDArray[np.intp]
    """(aspects,): how many of the axes each aspect of the embedding has; their kernels are scaled one by one."""

    @property
    def linear_count(self) -> int:
        return int(self.axes.shape[1])

    @property
    def nearness_count(self) -> int:
        return int(self.whitening.shape[1])

    @cached_property
    def _axes_by_aspect(self) -> list[tuple[slice, Vectors]]:
        """Of each aspect its values, and their axes; its axes are 0 at all other values, at most four of five."""
        edges = np.cumsum([0, *self.aspects.tolist()]).tolist()
        axes = [self.axes[:, first:last] for first, last in pairwise(edges)]
        rows = [_span(np.flatnonzero(each.any(axis=1))) for each in axes]
        return [(span, np.ascontiguousarray(each[span])) for span, each in zip(rows, axes, strict=True)]

    def of(self, vectors: Vectors) -> tuple[Vectors, Vectors]:
        """Features (songs, linear_count + nearness_count), and what nearness leaves unexplained (songs,), 0 to 1.

        A row that is missing gets zeros and nothing unexplained; a value that is missing counts as the mean.
        """
        there = np.abs(vectors) < LARGEST_VALUE
        present = there.any(axis=1)
        standardized = np.where(there, vectors, self.center)
        standardized -= self.center
        standardized *= self.scale
        np.clip(standardized, -FURTHEST, FURTHEST, out=standardized)
        linear = np.concatenate([standardized[:, rows] @ axes for rows, axes in self._axes_by_aspect], axis=1)
        near, unexplained = self._nearness(linear)
        features = np.concatenate([linear, near], axis=1)
        features[~present] = 0
        return features, np.where(present, unexplained, 0).astype(np.float32)

    def _nearness(self, linear: Vectors) -> tuple[Vectors, Vectors]:
        if not self.nearness_count:
            return np.zeros((len(linear), 0), np.float32), np.zeros(len(linear), np.float32)
        raw = gaussian(linear, self.landmarks, width=self.width) @ self.whitening
        # Far from all landmarks the features vanish, but what is not known there does not: it is the kernel's own 1.
        unexplained = np.clip(1 - np.einsum("ij,ij->i", raw, raw), 0, 1) * self.gain**2
        return (raw - self.kernel_mean) * np.float32(self.gain), unexplained


def _span(rows: NDArray[np.intp]) -> slice:
    return slice(int(rows[0]), int(rows[-1]) + 1) if len(rows) else slice(0)


def present_rows(vectors: Vectors) -> NDArray[np.bool_]:
    """Which rows hold an embedding, or an aspect of one; shape (songs,)."""
    # NaN and infinity fail the comparison too.
    return np.asarray((np.abs(vectors) < LARGEST_VALUE).any(axis=1))


def fit_sound_features(
    vectors: Vectors,
    *,
    kernel: Kernel,
    seed: int,
    width: float = 1.0,
    axes: int = MOST_AXES,
    landmarks: int = MOST_LANDMARKS,
    aspects: Sequence[int] = (),
) -> SoundFeatures:
    """Features fitted on embeddings (songs, dim), of which missing rows are left out.

    ``width`` is the squared length of the kernel of nearness in units of the mean squared distance of two songs;
    ``aspects`` are the sizes of the parts of an embedding that have a linear kernel each, without a word it is one.
    """
    known = vectors[present_rows(vectors)].astype(np.float32)
    center, scale = _standardization(known)
    clean = np.where(np.abs(known) < LARGEST_VALUE, known, center)
    standardized = np.clip((clean - center) * scale, -FURTHEST, FURTHEST)
    most = axes if len(known) > FEW_SONGS else 2 * axes
    turn, counts = _turned_by_aspect(standardized, aspects or (standardized.shape[1],), most=most)
    linear = standardized @ turn
    if kernel == "linear" or len(known) < 2 or not turn.size:
        none, nothing = np.zeros((0, turn.shape[1]), np.float32), np.zeros((0, 0), np.float32)
        return SoundFeatures(center, turn, scale, none, nothing, nothing[0:0].sum(0), 1.0, 1.0, counts)
    chosen = np.sort(np.random.default_rng(seed).permutation(len(linear))[:landmarks])
    squared_length = 2 * width * float(linear.var(axis=0).sum())
    whitening = _inverse_root(gaussian(linear[chosen], linear[chosen], width=squared_length))
    raw = gaussian(linear, linear[chosen], width=squared_length) @ whitening
    mean = raw.mean(axis=0)
    gain = 1 / max(float(np.sqrt(((raw - mean) ** 2).sum(axis=1).mean())), 1e-3)
    return SoundFeatures(center, turn, scale, linear[chosen], whitening, mean, squared_length, gain, counts)


def gaussian(left: Vectors, right: Vectors, *, width: float) -> Vectors:
    """exp(-|x - y|² / (2 width)) for each row of ``left`` (m, d) against each of ``right`` (n, d)."""
    squared = left @ right.T
    squared *= -2
    squared += np.einsum("ij,ij->i", left, left)[:, None]
    squared += np.einsum("ij,ij->i", right, right)
    np.maximum(squared, 0, out=squared)
    squared *= np.float32(-0.5 / width)
    np.exp(squared, out=squared)
    return squared


def _standardization(known: Vectors) -> tuple[Vectors, Vectors]:
    """The mean of each value, and one over its deviation; a single wild value does not hide the others."""
    if not len(known):
        return np.zeros(known.shape[1], np.float32), np.zeros(known.shape[1], np.float32)
    wide = np.where(np.abs(known) < LARGEST_VALUE, known, np.nan).astype(np.float64)
    wide[:, np.isnan(wide).all(axis=0)] = 0
    low, middle, high = np.nanquantile(wide, [0.25, 0.5, 0.75], axis=0)
    reach = 10 * (high - low)
    values = np.where(reach > 0, np.clip(wide, middle - reach, middle + reach), wide)
    center, deviation = np.nanmean(values, axis=0), np.nanstd(values, axis=0)
    # A deviation at the edge of what float32 tells apart is rounding, not a difference in sound.
    real = deviation > 1e-6 * np.maximum(np.abs(center), 1e-30)
    return center.astype(np.float32), np.where(real, 1 / np.where(real, deviation, 1), 0).astype(np.float32)


def _turned_by_aspect(standardized: Vectors, aspects: Sequence[int], *, most: int) -> tuple[Vectors, NDArray[np.intp]]:
    """The main axes of each aspect (dim, axes), one after the other, and how many each has."""
    edges = np.cumsum([0, *aspects])
    share = most if len(aspects) == 1 else most // 8
    parts = [
        _main_axes(standardized[:, low:high], most=min(most, max(share, (high - low) // 4)))
        for low, high in pairwise(edges.tolist())
    ]
    counts = np.array([part.shape[1] for part in parts], dtype=np.intp)
    turn = np.zeros((standardized.shape[1], int(counts.sum())), np.float32)
    columns = np.cumsum([0, *counts]).tolist()
    for part, (low, high), (first, last) in zip(parts, pairwise(edges.tolist()), pairwise(columns), strict=True):
        turn[low:high, first:last] = part
    return turn, counts


def _main_axes(standardized: Vectors, *, most: int) -> Vectors:
    """From standardized values to the axes of largest variance, which together have a variance of 1."""
    covariance = standardized.T.astype(np.float64) @ standardized / max(len(standardized), 1)
    values, turns = np.linalg.eigh(covariance)
    kept = np.flatnonzero(values > LEAST_SHARE * max(float(values.max(initial=0)), 1e-12))[::-1][:most]
    total = float(np.maximum(values, 0).sum())
    return np.asarray(turns[:, kept] / np.sqrt(total if total > 0 else 1), dtype=np.float32)


def _inverse_root(kernel: Vectors) -> Vectors:
    values, turns = np.linalg.eigh(kernel.astype(np.float64))
    kept = values > LEAST_SHARE * values.max()
    return np.asarray(turns[:, kept] / np.sqrt(values[kept]), dtype=np.float32)
