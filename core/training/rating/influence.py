"""What each prediction of a fitted model owes to each rating: what it would lose if the song had never been rated.

A prediction is linear in the ratings. Without some of them, S, it falls by (V⁻¹k)_S · (V⁻¹_SS)⁻¹(V⁻¹y)_S, for k the
covariance of the asked song with the rated ones (Rasmussen and Williams 2006, 5.4.2, for what is left out).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.linalg
from numpy.typing import NDArray

from core.training.rating.effects import ARTIST, Array, Integers, Posterior
from core.training.rating.fitted_effects import Asked
from core.training.rating.fitted_model import MixedModel, Ratings, Vectors, asked
from core.training.rating.names import Names
from core.training.rating.rated_songs import RatedSongs, order_of, rated_songs

NOTICEABLE = 0.005
"""Of the scale from 0 to 1: a smaller change of a prediction is not worth a word."""
AT_ONCE = 256
"""Rows of an inverse of which only the diagonal is wanted."""


@dataclass(frozen=True)
class Influence:
    """Of rated songs on asked ones, in ratings, 0 to 1, before a prediction is kept within that; the variances stay.

    Above 0 is a rating that speaks for the asked song: without it the prediction would be lower by so much.
    """

    posterior: Posterior
    scale: float
    """The ratings that one unit of the posterior is worth."""
    order: Integers
    """(rated,): where the songs of the posterior stand among those that were given."""
    cross: Array
    """(rated, asked), in the posterior's order: V⁻¹ times the covariances."""

    @cached_property
    def changes(self) -> Array:
        """(asked, rated): what each prediction would lose without that one rating."""
        residuals = self.posterior.dual / self._inverse_diagonal
        found = np.empty(self.cross.T.shape)
        found[:, self.order] = (self.cross * residuals[:, None]).T * self.scale
        return found

    def without(self, rated: Sequence[int]) -> Array:
        """(asked,): what each prediction would lose without all of these ratings; rows as in ``changes``."""
        rows = np.flatnonzero(np.isin(self.order, rated))
        inverse = self.posterior.inverse_block(rows) - self._solved[rows] @ self._solved[rows].T
        residuals = scipy.linalg.solve(inverse, self.posterior.dual[rows], assume_a="pos")
        found: Array = self.cross[rows].T @ residuals * self.scale
        return found

    @cached_property
    def _solved(self) -> Array:
        """Of which the product with itself is what the features take from the inverse of the blocks."""
        posterior = self.posterior
        scaled = posterior.solved(posterior.design.features * posterior.scales)
        found: Array = scipy.linalg.solve_triangular(posterior.factor, scaled.T, lower=True).T
        return found

    @cached_property
    def _inverse_diagonal(self) -> Array:
        rows = np.arange(len(self.order))
        parts = [rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE)]
        blocks = np.concatenate([np.diag(self.posterior.inverse_block(part)) for part in parts])
        found: Array = blocks - np.einsum("ij,ij->i", self._solved, self._solved)
        return found


def influence(
    model: MixedModel,
    ratings: Ratings,
    *,
    vectors: Vectors,
    names: Names,
    asked_vectors: Vectors,
    asked_names: Names,
) -> Influence:
    """Of what a model was fitted to, ratings (rated,) of songs with embeddings (rated, dim) and names, on other songs.

    A song that is asked for may be one of the rated ones: then its own rating is among what it is predicted from.
    """
    heard = _asked(model, vectors, names)
    songs = rated_songs(
        heard,
        (np.asarray(ratings, dtype=np.float64) - model.center) / model.scale,
        names=names,
        groups=names.artists,
        catalog=model.catalog,
        sound=model.sound,
    )
    if model.chosen.columns_count < songs.design.features.shape[1]:
        songs = songs.without_sound()
    posterior = Posterior(songs.design, songs.ratings, model.chosen.variances)
    covariance = _covariance(posterior, songs, _asked(model, asked_vectors, asked_names))
    return Influence(posterior, model.scale, order_of(heard), _solved(posterior, covariance))


def _asked(model: MixedModel, vectors: Vectors, names: Names) -> Asked:
    return asked(np.array(vectors, dtype=np.float32), names, catalog=model.catalog, sound=model.sound)


def _covariance(posterior: Posterior, songs: RatedSongs, other: Asked) -> Array:
    """(rated, asked): of what is liked in the rated songs with what is liked in the asked ones."""
    design, scales = posterior.design, posterior.scales
    features = other.features[:, : len(scales)] * scales
    found = (design.features * scales) @ features.T
    found += posterior.variances[ARTIST] * _same(design.artist, other.artist)
    found += posterior.album_variance[design.album][:, None] * _same(songs.album_numbers[design.album], other.album)
    result: Array = found
    return result


def _same(rated: Integers, other: Integers) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = (rated[:, None] == other) & (other >= 0)
    return found


def _solved(posterior: Posterior, covariance: Array) -> Array:
    """V⁻¹ times covariances (rated, asked)."""
    features = posterior.design.features * posterior.scales
    in_blocks = posterior.solved(covariance)
    effects = scipy.linalg.cho_solve((posterior.factor, True), features.T @ in_blocks)
    found: Array = in_blocks - posterior.solved(features @ effects)
    return found
