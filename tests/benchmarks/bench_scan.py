"""Songs a second and core of a whole scan, facts and stores included, for each encoder, against decoding alone.

``python -m tests.benchmarks scan --music FOLDER`` takes up to 240 real files; without a folder songs are made in code.
Machine figures need ``MARMALADE_WORKERS=2``.
"""

import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import torch

from core.analysis import worker
from core.analysis.facts import AnalysisSettings, EncoderChoice, SongTask
from core.analysis.recorder import OutcomeRecorder, RecordedRun
from core.analysis.scan import ScanFinished, scan
from core.audio.decode import decode_excerpt
from core.audio.reasons import AudioError
from core.jobs.events import Control
from core.jobs.process_pool import WorkerPool
from core.song import SongId
from core.store.stores import Stores
from tests.benchmarks.bench_decode import files_of, made_songs

MOST_FILES = 240
ENCODERS = ("SpectralEncoder", "MelEncoder")


def run(music: Path | None = None) -> None:
    """Print songs a second and core, and the time as a multiple of pure decoding."""
    workers = int(os.environ.get("MARMALADE_WORKERS", "1"))
    with tempfile.TemporaryDirectory() as folder:
        paths = files_of(music) if music else made_songs(Path(folder))
        chosen = random.Random(0).sample(paths, min(MOST_FILES, len(paths)))
        with WorkerPool(workers, preload=worker.PRELOAD) as pool:
            decoding = _seconds_of(lambda: _decode_in(pool, chosen))
            print(f"{len(chosen)} files, {workers} workers\nwhat             songs/s/core   x decoding")
            _tell("decode only", len(chosen), decoding, workers=workers, decoding=decoding)
            for encoder in ENCODERS:
                seconds = _scan_seconds(chosen, encoder=encoder, pool=pool, folder=Path(folder) / encoder)
                _tell(encoder, len(chosen), seconds, workers=workers, decoding=decoding)


def decode_alone(path: Path) -> None:
    """What a worker does for the comparison."""
    torch.set_num_threads(1)
    try:
        decode_excerpt(path)
    except AudioError:
        return


def _decode_in(pool: WorkerPool, paths: list[Path]) -> None:
    for future in [pool.submit(decode_alone, path) for path in paths]:
        future.result()


def _scan_seconds(paths: list[Path], *, encoder: str, pool: WorkerPool, folder: Path) -> float:
    settings = AnalysisSettings(EncoderChoice(encoder, embedding_dim=512, seed=42))
    pool.submit(worker.describe_encoder, settings).result()
    pool.submit(worker.warm_up, settings).result()
    stores = Stores.open(
        **{name: folder / f"{name}.db" for name in ("companion", "embeddings", "fingerprints", "speech")}
    )
    recorder = OutcomeRecorder(stores, run=RecordedRun(encoder, settings.excerpt.name, states={}))
    tasks = [SongTask(SongId(path.as_uri()), path) for path in paths]
    events = scan(tasks, settings=settings, pool=pool, workers=pool.workers, recorder=recorder, control=Control())
    finished = next(event for event in events if isinstance(event, ScanFinished))
    stores.close()
    return finished.seconds


def _seconds_of(work: Callable[[], None]) -> float:
    work()  # once to warm the disk's cache: decoding must not pay for what the scans find warm
    started = time.monotonic()
    work()
    return time.monotonic() - started


def _tell(what: str, songs: int, seconds: float, *, workers: int, decoding: float) -> None:
    print(f"{what:16} {songs / seconds / workers:12.1f} {seconds / decoding:12.2f}", flush=True)
