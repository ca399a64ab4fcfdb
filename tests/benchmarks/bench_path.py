"""How long a path takes among 60,000 songs of 400 values, and its largest step beside that of a straight-line walk."""

import time

import numpy as np
from numpy.typing import NDArray

from core.recommend.filters import Filters
from core.recommend.path import path
from core.recommend.stock import Stock
from core.recommend.transitions import largest_step, smooth_order, steps
from core.song import UNRATED, Song

SONGS = 60_000
DIMENSION = 400
KINDS = 400
PAIRS = 8
ORDERED = (30, 100, 500)
CASES = (
    ("8 songs", 8, 0.0, Filters()),
    ("20 songs", 20, 0.0, Filters()),
    ("20, one of an artist", 20, 0.0, Filters(max_per_artist=1)),
    ("20, weight 0.5", 20, 0.5, Filters()),
    ("100 songs", 100, 0.0, Filters()),
)


def run() -> None:
    """Print processor times and steps of paths between random pairs, then those of smooth orders."""
    stock = Stock.of(_songs(), filenames=[song.song_id for song in _songs()], vectors=_vectors(), predictions={})
    random = np.random.default_rng(1)
    pairs = [[int(row) for row in random.choice(SONGS, 2, replace=False)] for _ in range(PAIRS)]
    path(stock, start=0, end=1, wanted=8)  # the stock counts its artists and albums once
    print(f"{SONGS:,} songs, {PAIRS} pairs\n{'path':22}{'best s':>8}{'worst s':>9}{'largest step':>14}{'straight':>10}")
    for name, wanted, weight, filters in CASES:
        clocks, largest, straight = [], [], []
        for start, end in pairs:
            began = time.process_time()
            found = path(stock, start=start, end=end, wanted=wanted, weight=weight, filters=filters)
            clocks.append(time.process_time() - began)
            largest.append(found.figures["largest_step"])
            straight.append(found.figures["straight_largest_step"])
        figures = f"{min(clocks):8.2f}{max(clocks):9.2f}{np.mean(largest):14.3f}{np.mean(straight):10.3f}"
        print(f"{name:22}{figures}")
    _tell_orders(stock)


def _tell_orders(stock: Stock) -> None:
    print(f"\n{'smooth order':22}{'seconds':>8}{'mean step':>11}{'largest':>9}{'unordered mean':>16}")
    for count in ORDERED:
        rows = [int(row) for row in np.random.default_rng(count).choice(SONGS, count, replace=False)]
        began = time.process_time()
        order = smooth_order(stock, rows, seed=0)
        spent = time.process_time() - began
        means = float(np.mean(steps(stock, order))), float(np.mean(steps(stock, rows)))
        print(f"{count:<22}{spent:8.2f}{means[0]:11.3f}{largest_step(stock, order):9.3f}{means[1]:16.3f}")


def _songs() -> list[Song]:
    return [
        Song(row, f"Song {row}", f"Artist {row // 12}", f"Album {row // 12}", 2001, UNRATED, f"file:///m/{row:05}.mp3")
        for row in range(SONGS)
    ]


def _vectors() -> NDArray[np.float32]:
    """Each song between two of a few hundred kinds, with something of its own."""
    random = np.random.default_rng(0)
    kinds = random.normal(size=(KINDS, 40)).astype(np.float32) @ random.normal(size=(40, DIMENSION)).astype(np.float32)
    one, other = random.integers(0, KINDS, (2, SONGS))
    share = random.random((SONGS, 1), dtype=np.float32)
    own = random.normal(size=(SONGS, DIMENSION)).astype(np.float32) * (0.5 * kinds.std())
    return share * kinds[one] + (1 - share) * kinds[other] + own
