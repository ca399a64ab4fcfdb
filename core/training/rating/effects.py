"""The linear algebra of ratings with effects of artists, of their albums and of features, without any matrix of songs.

Ratings y have covariance V = B + Φ Φᵀ. B holds the noise and the effects of artists and, nested in them, of albums: it
is block-diagonal and has an inverse in closed form. Φ holds features, each column scaled by the deviation of its
effect, so everything else happens in matrices of features (Henderson 1953; Rasmussen and Williams 2006, appendix A.3).
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import scipy.linalg
import scipy.sparse
from numpy.typing import NDArray

Array = NDArray[np.float64]
Integers = NDArray[np.intp]
Mask = NDArray[np.bool_]

MOST_ASPECTS = 12
"""Of sound, each with a linear effect of its own."""
PARAMETERS = (
    *("noise", "artist", "album", "genre", "linear", "nearness"),
    *(f"linear_{number}" for number in range(2, MOST_ASPECTS + 1)),
)
"""The variances that are estimated; that of the global mean is given."""
NOISE, ARTIST, ALBUM, GENRE, LINEAR, NEARNESS = range(6)
LINEARS = (LINEAR, *range(NEARNESS + 1, len(PARAMETERS)))
"""The linear effects of the aspects, in their order."""
MEAN = -1
MEAN_VARIANCE = 10.0
"""In units of the ratings' own variance: large enough that the prior on the mean says nothing."""


@dataclass(frozen=True)
class Design:
    """What the effects act on: songs sorted so that those of an album, and the albums of an artist, are neighbors."""

    features: Array
    """(songs, columns), unscaled."""
    columns: Integers
    """(columns,): which variance scales each."""
    artist: Integers
    """(songs,): 0 to artists - 1, never falling."""
    album: Integers
    """(songs,): 0 to albums - 1, never falling; an album belongs to one artist."""
    nested: Array
    """(albums,): 1, or 0 for an album whose effect is a column since several artists share it."""

    @cached_property
    def first_song(self) -> Integers:
        """(albums,): where each album begins."""
        return np.flatnonzero(np.r_[True, np.diff(self.album) > 0])

    @cached_property
    def artist_of_album(self) -> Integers:
        found: Integers = self.artist[self.first_song]
        return found

    @cached_property
    def first_album(self) -> Integers:
        """(artists,): where the albums of each artist begin."""
        return np.flatnonzero(np.r_[True, np.diff(self.artist_of_album) > 0])

    @cached_property
    def sizes(self) -> Array:
        """(albums,): songs."""
        found: Array = np.diff(np.r_[self.first_song, len(self.album)]).astype(np.float64)
        return found

    def over_albums(self, values: Array) -> Array:
        """Sums over the songs of each album."""
        return _sums(values, self.first_song)

    def over_artists(self, values: Array) -> Array:
        """Sums over the albums of each artist."""
        return _sums(values, self.first_album)

    @cached_property
    def squares(self) -> Array:
        """(columns, columns): the products of the features."""
        found: Array = self.features.T @ self.features
        return found

    @cached_property
    def album_features(self) -> Array:
        """(albums, columns)."""
        return self.over_albums(self.features)


