"""What the window and its two workers hold while they listen: with songs of up to six hours, and song after song.

The real window runs offscreen in a process of its own (``python -m tests.benchmarks.bench_memory FOLDER``), and is
looked at from outside every 0.2 s from its start to the end of the search for copies. ``MARMALADE_SONGS`` changes the
5,000 songs of the second part, of three seconds each in six formats.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import Thread

import psutil

from tests.audio_files import chord, noise, write_sound
from tests.benchmarks.process_tree import LEARNING, MEGABYTE, MemorySample, sample_tree, shared_with_strangers
from tests.library_databases import PlayerDatabase, SongRow

BETWEEN_SAMPLES = 0.2
STRANGERS_EVERY = 10
"""Samples; the look at every mapped file takes 20 ms a process."""
LARGEST = 1200
"""MB that app and workers may hold together."""
MOST_GROWTH = 20
"""MB from the first mark, a fifth of the songs, to the last."""
SONGS = int(os.environ.get("MARMALADE_SONGS", "5000"))
NEAR = SONGS // 20
"""Songs before a mark of which the samples belong to it."""
SECONDS = 3
MINUTE = 60.0
CONFIG = "compute: {num_workers: 2}\nhyperparameters: {encoder_class: MelEncoder}\n"
ENCODERS = {
    "wav": ("pcm_s16le", ()),
    "flac": ("flac", ()),
    "mp3": ("libmp3lame", ()),
    "ogg": ("libvorbis", ()),
    "opus": ("libopus", ()),
    "m4a": ("aac", ("-segment_format_options", "movflags=faststart")),
}


@dataclass(frozen=True)
class Watched:
    """One look at the tree, and the songs that were finished by then."""

    songs: int
    memory: MemorySample
    strangers: int | None
    """Bytes, where it was asked for."""


def run() -> None:
    """Print the peak by process for the library of long files, then the growth by process."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _tell_peak(folder / "long", _make_long(folder / "long"))
        _tell_growth(folder / "many", _make_many(folder / "many"))


# ---------------------------------------------------------------------------------------------------- long files


def _make_long(folder: Path) -> list[SongRow]:
    """Ordinary songs; one of 14 minutes with copies, so that all of it is heard; an hour, six hours, a cue sheet."""
    folder.mkdir()
    ordinary = [
        write_sound(folder / f"{number}.{form}", chord((200.0 + 50 * number,), seconds=150) + noise(seconds=150) / 5)
        for number, form in enumerate(ENCODERS)
    ]
    long = folder / "14 minutes.flac"
    _ffmpeg("-f", "lavfi", "-i", f"{_music(14 * MINUTE)}", "-ac", "2", long)
    copies = [folder / f"14 minutes copy.{form}" for form in ("mp3", "ogg", "wav", "m4a", "opus")]
    for copy in copies:
        _ffmpeg("-i", long, copy)
    hours = [_repeat(copies[0], 4, folder / "1 hour.mp3"), _repeat(copies[0], 26, folder / "6 hours.mp3")]
    hours += [_repeat(long, 4, folder / "1 hour.flac"), _repeat(copies[4], 26, folder / "6 hours.opus")]
    image = _repeat(copies[2], 4, folder / "1 hour.wav")
    tracks = [
        SongRow(
            path=image, duration=14 * MINUTE, beginning=14 * MINUTE * track, cue_path=str(image.with_suffix(".cue"))
        )
        for track in range(4)
    ]
    return [*(SongRow(path=path) for path in [*ordinary, long, *copies, *hours]), *tracks]


def _music(seconds: float) -> str:
    """Tones that wander, so that Chromaprint has something to hear, over noise."""
    wander = "0.3*sin(2*PI*(300*t+40*sin(t*0.7)+90*sin(t*0.13)))+0.2*sin(2*PI*(500*t+150*sin(t*0.31)))"
    return f"aevalsrc=exprs='{wander}+0.05*random(0)':s=44100:d={seconds:g}"


def _repeat(path: Path, times: int, target: Path) -> Path:
    _ffmpeg("-stream_loop", str(times), "-i", path, "-c", "copy", target)
    return target


def _tell_peak(folder: Path, rows: list[SongRow]) -> None:
    samples = _watch(folder, rows)
    peak = max((each.memory for each in samples), key=lambda memory: memory.total)
    most = {
        name: max(each.memory.held[name].pss for each in samples if name in each.memory.held)
        for name in _names(samples)
    }
    print(f"{len(rows)} songs of 3 to 360 minutes, {len(samples)} samples; PSS in MB")
    print(f"{'process':26}{'at the peak':>12}{'its most':>10}")
    for name, largest in most.items():
        print(
            f"{name:26}{(peak.held[name].pss if name in peak.held else 0) / MEGABYTE:12.0f}{largest / MEGABYTE:10.0f}"
        )
    alone = max(each.memory.total + each.strangers for each in samples if each.strangers is not None)
    print(f"{'app and pool':26}{peak.total / MEGABYTE:12.0f}    asked for: < {LARGEST}")
    print(f"{'were they alone':26}{alone / MEGABYTE:12.0f}    with the libraries that others here have loaded too")


