"""How long it takes from changed stars to new predictions of all songs: 2,000 ratings, 60,000 songs, both ears."""

import gc
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.cli.program import OBJECTS_BETWEEN_COLLECTIONS
from core.engine import Engine
from core.parts.workplace import EncoderInUse
from core.paths import Profile
from core.training.rating.hearing import MEASURED
from tests.benchmarks.bench_rescan import make_known_library

SONGS = 60_000
RATED_EVERY = 30
ENCODED = 512
FACTORS = 16
"""What the songs differ in beside chance; the taste that is planted hangs on the first of them."""
ROUNDS = 3


def run() -> None:
    """Print the table: the whole update, child and stores included, and what of it the engine itself takes."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, 50, 100)  # as the window and the command line do
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = make_known_library(folder, songs=SONGS, dimension=sum(MEASURED), rated=False)
        with Engine.open(profile=Profile.below(folder / "profile"), database=database) as engine:
            _rate(database, hear_with_another_encoder(engine)[::RATED_EVERY])
            list(engine.update_predictions())
            print(f"{SONGS // RATED_EVERY:,} ratings, {SONGS:,} songs; the processor's time is of this process + child")
            print(f"{'what':38}{'best s':>8}{'processor s':>14}   all, at what load")
            stars = iter(range(1, ROUNDS + 1))

            def predict() -> None:
                _rate(database, np.array([next(stars) / 10]))
                list(engine.update_predictions())

            _tell("one star changed, all songs predicted", predict)
            _tell("of it, what the child is told", lambda: engine.learning.job("fit-predictor"))
            assert len(engine.predictions()) == SONGS


def hear_with_another_encoder(engine: Engine) -> NDArray[np.float64]:
    """Embed all songs at random; returns the stars (songs,) of somebody with a taste for how they sound."""
    random, names = np.random.default_rng(1), [song.song_id for song in engine.library().songs]
    factors = random.normal(size=(len(names), FACTORS))
    vectors = factors @ random.normal(size=(FACTORS, ENCODED)) + 2 * random.normal(size=(len(names), ENCODED))
    pairs = zip(names, vectors.astype(np.float32), strict=True)
    engine.stores.embeddings.store_embeddings_batch(list(pairs), "encoder-1")
    engine.encoders._workplace.use_encoder(EncoderInUse("encoder-1", "SpectralEncoder"))
    liking = 0.7 + 0.15 * factors[:, 0] + 0.15 * random.normal(size=len(names))
    return np.clip(np.round(liking, 1), 0.1, 1)


def _rate(database: Path, stars: NDArray[np.float64]) -> None:
    """These stars for the first of every thirtieth song; the others keep what they have."""
    with closing(sqlite3.connect(database)) as connection, connection:
        rows = [(float(value), RATED_EVERY * number + 1) for number, value in enumerate(stars)]
        connection.executemany("UPDATE songs SET rating = ? WHERE rowid = ?", rows)


def _tell(what: str, work: Callable[[], object]) -> None:
    clocks, own, childs = [], [], []
    for _ in range(ROUNDS):
        started, before = time.perf_counter(), os.times()
        work()
        after = os.times()
        clocks.append(time.perf_counter() - started)
        own.append(after.user + after.system - before.user - before.system)
        childs.append(after.children_user + after.children_system - before.children_user - before.children_system)
    processor = f"{min(own):.2f} + {min(childs):.2f}"
    every = ", ".join(f"{clock:.2f}" for clock in clocks)
    print(f"{what:38}{min(clocks):8.2f}{processor:>14}   {every}, {os.getloadavg()[0]:.1f}", flush=True)
