"""Complete analysis of real songs of 2 to 5 minutes, against decoding alone and against bliss-audio, in one run.

``python -m tests.benchmarks analysis --music FOLDER`` takes up to 40 songs of each of six formats; formats of which the
folder has few are filled up by converting. Without a folder songs are made in code. ``MARMALADE_FILES`` changes the 40.
One process with one thread for us, another one for bliss-audio; all figures are processor time, which other work on the
machine sways least, the least of some rounds that take turns file by file.
"""

import os
import random
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from core.analysis import worker
from core.analysis.facts import AnalysisSettings, EncoderChoice, SongFailure, SongTask
from core.audio.probe import probe
from core.audio.reasons import AudioError
from core.jobs.process_pool import WorkerPool
from core.song import SongId
from tests.benchmarks.bench_decode import files_of, made_songs

ROUNDS = 3
MOST_OF_ONE = int(os.environ.get("MARMALADE_FILES", "40"))
FEWEST_OF_ONE = min(12, MOST_OF_ONE)
"""Songs of one format; with fewer, some of the others are converted."""
SHORTEST, LONGEST = 120.0, 300.0
FORMATS = {
    "MP3": ("mp3", "libmp3lame"),
    "FLAC": ("flac", "flac"),
    "VORBIS": ("ogg", "libvorbis"),
    "OPUS": ("opus", "libopus"),
    "AAC": ("m4a", "aac"),
    "PCM": ("wav", "pcm_s16le"),
}
STAGES = ("decode", "checksum", "fingerprint", "speech", "embedding")
ENCODER = EncoderChoice("MelEncoder", embedding_dim=512, seed=42)
SETTINGS = AnalysisSettings(ENCODER)

Milliseconds = dict[str, float]
Value = TypeVar("Value")


ASKED_FOR = (">= 12", "<= 2.3", ">= 3.5")
"""Of the complete analysis, by issue 3."""


def run(music: Path | None = None) -> None:
    """Print songs a second and core with their ratios, then the stages by format."""
    with tempfile.TemporaryDirectory() as name:
        songs = _songs(music, Path(name))
        with WorkerPool(1, preload=worker.PRELOAD) as ours, WorkerPool(1) as theirs:
            rows = list(_measured(songs, ours=ours, theirs=theirs if find_spec("bliss_audio") else None))
    _tell_totals([times for _, times in rows])
    _tell_stages(rows)


def _songs(music: Path | None, folder: Path) -> list[tuple[str, Path]]:
    """Format and path of each song that is measured."""
    found = defaultdict(list)
    for path in files_of(music) if music else made_songs(folder):
        try:
            facts = probe(path)
        except (AudioError, OSError):
            continue
        if SHORTEST <= facts.duration <= LONGEST and facts.codec in FORMATS:
            found[facts.codec].append(path)
    chance = random.Random(0)
    chosen = {codec: chance.sample(paths, min(MOST_OF_ONE, len(paths))) for codec, paths in sorted(found.items())}
    sources = sorted(path for paths in chosen.values() for path in paths)
    for codec in FORMATS if music else ():
        missing = FEWEST_OF_ONE - len(chosen.setdefault(codec, []))
        converted = [_converted(path, codec, folder) for path in chance.sample(sources, max(0, missing))]
        print(f"{codec}: {len(chosen[codec])} songs as they are, {len(converted)} converted by ffmpeg")
        chosen[codec] += converted
    return [(codec, path) for codec, paths in chosen.items() for path in paths]


def _converted(path: Path, codec: str, folder: Path) -> Path:
    suffix, encoder = FORMATS[codec]
    target = folder / f"{codec}-{len(list(folder.iterdir()))}.{suffix}"
    options = ["-map", "0:a", "-map_metadata", "-1", "-c:a", encoder]
    subprocess.run(["ffmpeg", "-v", "error", "-i", path, *options, target], check=True)
    return target


