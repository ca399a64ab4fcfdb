"""A scan of the library: plan, analyse in the pool, store in batches, tell what happens."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass

from core.analysis import worker
from core.analysis.facts import AnalysisSettings, EncoderFacts, ExcerptChoice, SongFacts, SongTask
from core.analysis.recorder import WORKER_FAILURES, OutcomeRecorder
from core.analysis.run import Analyse, analyse_songs
from core.analysis.stage_times import NO_TIMES, StageTimes
from core.audio.reasons import SkipReason
from core.jobs.events import Control, Event, Finished, Progress, SongAnalysed, SongRecognized, SongSkipped, Waiting


@dataclass(frozen=True, slots=True)
class ScanProgress(Progress):
    """How far the listening is, and where its time goes."""

    times: StageTimes = NO_TIMES
    """Of all songs of the run so far."""
    heard: int = 0
    """How many of them were decoded."""


@dataclass(frozen=True, slots=True)
class ScanFinished(Finished):
    """Counts of a run; of the skipped, ``failed`` crashed, hung or ate the memory; ``too_long`` are over the limit."""

    songs: int = 0
    analysed: int = 0
    recognized: int = 0
    """Of which the sound was known: only tags or the name have changed, so nothing was decoded."""
    damaged: int = 0
    skipped: int = 0
    failed: int = 0
    too_long: int = 0
    longest: float = 0.0
    """The limit, in seconds."""
    seconds: float = 0.0
    workers: int = 0
    times: StageTimes = NO_TIMES
    """Of all songs."""

    @property
    def songs_per_second(self) -> float:
        return (self.analysed + self.recognized + self.skipped) / self.seconds if self.seconds else 0.0


def embedding_version(encoder: EncoderFacts, excerpt: ExcerptChoice) -> str:
    """The name of the embeddings that an encoder makes of an excerpt; the plan's own excerpt needs no mention."""
    return encoder.version if excerpt == ExcerptChoice() else f"{encoder.version}-{excerpt.name}"


def scan(
    tasks: list[SongTask],
    *,
    settings: AnalysisSettings,
    pool: Executor,
    workers: int,
    recorder: OutcomeRecorder,
    control: Control,
    analyse: Analyse = worker.analyse,
    before: int = 0,
) -> Iterator[Event]:
    """Analyse and store songs; yields an event and a Progress for each, and ScanFinished at the end."""
    started, counts, reasons, times = time.monotonic(), Counter[str](), list[SkipReason](), NO_TIMES
    outcomes = analyse_songs(tasks, analyse=analyse, settings=settings, executor=pool, workers=workers, control=control)
    yield Progress(0, len(tasks), before=before)
    try:
        with closing(outcomes):
            for outcome in outcomes:
                if isinstance(outcome, Waiting):
                    recorder.store()
                    yield outcome
                    continue
                recorder.add(outcome)
                if isinstance(outcome, SongFacts):
                    times += outcome.times
                    counts.update(_counted(outcome))
                    yield _told(outcome)
                else:
                    reasons.append(outcome.reason)
                    yield SongSkipped(outcome.song_id, outcome.reason, outcome.detail)
                now = progress(counts["songs"] + len(reasons), len(tasks), started=started)
                yield ScanProgress(
                    now.done, now.total, now.per_second, now.seconds_left, before, times, counts["heard"]
                )
    finally:
        recorder.store()
    yield ScanFinished(
        complete=counts["songs"] + len(reasons) == len(tasks),
        songs=len(tasks),
        analysed=counts["heard"],
        recognized=counts["songs"] - counts["heard"],
        damaged=counts["damaged"],
        skipped=len(reasons),
        failed=sum(reason in WORKER_FAILURES for reason in reasons),
        too_long=reasons.count(SkipReason.TOO_LONG),
        longest=settings.excerpt.max_duration,
        seconds=time.monotonic() - started,
        workers=workers,
        times=times,
    )


def _counted(facts: SongFacts) -> dict[str, int]:
    """A Counter keeps a first value as it is, and JSON tells true from 1."""
    return {"songs": 1, "heard": int(facts.was_heard), "damaged": int(bool(facts.damage))}


def _told(facts: SongFacts) -> Event:
    if facts.damage is None:
        return SongRecognized(facts.song_id, facts.same_as or facts.song_id)
    return SongAnalysed(facts.song_id, facts.damage)


def progress(done: int, total: int, *, started: float) -> Progress:
    """How far the work is by the mean speed so far; ``started`` as ``time.monotonic`` gives it."""
    passed = time.monotonic() - started
    speed = done / passed if passed > 0 else 0.0
    return Progress(done, total, speed, (total - done) / speed if speed else None)
