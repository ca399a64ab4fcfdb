"""How good the predictor is on songs that it has not seen, against everything simpler, in the same folds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.training.judgment.baselines import Baseline, Guess, Rated, baselines
from core.training.metrics import Metrics, mean_of, measure
from core.training.protocol import TrainingSong
from core.training.rating import mixed_model
from core.training.rating.names import Names
from core.training.split import Mask, artist_groups, group_folds

if TYPE_CHECKING:
    from core.training.classifier import ClassifierConfig

FOLDS = 5
LEAST_ASKED = 2
"""Songs of a fold below which there is no order to get right."""
COMPARED = ("spearman", "ndcg20")
"""Figures of which the margin over each baseline is told, with its standard error."""

Vectors = NDArray[np.floating]


@dataclass(frozen=True)
class Fold:
    """One round of the evaluation: what is learned from and what is asked for."""

    train: Mask
    test: Mask


@dataclass(frozen=True)
class Question:
    """What the folds hold out: the units (songs,) that stay whole, and the folds."""

    name: str
    units: list[str]
    folds: list[Fold]


def questions(songs: Sequence[TrainingSong], *, seed: int) -> list[Question]:
    """The two questions of ``domain.md`` §4, which are never mixed: unseen artists, and new albums of known artists."""
    artists = artist_groups(songs)
    albums = [f"{artist}\n{song.album}" for artist, song in zip(artists, songs, strict=True)]
    return [
        Question("unseen_artist", artists, _folds(artists, seed=seed)),
        Question("known_artist", albums, [_with_known_artists(fold, artists) for fold in _folds(albums, seed=seed)]),
    ]


def evaluate(
    songs: Sequence[TrainingSong],
    *,
    vectors: Mapping[str, Vectors],
    seed: int,
    classifier: "ClassifierConfig | None" = None,
    aspects: Sequence[int] = (),
    on_fold: Callable[[int, int], None] = lambda _done, _total: None,
    stopped: Callable[[], bool] = lambda: False,
) -> dict[str, dict[str, Any]]:
    """Both questions about rated ``songs``, each with the figures of the model and of every baseline.

    ``vectors`` are embeddings (songs, dim) by name, rows of NaN where a song has none: "model" is what the predictor
    listens with, and songs without it are left out; "spectral", "random", "bliss" and any other are compared by ridge.
    With a configuration the plan's plain classifier is compared too; ``without_audio`` is what the predictor would say
    without listening. Each answer has ``model``, ``baselines`` (figures as means over the folds), ``standard_errors``
    (of Spearman and NDCG over the folds), ``margins`` (of the model over each baseline, fold by fold), ``songs`` and
    ``folds``; it is empty when nothing could be held out, or when ``stopped`` said so before its end. ``on_fold`` is
    told how many folds are done, and of how many.
    """
    heard = np.flatnonzero(np.isfinite(vectors["model"]).any(axis=1))
    known = [songs[row] for row in heard.tolist()]
    listening = {name: matrix[heard] for name, matrix in vectors.items()}
    # What the model hears beside the encoder may be missing of some songs, which a ridge cannot bear.
    others = {name: matrix for name, matrix in listening.items() if name != "model" or "encoder" not in listening}
    rivals = baselines(others, classifier=classifier)
    contest = Contest.of(known, listening, seed=seed, rivals=rivals, aspects=aspects)
    asked = questions(known, seed=seed)
    total, done, answers = sum(len(question.folds) for question in asked), 0, dict[str, dict[str, Any]]()
    for question in asked:
        rounds: list[dict[str, Metrics]] = []
        for fold in question.folds:
            if not stopped():
                rounds.append(contest.measured(fold, units=question.units))
                done += 1
                on_fold(done, total)
        answers[question.name] = {} if stopped() else answer(rounds, question)
    return answers


@dataclass(frozen=True)
class Contest:
    """The predictor and its rivals over one set of rated songs."""

    rated: Rated
    vectors: Vectors
    groups: list[str]
    rivals: Mapping[str, Baseline]
    aspects: Sequence[int] = ()
    """Sizes of the parts of a vector, see ``mixed_model.fit``."""

    @classmethod
    def of(
        cls,
        songs: Sequence[TrainingSong],
        vectors: Mapping[str, Vectors],
        *,
        seed: int,
        rivals: Mapping[str, Baseline] | None = None,
        aspects: Sequence[int] = (),
    ) -> "Contest":
        """Songs with the vectors named ``model``; without rivals the predictor is measured alone."""
        ratings = np.array([song.rating for song in songs], dtype=np.float64)
        rated = Rated(Names.of(songs), ratings, [], seed)
        return cls(rated, vectors["model"], artist_groups(songs), rivals or {}, aspects)

    def measured(self, fold: Fold, *, units: Sequence[str]) -> dict[str, Metrics]:
        """The figures of everybody in one fold; nothing when too few songs are asked for, or learned from."""
        if min(fold.train.sum(), fold.test.sum()) < LEAST_ASKED:
            return {}
        rated = replace(self.rated, units=units)
        truth = rated.ratings[fold.test]
        guesses = dict(self.model(fold))
        guesses |= {name: rival(rated, fold.train, fold.test) for name, rival in self.rivals.items()}
        return {name: measure(truth, each.ratings, low=each.low, high=each.high) for name, each in guesses.items()}

    def model(self, fold: Fold) -> Iterator[tuple[str, Guess]]:
        """What the predictor says of the songs that a fold asks for, and what it would without listening."""
        train, test = np.flatnonzero(fold.train).tolist(), np.flatnonzero(fold.test).tolist()
        names, vectors = self.rated.names, self.vectors.astype(np.float32)
        fitted = mixed_model.fit(
            self.rated.ratings[train],
            vectors=vectors[train],
            names=names.at(train),
            groups=[self.groups[row] for row in train],
            seed=self.rated.seed,
            aspects=self.aspects,
        )
        predicted = fitted.predict(vectors[test], names=names.at(test))
        yield "model", Guess(predicted.ratings, predicted.low, predicted.high)
        yield "without_audio", Guess(predicted.without_audio)


def answer(rounds: Sequence[Mapping[str, Metrics]], question: Question) -> dict[str, Any]:
    """What the folds (in their order) found, as means with standard errors; empty without any."""
    found = [each for each in rounds if each]
    if not found:
        return {}
    by_name = {name: [each[name] for each in found] for name in found[0]}
    means = {name: mean_of(parts).as_dict() for name, parts in by_name.items()}
    return {
        "model": means.pop("model"),
        "baselines": means,
        "standard_errors": {name: _standard_errors(parts) for name, parts in by_name.items()},
        "margins": {name: margins(by_name["model"], parts) for name, parts in by_name.items() if name != "model"},
        "songs": int(sum(fold.test.sum() for fold, each in zip(question.folds, rounds, strict=True) if each)),
        "folds": len(found),
    }


def margins(model: Sequence[Metrics], rival: Sequence[Metrics]) -> dict[str, dict[str, float]]:
    """By how much the model is better, compared fold by fold: what makes a fold hard is hard for both."""
    pairs = list(zip(model, rival, strict=True))
    differences = {name: [getattr(ours, name) - getattr(theirs, name) for ours, theirs in pairs] for name in COMPARED}
    return {
        name: {"mean": float(np.mean(values)), "standard_error": _standard_error(values)}
        for name, values in differences.items()
    }


def _standard_errors(parts: Sequence[Metrics]) -> dict[str, float]:
    return {name: _standard_error([getattr(part, name) for part in parts]) for name in COMPARED}


def _standard_error(values: Sequence[float]) -> float:
    """Of the mean; 0 for a single value, of which nothing is known."""
    return float(np.std(values, ddof=1) / np.sqrt(len(values))) if len(values) > 1 else 0.0


def _folds(groups: list[str], *, seed: int) -> list[Fold]:
    return [Fold(~held, held) for held in group_folds(groups, folds=FOLDS, seed=seed)] if groups else []


def _with_known_artists(fold: Fold, artists: list[str]) -> Fold:
    known = {artist for artist, trained in zip(artists, fold.train, strict=True) if trained}
    return Fold(fold.train, fold.test & np.array([artist in known for artist in artists]))