# ---------------------------------------------------------------------------------------------------- many songs


def _make_many(folder: Path) -> list[SongRow]:
    """``SONGS`` different songs of ``SECONDS`` seconds: one long piece, cut up in each format from another place."""
    folder.mkdir()
    of_each = -(-SONGS // len(ENCODERS))
    piece = folder.with_suffix(".wav")
    _ffmpeg("-f", "lavfi", "-i", _music(SECONDS * (of_each + 1)), piece)
    for number, (form, (codec, options)) in enumerate(ENCODERS.items()):
        start = SECONDS * number / len(ENCODERS)
        cut = ("-f", "segment", "-segment_time", str(SECONDS), *options, folder / f"%05d.{form}")
        _ffmpeg("-ss", f"{start:g}", "-i", piece, "-t", str(SECONDS * of_each), "-c:a", codec, *cut)
    piece.unlink()
    return [SongRow(path=path, duration=SECONDS) for path in sorted(folder.iterdir())[:SONGS]]


def _tell_growth(folder: Path, rows: list[SongRow]) -> None:
    samples = _watch(folder, rows)
    # At the last song the search for copies begins, which is no part of the listening.
    near = [[each.memory for each in samples if mark - NEAR <= each.songs < mark] for mark in _marks()]
    print(f"\n{len(rows)} songs of {SECONDS} s; MB without libraries, the median of the samples before each mark")
    print(f"{'process':20}" + "".join(f"{f'at {mark:,}':>10}" for mark in _marks()) + f"{'growth':>10}")
    totals = [0.0] * len(near)
    for name in _names(samples):
        values = [_median(memory.held[name].own for memory in each if name in memory.held) for each in near]
        if any(values) and name != LEARNING:
            totals = [total + value for total, value in zip(totals, values, strict=True)]
            _tell_row(name, values)
    _tell_row("app and pool", totals)
    _tell_row("their PSS", [_median(memory.total for memory in each) for each in near])
    print(f"{'asked for':20}{f'< {MOST_GROWTH}':>{10 * len(near) + 10}}")


def _median(sizes: Iterable[int]) -> float:
    """In MB; 0 for a process that was not there."""
    return median(found) / MEGABYTE if (found := list(sizes)) else 0.0


def _tell_row(name: str, values: list[float]) -> None:
    print(f"{name:20}" + "".join(f"{value:10.1f}" for value in values) + f"{values[-1] - values[0]:+10.1f}")


def _marks() -> range:
    """Every fifth of the songs, from the first fifth on."""
    return range(SONGS // 5, SONGS + 1, SONGS // 5)


def _names(samples: "list[Watched]") -> list[str]:
    """The processes in the order in which they came."""
    return list(dict.fromkeys(name for each in samples for name in each.memory.held))


# ------------------------------------------------------------------------------------------------------ the watch


def _watch(folder: Path, rows: list[SongRow]) -> list[Watched]:
    """Looks at the window from its start until it has nothing more to do."""
    PlayerDatabase.create(folder / "clementine.db", songs=rows, directories=[folder])
    (folder / "marmalade.yaml").write_text(CONFIG)
    command = [sys.executable, "-m", "tests.benchmarks.bench_memory", str(folder)]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as app:
        counter = _Counter(app)
        counter.start()
        samples, process = [], psutil.Process(app.pid)
        for number in _ticks(app):
            strangers = None if number % STRANGERS_EVERY else shared_with_strangers(process)
            samples.append(Watched(counter.songs, sample_tree(process), strangers))
    counter.join()
    if app.returncode or counter.songs != len(rows):
        message = f"the window ended with {app.returncode} after {counter.songs} of {len(rows)} songs"
        raise RuntimeError(message)
    return samples


def _ticks(app: "subprocess.Popen[str]") -> Iterator[int]:
    number = 0
    while app.poll() is None:
        yield number
        number += 1
        time.sleep(BETWEEN_SAMPLES)


class _Counter(Thread):
    """Reads what the window prints: the number of songs that are finished."""

    def __init__(self, app: "subprocess.Popen[str]") -> None:
        super().__init__(daemon=True)
        self._app = app
        self.songs = 0

    def run(self) -> None:
        for line in self._app.stdout or ():
            self.songs = int(line)


def _ffmpeg(*arguments: object) -> None:
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", *map(str, arguments)], check=True)


def open_window(folder: Path) -> None:
    """Run the real application, print how many songs it has finished, and close it at the end of its work."""
    import desktop.app
    from core.jobs.events import Event, SongAnalysed, SongSkipped

    songs = 0

    def count(events: list[Event]) -> None:
        nonlocal songs
        songs += sum(isinstance(event, SongAnalysed | SongSkipped) for event in events)
        print(songs, flush=True)

    class Application(desktop.app.Application):
        def open(self, **arguments: Path) -> None:
            self.session.happened.connect(count)
            self.session.update_ended.connect(self.window.close)
            super().open(**arguments)

    desktop.app.Application = Application
    desktop.app.run(
        desktop.app.Choices(
            config=folder / "marmalade.yaml", profile=folder / "profile", database=folder / "clementine.db"
        )
    )


if __name__ == "__main__":
    open_window(Path(sys.argv[1]))
