"""Similar songs: what the correction of hubs does to lists and what a list costs among 60,000 x 512.

Run as ``python -m tests.benchmarks [--music FOLDER] similar``; with music whose first folders are the artists, lists
are also judged by the artists in them, with plus and minus examples too. Plain cosines, mutual proximity, local
scaling and balanced local scaling stand side by side; the last is what ``core/recommend/similar.py`` lists by.
"""

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.recommend.filters import Filters
from core.recommend.similar import MINUS_WEIGHT, similar
from core.recommend.space.reach_balance import balanced_reach
from core.recommend.space.sound_space import SoundSpace
from core.recommend.stock import Stock
from core.song import Song
from core.training.judgment.hubness import occurrences, skewness
from core.training.judgment.neighbors import standardized
from core.training.judgment.reach import NEIGHBORS, apart, local_reach, smallest

SONGS, DIMENSION = 60_000, 512
REPEATS = 15
DRAWS = 300
FEWEST_OF_A_KIND = 8

Matrix = NDArray[np.float32]
Kinds = NDArray[np.str_]


def run(music: Path | None = None) -> None:
    """Print the tables."""
    heads = f"{'skewness':>9}{'unreachable':>12}{'most':>5}{'same kind of 10':>16}"
    print(f"{'':24}{'songs':>6}{'values':>7}  {'':16}{heads}")
    for name, vectors, kinds in _planted():
        _print_corrections(name, vectors, kinds)
    for name, vectors, kinds in [] if music is None else _heard(music):
        _print_corrections(name, vectors, kinds)
        _print_examples(vectors, kinds)
    _print_times()


def _planted() -> list[tuple[str, Matrix, Kinds | None]]:
    """Libraries without and with hubs: even, genres of different tightness, two camps with songs in their middle."""
    random = np.random.default_rng(1)
    centers, spreads = random.normal(size=(20, 64)), np.exp(random.uniform(-3, 1, 20))
    kinds = random.choice(20, 2000, p=random.dirichlet(np.ones(20)))
    clustered = centers[kinds] + spreads[kinds, None] * random.normal(size=(2000, 64))
    camp = random.normal(size=512) * random.choice([-1, 1], size=(2000, 1))
    camps = camp + np.exp(0.7 * random.normal(size=(2000, 1))) * random.normal(size=(2000, 512))
    return [
        ("even", random.normal(size=(2000, 128)).astype(np.float32), None),
        ("genres", clustered.astype(np.float32), kinds.astype(str)),
        ("two camps", camps.astype(np.float32), None),
    ]


def _heard(music: Path) -> list[tuple[str, Matrix, Kinds]]:
    """One excerpt of each song, by three encoders."""
    from core.models.encoders import SpectralEncoder
    from tests.benchmarks.bench_encoders import embedded_by, mfcc_statistics
    from tests.benchmarks.taste import Excerpts, excerpts

    both = excerpts(music)
    first = [row for row, file in enumerate(both.files) if file.stem.endswith("-0")]
    heard = Excerpts([both.files[row] for row in first], both.artists[first])
    return [
        ("MusiCNN, hidden", both.heard[1][first], heard.artists),
        ("SpectralEncoder", heard.described(embedded_by(SpectralEncoder())), heard.artists),
        ("MFCC statistics", heard.described(mfcc_statistics()), heard.artists),
    ]


def _print_corrections(name: str, vectors: Matrix, kinds: Kinds | None) -> None:
    units = standardized(vectors)
    distances = apart(units @ units.T)
    np.fill_diagonal(distances, np.inf)
    corrected = {
        "plain": distances,
        "mutual proximity": _mutual_proximity(distances),
        "local scaling": distances / local_reach(units),
        "balanced": distances / balanced_reach(units),
    }
    for method, scaled in corrected.items():
        places = occurrences(scaled)
        same = "" if kinds is None else f"{_of_the_kind(smallest(scaled, wanted=NEIGHBORS), kinds):16.3f}"
        figures = f"{skewness(places):9.2f}{(places == 0).mean():12.3f}{places.max():5}{same}"
        print(f"{name:24}{len(vectors):6}{vectors.shape[1]:7}  {method:16}{figures}", flush=True)


