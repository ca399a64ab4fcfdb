"""The predictor: a linear mixed model of ratings with effects of genre, artist, album and sound, shrunk by counts.

The shares of the variance are the likeliest ones; what predicts is the half, or both, that did best on songs left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.training.rating.catalog import catalog_of
from core.training.rating.effects import ALBUM, ARTIST, GENRE, LINEARS, NEARNESS, NOISE, PARAMETERS, Posterior
from core.training.rating.fitted_effects import fitted_effects
from core.training.rating.fitted_model import MixedModel, Predicted, Ratings, Vectors, asked
from core.training.rating.intervals import Stretch, stretch
from core.training.rating.left_out import LeftOut, left_out
from core.training.rating.names import Names
from core.training.rating.one_thread import one_thread
from core.training.rating.rated_songs import RatedSongs, rated_songs
from core.training.rating.sound_features import FEW_SONGS, Kernel, SoundFeatures, fit_sound_features
from core.training.rating.variance_components import estimate

__all__ = ["MixedModel", "Names", "Predicted", "fit"]

LEAST_DEVIATION = 0.1
"""Half a star: ratings that are all equal do not prove that the next one will be."""
SEARCHED = 1500
"""Songs from which the variances are estimated."""
FEWEST_KNOWN = 20
"""Songs of artists with other albums, below which what is said of them is judged with all the rest."""
OF_NAMES = frozenset({ARTIST, ALBUM, GENRE})


@dataclass(frozen=True)
class Candidate:
    """One of the halves, or both, with what it said of songs left out."""

    posterior: Posterior
    unseen: LeftOut
    new_album: LeftOut


@one_thread()
def fit(
    ratings: Ratings,
    *,
    vectors: Vectors,
    names: Names,
    groups: Sequence[str],
    seed: int,
    kernel: Kernel = "rbf",
    aspects: Sequence[int] = (),
) -> MixedModel:
    """Fit the predictor to ratings (songs,) from 0 to 1 of songs with embeddings (songs, dim) and names.

    ``groups`` are what must never straddle a split. A row of NaN is a song without embedding. The kernel ``linear`` is
    for embeddings that are predictions already. ``aspects`` are numbers of values, one after the other, that make up an
    embedding: a taste may depend on one of them alone, so each has a share of its own.
    """
    center = float(ratings.mean())
    scale = max(float(ratings.std()), LEAST_DEVIATION)
    catalog = catalog_of(names)
    vectors = np.asarray(vectors, dtype=np.float32)
    sound = fit_sound_features(vectors, kernel=kernel, seed=seed, aspects=aspects)
    songs = rated_songs(
        asked(vectors, names, catalog=catalog, sound=sound),
        (ratings - center) / scale,
        names=names,
        groups=groups,
        catalog=catalog,
        sound=sound,
    )
    halves = _halves(sound, songs=len(ratings))
    candidates = _candidates(songs, halves, seed=seed)
    errors = {name: _error(each, songs) for name, each in candidates.items()}
    best = min(errors, key=errors.__getitem__)
    known, unseen = _stretches(candidates[best], songs)
    kept = {
        name: fitted_effects(candidates[name].posterior, len(catalog.artists), songs.album_numbers)
        for name in (best, "names")
    }
    figures = _shares(candidates[best]) | {f"val_mse_{name}": error * scale**2 for name, error in errors.items()}
    figures |= {
        "val_mse": errors[best] * scale**2,
        "uses_names": float(bool(halves[best] & OF_NAMES)),
        "uses_sound": float(bool(halves[best] - OF_NAMES)),
    }
    return MixedModel(center, scale, catalog, sound, kept[best], kept["names"], known, unseen, figures)


def _halves(sound: SoundFeatures, *, songs: int) -> dict[str, frozenset[int]]:
    """The effects of each candidate.

    Of several aspects a taste may not hang on the first one at all. Many songs tell that by its variance, few do not.
    """
    of_sound = frozenset({*LINEARS[: len(sound.aspects)], *({NEARNESS} if sound.nearness_count else ())})
    halves = {"both": OF_NAMES | of_sound, "names": OF_NAMES, "sound": of_sound, "mean": frozenset[int]()}
    if len(sound.aspects) > 1 and songs <= FEW_SONGS:
        rest = of_sound - {LINEARS[0]}
        halves |= {"both_but_first": OF_NAMES | rest, "sound_but_first": rest}
    return halves


def _candidates(songs: RatedSongs, halves: dict[str, frozenset[int]], *, seed: int) -> dict[str, Candidate]:
    """Each of them; the search for the shares of both halves begins where those of the halves alone were found.

    From what is expected it took five times as many steps, of which each is the longest of all.
    """
    found = {name: _candidate(songs, halves[name], seed=seed) for name in ("names", "sound")}
    names, sound = (each.posterior.variances for each in found.values())
    start = np.maximum(names, sound)
    start[NOISE] = min(names[NOISE], sound[NOISE])
    others = {name: active for name, active in halves.items() if name not in found}
    found |= {name: _candidate(songs, active, seed=seed, start=start) for name, active in others.items()}
    return {name: found[name] for name in halves}


def _candidate(
    songs: RatedSongs, active: frozenset[int], *, seed: int, start: NDArray[np.float64] | None = None
) -> Candidate:
    songs = songs if active - OF_NAMES else songs.without_sound()
    searched = songs.sample(SEARCHED, seed=seed)
    variances = estimate(searched.design, searched.ratings, active=active, start=start)
    posterior = Posterior(songs.design, songs.ratings, variances)
    return Candidate(posterior, left_out(posterior, songs.artists), left_out(posterior, songs.albums))


def _error(candidate: Candidate, songs: RatedSongs) -> float:
    """The mean squared error on unseen artists and on new albums of known ones, each question counting the same."""
    unseen = float((candidate.unseen.residuals**2).mean())
    if songs.known.sum() < FEWEST_KNOWN:
        return unseen
    return (unseen + float((candidate.new_album.residuals[songs.known] ** 2).mean())) / 2


def _stretches(candidate: Candidate, songs: RatedSongs) -> tuple[Stretch, Stretch]:
    unseen = candidate.unseen.residuals / candidate.unseen.deviations
    of_unseen = stretch(unseen, groups=songs.artists)
    if songs.known.sum() < FEWEST_KNOWN:
        return of_unseen, of_unseen
    known = (candidate.new_album.residuals / candidate.new_album.deviations)[songs.known]
    return stretch(known, groups=songs.albums[songs.known]), of_unseen


def _shares(candidate: Candidate) -> dict[str, float]:
    variances = candidate.posterior.variances
    shares = zip(PARAMETERS, variances / variances.sum(), strict=True)
    return {f"share_{name}": float(each) for name, each in shares if each > 0}
