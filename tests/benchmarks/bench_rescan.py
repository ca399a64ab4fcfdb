"""How long a scan takes that finds 60,000 known songs unchanged, against reading the player's library alone."""

import gc
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from subprocess import run as run_process

import numpy as np

from core.analysis.facts import EncoderFacts
from core.analysis.scan import embedding_version
from core.cli.program import OBJECTS_BETWEEN_COLLECTIONS
from core.engine import Engine
from core.parts.workplace import ACTIVE_EMBEDDINGS
from core.paths import Profile
from core.settings import analysis_settings, encoder_key
from core.song import Song
from core.store.companion import FileState
from tests.library_databases import PlayerDatabase, SongRow
from tests.stored_facts import store_facts

SONGS = 60_000
DIMENSION = 512
ROUNDS = 5
STARS = (-1, 0.699999988079071, 1, None, 0)
"""Of the songs, by turns."""


def run() -> None:
    """Print the table: processor and clock time, best and median of some rounds in one process, and of a command."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, 50, 100)  # as the window and the command line do
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = make_known_library(folder, songs=SONGS)
        profile = Profile.below(folder / "profile")
        print(f"{SONGS:,} known songs, {ROUNDS} rounds\n{'what':30}{'best s':>8}{'median s':>10}{'processor s':>13}")
        with Engine.open(profile=profile, database=database) as engine:
            _tell("read the library", engine.library)
            _tell("scan", lambda: list(engine.scan()))
            _tell("curation", engine.curation)
            _tell("statistics", engine.stats)
        command = [sys.executable, "-m", "core.cli", "scan", "--profile", str(folder / "profile"), "--database"]
        _tell(
            "the command, with its start",
            lambda: run_process([*command, str(database)], check=True, capture_output=True),
        )


def make_known_library(folder: Path, *, songs: int, dimension: int = DIMENSION, rated: bool = True) -> Path:
    """A player's database, small files and full stores below ``folder``; returns the database."""
    rows = list(_make_files(folder / "music", songs, stars=STARS if rated else (-1,)))
    database = PlayerDatabase.create(folder / "clementine.db", songs=rows, directories=[folder / "music"])
    with Engine.open(profile=Profile.below(folder / "profile"), database=database.path) as engine:
        settings = analysis_settings(engine.config)
        facts = {"version": "bench-1", "dimension": dimension, "class_name": "SpectralEncoder"}
        version = embedding_version(EncoderFacts(**facts), settings.excerpt)
        companion = engine.stores.companion
        companion.save_setting(f"encoder {encoder_key(settings.encoder)}", facts)
        companion.save_setting(ACTIVE_EMBEDDINGS, version)
        known = engine.library().songs
        vectors = np.random.default_rng(0).normal(size=(len(known), dimension)).astype(np.float32)
        pairs = [(song.song_id, vector) for song, vector in zip(known, vectors, strict=True)]
        engine.stores.embeddings.store_embeddings_batch(pairs, version)
        store_facts(engine.stores, known)
        engine.stores.fingerprints.save_comparisons([], searched=[song.song_id for song in known])
        companion.save_file_states([_state(song, settings.excerpt.name) for song in known])
    return database.path


def _make_files(music: Path, songs: int, *, stars: Sequence[float | None]) -> Iterable[SongRow]:
    for number in range(songs):
        artist, album = number // 40, number // 12
        path = music / f"Artist {artist}" / f"Album {album} (Remastered)" / f"{number % 12:02d} - Title {number}.mp3"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"no sound")
        rating = stars[number % len(stars)]
        yield SongRow(path=path, title=f"Title {number}", artist=f"Artist {artist}", album=f"{album}", rating=rating)


def _state(song: Song, excerpt: str) -> FileState:
    status = song.filepath.stat()
    return FileState(song.song_id, status.st_size, status.st_mtime, excerpt, checksum=f"1:{song.rowid:040x}")


def _tell(what: str, work: Callable[[], object]) -> None:
    clocks, processors = [], []
    for _ in range(ROUNDS):
        started, used = time.perf_counter(), time.process_time()
        work()
        clocks.append(time.perf_counter() - started)
        processors.append(time.process_time() - used)
    best, median = min(clocks), sorted(clocks)[ROUNDS // 2]
    print(f"{what:30}{best:8.2f}{median:10.2f}{min(processors):13.2f}", flush=True)
