"""Whether it pays to ask for ratings: planted tastes, unseen artists, asked against random, 20 tastes by 5 seeds.

Both arms start from the same ten random ratings and are taught to the predictor itself; a list has its random share.
Half of the tastes hang on tags, half on measured timbre, tempo and harmony; all hang on the artist for a third. It
takes an hour of one core, which two share: mostly the predictor, fitted 2,000 times.
"""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta, rankdata, spearmanr

from core.models.encoders import SpectralEncoder
from core.training.rating.asking import Pool, questions
from core.training.rating.hearing import MEASURED
from core.training.rating.mixed_model import fit
from core.training.rating.names import Names
from tests.benchmarks.measured_sound import measured_sound
from tests.benchmarks.taste import excerpts

TASTES, SEEDS = 20, 5
SIZES = tuple(range(10, 101, 10))
COMPARED = 50
HELD_OUT = 0.36
"""Of the songs, whole artists."""
OF_ARTIST, NOISE = 0.35, 0.45
"""The share of a liking that is the artist's, and the deviation of chance in units of the liking's."""
RESAMPLED = 2000
PROCESSES = 2

Values = NDArray[np.float64]
Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Run:
    """One taste and one seed."""

    vectors: NDArray[np.float32]
    artists: Sequence[str]
    stars: Values
    seed: tuple[int, int]


def run(music: Path | None = None, *, tastes: int = TASTES, seeds: int = SEEDS) -> None:
    """Print both learning curves with their intervals, and how many random ratings the asked ones are worth."""
    if music is None:
        print("asking: needs --music FOLDER, a folder of folders named after artists")
        return
    songs = excerpts(music)
    encoder = SpectralEncoder().eval()
    vectors = songs.described(lambda audio: encoder(audio[None])[0])
    planted_on = (songs.described(measured_sound), songs.heard[0])
    runs = [
        Run(vectors, songs.artists.tolist(), _taste(planted_on[taste % 2], songs.artists, seed=taste), (taste, seed))
        for taste in range(tastes)
        for seed in range(seeds)
    ]
    with ProcessPoolExecutor(PROCESSES) as processes:
        found = np.array(list(processes.map(curves, runs)))
    by_taste = found.reshape(tastes, seeds, 2, len(SIZES)).mean(axis=1)
    _print(by_taste, songs=len(vectors))


def curves(given: Run) -> Values:
    """Spearman on unseen artists: (2, sizes), of random asking and of ours."""
    random = np.random.default_rng(given.seed)
    held = _held_out(given.artists, random)
    pool, start = np.flatnonzero(~held), random.permutation(np.flatnonzero(~held))
    return np.array([_curve(given, start[: SIZES[-1]], held), _curve(given, start[: SIZES[0]], held, pool=pool)])


def _curve(given: Run, rated: Rows, held: NDArray[np.bool_], *, pool: Rows | None = None) -> list[float]:
    """Without a pool the ratings come in the order that is given."""
    found = []
    for size in SIZES:
        if pool is not None and size > len(rated):
            rated = np.append(rated, _asked(given, rated, pool, wanted=size - len(rated)))
        found.append(_spearman(given, rated[:size], np.flatnonzero(held)))
    return found


def _asked(given: Run, rated: Rows, pool: Rows, *, wanted: int) -> list[int]:
    """What is asked for; nothing is known of the held-out songs, not even their sound."""
    songs = Pool(given.vectors, given.artists, aspects=MEASURED, rows=pool)
    askable, seed = np.setdiff1d(pool, rated), len(rated)
    asked = questions(songs, rated=rated, ratings=given.stars[rated], askable=askable, seed=seed)
    return [question.row for question in islice(asked, wanted)]


def _spearman(given: Run, rated: Rows, held: Rows) -> float:
    model = fit(
        given.stars[rated],
        vectors=given.vectors[rated],
        names=_names(given, rated),
        groups=[given.artists[row] for row in rated],
        seed=1,
        aspects=MEASURED,
    )
    predicted = model.predict(given.vectors[held], names=_names(given, held)).ratings
    return 0.0 if np.ptp(predicted) == 0 else float(spearmanr(predicted, given.stars[held]).statistic)


def _names(given: Run, rows: Rows) -> Names:
    return Names([given.artists[row] for row in rows], [""] * len(rows), [""] * len(rows))


def _taste(sound: NDArray[np.float32], artists: NDArray[np.str_], *, seed: int) -> Values:
    """Stars (songs,), 0.1 to 1 and mostly high, by a few properties of the sound, the artist and chance."""
    random = np.random.default_rng(seed)
    columns = random.choice(sound.shape[1], random.integers(3, 6), replace=False)
    liked = (sound - sound.mean(axis=0))[:, columns] / sound.std(axis=0)[columns] @ random.normal(size=len(columns))
    numbers = np.unique(artists, return_inverse=True)[1]
    loved = random.normal(size=numbers.max() + 1)[numbers]
    liking = np.sqrt(1 - OF_ARTIST) * liked / liked.std() + np.sqrt(OF_ARTIST) * loved / loved.std()
    liking = liking / liking.std() + NOISE * random.normal(size=len(liking))
    shares = (rankdata(liking) - 0.5) / len(liking)
    return np.clip(np.round(beta.ppf(shares, 4, 1.5) * 10) / 10, 0.1, 1)


def _held_out(artists: Sequence[str], random: np.random.Generator) -> NDArray[np.bool_]:
    names, numbers, counts = np.unique(artists, return_inverse=True, return_counts=True)
    order = random.permutation(len(names))
    chosen = order[np.cumsum(counts[order]) <= HELD_OUT * len(numbers)]
    return np.isin(numbers, chosen)


def crossing(random: Values, asked: Values) -> float:
    """How many random ratings ``COMPARED`` asked ones are worth; the largest size where random never gets there."""
    wanted, rising = asked[SIZES.index(COMPARED)], np.maximum.accumulate(random)
    return float(SIZES[-1] if wanted > rising[-1] else np.interp(wanted, rising, SIZES))


def _print(by_taste: Values, *, songs: int) -> None:
    """``by_taste`` is (tastes, 2, sizes); tastes are drawn again for the intervals."""
    random = np.random.default_rng(1)
    drawn = by_taste[random.integers(len(by_taste), size=(RESAMPLED, len(by_taste)))].mean(axis=1)
    print(f"{songs} songs, {len(by_taste)} tastes\n{'ratings':>8}{'random':>26}{'asked':>26}{'more':>26}")
    both = np.concatenate([by_taste, by_taste[:, 1:] - by_taste[:, :1]], axis=1)
    of_drawn = np.concatenate([drawn, drawn[:, 1:] - drawn[:, :1]], axis=1)
    low, high = np.percentile(of_drawn, [2.5, 97.5], axis=0)
    for number, size in enumerate(SIZES):
        cells = zip(both.mean(axis=0)[:, number], low[:, number], high[:, number], strict=True)
        print(f"{size:8}" + "".join(f"{f'{mean:.3f} ({least:.3f} to {most:.3f})':>26}" for mean, least, most in cells))
    worth = crossing(*by_taste.mean(axis=0))
    least, most = np.percentile([crossing(*each) for each in drawn], [2.5, 97.5])
    print(f"{COMPARED} asked ratings are worth {worth:.0f} random ones ({least:.0f} to {most:.0f})")
