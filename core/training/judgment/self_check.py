"""Whether the evaluation can be trusted: shuffled ratings give no skill, and a planted taste is found again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.training.judgment.evaluation import FOLDS, Contest, Fold
from core.training.metrics import ranks, spearman
from core.training.protocol import TrainingSong
from core.training.split import artist_groups, group_folds, held_out_groups

SHUFFLES = 20
EXTENDED = 3
"""By chance alone one run of shuffles in twenty lies beyond two standard errors. Then this many times as many are
made, and all of them count: chance is mostly gone then, and a leak stands out all the more."""
TASTES = 5
SONGS = 400
"""Rated songs looked at, whole groups of them: a leak is as plain in 400 as in 4,000."""
DIMENSIONS = 32
"""Principal components kept of the embeddings: a fit takes 0.35 s instead of 1.25 s, and there are a hundred."""
PLANTED_ON = 5
"""Of these, how many a planted taste is made of at most; of 40 songs nobody learns five."""
SONGS_A_DIRECTION = 20
NOISE = 0.5
"""Of a planted taste, in its own deviations."""
LEAST_FOUND = 0.3
"""Spearman of planted tastes on unseen artists: of 100 real tracks 0.7 is found, of 60 about 0.45, of 40 0.3."""
LEAST_CHECKED = 60
"""Songs below which even a plain taste is not found again."""

Vectors = NDArray[np.floating]
Ratings = NDArray[np.float64]


@dataclass(frozen=True)
class Trial:
    """The songs of the check, their embeddings and the folds of unseen artists."""

    songs: Sequence[TrainingSong]
    vectors: NDArray[np.float32]
    folds: Sequence[Fold]
    units: Sequence[str]
    seed: int

    def skill(self, ratings: Ratings) -> float:
        """The Spearman of the predictor on unseen artists, as the mean over folds, had these been the ratings."""
        rated = [replace(song, rating=float(rating)) for song, rating in zip(self.songs, ratings, strict=True)]
        contest = Contest.of(rated, {"model": self.vectors}, seed=self.seed)
        found = [contest.measured(fold, units=self.units) for fold in self.folds]
        figures = [each["model"].spearman for each in found if each]
        return float(np.mean(figures)) if figures else 0.0


def self_check(
    songs: Sequence[TrainingSong],
    *,
    vectors: Vectors,
    seed: int,
    shuffles: int = SHUFFLES,
    on_step: Callable[[int, int], None] = lambda _done, _total: None,
    stopped: Callable[[], bool] = lambda: False,
) -> dict[str, Any]:
    """Two controls over rated ``songs`` with the embeddings (songs, dim) that the predictor listens with.

    ``negative``: over ``shuffles`` shuffles of the ratings, the mean skill lies within two of its standard errors of
    zero. ``positive``: tastes planted in the embeddings are found again on unseen artists. Each has ``passed`` and its
    figures; ``passed`` is whether both did. ``on_step`` is told how many ratings have been tried, and of how many.
    Empty when ``stopped`` said so. Raises UserError for too few songs with an embedding.
    """
    trial = trial_of(songs, vectors, seed=seed)
    steps = TASTES + shuffles
    skills: dict[str, list[float]] = {"positive": [], "negative": []}
    for told, (name, ratings) in enumerate(_asked(trial, shuffles=shuffles, negative=skills["negative"]), start=1):
        skills[name].append(trial.skill(ratings))
        on_step(told, steps if told <= steps else TASTES + EXTENDED * shuffles)
        if stopped():
            return {}
    negative, positive = negative_control(skills["negative"]), positive_control(skills["positive"], trial)
    return {
        "negative": negative,
        "positive": positive,
        "passed": negative["passed"] and positive["passed"],
        "songs": len(trial.songs),
    }


def trial_of(songs: Sequence[TrainingSong], vectors: Vectors, *, seed: int) -> Trial:
    """Whole groups of the songs that have an embedding, about ``SONGS`` at most, in their main directions.

    Raises UserError for too few.
    """
    heard = np.flatnonzero(np.isfinite(vectors).all(axis=1))
    if heard.size < LEAST_CHECKED:
        raise UserError(
            f"Only {heard.size} of your rated songs have been listened to, and the self-check needs {LEAST_CHECKED}: "
            "of fewer, not even a taste that is surely there can be learned."
        )
    if heard.size > SONGS:
        groups = artist_groups([songs[row] for row in heard.tolist()])
        heard = heard[held_out_groups(groups, share=SONGS / heard.size, seed=seed)]
    chosen = [songs[row] for row in heard.tolist()]
    units = artist_groups(chosen)
    folds = [Fold(~held, held) for held in group_folds(units, folds=FOLDS, seed=seed)]
    return Trial(chosen, main_directions(vectors[heard]), folds, units, seed)


def main_directions(vectors: Vectors) -> NDArray[np.float32]:
    """The standardized embeddings (songs, dim) along their principal components, the widest first."""
    deviation = vectors.std(axis=0)
    standardized = (vectors - vectors.mean(axis=0)) / np.where(deviation > 0, deviation, 1)
    left, sizes, _ = np.linalg.svd(standardized.astype(np.float64), full_matrices=False)
    return np.asarray((left * sizes)[:, :DIMENSIONS], dtype=np.float32)


def planted_taste(vectors: NDArray[np.float32], *, seed: int) -> tuple[Ratings, Ratings]:
    """Ratings in half stars, each as frequent, by a mixture of main directions; and the liking without its noise."""
    generator = np.random.default_rng(seed)
    wide = vectors[:, : min(PLANTED_ON, max(1, len(vectors) // SONGS_A_DIRECTION))].astype(np.float64)
    liking = (wide / np.maximum(wide.std(axis=0), 1e-9)) @ generator.normal(size=wide.shape[1])
    liking = liking / max(float(liking.std()), 1e-9)
    heard = ranks(liking + NOISE * generator.normal(size=len(liking)))
    return np.floor(heard / len(heard) * 10 + 1).clip(1, 10) / 10, liking


def negative_control(skills: Sequence[float]) -> dict[str, Any]:
    """Whether the mean skill with shuffled ratings lies within two of its standard errors of zero."""
    mean, error = float(np.mean(skills)), float(np.std(skills, ddof=1) / np.sqrt(len(skills)))
    # A predictor that says the same of everything has no skill and no error either.
    passed = abs(mean) <= 2 * error + 1e-12
    return {"passed": passed, "mean_spearman": mean, "standard_error": error, "shuffles": len(skills)}


def positive_control(skills: Sequence[float], trial: Trial) -> dict[str, Any]:
    """Whether planted tastes were found again, beside what a predictor without any error would reach."""
    planted = [planted_taste(trial.vectors, seed=trial.seed + number) for number in range(len(skills))]
    ceilings = [spearman(ratings[fold.test], liking[fold.test]) for ratings, liking in planted for fold in trial.folds]
    mean = float(np.mean(skills))
    return {
        "passed": mean >= LEAST_FOUND,
        "mean_spearman": mean,
        "needed": LEAST_FOUND,
        "ceiling": float(np.mean(ceilings)),
        "tastes": len(skills),
    }


def _asked(trial: Trial, *, shuffles: int, negative: Sequence[float]) -> Iterator[tuple[str, Ratings]]:
    """The ratings of each step; ``negative`` is what the shuffles so far have given."""
    for number in range(TASTES):
        yield "positive", planted_taste(trial.vectors, seed=trial.seed + number)[0]
    generator = np.random.default_rng(trial.seed)
    ratings = np.array([song.rating for song in trial.songs])
    for _ in range(shuffles):
        yield "negative", generator.permutation(ratings)
    # Judged twice and no oftener: who tries on until it fits will see it fit.
    if not negative_control(negative)["passed"]:
        for _ in range((EXTENDED - 1) * shuffles):
            yield "negative", generator.permutation(ratings)
