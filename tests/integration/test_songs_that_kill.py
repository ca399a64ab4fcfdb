"""Songs that kill, hang or starve real workers: each costs exactly itself, once; every other song is analysed."""

import os
import signal
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest

from core.analysis.facts import AnalysisSettings, EncoderChoice, SongFailure, SongOutcome, SongTask
from core.analysis.run import analyse_songs
from core.audio.reasons import SkipReason
from core.jobs.control import Control, WorkMode
from core.jobs.memory_limit import limit_growth
from core.jobs.process_pool import WorkerPool
from core.song import SongId

FATES = {
    "killed": (SkipReason.CRASHED, "the worker was ended by SIGKILL"),
    "segfault": (SkipReason.CRASHED, "the worker was ended by SIGSEGV"),
    "abort": (SkipReason.CRASHED, "the worker was ended by SIGABRT"),
    "exits": (SkipReason.CRASHED, "the worker ended with code 3"),
    "hangs": (SkipReason.TIMED_OUT, "no answer within the time limit"),
    "eats": (SkipReason.TOO_MUCH_MEMORY, "the worker ran out of memory"),
}


def analyse(task: SongTask, settings: AnalysisSettings) -> SongOutcome:
    """Note the try in a file beside the others, then do what the song's name says."""
    limit_growth(100 << 20)
    assert settings.encoder.folder is not None
    with (settings.encoder.folder / "tries").open("a") as tries:
        tries.write(f"{task.song_id}\n")
    match task.song_id.partition(" ")[0]:
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "segfault":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "abort":
            os.abort()
        case "exits":
            sys.exit(3)
        case "hangs":
            threading.Event().wait(60)
        case "eats":
            bytes(200 << 20)
    return SongFailure(task.song_id, SkipReason.EMPTY, "done")


class Calm:
    """Surroundings that never ask gentle work to wait, whatever else runs beside this test."""

    def reason_to_wait(self) -> None:
        return None


@pytest.mark.parametrize("mode", [WorkMode.FULL, WorkMode.GENTLE])
def test_each_casualty_costs_one_song_and_is_not_tried_again(tmp_path: Path, mode: WorkMode) -> None:
    names = [f"{fate} {number}" for number in range(2) for other in FATES for fate in (other, "sound", "sound too")]
    names = [f"{name} {place}" for place, name in enumerate(names)]
    settings = AnalysisSettings(EncoderChoice("SpectralEncoder", 512, 42, folder=tmp_path))
    with WorkerPool(2, time_limit=6) as pool:
        found = list(
            analyse_songs(
                [SongTask(SongId(name), None) for name in names],
                analyse=analyse,
                settings=settings,
                executor=pool,
                workers=2,
                control=Control(mode),
                surroundings=Calm(),
            )
        )
    outcomes = {outcome.song_id: outcome for outcome in found if isinstance(outcome, SongFailure)}
    assert len(found) == len(outcomes) == len(names)
    for name in names:
        expected = FATES.get(name.partition(" ")[0], (SkipReason.EMPTY, "done"))
        assert (outcomes[SongId(name)].reason, outcomes[SongId(name)].detail) == expected, name
    assert Counter((tmp_path / "tries").read_text().splitlines()) == Counter(names)
