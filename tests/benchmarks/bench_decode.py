"""How long the excerpt of one song takes on one core, by codec: opening, and all of it.

Run as ``python -m tests.benchmarks.bench_decode [FOLDER OF MUSIC]``; without a folder, on songs made in code, which are
easier to decode than music.
"""

import os
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

import numpy as np
import torch

from core.audio.decode import decode_excerpt
from core.audio.probe import probe
from core.audio.reasons import AudioError
from tests.audio_files import FORMATS, chord, noise, write_sound

SONG = 180.0
"""Seconds of a song that is made in code."""
REPEATS = 3
MOST_FILES = 20
"""Of one codec."""


def run(music: Path | None = None) -> dict[str, float]:
    """Print a table and return, for each codec, the median milliseconds of processor time for one excerpt."""
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        paths = files_of(music) if music else made_songs(Path(folder))
        timings = _timings(paths)
    print("codec     songs   open ms   whole ms   slowest ms   songs/s on one core")
    for codec, rows in sorted(timings.items()):
        opened, whole = median(row[0] for row in rows), median(row[1] for row in rows)
        slowest = max(row[1] for row in rows)
        print(f"{codec:8}  {len(rows):5}   {opened:7.1f}   {whole:8.1f}   {slowest:10.1f}   {1000 / whole:19.1f}")
    return {codec: median(row[1] for row in rows) for codec, rows in timings.items()}


def _timings(paths: list[Path]) -> dict[str, list[tuple[float, float]]]:
    timings: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for path in paths:
        try:
            codec = decode_excerpt(path).metadata.codec
        except AudioError:
            continue
        if len(timings[codec]) < MOST_FILES:
            timings[codec].append((_least_time(probe, path), _least_time(decode_excerpt, path)))
    return timings


def _least_time(function: object, path: Path) -> float:
    """Milliseconds of processor time, the least of some runs: others share the machine."""
    assert callable(function)
    times = []
    for _ in range(REPEATS):
        before = time.process_time()
        function(path)
        times.append(1000 * (time.process_time() - before))
    return min(times)


def files_of(music: Path) -> list[Path]:
    # Not rglob: it follows a link that leads back to its own folder.
    return sorted(Path(folder) / name for folder, _, names in os.walk(music) for name in names)


def made_songs(folder: Path) -> list[Path]:
    sound = chord(seconds=SONG) + np.float32(0.2) * noise(seconds=SONG)
    return [write_sound(folder / f"song.{form}", sound, bit_rate=192) for form in FORMATS]


if __name__ == "__main__":
    run(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
