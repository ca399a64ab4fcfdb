"""Stage 1 of the search for copies: the metadata signatures of 60,000 new small files, and again when all are cached.

The files are 30 real sounds in six formats under many names (hard links), so the disk's cache is warm: what is measured
is opening, the way to the workers and the store. ``MARMALADE_FILES`` changes the 60,000.
"""

import os
import tempfile
import time
from pathlib import Path

import psutil
import torch

from core.analysis.deduplicator import AudioDeduplicator
from core.analysis.listening import look
from core.audio.probe import probe
from core.file_url import url_from_path
from core.jobs.process_pool import WorkerPool
from core.song import UNRATED, Song
from tests.audio_files import FORMATS, chord, write_sound

SONGS = int(os.environ.get("MARMALADE_FILES", "60000"))
OF_ONE_FORMAT = 5
SECONDS = 4.0
IN_ONE_FOLDER = 1000
LOOKS = 100
"""Times that one file is opened for its cost by format."""
PRELOAD = ("core.audio.reader",)


def run() -> None:
    """Print what one look costs by format, then files a second with one and two workers, new and cached."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sounds = _make_sounds(folder)
        _tell_formats(sounds)
        songs = _link(sounds, folder / "music")
        print(f"\n{len(songs):,} files, the disk's cache is warm; seconds by the clock and of the processor")
        print(f"{'what':10}{'workers':>8}{'seconds':>9}{'files/s':>9}{'the app':>13}{'its workers':>13}")
        for workers in (1, 2):
            _tell_signatures(songs, workers=workers, store=folder / f"{workers}.db")
        print(f"{'asked for':10}{2:8}{'< 60':>9}")


def _make_sounds(folder: Path) -> list[Path]:
    sounds = []
    for number in range(OF_ONE_FORMAT):
        sound = chord((220.0 + 10 * number, 330.0), seconds=SECONDS + number)
        sounds += [write_sound(folder / f"{number}.{form}", sound) for form in FORMATS]
    return sounds


def _tell_formats(sounds: list[Path]) -> None:
    torch.set_num_threads(1)
    print("codec       bytes   ms a look, processor time")
    for path in sounds[: len(FORMATS)]:
        codec = probe(path).codec
        before = time.process_time()
        for _ in range(LOOKS):
            probe(path)
        print(f"{codec:8}{path.stat().st_size:9,}{1000 * (time.process_time() - before) / LOOKS:13.2f}", flush=True)


def _link(sounds: list[Path], folder: Path) -> list[Song]:
    """``SONGS`` names for the sounds."""
    songs = []
    for number in range(SONGS):
        sound = sounds[number % len(sounds)]
        path = folder / str(number // IN_ONE_FOLDER) / f"{number}{sound.suffix}"
        if number % IN_ONE_FOLDER == 0:
            path.parent.mkdir(parents=True)
        path.hardlink_to(sound)
        songs.append(_song(number, path))
    return songs


def _song(number: int, path: Path) -> Song:
    return Song(
        rowid=number,
        title=path.stem,
        artist="Somebody",
        album="",
        year=2000,
        rating=UNRATED,
        filename=url_from_path(path),
        duration=SECONDS,
        mtime=0,
    )


def _tell_signatures(songs: list[Song], *, workers: int, store: Path) -> None:
    with WorkerPool(workers, preload=PRELOAD) as pool:
        _warm(pool)
        deduplicator = AudioDeduplicator(store, executor=pool)
        for what in ("new", "cached"):
            started, used, theirs = time.perf_counter(), time.process_time(), _used_by_workers()
            groups = deduplicator.group_by_metadata(songs)
            seconds, used = time.perf_counter() - started, time.process_time() - used
            assert sum(map(len, groups.values())) == len(songs), "every file has copies here"
            rate, theirs = len(songs) / seconds, _used_by_workers() - theirs
            print(f"{what:10}{workers:8}{seconds:9.1f}{rate:9.0f}{used:13.1f}{theirs:13.1f}", flush=True)
        deduplicator.close()


def _used_by_workers() -> float:
    """Seconds of processor time of all that this process has started and that lives."""
    times = [process.cpu_times() for process in psutil.Process().children(recursive=True)]
    return sum(one.user + one.system for one in times)


def _warm(pool: WorkerPool) -> None:
    """Have every worker load what it needs, which a scan has done before."""
    from core.analysis.facts import SongTask
    from core.song import SongId

    for future in [pool.submit(look, SongTask(SongId(""), Path("/dev/null"))) for _ in range(10 * pool.workers)]:
        future.result()


if __name__ == "__main__":
    run()
