"""What a fitted model keeps to predict songs with: the effects it found, and how sure it is of each."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from core.training.rating.effects import (
    ALBUM,
    ARTIST,
    GENRE,
    LINEAR,
    LINEARS,
    MEAN,
    NEARNESS,
    NOISE,
    Integers,
    Posterior,
)

Values = NDArray[np.float32]
OF_SOUND = [*LINEARS, NEARNESS]
PARTS = ("global", "genre", "artist", "album", "sound")


@dataclass(frozen=True)
class Asked:
    """Songs to be predicted, as the model counts them; -1 is an unknown one, every array is (songs, ...)."""

    features: Values
    """(songs, columns), unscaled."""
    unexplained: Values
    """What the features leave out of the variance of nearness."""
    artist: Integers
    album: Integers
    without_genre: NDArray[np.bool_]
    without_sound: NDArray[np.bool_]
    on_shared_album: NDArray[np.bool_]


@dataclass(frozen=True)
class FittedEffects:
    """Predictions in units of the ratings' deviation; the last row of a table stands for what is unknown."""

    columns: Integers
    """(columns,): which variance scales each."""
    effects: Values
    """(columns,): of the unscaled features."""
    scales: Values
    """(columns,)."""
    root: Values
    """(columns, columns): the covariance of the effects of scaled features is root times its transpose."""
    artist_effects: Values
    """(artists + 1,)."""
    album_effects: Values
    """(albums + 1,)."""
    centers: Values
    """(artists + albums + 1, columns): where an artist's, or an album's, rated songs lie, shrunk by counts."""
    spot_variances: Values
    """(artists + albums + 1,): of the effects of artist and album together."""
    variances: NDArray[np.float64]
    """In the order of ``PARAMETERS``."""

    @property
    def columns_count(self) -> int:
        return len(self.columns)

    def predict(self, asked: Asked) -> tuple[Values, Values, dict[str, Values]]:
        """The mean (songs,), its deviation with the noise (songs,), and the parts that the mean is the sum of."""
        features = asked.features[:, : self.columns_count]
        parts = {name: features[:, mask] @ self.effects[mask] for name, mask in self._masks.items()}
        parts["artist"] = self.artist_effects[asked.artist]
        parts["album"] = parts["album"] + self.album_effects[asked.album]
        mean = np.sum([parts[name] for name in PARTS], axis=0)
        return mean, np.sqrt(self._variance(features, asked)), {name: parts[name] for name in PARTS}

    @property
    def _masks(self) -> dict[str, NDArray[np.bool_]]:
        wanted = {"global": [MEAN], "genre": [GENRE], "album": [ALBUM], "sound": OF_SOUND}
        return {name: np.isin(self.columns, each) for name, each in wanted.items()}

    def _variance(self, features: Values, asked: Asked) -> Values:
        albums = len(self.album_effects) - 1
        artists = len(self.artist_effects) - 1
        spot = np.where(asked.artist >= 0, asked.artist, artists + albums)
        spot = np.where(asked.album >= 0, artists + asked.album, spot)
        deviating = (features * self.scales - self.centers[spot]) @ self.root
        found = np.einsum("ij,ij->i", deviating, deviating) + self.spot_variances[spot]
        sound = self.variances[LINEAR:].sum()
        found += asked.unexplained * self.variances[NEARNESS] + asked.without_sound * sound
        found += asked.without_genre * self.variances[GENRE]
        found -= (asked.on_shared_album & (asked.album < 0)) * self.variances[ALBUM]
        return np.asarray(np.maximum(found, 0) + self.variances[NOISE], dtype=np.float32)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Everything, by name."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


def fitted_effects(posterior: Posterior, artists: int, albums: Integers) -> FittedEffects:
    """What to keep of a posterior of which the first ``artists`` artists have a name.

    ``albums`` (albums of the design,) holds the number of each, -1 for songs without an album.
    """
    identity = np.eye(len(posterior.scales))
    root = np.linalg.solve(posterior.factor, identity).T if len(identity) else identity
    named = np.flatnonzero(albums >= 0)
    order = named[np.argsort(albums[named])]
    artist_centers, artist_variances = _artist_spots(posterior)
    album_centers, album_variances = _album_spots(posterior)
    unknown = posterior.variances[ARTIST] + posterior.variances[ALBUM]
    by_album = posterior.design.over_albums(posterior.dual)
    by_artist = posterior.design.over_artists(by_album)
    centers = [artist_centers[:artists], album_centers[order], np.zeros((1, len(identity)))]
    return FittedEffects(
        columns=posterior.design.columns,
        effects=(posterior.weights * posterior.scales).astype(np.float32),
        scales=posterior.scales.astype(np.float32),
        root=root.astype(np.float32),
        artist_effects=np.append(posterior.variances[ARTIST] * by_artist[:artists], 0).astype(np.float32),
        album_effects=np.append((posterior.album_variance * by_album)[order], 0).astype(np.float32),
        centers=np.concatenate(centers).astype(np.float32),
        spot_variances=np.r_[artist_variances[:artists], album_variances[order], unknown].astype(np.float32),
        variances=posterior.variances,
    )


def _artist_spots(posterior: Posterior) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Of a new album by each artist: the center of its features, and the variance that is left."""
    variance = posterior.variances[ARTIST]
    return variance * posterior.artist_sums, variance * posterior.artist_shrinkage + posterior.variances[ALBUM]


def _album_spots(posterior: Posterior) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Of a new song on each known album: the same."""
    design, variance, of_album = posterior.design, posterior.variances[ARTIST], posterior.album_variance
    artist = design.artist_of_album
    shrinkage = posterior.artist_shrinkage[artist]
    weight = design.sizes * posterior.precision
    centers = variance * posterior.artist_sums[artist] + of_album[:, None] * posterior.album_sums
    observed = variance**2 * posterior.artist_weight[artist] * shrinkage + 2 * variance * of_album * weight * shrinkage
    observed = observed + of_album**2 * (weight - variance * shrinkage * weight**2)
    return centers, np.maximum(variance + of_album - observed, 0)
