"""How long the speech facts of one song take on one core, which steps it needs, and what it is taken for.

Run as ``python -m tests.benchmarks.bench_speech [FOLDER OF MUSIC]``; without a folder, on sounds made in code. A file
``FOLDER.truth.csv`` beside the folder (path, kind, expect) splits the table by kind and names each wrong verdict.
"""

import csv
import random
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

import numpy as np
import torch
from numpy.typing import NDArray

from core.analysis.known_sound import RATE, vowels
from core.analysis.speech import measure_speech, speech_method
from core.analysis.speech_class import SpeechClass, classify
from core.audio.decode import decode_excerpt
from core.audio.reasons import AudioError
from core.audio.resampling import resample
from core.store.speech import SpeechFacts
from tests.audio_files import write_sound
from tests.benchmarks.bench_decode import files_of, made_songs

MOST_FILES = 300
LONGEST = 3600.0
"""Seconds; a planted audiobook is longer than what a scan listens to."""
EXPECTED = {"speech": SpeechClass.SPOKEN, "borderline": None}


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one file; ``expected`` None is any class."""

    path: Path
    kind: str
    expected: SpeechClass | None
    facts: SpeechFacts
    verdict: SpeechClass
    milliseconds: float


def run(music: Path | None = None) -> None:
    """Print a table by kind, and each verdict that differs from the truth with what was heard."""
    torch.set_num_threads(1)
    print(speech_method())
    truth = _truth(music) if music else {}
    with tempfile.TemporaryDirectory() as folder:
        paths = files_of(music) if music else _made_sounds(Path(folder))
        chosen = sorted(random.Random(0).sample(paths, min(MOST_FILES, len(paths))) + [p for p in paths if p in truth])
        rows = [row for path in dict.fromkeys(chosen) if (row := _row(path, truth.get(path)))]
    print("kind                 files   ms mean   ms median   2nd opinion   music   doubtful   spoken")
    groups = defaultdict(list)
    for row in rows:
        groups[row.kind].append(row)
    for kind, group in sorted(groups.items()):
        _tell(kind, group)
    for row in rows:
        if row.expected not in {None, row.verdict}:
            print(f"{row.verdict} instead of {row.expected}: {row.path}\n    {row.facts}")


def _row(path: Path, truth: tuple[str, str] | None) -> Row | None:
    try:
        heard = decode_excerpt(path, max_duration=LONGEST)
    except (AudioError, OSError):
        return None
    kind, expect = truth or ("music", "music")
    facts, milliseconds = _timed(heard.samples.numpy())
    verdict = classify(facts, duration=heard.metadata.duration)
    return Row(path, kind, EXPECTED.get(expect, SpeechClass.MUSIC), facts, verdict, milliseconds)


def _timed(samples: NDArray[np.float32]) -> tuple[SpeechFacts, float]:
    """The facts and the milliseconds of processor time, the lesser of two runs: others share the machine."""
    times = []
    for _ in range(2):
        before = time.process_time()
        facts = measure_speech(samples)
        times.append(1000 * (time.process_time() - before))
    return facts, min(times)


def _truth(music: Path) -> dict[Path, tuple[str, str]]:
    """Kind and expected class of the files that the truth says something about speech of."""
    table = music.with_name(f"{music.name}.truth.csv")
    if not table.exists():
        return {}
    with table.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["expect"] == "speech" or _names_a_voice(row["kind"])]
    return {music / row["path"]: (row["kind"], row["expect"]) for row in rows}


def _names_a_voice(kind: str) -> bool:
    return any(word in kind for word in ("speech", "talk", "vocal"))


def _made_sounds(folder: Path) -> list[Path]:
    """Songs, and thirty seconds of a voice made in code."""
    sentence = np.concatenate([vowels(), np.zeros(RATE, np.float32)])
    voice = resample(np.tile(sentence, 10), from_rate=RATE, to_rate=44100)
    return [*made_songs(folder), write_sound(folder / "voice.mp3", np.tile(voice, (2, 1)), bit_rate=192)]


def _tell(kind: str, rows: list[Row]) -> None:
    times = [row.milliseconds for row in rows]
    asked = sum(row.facts.speech is not None for row in rows)
    counts = [sum(row.verdict == verdict for row in rows) for verdict in ("music", "doubtful", "spoken")]
    print(
        f"{kind:20} {len(rows):5} {mean(times):9.1f} {median(times):11.1f} {asked:13} "
        f"{counts[0]:7} {counts[1]:10} {counts[2]:8}"
    )


if __name__ == "__main__":
    run(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
