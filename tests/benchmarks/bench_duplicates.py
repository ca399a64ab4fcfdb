"""How long it takes to find the copies among 15,000, 30,000 and 60,000 fingerprints, and what each stage costs a song.

One in ten fingerprints is a copy with 2 % of noise, moved by up to 5 s; the others are unrelated. They are cut from
those of real songs when a folder of music is named, else from those of melodies made in code.
"""

import multiprocessing
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from core.analysis.alignment import align
from core.analysis.duplicates import Pair, SongPrint, candidate_pairs
from core.analysis.fingerprint import ITEM_SECONDS, fingerprint_blocks, fingerprint_file, fingerprint_samples
from core.audio.probe import AudioMetadata
from core.audio.reasons import AudioError
from core.song import SongId
from core.store.fingerprints import FingerprintRecord, FingerprintStore
from tests.planted_copies import Items, melody, noisy

SIZES = (15_000, 30_000, 60_000)
EXCERPT = 221
"""Items in 30 s."""
REAL_SONGS = 60
ROUNDS = 3
COPIES = 0.1
NOISE = 0.02
FARTHEST = 40


class Outcome(NamedTuple):
    seconds: float
    megabytes: float
    """The most that the process ever had."""
    found: int
    planted: int
    others: int


def sources(music: Path | None) -> list[Items]:
    """Whole fingerprints of some length."""
    if music is None:
        return [fingerprint_samples(melody(seed=seed, seconds=120)) for seed in range(20)]
    files = [path for path in sorted(music.rglob("*")) if path.suffix in {".mp3", ".flac", ".ogg", ".m4a", ".opus"}]
    return list(real_fingerprints(files[:: max(len(files) // REAL_SONGS, 1)]))


def real_fingerprints(files: list[Path]) -> Iterator[Items]:
    for path in files:
        try:
            items = fingerprint_file(path).items
        except AudioError:
            continue
        if len(items) > EXCERPT + FARTHEST:
            yield items


def make_prints(count: int, *, whole: list[Items]) -> tuple[list[SongPrint], set[Pair]]:
    """Fingerprints and the pairs of them that are copies."""
    generator = np.random.default_rng(count)
    prints: list[SongPrint] = []
    planted = set()
    for place in range(count):
        duration = float(np.clip(generator.normal(240, 80), 40, 890))
        if place and generator.random() < COPIES:
            source = prints[int(generator.integers(place))]
            shift = int(generator.integers(-FARTHEST, FARTHEST + 1))
            items = noisy(np.roll(source.items, shift), share=NOISE, seed=place)
            duration = source.duration + 2 * abs(shift) * ITEM_SECONDS
            planted.add(frozenset((source.song_id, SongId(str(place)))))
        else:
            base = whole[int(generator.integers(len(whole)))]
            start = int(generator.integers(len(base) - EXCERPT))
            # A mask of its own makes another song of the same texture.
            items = base[start : start + EXCERPT] ^ np.uint32(generator.integers(2**32))
        prints.append(SongPrint(SongId(str(place)), str(place), (place, duration, 44100, 128, 2), duration, items))
    return prints, planted


def measure(count: int, whole: list[Items]) -> Outcome:
    """Find the copies among ``count`` fingerprints; in a process of its own, so that the memory is its own."""
    prints, planted = make_prints(count, whole=whole)
    pairs, times = set[Pair](), []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        pairs = set(candidate_pairs(prints))
        times.append(time.perf_counter() - started)
    return Outcome(min(times), peak_megabytes(), len(pairs & planted), len(planted), len(pairs - planted))


def peak_megabytes() -> float:
    """The most that this process ever had; ``getrusage`` would count what its parent had before it was started."""
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def table_of_sizes(whole: list[Items]) -> None:
    print(f"{'fingerprints':>14}{'seconds':>9}{'MB':>7}{'copies found':>20}{'other pairs':>13}")
    times = []
    for count in SIZES:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            found = pool.apply(measure, (count, whole))
        times.append(found.seconds)
        copies = f"{found.found:,} of {found.planted:,}"
        print(f"{count:>14,}{found.seconds:>9.2f}{found.megabytes:>7.0f}{copies:>20}{found.others:>13,}")
    exponent = np.polyfit(np.log(SIZES), np.log(times), 1)[0]
    print(f"best of {ROUNDS}; the time grows with the number of fingerprints to the power of {exponent:.2f}")


def table_of_stages(whole: list[Items]) -> None:
    samples = melody(seed=1, seconds=30)
    rounds = 20
    stages = {
        "fingerprint of an excerpt": lambda: fingerprint_samples(samples),
        "the same, resampled by Chromaprint": lambda: fingerprint_blocks([samples[:-1]], sample_rate=22051),
        "alignment of two whole songs": lambda: align(whole[0], noisy(whole[0], share=NOISE)),
    }
    for name, stage in stages.items():
        started = time.process_time()
        for _ in range(rounds):
            stage()
        print(f"{name:<38}{(time.process_time() - started) / rounds * 1000:7.2f} ms")


def table_of_store(count: int) -> None:
    items = np.arange(EXCERPT, dtype=np.uint32)
    names = [SongId(f"file:///music/Artist {place // 40}/{place:06}.mp3") for place in range(count)]
    records = [
        FingerprintRecord(name, AudioMetadata(name, 5_000_000, 200.0, 44100, 128, 2, "MP3", 1.0), items)
        for name in names
    ]
    with tempfile.TemporaryDirectory() as folder:
        store = FingerprintStore(Path(folder) / "fingerprints.db")
        started = time.perf_counter()
        for first in range(0, count, 1000):
            store.save(records[first : first + 1000])
        saved = time.perf_counter()
        assert len(store.excerpts()) == count
        loaded = time.perf_counter()
        assert len(store.metadata()) == count
        described = time.perf_counter()
        store.close()
    print(f"{count:,} saved in {saved - started:.2f} s, items loaded in {loaded - saved:.2f} s, ", end="")
    print(f"metadata in {described - loaded:.2f} s")


def run(music: Path | None = None) -> None:
    """Print the tables."""
    whole = sources(music)
    table_of_sizes(whole)
    table_of_stages(whole)
    table_of_store(SIZES[-1])


if __name__ == "__main__":
    run()