def _measured(
    songs: list[tuple[str, Path]], *, ours: WorkerPool, theirs: WorkerPool | None
) -> Iterator[tuple[str, Milliseconds]]:
    """Of each song that all of them can analyse, the format and the least time of all rounds."""
    for codec, path in songs:
        try:
            rounds = []
            for _ in range(ROUNDS):
                times = ours.submit(measure, path).result()
                rounds.append(times | (theirs.submit(measure_bliss, path).result() if theirs else {}))
        except Exception as error:  # noqa: BLE001 - whatever one of them raises at a file, it is named and left out
            print(f"left out: {path}: {error}")
            continue
        yield codec, {what: min(times[what] for times in rounds) for what in rounds[0]}


def measure(path: Path) -> Milliseconds:
    """What a worker does: decode alone, all of the analysis, and its stages one by one."""
    from core.analysis.analyse_song import embed
    from core.analysis.fingerprint import fingerprint_samples
    from core.analysis.speech import measure_speech
    from core.audio.checksum import audio_checksum
    from core.audio.decode import decode_excerpt
    from core.audio.open_file import open_file

    worker.warm_up(SETTINGS)
    encoder = worker.load_encoder(ENCODER)
    task = SongTask(SongId(path.as_uri()), path)
    whole, facts = _timed(lambda: worker.analyse(task, SETTINGS))
    if isinstance(facts, SongFailure):
        raise AudioError(facts.reason, facts.detail)
    decode, heard = _timed(lambda: decode_excerpt(path))
    with open_file(path) as file:
        checksum, _ = _timed(lambda: audio_checksum(file))
    samples = heard.samples.numpy()
    fingerprint, _ = _timed(lambda: fingerprint_samples(samples))
    speech, _ = _timed(lambda: measure_speech(samples))
    embedding, _ = _timed(lambda: embed(heard.samples, encoder=encoder))
    return dict(zip(("complete", *STAGES), (whole, decode, checksum, fingerprint, speech, embedding), strict=True))


def measure_bliss(path: Path) -> Milliseconds:
    """What the other process does; its threads share one core, and the time of all of them counts."""
    import bliss_audio

    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    return {"bliss": _timed(lambda: bliss_audio.Song(str(path)))[0]}


def _timed(work: Callable[[], Value]) -> tuple[float, Value]:
    before = time.process_time()
    value = work()
    return 1000 * (time.process_time() - before), value


def _tell_totals(times: list[Milliseconds]) -> None:
    songs, totals = len(times), {what: sum(one[what] for one in times) for what in times[0]}
    print(f"\n{songs} songs, {ROUNDS} rounds\nwhat            ms a song   songs/s/core   x decoding   speed x bliss")
    for name, what in (("decode only", "decode"), ("complete", "complete"), ("bliss-audio", "bliss")):
        if what not in totals:
            print(f"{name:14}  not installed: pip install 'marmalade[benchmarks]'")
            continue
        versus = f"{totals['bliss'] / totals[what]:13.2f}" if "bliss" in totals else "            -"
        ms = totals[what] / songs
        print(f"{name:14} {ms:10.1f} {1000 / ms:14.1f} {totals[what] / totals['decode']:12.2f}   {versus}")
    print(
        f"{'asked for':25}" + "".join(f"{asked:>{width}}" for asked, width in zip(ASKED_FOR, (15, 13, 16), strict=True))
    )


def _tell_stages(rows: list[tuple[str, Milliseconds]]) -> None:
    names = (*STAGES, "complete", *(("bliss",) if "bliss" in rows[0][1] else ()))
    print("\nmean ms    songs" + "".join(f"{name:>13}" for name in names))
    for codec in (*FORMATS, "all"):
        times = [one for form, one in rows if codec in {form, "all"}]
        if times:
            means = "".join(f"{sum(one[name] for one in times) / len(times):13.1f}" for name in names)
            print(f"{codec:8} {len(times):7}{means}", flush=True)
