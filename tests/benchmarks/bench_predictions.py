"""How long it takes from changed stars to new predictions of all songs: 2,000 ratings, 60,000 songs, both ears."""

import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np

from core.engine import Engine
from core.parts.workplace import EncoderInUse
from core.paths import Profile
from core.training.rating.hearing import MEASURED
from tests.benchmarks.bench_rescan import make_known_library

SONGS = 60_000
RATED_EVERY = 30
ENCODED = 512
ROUNDS = 3


def run() -> None:
    """Print the table: the whole update, child and stores included, and what of it the engine itself takes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = make_known_library(folder, songs=SONGS, dimension=sum(MEASURED))
        with Engine.open(profile=Profile.below(folder / "profile"), database=database) as engine:
            _hear_with_another_encoder(engine)
            print(f"{SONGS // RATED_EVERY:,} ratings, {SONGS:,} songs\n{'what':34}{'best s':>8}{'all':>24}")
            seeds = iter(range(ROUNDS + 1))

            def predict() -> None:
                _rate(database, seed=next(seeds))
                list(engine.update_predictions())
                assert len(engine.predictions()) == SONGS

            _tell("stars changed, all songs predicted", predict)
            _tell("of it, what the child is told", lambda: engine.learning.job("fit-predictor"))


def _hear_with_another_encoder(engine: Engine) -> None:
    names = [song.song_id for song in engine.library().songs]
    vectors = np.random.default_rng(1).normal(size=(len(names), ENCODED)).astype(np.float32)
    engine.stores.embeddings.store_embeddings_batch(list(zip(names, vectors, strict=True)), "encoder-1")
    engine.encoders._workplace.use_encoder(EncoderInUse("encoder-1", "SpectralEncoder"))


def _rate(database: Path, *, seed: int) -> None:
    """Other stars for every thirtieth song, none for the rest."""
    stars = np.random.default_rng(seed).integers(1, 11, size=SONGS // RATED_EVERY + 1) / 10
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE songs SET rating = -1")
        rows = [(float(value), RATED_EVERY * number) for number, value in enumerate(stars)]
        connection.executemany("UPDATE songs SET rating = ? WHERE rowid = ?", rows)


def _tell(what: str, work: Callable[[], object]) -> None:
    clocks = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        clocks.append(time.perf_counter() - started)
    print(f"{what:34}{min(clocks):8.2f}   {', '.join(f'{clock:.2f}' for clock in clocks)}")
