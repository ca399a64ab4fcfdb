"""How long it takes to find the copies among 15,000, 30,000 and 60,000 fingerprints, and those of a few new songs.

In processor time, as others may use the machine too. One in ten fingerprints is a copy with 2 % of noise, moved by up
to 5 s; the others are unrelated. They are cut from those of real songs when a folder of music is named, else from those
of melodies made in code.
"""

import multiprocessing
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from core.analysis.alignment import align
from core.analysis.duplicates import Pair, SongPrint, candidate_pairs, near_in_length
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
ROUNDS = 5
NEW_SONGS = (1, 10, 100, 1000)
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
        started = time.process_time()
        pairs = set(candidate_pairs(prints))
        times.append(time.process_time() - started)
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
    print(f"processor time, best of {ROUNDS}; it grows with the number of fingerprints to the power of {exponent:.2f}")


def table_of_stages(whole: list[Items]) -> None:
    samples = melody(seed=1, seconds=30)
    rounds = 20
    stages: dict[str, Callable[[], object]] = {
        "fingerprint of an excerpt": lambda: fingerprint_samples(samples),
        "the same, resampled by Chromaprint": lambda: fingerprint_blocks([samples[:-1]], sample_rate=22051),
        "alignment of two whole songs": lambda: align(whole[0], noisy(whole[0], share=NOISE)),
    }
    for name, stage in stages.items():
        started = time.process_time()
        for _ in range(rounds):
            stage()
        print(f"{name:<38}{(time.process_time() - started) / rounds * 1000:7.2f} ms")


def table_of_store(prints: list[SongPrint]) -> None:
    """What the store takes, and the search for copies of new songs from what it has."""
    with tempfile.TemporaryDirectory() as folder, closing(FingerprintStore(Path(folder) / "fingerprints.db")) as store:
        records = [FingerprintRecord(song.song_id, metadata_of(song), song.items) for song in prints]
        started = time.process_time()
        for first in range(0, len(records), 1000):
            store.save(records[first : first + 1000])
        print(f"{len(prints):,} fingerprints saved in {time.process_time() - started:.2f} s")
        reads: dict[str, Callable[[], object]] = {
            "items": store.excerpts,
            "metadata": store.metadata,
            "names": store.known,
        }
        for name, read in reads.items():
            print(f"{name:<10}loaded in {fastest(read):.2f} s")
        for count in NEW_SONGS:
            new = {song.song_id for song in prints[:: len(prints) // count][:count]}
            seconds = fastest(partial(search, store, new))
            print(f"copies of {count:>5,} new songs found in {seconds:.2f} s, loading included")


def metadata_of(song: SongPrint) -> AudioMetadata:
    return AudioMetadata(song.song_id, *song.signature, codec="MP3", mtime=1.0)


def search(store: FingerprintStore, new: set[SongId]) -> list[Pair]:
    near = near_in_length(store.durations(), new)
    metadata, items = store.metadata(near), store.excerpts(near)
    prints = [SongPrint(name, name, metadata[name].signature(), metadata[name].duration, items[name]) for name in near]
    return candidate_pairs(prints, among=new)


def fastest(work: Callable[[], object]) -> float:
    """The least processor time in seconds of some rounds."""
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def run(music: Path | None = None) -> None:
    """Print the tables."""
    whole = sources(music)
    table_of_sizes(whole)
    table_of_stages(whole)
    table_of_store(make_prints(SIZES[-1], whole=whole)[0])


if __name__ == "__main__":
    run()
