"""A scan of the library: plan, analyse in the pool, store in batches, tell what happens."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass

from core.analysis import worker
from core.analysis.facts import (
    AnalysisSettings,
    EncoderFacts,
    ExcerptChoice,
    SongFacts,
    SongFailure,
    SongOutcome,
    SongTask,
)
from core.analysis.run import analyse_songs
from core.audio.reasons import SkipReason
from core.jobs.events import Control, Event, Finished, Progress, SongAnalysed, SongSkipped
from core.jobs.process_pool import WorkerPool
from core.song import SongId
from core.store.companion import CompanionStore, FileState
from core.store.embeddings import EmbeddingStore

BATCH = 200
"""Songs stored in one transaction."""
LONGEST_WAIT = 1.0
"""Seconds until a song that was analysed is stored and can be seen."""
PASSING = {SkipReason.MISSING, SkipReason.NO_PERMISSION}
"""Reasons that say nothing about what is in the file."""
WORKER_FAILURES = {SkipReason.CRASHED, SkipReason.TIMED_OUT, SkipReason.TOO_MUCH_MEMORY}

PoolMaker = Callable[[], AbstractContextManager[WorkerPool]]


@dataclass(frozen=True, slots=True)
class ScanFinished(Finished):
    """Counts of this run; ``failed`` are those of the skipped that crashed, hung or ate the memory."""

    songs: int = 0
    analysed: int = 0
    damaged: int = 0
    skipped: int = 0
    failed: int = 0
    seconds: float = 0.0
    workers: int = 0

    @property
    def songs_per_second(self) -> float:
        return (self.analysed + self.skipped) / self.seconds if self.seconds else 0.0


def embedding_version(encoder: EncoderFacts, excerpt: ExcerptChoice) -> str:
    """The name of the embeddings that an encoder makes of an excerpt; the plan's own excerpt needs no mention."""
    return encoder.version if excerpt == ExcerptChoice() else f"{encoder.version}-{excerpt.name}"


class OutcomeRecorder:
    """Collects outcomes and stores them in batches; embeddings first, so that no file is called known without one."""

    def __init__(
        self, *, embeddings: EmbeddingStore, companion: CompanionStore, version: str, excerpt: ExcerptChoice
    ) -> None:
        self._embeddings, self._companion = embeddings, companion
        self._version, self._excerpt = version, excerpt
        self._batch: list[SongOutcome] = []
        self._stored_at = time.monotonic()

    def add(self, outcome: SongOutcome) -> None:
        self._batch.append(outcome)
        if len(self._batch) >= BATCH or time.monotonic() - self._stored_at >= LONGEST_WAIT:
            self.store()

    def store(self) -> None:
        """Write what was collected."""
        facts = [(outcome.song_id, outcome.embedding) for outcome in self._batch if isinstance(outcome, SongFacts)]
        if facts:
            self._embeddings.store_embeddings_batch(facts, self._version)
        replaced = [outcome.song_id for outcome in self._batch if _is_of_another_file(outcome)]
        if replaced:
            self._embeddings.remove(replaced, self._version)
        if self._batch:
            self._companion.save_file_states([_state(outcome, self._excerpt.name) for outcome in self._batch])
        self._batch.clear()
        self._stored_at = time.monotonic()


def scan(
    tasks: list[SongTask], *, settings: AnalysisSettings, pool: WorkerPool, recorder: OutcomeRecorder, control: Control
) -> Iterator[Event]:
    """Analyse and store songs; yields an event and a Progress for each, and ScanFinished at the end."""
    started, analysed, damaged, reasons = time.monotonic(), 0, 0, list[SkipReason]()
    outcomes = analyse_songs(
        tasks, analyse=worker.analyse, settings=settings, executor=pool, workers=pool.workers, control=control
    )
    yield Progress(0, len(tasks))
    try:
        with closing(outcomes):
            for outcome in outcomes:
                recorder.add(outcome)
                if isinstance(outcome, SongFacts):
                    analysed, damaged = analysed + 1, damaged + bool(outcome.damage)
                    yield SongAnalysed(outcome.song_id, outcome.damage)
                else:
                    reasons.append(outcome.reason)
                    yield SongSkipped(outcome.song_id, outcome.reason, outcome.detail)
                yield progress(analysed + len(reasons), len(tasks), started=started)
    finally:
        recorder.store()
    yield ScanFinished(
        complete=analysed + len(reasons) == len(tasks),
        songs=len(tasks),
        analysed=analysed,
        damaged=damaged,
        skipped=len(reasons),
        failed=sum(reason in WORKER_FAILURES for reason in reasons),
        seconds=time.monotonic() - started,
        workers=pool.workers,
    )


def progress(done: int, total: int, *, started: float) -> Progress:
    """How far the work is by the mean speed so far; ``started`` as ``time.monotonic`` gives it."""
    passed = time.monotonic() - started
    speed = done / passed if passed > 0 else 0.0
    return Progress(done, total, speed, (total - done) / speed if speed else None)


def _is_of_another_file(outcome: SongOutcome) -> bool:
    """Whether a vector that is still stored was made from a file that has since been replaced by this one."""
    return isinstance(outcome, SongFailure) and outcome.reason not in PASSING


def _state(outcome: SongOutcome, excerpt: str) -> FileState:
    song_id: SongId = outcome.song_id
    if isinstance(outcome, SongFacts):
        found = outcome.metadata
        return FileState(song_id, found.file_size, found.mtime, excerpt, None, outcome.damage)
    return FileState(song_id, outcome.size, outcome.mtime, excerpt, outcome.reason.value, outcome.detail)
