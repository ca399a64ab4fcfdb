"""How long this machine will listen to a library: it is tried out on some of its songs, of which nothing is kept."""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from core.analysis import worker
from core.analysis.facts import AnalysisSettings, Part
from core.analysis.fingerprint import is_available
from core.analysis.plan import task_of
from core.analysis.run import analyse_songs
from core.config import Config
from core.file_url import is_local
from core.jobs.events import Control, Event, Finished, Progress, Waiting
from core.jobs.process_pool import get_default_workers
from core.parts.workforce import Workforce
from core.settings import analysis_settings
from core.song import Song

SAMPLE = 20
"""Songs that are timed; a server with one worker took 6 s, while other work went on."""


@dataclass(frozen=True, slots=True)
class TimeEstimated(Finished):
    """``seconds`` is None if it was stopped, or where no song could be heard."""

    songs: int = 0
    seconds: float | None = None


def estimate_time(
    songs: Sequence[Song], *, config: Config, weights: Path | None = None, control: Control | None = None
) -> Iterator[Event]:
    """Listen to a sample as a scan would; yields Progress, ends with TimeEstimated of all that is there.

    ``weights`` is where a profile keeps a copy of the pretrained ones. The first song of each worker is not timed: it
    waits for all that has to be loaded once.
    """
    reins, present = control or Control(), [song for song in songs if not song.unavailable and is_local(song.filename)]
    workers = config.compute.num_workers or get_default_workers()
    chosen = _sample(present, count=SAMPLE + workers)
    moments: list[float] = []
    if chosen:
        yield Progress(0, len(chosen))
        for _ in _heard(chosen, settings=_settings(config, weights), workers=workers, control=reins):
            moments.append(time.monotonic())
            yield Progress(len(moments), len(chosen))
    speed = None if reins.stopped else _speed(moments, workers=workers)
    seconds = None if speed is None else len(present) / speed
    yield TimeEstimated(complete=not reins.stopped, songs=len(present), seconds=seconds)


def _settings(config: Config, weights: Path | None) -> AnalysisSettings:
    settings = analysis_settings(config)
    if weights is not None:
        settings = replace(settings, encoder=replace(settings.encoder, weights=weights))
    if not (config.music.deduplicate and is_available()):
        settings = settings.without(Part.FINGERPRINT)
    return settings if config.music.speech_detection.enabled else settings.without(Part.SPEECH)


def _sample(songs: Sequence[Song], *, count: int) -> list[Song]:
    """Spread evenly over the library, without those whose file is not there, which would take no time."""
    every = max(len(songs) // count, 1)
    spread = [song for start in range(min(every, 3)) for song in songs[start::every]]
    found: list[Song] = []
    for song in spread:
        if len(found) == count:
            break
        if os.path.isfile(song.location):  # noqa: PTH113 - Path.is_file raises for what is no path
            found.append(song)
    return found


def _heard(songs: Sequence[Song], *, settings: AnalysisSettings, workers: int, control: Control) -> Iterator[object]:
    workforce, is_done = Workforce(workers), False
    try:
        outcomes = analyse_songs(
            [task_of(song) for song in songs],
            analyse=worker.analyse_within_limit,
            settings=settings,
            executor=workforce.pool(),
            workers=workers,
            control=control,
        )
        with closing(outcomes):
            yield from (outcome for outcome in outcomes if not isinstance(outcome, Waiting))
        is_done = True
    finally:
        workforce.close(at_once=not is_done)


def _speed(moments: Sequence[float], *, workers: int) -> float | None:
    """Songs a second after the first of each worker; of a library that is too small for that, of all."""
    first = min(workers, len(moments) - 2)
    if first < 0:
        return None
    passed = moments[-1] - moments[first]
    return (len(moments) - 1 - first) / passed if passed > 0 else None
