"""How good the predictor is on songs that it has not seen, against predictors that do not listen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.training.classifier import ClassifierConfig, Examples, train
from core.training.metrics import Metrics, conformal_radius, mean_of, measure
from core.training.protocol import TrainingSong
from core.training.split import Mask, group_folds, held_out_groups

FOLDS = 5
INNER_SHARE = 0.2

Ratings = NDArray[np.float64]


@dataclass(frozen=True)
class Fold:
    """One round of the evaluation: what is learned from and what is asked for."""

    train: Mask
    test: Mask


@dataclass(frozen=True)
class Question:
    """What the folds hold out, and how many of them could be measured."""

    name: str
    folds: list[Fold]


def questions(songs: list[TrainingSong], *, seed: int) -> list[Question]:
    """The two questions of ``domain.md`` §4, which are never mixed: unseen artists, and new albums of known artists."""
    artists = [song.group for song in songs]
    albums = [f"{song.group}\n{song.album}" for song in songs]
    return [
        Question("unseen_artist", _folds(artists, seed=seed)),
        Question("known_artist", [_with_known_artists(fold, artists) for fold in _folds(albums, seed=seed)]),
    ]


def evaluate(
    question: Question,
    *,
    embeddings: NDArray[np.float32],
    songs: list[TrainingSong],
    config: ClassifierConfig,
    on_fold: Callable[[], None],
    stopped: Callable[[], bool] = lambda: False,
) -> dict[str, object]:
    """The metrics of the model and of each baseline, as means over the folds; empty when nothing could be held out.

    ``stopped`` is asked after every fold and ends the evaluation with an empty result.
    """
    results: dict[str, list[Metrics]] = {}
    asked = 0
    for fold in question.folds:
        if fold.train.sum() > 1 and fold.test.sum() > 1:
            asked += int(fold.test.sum())
            for name, metrics in _measure_fold(fold, embeddings=embeddings, songs=songs, config=config):
                results.setdefault(name, []).append(metrics)
        on_fold()
        if stopped():
            return {}
    if not results:
        return {}
    means = {name: mean_of(parts).as_dict() for name, parts in results.items()}
    return {"model": means.pop("model"), "baselines": means, "songs": asked}


def _measure_fold(
    fold: Fold, *, embeddings: NDArray[np.float32], songs: list[TrainingSong], config: ClassifierConfig
) -> Iterator[tuple[str, Metrics]]:
    ratings = np.array([song.rating for song in songs])
    artists = [song.group for song in songs]
    inner = held_out_groups([artists[row] for row in np.flatnonzero(fold.train)], share=INNER_SHARE, seed=config.seed)
    held_out = np.zeros_like(fold.train)
    held_out[fold.train] = inner
    fitted = train(Examples(embeddings[fold.train], ratings[fold.train], inner), config=config)
    predicted = fitted.predict(embeddings[fold.test])
    low, high = fitted.interval(predicted)
    yield "model", measure(ratings[fold.test], predicted, low=low, high=high)
    for name, baseline in BASELINES.items():
        # A mean over few songs lies near each of them: only songs that are not in it tell how far off it is.
        radius = conformal_radius(ratings[held_out] - baseline(ratings, artists, fold.train & ~held_out, held_out))
        guess = baseline(ratings, artists, fold.train, fold.test)
        yield name, measure(ratings[fold.test], guess, low=guess - radius, high=guess + radius)


def global_mean(ratings: Ratings, artists: list[str], train_mask: Mask, asked: Mask) -> Ratings:
    """The mean rating of the training songs for everything."""
    del artists
    return np.full(int(asked.sum()), ratings[train_mask].mean())


def artist_mean(ratings: Ratings, artists: list[str], train_mask: Mask, asked: Mask) -> Ratings:
    """The mean rating of the artist's training songs; the global mean for an artist without any."""
    overall = ratings[train_mask].mean()
    names = np.asarray(artists, dtype=object)
    means = {name: ratings[train_mask & (names == name)].mean() for name in np.unique(names[train_mask])}
    return np.array([means.get(name, overall) for name in names[asked]])


BASELINES = {"global_mean": global_mean, "artist_mean": artist_mean}


def _folds(groups: list[str], *, seed: int) -> list[Fold]:
    return [Fold(~held, held) for held in group_folds(groups, folds=FOLDS, seed=seed)]


def _with_known_artists(fold: Fold, artists: list[str]) -> Fold:
    known = {artist for artist, trained in zip(artists, fold.train, strict=True) if trained}
    return Fold(fold.train, fold.test & np.array([artist in known for artist in artists]))
