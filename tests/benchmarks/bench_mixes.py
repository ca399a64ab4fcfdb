"""How varied and how liked mixes are, against plain top-N, limits per artist and a determinantal point process.

Run as ``python -m tests.benchmarks --music FOLDER mixes``; the first folders are the artists. Tastes are planted over
the songs; what each artist's songs are worth is predicted from the stars of the other half of the artists. The mean
star of a list is then that of songs whose stars nothing has seen. The first run decodes and tags, as ``encoders`` does.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.recommend.filters import Filters
from core.recommend.mix import daily_mixes, mix
from core.recommend.mixes.diversity import diversity
from core.recommend.stock import Stock
from core.song import UNRATED, Song
from core.store.companion import Prediction
from core.training.judgment.neighbors import standardized
from tests.benchmarks.taste import Matrix, excerpts, planted_tastes, ridge

TASTES = 60
WANTED = 30
SLIDER = np.linspace(0, 1, 41)
LIMITS = (1, 2, 3)
SONGS, DIMENSION, RATED_EVERY = 60_000, 512, 20
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """A taste: what is in stock with its predictions, and what the songs are worth."""

    stock: Stock
    stars: Array
    tags: Matrix
    """Another space, in which nobody looked for diversity."""

    def figures(self, rows: Sequence[int]) -> Array:
        """Of a list: predicted and planted stars, diversity, diversity by tags, distance to the nearest, artists."""
        units = self.stock.space.units[list(rows)]
        cosines = units @ units.T
        np.fill_diagonal(cosines, -1)
        return np.array(
            [
                self.stock.predicted[list(rows)].mean(),
                self.stars[list(rows)].mean(),
                diversity(units),
                diversity(self.tags[list(rows)]),
                1 - cosines.max(axis=1).mean(),
                len(set(self.stock.artists[list(rows)].tolist())),
            ]
        )


def run(music: Path | None = None) -> None:
    """Print the tables."""
    if music is None:
        print("what mixes are worth is measured on music: --music FOLDER")
    else:
        _plane(_cases(music))
    _speed()


def _plane(cases: list[Case]) -> None:
    print(f"{len(cases)} tastes over {len(cases[0].stock)} songs, {WANTED} in a list, means over the tastes\n")
    print(f"{'':20}{'predicted':>10}{'planted':>9}{'diversity':>11}{'by tags':>9}{'nearest':>9}{'artists':>9}")
    mixes = np.array([[each.figures(_mixed(each.stock, variety)) for variety in SLIDER] for each in cases])
    limited = {limit: np.array([each.figures(_limited(each.stock, limit)) for each in cases]) for limit in LIMITS}
    for name, figures in {
        "top-N": mixes[:, 0],
        **{f"{limit} of an artist": limited[limit] for limit in LIMITS},
    }.items():
        _print(name, figures)
    for number in range(0, len(SLIDER), 4):
        _print(f"variety {SLIDER[number]:.1f}", mixes[:, number])
    for weight in (0.1, 0.3, 0.5, 0.7, 0.9):
        _print(f"determinantal {weight:g}", np.array([each.figures(_determinantal(each, weight)) for each in cases]))
    print("\nthe mix with the least variety that is as diverse, less the limit per artist (mean ± 95 % interval)")
    for limit, figures in limited.items():
        reached = (mixes[:, :, 2] >= figures[:, None, 2] - 1e-9).argmax(axis=1)
        chosen = mixes[np.arange(len(cases)), reached]
        print(f"  {limit}: {', '.join(_difference(chosen - figures, column) for column in range(4))}")


def _cases(music: Path) -> list[Case]:
    heard = excerpts(music)
    tags, hidden = heard.heard
    songs = np.array([file.stem.rpartition("-")[0] for file in heard.files])
    first = np.unique(songs, return_index=True)[1]
    random = np.random.default_rng(0)
    found = []
    for stars in planted_tastes(tags, count=TASTES, seed=3):
        predicted = _predicted(hidden, stars, heard.artists, random)[first]
        found.append(
            Case(_stock(hidden[first], heard.artists[first], predicted), stars[first], standardized(tags[first]))
        )
    return found


def _predicted(features: Matrix, stars: Array, artists: NDArray[np.str_], random: np.random.Generator) -> Array:
    names = random.permutation(np.unique(artists))
    half, predicted = np.isin(artists, names[: len(names) // 2]), np.empty(len(stars))
    for own in (half, ~half):
        predicted[~own] = ridge(features[own], stars[own], artists[own], features[~own])
    return np.clip(predicted, 0, 1)


def _stock(vectors: Matrix, artists: NDArray[np.str_], predicted: Array) -> Stock:
    songs = [
        Song(number, f"{number}", str(artist), "", 2000, UNRATED, f"file:///{number:06}")
        for number, artist in enumerate(artists)
    ]
    values = zip(songs, predicted.tolist(), strict=True)
    predictions = {song.song_id: Prediction(song.song_id, value, 0.0, 1.0) for song, value in values}
    return Stock.of(songs, filenames=[song.song_id for song in songs], vectors=vectors, predictions=predictions)


def _mixed(stock: Stock, variety: float) -> list[int]:
    found = mix(stock, wanted=WANTED, variety=float(variety), smooth=False, seed=0)
    return [stock.row_of[each.song.song_id] for each in found.suggestions]


def _limited(stock: Stock, limit: int) -> list[int]:
    best = np.argsort(-stock.predicted, kind="stable").tolist()
    return Filters(max_per_artist=limit).choose(best, stock=stock, wanted=WANTED)


def _determinantal(case: Case, weight: float) -> list[int]:
    """Greedy maximum of quality times volume (Chen 2018), with (1 + cosine) / 2; other kernels did no better."""
    units, quality = case.stock.space.units.astype(float), case.stock.predicted
    kernel = (1 + units @ units.T) / 2
    gain = (1 - weight) / weight * (quality - quality.max()) / quality.std()
    left, rows, chosen = np.diag(kernel).copy(), np.zeros((0, len(units))), list[int]()
    for _ in range(WANTED):
        scores = gain + np.log(np.maximum(left, 1e-12))
        scores[chosen] = -np.inf
        best = int(scores.argmax())
        row = (kernel[best] - rows.T @ rows[:, best]) / np.sqrt(max(left[best], 1e-12))
        rows, left = np.vstack([rows, row]), left - row**2
        chosen.append(best)
    return chosen


def _print(name: str, figures: Array) -> None:
    predicted, planted, *rest, artists = figures.mean(axis=0)
    print(f"{name:20}{predicted:10.3f}{planted:9.3f}{rest[0]:11.3f}{rest[1]:9.3f}{rest[2]:9.3f}{artists:9.1f}")


def _difference(differences: Array, column: int) -> str:
    values = differences[:, column]
    name = ("predicted", "planted", "diversity", "by tags")[column]
    return f"{name} {values.mean():+.4f} ± {1.96 * values.std(ddof=1) / len(values) ** 0.5:.4f}"


def _speed() -> None:
    random = np.random.default_rng(1)
    kinds = random.normal(size=(30, DIMENSION)).astype(np.float32)
    vectors = kinds[random.integers(30, size=SONGS)] + random.normal(size=(SONGS, DIMENSION)).astype(np.float32)
    artists = random.integers(3000, size=SONGS).astype(str)
    stock = _stock(vectors, artists, np.clip(random.normal(0.7, 0.12, size=SONGS), 0, 1))
    print(f"\n{SONGS:,} songs x {DIMENSION}: processor time in ms, first and best of three more")
    _tell("mix of 50", lambda: mix(stock, wanted=50, seed=0))
    _tell("mix of 50, 2 of an artist", lambda: mix(stock, wanted=50, filters=Filters(max_per_artist=2), seed=0))
    _tell("six daily mixes of 40", lambda: daily_mixes(stock, seed=0))


def _tell(what: str, work: Callable[[], object]) -> None:
    clocks = []
    for _ in range(4):
        started = time.process_time()
        work()
        clocks.append(1000 * (time.process_time() - started))
    print(f"{what:34}{clocks[0]:8.0f}{min(clocks[1:]):8.0f}")
