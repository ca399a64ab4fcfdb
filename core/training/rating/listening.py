"""Plays and skips as weak evidence of taste, beside the sound: what a song itself got, and what songs like it got.

How much they weigh is not set by anybody: the predictor gives this aspect a variance of its own, and ``fitting`` leaves
it out unless it helps on groups that were held out.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.training.protocol import TrainingSong
from core.training.rating.mixed_model import Names, fit
from core.training.rating.sound_features import present_rows
from core.training.split import artist_groups, group_folds

Vectors = NDArray[np.float32]

COLUMNS = 2
LEAST_PLAYED = 40
"""Songs with plays or skips, below which those of songs like them say nothing."""
MOST_PLAYED = 1500
"""Songs that are learned from: more take longer than the ratings themselves."""
FOLDS = 2


def listening_of(songs: Sequence[TrainingSong], vectors: Vectors, *, seed: int, aspects: Sequence[int] = ()) -> Vectors:
    """(songs, 2): how much each song is played, and how much songs of other artists that sound like it are.

    Both are 0 to 1 (see ``TrainingSong.popularity``), NaN where nothing is known. What is said of a song was learned
    without its own artist, so that it means for played songs what it means for the others.
    """
    own = np.array([song.popularity if song.popularity >= 0 else np.nan for song in songs])
    found = np.full((len(songs), COLUMNS), np.nan, np.float32)
    found[:, 0] = own
    played = np.flatnonzero(np.isfinite(own) & present_rows(vectors))
    if len(played) >= LEAST_PLAYED:
        learned = np.sort(np.random.default_rng(seed).permutation(played)[:MOST_PLAYED])
        found[:, 1] = _of_alike(songs, vectors, learned, seed=seed, aspects=aspects)
    return found


def _of_alike(
    songs: Sequence[TrainingSong], vectors: Vectors, learned: NDArray[np.intp], *, seed: int, aspects: Sequence[int]
) -> NDArray[np.float64]:
    """What each fold's complement says of all songs; a song of a fold is told by its own alone, any other by all."""
    groups = np.asarray(artist_groups(songs), dtype=object)
    names = Names([""] * len(songs), [""] * len(songs), [song.genre for song in songs])
    popularity = np.array([song.popularity for song in songs])
    said, fold_of = [], np.full(len(songs), -1)
    for number, held in enumerate(group_folds(groups[learned].tolist(), folds=FOLDS, seed=seed)):
        fold_of[np.isin(groups.astype(str), groups[learned[held]].astype(str))] = number
        rows = learned[~held] if not held.all() else learned
        model = fit(
            popularity[rows],
            vectors=vectors[rows],
            names=names.at(rows.tolist()),
            groups=groups[rows].tolist(),
            seed=seed,
            aspects=aspects,
        )
        said.append(model.predict(vectors, names=names).ratings)
    of_its_fold = np.stack(said)[fold_of, np.arange(len(songs))]
    found: NDArray[np.float64] = np.where(fold_of < 0, np.mean(said, axis=0), of_its_fold)
    return found
