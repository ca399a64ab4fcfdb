"""Feeds the pool: songs in, outcomes out as they come, never more in flight than the workers can chew."""

import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from typing import TypeAlias

from pebble import ProcessExpired

from core.analysis.facts import AnalysisSettings, SongFailure, SongOutcome, SongTask
from core.audio.reasons import SkipReason
from core.jobs.events import Control

logger = logging.getLogger(__name__)

AHEAD = 3
"""Songs handed out for each worker: one in work, the next at hand."""

Analyse: TypeAlias = Callable[[SongTask, AnalysisSettings], SongOutcome]
Pending: TypeAlias = dict["Future[SongOutcome]", SongTask]


def analyse_songs(
    tasks: Iterable[SongTask],
    *,
    analyse: Analyse,
    settings: AnalysisSettings,
    executor: Executor,
    workers: int,
    control: Control,
) -> Iterator[SongOutcome]:
    """Yield the outcome of each song as it is there, in no fixed order.

    A worker that dies, hangs or runs out of memory costs the song that it was on. While paused, songs in work are
    finished and yielded. ``control.stop()`` ends the run in the same way; the others are left for the next run.
    """
    waiting, pending = iter(tasks), Pending()

    def submit(task: SongTask) -> "Future[SongOutcome]":
        return executor.submit(analyse, task, settings)

    try:
        while True:
            if control.stopped:
                _take_back(pending)
            elif not control.paused:
                _hand_out(waiting, pending, submit, limit=AHEAD * workers)
            if pending:
                done, _ = wait(pending, timeout=0.5, return_when=FIRST_COMPLETED)
                for future in done:
                    yield outcome_of(future, pending.pop(future))
            elif control.paused:
                control.wait_while_paused()
            else:
                return
    finally:
        for future in pending:
            future.cancel()


def outcome_of(future: "Future[SongOutcome]", task: SongTask) -> SongOutcome:
    """The value of a finished future, or the failure that the end of its worker means."""
    try:
        return future.result()
    except ProcessExpired as error:
        reason, detail = SkipReason.CRASHED, f"the worker ended with code {error.exitcode}"
    except TimeoutError:
        reason, detail = SkipReason.TIMED_OUT, "no answer within the time limit"
    except MemoryError:
        reason, detail = SkipReason.TOO_MUCH_MEMORY, "the worker ran out of memory"
    logger.warning("%s: %s, %s", task.song_id, reason, detail)
    return SongFailure.of(task, reason, detail)


def _hand_out(
    waiting: Iterator[SongTask],
    pending: Pending,
    submit: Callable[[SongTask], "Future[SongOutcome]"],
    *,
    limit: int,
) -> None:
    while len(pending) < limit and (task := next(waiting, None)) is not None:
        pending[submit(task)] = task


def _take_back(pending: Pending) -> None:
    for future in [future for future in pending if future.cancel()]:
        del pending[future]
