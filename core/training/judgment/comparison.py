"""Which of several encoders serves better, on the same songs of groups that none of them has learned from."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.training.judgment.chance import Margin, Shares, margin_between, told
from core.training.judgment.evaluation import FOLDS, Contest, Fold, margins
from core.training.judgment.evaluation import LEAST_ASKED as LEAST_OF_A_FOLD
from core.training.judgment.hubness import hubness
from core.training.judgment.probe import LEAST_ASKED, collapse_of, effective_rank, uniformity
from core.training.judgment.retrieval import Kinds, Looked, looked_at
from core.training.metrics import Metrics, mean_of, measure, spearman_shares
from core.training.protocol import TrainingSong
from core.training.rating.hearing import Hearing
from core.training.split import artist_groups, group_folds

LEAST_RATED = 30
"""Rated songs of held-out groups below which no predictor is compared."""
MOST_LOOKED_AT = 2000
"""Songs of which the singular values are taken."""
RETRIEVED = ("same_artist", "genre")

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
    """For each version of the embeddings (songs, dim), its figures; which is ``better``, and whether ``surely``.

    ``held_out`` names groups (``TrainingSong.group``) that no version has learned from: only their songs are asked for,
    of any there are; None, or none of these groups, asks for all. ``heard`` is what the predictor would hear with each
    version (the vectors themselves without a word), and ``asks_all_rated`` measures it on every rated song: right for
    versions that have learned from no rating. A song that a version has not heard (NaN) is left out of all. The
    predictor is fitted on all other groups for each of five folds of those that are asked for, unless fewer
    than 30 songs of them have stars. Versions go by ``score``: the mean of what retrieval (the mean of ``same_artist``
    and ``genre``) and the predictor's ``spearman`` reach, as far as there are labels; a collapsed one is never better,
    and of equals the first is. ``margin`` is the last version's over the first in that score, with how often ``chance``
    alone would make it; ``surely`` names the better of these two only if that is seldom, or one of them has collapsed;
    ``found`` says it in a sentence. ``margins`` are in the predictor's figures, fold by fold. Empty when ``stopped``
    said so.
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
    looked = {
        name: looked_at(matrix, Kinds.of(known), seed=seed, asked=np.flatnonzero(asked)) for name, matrix in own.items()
    }
    figures = {name: _space(matrix, looked[name], asked, seed=seed) for name, matrix in own.items()}
    rated_asked = np.ones_like(asked) if asks_all_rated else asked
    rounds = _rounds(known, predicted_from, rated_asked, seed=seed, on_fold=on_fold, stopped=stopped)
    if stopped():
        return {}
    for name, measured in rounds.items():
        figures[name] |= mean_of(measured.metrics).as_dict() if measured.metrics else {}
        figures[name]["score"] = score(figures[name])
    shares = {name: _shares(figures[name], looked[name], rounds[name]) for name in figures}
    rated = sum(song.is_rated for song, is_asked in zip(known, rated_asked, strict=True) if is_asked)
    counts = {"songs": int(asked.sum()), "rated": rated}
    return {**figures, **_judged(figures, shares, rounds, units=artist_groups(known), seed=seed), **counts}


def _judged(
    figures: Mapping[str, dict[str, Any]],
    shares: Mapping[str, Shares],
    rounds: Mapping[str, "_Rounds"],
    *,
    units: Sequence[str],
    seed: int,
) -> dict[str, Any]:
    names = list(figures)
    first, last = names[0], names[-1]
    margin = margin_between(shares[last], shares[first], units=units, seed=seed)
    return {
        "better": max(names, key=lambda name: (*_worth(figures[name]), -names.index(name))),
        **_verdict(figures, first, last, margin=margin),
        "margins": margins(rounds[last].metrics, rounds[first].metrics) if rounds[first].metrics else {},
    }


def _worth(figures: Mapping[str, Any]) -> tuple[bool, float]:
    return not figures["collapsed"], figures["score"]


def _verdict(figures: Mapping[str, dict[str, Any]], first: str, last: str, *, margin: Margin) -> dict[str, Any]:
    """Which of two is surely better, if either is, and why, in a sentence."""
    collapsed = [name for name in (first, last) if figures[name]["collapsed"]]
    surely = None
    if len(collapsed) == 1:
        surely = last if collapsed == [first] else first
        found = f"{collapsed[0]} has collapsed: it hears nearly the same in every song."
    elif not margin.artists:
        found = f"On artists that were held out, nothing tells {last} from {first}."
    else:
        ahead, behind = (last, first) if margin.mean > 0 else (first, last)
        surely = ahead if margin.is_sure else None
        found = (
            f"On artists that were held out, {ahead} reached {figures[ahead]['score']:.3f} and {behind} "
            f"{figures[behind]['score']:.3f}, a difference that chance alone makes {told(margin)}."
        )
    return {"surely": surely, "margin": asdict(margin), "found": found}


def score(figures: Mapping[str, float]) -> float:
    """Half what retrieval reaches, half what the predictor does; one of them alone where the other has no labels."""
    retrieval = [figures[name] for name in RETRIEVED if name in figures]
    halves = [float(np.mean(retrieval))] if retrieval else []
    halves += [figures["spearman"]] if "spearman" in figures else []
    return float(np.mean(halves)) if halves else 0.0


@dataclass(frozen=True)
class _Rounds:
    """What the predictor reached with a version."""

    metrics: list[Metrics]
    """Of each fold."""
    shares: Shares
    """What each song (songs,) gives to the sum of their Spearman correlations."""


def _shares(figures: Mapping[str, float], looked: Looked, rounds: _Rounds) -> Shares:
    """What each song (songs,) gives to the ``score``."""
    songs = rounds.shares.size
    retrieval = [looked.shares(name, songs=songs) for name in RETRIEVED if name in figures]
    halves = [np.mean(retrieval, axis=0)] if retrieval else []
    halves += [rounds.shares / len(rounds.metrics)] if rounds.metrics else []
    return np.mean(halves, axis=0) if halves else np.zeros(songs)


def _space(vectors: Vectors, looked: Looked, asked: NDArray[np.bool_], *, seed: int) -> dict[str, Any]:
    """What needs no ratings, without the figures for which fewer than ten songs can be asked."""
    known = {name: each["value"] for name, each in looked.means().items() if each["queries"] >= LEAST_ASKED}
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
) -> dict[str, _Rounds]:
    """By version, the predictor's figures in each fold of the groups that are asked for."""
    rated = np.flatnonzero([song.is_rated for song in songs])
    chosen, is_asked = [songs[row] for row in rated.tolist()], asked[rated]
    found = {name: _Rounds([], np.zeros(len(songs))) for name in heard}
    if is_asked.sum() < LEAST_RATED:
        return found
    folds = folds_within(artist_groups(chosen), is_asked, seed=seed)
    contests = {
        name: Contest.of(chosen, {"model": each.vectors[rated]}, seed=seed, aspects=each.aspects)
        for name, each in heard.items()
    }
    done, total = 0, len(folds) * len(contests)
    for fold in folds:
        for name, contest in contests.items():
            if stopped():
                return found
            if min(fold.train.sum(), fold.test.sum()) >= LEAST_OF_A_FOLD:
                guess, truth = dict(contest.model(fold))["model"], contest.rated.ratings[fold.test]
                found[name].metrics.append(measure(truth, guess.ratings, low=guess.low, high=guess.high))
                found[name].shares[rated[fold.test]] = spearman_shares(truth, guess.ratings)
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