def _mutual_proximity(distances: Matrix) -> Matrix:
    """Minus the logarithm of how likely a pair is to be farther apart, by both its songs (Schnitzer 2012, 3.1)."""
    from scipy.special import log_ndtr

    known = np.where(np.isfinite(distances), distances, np.nan)
    mean, deviation = np.nanmean(known, axis=1), np.nanstd(known, axis=1)
    one, other = log_ndtr((mean[:, None] - known) / deviation[:, None]), log_ndtr((mean - known) / deviation)
    return np.where(np.isnan(known), np.float32(np.inf), -(one + other))


def _of_the_kind(lists: NDArray[np.int64], kinds: Kinds) -> float:
    """The share of the songs in each list that are of its song's kind, over as many as there can be."""
    possible = np.minimum((kinds[:, None] == kinds).sum(axis=1) - 1, NEIGHBORS)
    found = (kinds[lists] == kinds[:, None]).sum(axis=1)
    return float((found[possible > 0] / possible[possible > 0]).mean())


def _print_examples(vectors: Matrix, kinds: Kinds) -> None:
    """Lists of 20 for three songs of an artist, less like three of the artist that most others in the list are of."""
    random, stock, shares = np.random.default_rng(1), _stock(vectors, kinds), {}
    large = [kind for kind in np.unique(kinds) if (kinds == kind).sum() >= FEWEST_OF_A_KIND]
    for _ in range(DRAWS):
        own = random.choice(large)
        plus = random.choice(np.flatnonzero(kinds == own), 3, replace=False).tolist()
        others = [kind for kind in _kinds_of_list(stock, plus, []) if kind != own and kind in large]
        if others:
            other = max(sorted(set(others)), key=others.count)
            minus = random.choice(np.flatnonzero(kinds == other), 3, replace=False).tolist()
            for weight in (0.0, 1.0, MINUS_WEIGHT, 4.0):
                found = np.array(_kinds_of_list(stock, plus, minus, weight=weight))
                shares.setdefault(weight, []).append(((found == own).mean(), (found == other).mean()))
    for weight, found in shares.items():
        own, other = np.mean(found, axis=0)
        print(f"{'':24}minus weight {weight:g}: {own:.3f} of the list as the plus examples, {other:.3f} as the minus")


def _kinds_of_list(stock: Stock, plus: list[int], minus: list[int], *, weight: float = 0.0) -> list[str]:
    found = similar(stock, plus=plus, minus=minus, minus_weight=weight)
    return [each.song.artist for each in found.suggestions]


def _stock(vectors: Matrix, artists: Kinds) -> Stock:
    songs = [
        Song(row, f"Song {row}", str(artist), f"Album {row // 12}", 1960 + row % 60, -1.0, f"file:///{row:05}.ogg")
        for row, artist in enumerate(artists)
    ]
    return Stock(songs, SoundSpace.of(vectors), [None] * len(songs), np.ones(len(songs), dtype=bool))


def _print_times() -> None:
    vectors = np.random.default_rng(0).normal(size=(SONGS, DIMENSION)).astype(np.float32)
    stock = _stock(vectors, np.array([f"Artist {row // 12}" for row in range(SONGS)]))
    filters = Filters(first_year=1970, last_year=2015, without_groups=frozenset({"artist 1"}), max_per_artist=2)
    units, asked = stock.space.units, stock.space.units[0].copy()
    stock.space.reaches  # noqa: B018 - computed once, before the first list
    print(f"\n{SONGS} x {DIMENSION}, best and median of {REPEATS}, milliseconds{'wall':>21}{'':>10}{'processor':>12}")
    _time("one product with a vector, the bare minimum", lambda: units @ asked)
    _time("filters alone", lambda: filters.allowed(stock))
    _time("one example, no filters", lambda: similar(stock, plus=[5]))
    _time("one example, filters", lambda: similar(stock, plus=[5], filters=filters))
    _time("five plus, filters", lambda: similar(stock, plus=range(5), filters=filters))
    _time("five plus, five minus, filters", lambda: similar(stock, plus=range(5), minus=range(90, 95), filters=filters))
    _time("five plus, 300 minus", lambda: similar(stock, plus=range(5), minus=range(90, 390)))


def _time(name: str, work: Callable[[], object]) -> None:
    wall, processor = [], []
    for _ in range(REPEATS):
        start, spent = time.perf_counter(), time.process_time()
        work()
        wall.append(time.perf_counter() - start)
        processor.append(time.process_time() - spent)
    print(
        f"{name:50}{min(wall) * 1e3:10.1f}{float(np.median(wall)) * 1e3:10.1f}{min(processor) * 1e3:12.1f}", flush=True
    )