@dataclass(frozen=True)
class Posterior:
    """All that follows from a design, ratings (songs,) with mean 0, and variances (one for each parameter)."""

    design: Design
    ratings: Array
    variances: Array
    scales: Array = field(init=False)
    """(columns,): the deviation of the effect of each."""

    def __post_init__(self) -> None:
        every = np.append(self.variances, MEAN_VARIANCE)
        object.__setattr__(self, "scales", np.sqrt(every[self.design.columns]))

    @cached_property
    def album_variance(self) -> Array:
        found: Array = self.variances[ALBUM] * self.design.nested
        return found

    @cached_property
    def precision(self) -> Array:
        """(albums,): what one song of an album weighs for its artist."""
        found: Array = 1 / (self.variances[NOISE] + self.design.sizes * self.album_variance)
        return found

    @cached_property
    def artist_weight(self) -> Array:
        """(artists,): the precision that an artist's songs have together."""
        return self.design.over_artists(self.design.sizes * self.precision)

    @cached_property
    def artist_shrinkage(self) -> Array:
        """(artists,): 1 / (1 + variance x weight): 1 keeps nothing of what was observed, 0 all."""
        found: Array = 1 / (1 + self.variances[ARTIST] * self.artist_weight)
        return found

    def solved(self, values: Array) -> Array:
        """B⁻¹ values, for values (songs, anything)."""
        design = self.design
        sums = design.over_albums(values)
        pooled = _rows(self.album_variance * self.precision / self.variances[NOISE], values) * sums
        artist_sums = design.over_artists(_rows(self.precision, values) * sums)
        shared = _rows(self.variances[ARTIST] * self.artist_shrinkage, values) * artist_sums
        of_album = pooled + _rows(self.precision, values) * shared[design.artist_of_album]
        found: Array = values / self.variances[NOISE] - of_album[design.album]
        return found

    def inverse_block(self, rows: Integers) -> Array:
        """B⁻¹ between some songs: (rows, rows)."""
        design = self.design
        album, artist = design.album[rows], design.artist[rows]
        weight = self.precision[album]
        pooled = (self.album_variance * self.precision / self.variances[NOISE])[album]
        shared = (self.variances[ARTIST] * self.artist_shrinkage)[artist]
        block: Array = -np.where(album[:, None] == album, pooled[:, None], 0)
        block -= np.where(artist[:, None] == artist, shared[:, None] * weight[:, None] * weight, 0)
        block[np.diag_indices(len(rows))] += 1 / self.variances[NOISE]
        return block

    @cached_property
    def album_sums(self) -> Array:
        """(albums, columns): 1ᵀ B⁻¹ Φ over the songs of each album."""
        return self._through_blocks(self.design.album_features) * self.scales

    @cached_property
    def artist_sums(self) -> Array:
        """(artists, columns): the same over the songs of each artist."""
        return self.design.over_artists(self.album_sums)

    def _through_blocks(self, sums: Array) -> Array:
        """1ᵀ B⁻¹ values for each album, from the sums of the values over the albums."""
        design = self.design
        artist_sums = design.over_artists(_rows(self.precision, sums) * sums)
        shared = _rows(self.variances[ARTIST] * self.artist_shrinkage, sums) * artist_sums
        return _rows(self.precision, sums) * (sums - _rows(design.sizes, sums) * shared[design.artist_of_album])

    @cached_property
    def gram(self) -> Array:
        """I + Φᵀ B⁻¹ Φ: (columns, columns)."""
        design = self.design
        sums, found = design.album_features, np.asarray(design.squares / self.variances[NOISE])
        # Written as products of a matrix with itself, which numpy gives to a routine of half the work; and not at all
        # for effects that are none, as in a model of sound alone.
        if self.album_variance.any():
            in_albums = np.sqrt(self.album_variance * self.precision / self.variances[NOISE])[:, None] * sums
            found -= in_albums.T @ in_albums
        if self.variances[ARTIST]:
            artist_sums = design.over_artists(self.precision[:, None] * sums)
            in_artists = np.sqrt(self.variances[ARTIST] * self.artist_shrinkage)[:, None] * artist_sums
            found -= in_artists.T @ in_artists
        found *= self.scales * self.scales[:, None]
        found[np.diag_indices(len(found))] += 1
        return found

    def inverse_diagonal(self, rows: Integers) -> Array:
        """The diagonal of B⁻¹ at some songs: (rows,)."""
        weight = self.precision[self.design.album[rows]]
        pooled = (self.album_variance * self.precision / self.variances[NOISE])[self.design.album[rows]]
        shared = (self.variances[ARTIST] * self.artist_shrinkage)[self.design.artist[rows]]
        found: Array = 1 / self.variances[NOISE] - pooled - shared * weight**2
        return found

    @cached_property
    def factor(self) -> Array:
        """The lower Cholesky factor of ``gram``."""
        found: Array = scipy.linalg.cholesky(self.gram, lower=True)
        return found

    @cached_property
    def covariance(self) -> Array:
        """(columns, columns): how uncertain the effects of the scaled features are."""
        lower, _ = scipy.linalg.lapack.dpotri(self.factor, lower=1)
        found: Array = np.tril(lower) + np.tril(lower, -1).T
        return found

    @cached_property
    def solved_ratings(self) -> Array:
        return self.solved(self.ratings)

    @cached_property
    def products(self) -> Array:
        """Φᵀ B⁻¹ y: (columns,)."""
        return (self.design.features.T @ self.solved_ratings) * self.scales

    @cached_property
    def weights(self) -> Array:
        """(columns,): the effects of the scaled features."""
        found: Array = scipy.linalg.cho_solve((self.factor, True), self.products)
        return found

    @cached_property
    def dual(self) -> Array:
        """V⁻¹ y: (songs,)."""
        return self.solved_ratings - self.solved(self.design.features @ (self.scales * self.weights))

    @cached_property
    def explained_by_features(self) -> Array:
        """(songs, columns): its products of rows are what the features take away from B⁻¹ to make V⁻¹ of it."""
        scaled = self.design.features * self.scales
        found: Array = scipy.linalg.solve_triangular(self.factor, self.solved(scaled).T, lower=True).T
        return found

    def log_evidence(self) -> float:
        """The log of the marginal likelihood, less its constant."""
        return -0.5 * (self._log_determinant() + self._fit())

    def _fit(self) -> float:
        return float(self.ratings @ self.solved_ratings - self.products @ self.weights)

    def _log_determinant(self) -> float:
        within = ((self.design.sizes - 1) * np.log(self.variances[NOISE]) - np.log(self.precision)).sum()
        return float(within - np.log(self.artist_shrinkage).sum() + 2 * np.log(np.diag(self.factor)).sum())

    def slope(self) -> Array:
        """The derivative of ``log_evidence`` by the log of each variance."""
        certain = 1 - np.diag(self.covariance) - self.weights**2
        by_column = -0.5 * np.bincount(self.design.columns - MEAN, certain, minlength=len(self.variances) + 1)
        of_mean = by_column[0]
        found: Array = by_column[1:].astype(np.float64)
        found[ARTIST] += -0.5 * self._artist_excess()
        found[ALBUM] += -0.5 * self._album_excess()
        # Variances scaled together scale V, which says what is left for the noise.
        whole = -0.5 * (len(self.ratings) - self._fit())
        found[NOISE] = whole - found.sum() - of_mean
        return found

    def _artist_excess(self) -> float:
        if not self.variances[ARTIST]:
            return 0.0
        expected = (self.artist_weight * self.artist_shrinkage).sum() - self._explained(self.artist_sums)
        observed = self.design.over_artists(self.design.over_albums(self.dual))
        return float(self.variances[ARTIST] * (expected - observed @ observed))

    def _album_excess(self) -> float:
        if not self.variances[ALBUM]:
            return 0.0
        design, nested = self.design, self.design.nested
        weight = design.sizes * self.precision
        shared = (self.variances[ARTIST] * self.artist_shrinkage)[design.artist_of_album]
        expected = (nested * (weight - shared * weight**2)).sum() - self._explained(self.album_sums * nested[:, None])
        observed = nested * design.over_albums(self.dual)
        return float(self.variances[ALBUM] * (expected - observed @ observed))

    def _explained(self, sums: Array) -> float:
        # As above: the trace of (sums C sumsᵀ), with half the work.
        return float(np.vdot(sums.T @ sums, self.covariance))


def _sums(values: Array, starts: Integers) -> Array:
    """Sums over stretches of rows; with columns, ``reduceat`` takes four times as long as a sparse product."""
    if values.ndim == 1:
        found: Array = np.add.reduceat(values, starts)
        return found
    songs = np.arange(len(values) + 1)
    parts = (np.ones(len(values)), songs[:-1], np.append(starts, songs[-1]))
    summed: Array = scipy.sparse.csr_array(parts, shape=(len(starts), len(values))) @ values
    return summed


def _rows(factors: Array, values: Array) -> Array:
    """Factors, one a row, shaped to multiply values (rows,) or (rows, columns)."""
    return factors[:, None] if values.ndim == 2 else factors
