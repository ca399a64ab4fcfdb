"""What other encoders make of the rated songs: the baselines that an evaluation compares with, heard once and kept."""

import importlib.util
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from torch import nn

from core.jobs.process_pool import WorkerDied, WorkerPool, get_default_workers
from core.models.encoders import MelEncoder, SpectralEncoder
from core.store.embeddings import EmbeddingStore
from core.training.context import TrainingContext
from core.training.embed import extract_all_embeddings, version_of_embeddings
from core.training.protocol import TrainingJob, TrainingSong

logger = logging.getLogger(__name__)

BLISS = "bliss-1"
KEPT_IN = "baselines.db"
ENCODERS: dict[str, Callable[[], nn.Module]] = {"spectral": SpectralEncoder, "random": MelEncoder}
"""``random`` is a network that nobody has trained: on few ratings it comes near to trained ones."""

Vectors = NDArray[np.float32]


def baseline_vectors(job: TrainingJob, songs: Sequence[TrainingSong], *, ctx: TrainingContext) -> dict[str, Vectors]:
    """For each baseline (songs, dim), NaN rows for what it could not hear; empty for one that is not installed.

    What the scan's own store has is taken from there; the rest is heard now and kept beside it.
    """
    scanned = EmbeddingStore(job.embeddings_db)
    kept = EmbeddingStore((job.cache_dir or job.embeddings_db.parent) / KEPT_IN)
    try:
        found = {name: _heard(make(), songs, scanned=scanned, kept=kept, ctx=ctx) for name, make in ENCODERS.items()}
        if importlib.util.find_spec("bliss_audio") and not ctx.reporter.stopped():
            _hear_bliss(songs, kept=kept, ctx=ctx)
            found["bliss"] = _rows(kept, songs, BLISS)
    finally:
        kept.close()
        scanned.close()
    return {name: vectors for name, vectors in found.items() if vectors.size}


def _heard(
    encoder: nn.Module,
    songs: Sequence[TrainingSong],
    *,
    scanned: EmbeddingStore,
    kept: EmbeddingStore,
    ctx: TrainingContext,
) -> Vectors:
    version = version_of_embeddings(encoder, ctx.job.excerpt) if ctx.job else ""
    if all(song.song_id in scanned.filenames(version) for song in songs):
        return _rows(scanned, songs, version)
    if not ctx.reporter.stopped():
        extract_all_embeddings(encoder, songs, kept, ctx)
    return _rows(kept, songs, version)


def _rows(store: EmbeddingStore, songs: Sequence[TrainingSong], version: str) -> Vectors:
    vectors = store.get_embeddings_batch([song.song_id for song in songs], version)
    if not vectors:
        return np.empty((len(songs), 0), dtype=np.float32)
    missing = np.full_like(next(iter(vectors.values())), np.nan)
    return np.stack([vectors.get(song.song_id, missing) for song in songs])


def _hear_bliss(songs: Sequence[TrainingSong], *, kept: EmbeddingStore, ctx: TrainingContext) -> None:
    known = kept.filenames(BLISS)
    # bliss hears whole files: it has no word for the tracks of a cue sheet.
    needed = [song for song in songs if song.song_id not in known and song.length is None]
    with WorkerPool(get_default_workers()) as pool:
        waiting = [(song, pool.submit(bliss_features, song.path)) for song in needed]
        for number, (song, future) in enumerate(waiting, 1):
            features = _features(song, future)
            if features is not None:
                kept.store_embedding(song.song_id, features, BLISS)
            ctx.reporter.say("progress", done=number, total=len(needed))
            if ctx.reporter.stopped():
                break


def bliss_features(path: str) -> Vectors | None:
    """The 23 values of bliss-audio for a file, None for one that it cannot read; runs in a process of the pool."""
    import bliss_audio

    if not Path(path).is_file():
        return None
    try:
        return np.asarray(bliss_audio.Song(path).analysis, dtype=np.float32)
    except Exception as error:  # noqa: BLE001 - the binding raises a plain Exception for whatever FFmpeg says
        logger.info("bliss-audio does not read %s: %s", path, error)
        return None


def _features(song: TrainingSong, future: "Future[Vectors | None]") -> Vectors | None:
    try:
        features = future.result()
    except (WorkerDied, TimeoutError, MemoryError) as error:
        logger.warning("bliss-audio did not get through %s: %s", song.path, error)
        return None
    return features if features is not None and np.isfinite(features).all() else None
