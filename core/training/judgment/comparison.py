"""Which of several encoders serves better, on the same songs of groups that none of them has learned from."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.training.judgment.evaluation import FOLDS, Contest, Fold, margins
from core.training.judgment.hubness import hubness
from core.training.judgment.probe import LEAST_ASKED, collapse_of, effective_rank, uniformity
from core.training.judgment.retrieval import Kinds, neighborhood
from core.training.metrics import Metrics, mean_of
from core.training.protocol import TrainingSong
from core.training.rating.hearing import Hearing
from core.training.split import artist_groups, group_folds

LEAST_RATED = 30
"""Rated songs of held-out groups below which no predictor is compared."""
MOST_LOOKED_AT = 2000
"""Songs of which the singular values are taken."""

Vectors = NDArray[np.floating]


def compare(
    songs: Sequence[TrainingSong],
    vectors: Mapping[str, Vectors],
    *,
    seed: int,
    held_out: Collection[str] | None = None,
    heard: Mapping[str, Hearing] | None = None,
    asks_all_rated: bool = False,
    on_fold: Callable[[int, int], None] = lambda _done, _total: None,
    stopped: Callable[[], bool] = lambda: False,
) -> dict[str, Any]:
    """For each version of the embeddings (songs, dim), its figures; and which is ``better``.

    ``held_out`` names groups (``TrainingSong.group``) that no version has learned from: only their songs are asked for,
    of any there are; None, or none of these groups, asks for all. ``heard`` is what the predictor would hear with each
    version (the vectors themselves without a word), and ``asks_all_rated`` measures it on every rated song: right for
    versions that have learned from no rating. A song that a version has not heard (NaN) is left out of all. The
    predictor is fitted on all other groups for each of five folds of those that are asked for, unless fewer
    than 30 songs of them have stars. Versions go by ``score``: the mean of what retrieval (the mean of ``same_artist``
    and ``genre``) and the predictor's ``spearman`` reach, as far as there are labels; a collapsed one is never better,
    and of equals the first is. ``margins`` are the last version's over the first, fold by fold. Empty when
    ``stopped`` said so.
    """
    present = np.flatnonzero(np.all([np.isfinite(matrix).all(axis=1) for matrix in vectors.values()], axis=0))
    known = [songs[row] for row in present.tolist()]
    own = {name: matrix[present] for name, matrix in vectors.items()}
    predicted_from = {
        name: replace(heard[name], vectors=heard[name].vectors[present]) if heard else Hearing([], matrix)
        for name, matrix in own.items()
    }
    asked = np.array([held_out is None or song.group in held_out for song in known], dtype=bool)
    asked = asked if asked.any() else np.ones_like(asked)
    figures = {name: _space(matrix, known, asked, seed=seed) for name, matrix in own.items()}
    rated_asked = np.ones_like(asked) if asks_all_rated else asked
    rounds = _rounds(known, predicted_from, rated_asked, seed=seed, on_fold=on_fold, stopped=stopped)
    if stopped():
        return {}
    for name, measured in rounds.items():
        figures[name] |= mean_of(measured).as_dict() if measured else {}
        figures[name]["score"] = score(figures[name])
    names = list(figures)
    better = max(names, key=lambda name: (not figures[name]["collapsed"], figures[name]["score"], -names.index(name)))
    return {
        **figures,
        "better": better,
        "songs": int(asked.sum()),
        "rated": sum(song.is_rated for song, is_asked in zip(known, rated_asked, strict=True) if is_asked),
        "margins": margins(rounds[names[-1]], rounds[names[0]]) if rounds[names[0]] else {},
    }


def score(figures: Mapping[str, float]) -> float:
    """Half what retrieval reaches, half what the predictor does; one of them alone where the other has no labels."""
    retrieval = [figures[name] for name in ("same_artist", "genre") if name in figures]
    halves = [float(np.mean(retrieval))] if retrieval else []
    halves += [figures["spearman"]] if "spearman" in figures else []
    return float(np.mean(halves)) if halves else 0.0


def _space(vectors: Vectors, songs: Sequence[TrainingSong], asked: NDArray[np.bool_], *, seed: int) -> dict[str, Any]:
    """What needs no ratings, without the figures for which fewer than ten songs can be asked."""
    answers = neighborhood(vectors, Kinds.of(songs), seed=seed, asked=np.flatnonzero(asked))
    known = {name: each["value"] for name, each in answers.items() if each["queries"] >= LEAST_ASKED}
    some = vectors[asked][:MOST_LOOKED_AT]
    return known | {
        "hubness": hubness(vectors, seed=seed)["skewness"],
        "rank": effective_rank(some) if len(some) else 0.0,
        "uniformity": uniformity(some),
        "collapsed": collapse_of(some),
    }


def _rounds(
    songs: Sequence[TrainingSong],
    heard: Mapping[str, Hearing],
    asked: NDArray[np.bool_],
    *,
    seed: int,
    on_fold: Callable[[int, int], None],
    stopped: Callable[[], bool],
) -> dict[str, list[Metrics]]:
    """By version, the predictor's figures in each fold of the groups that are asked for."""
    rated = np.flatnonzero([song.is_rated for song in songs])
    chosen, is_asked = [songs[row] for row in rated.tolist()], asked[rated]
    found: dict[str, list[Metrics]] = {name: [] for name in heard}
    if is_asked.sum() < LEAST_RATED:
        return found
    units = artist_groups(chosen)
    folds = folds_within(units, is_asked, seed=seed)
    contests = {
        name: Contest.of(chosen, {"model": each.vectors[rated]}, seed=seed, aspects=each.aspects)
        for name, each in heard.items()
    }
    done, total = 0, len(folds) * len(contests)
    for fold in folds:
        for name, contest in contests.items():
            if stopped():
                return found
            found[name] += [each for who, each in contest.measured(fold, units=units).items() if who == "model"]
            done += 1
            on_fold(done, total)
    return found


def folds_within(units: Sequence[str], asked: NDArray[np.bool_], *, seed: int) -> list[Fold]:
    """Folds that together ask once for each song of ``asked`` (songs,); whole units are kept from being learned."""
    rows = np.flatnonzero(asked)
    folds = []
    for held in group_folds([units[row] for row in rows.tolist()], folds=FOLDS, seed=seed):
        test = np.zeros_like(asked)
        test[rows[held]] = True
        held_units = {units[row] for row in rows[held].tolist()}
        folds.append(Fold(np.array([unit not in held_units for unit in units]), test))
    return folds
