"""Feeds the pool: songs in, outcomes out as they come, never more in flight than the workers can chew."""

import logging
import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import chain
from typing import TypeAlias

from pebble import ProcessExpired

from core.analysis.facts import AnalysisSettings, SongFailure, SongOutcome, SongTask
from core.audio.reasons import SkipReason
from core.errors import UserError
from core.jobs.events import Control

logger = logging.getLogger(__name__)

AHEAD = 3
"""Songs handed out for each worker: one in work, the next at hand."""

ENDS_OF_WORKERS = (ProcessExpired, TimeoutError, MemoryError)
"""Errors of which the traceback says nothing."""

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
) -> Generator[SongOutcome, None, None]:
    """Yield the outcome of each song as it is there, in no fixed order.

    A worker that dies, hangs or runs out of memory costs the song that it was on. While paused, songs in work are
    finished and yielded. ``control.stop()`` ends the run in the same way; the others are left for the next run. Raises
    UserError for what concerns every song, such as an encoder that cannot be made.
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
                    task = pending.pop(future)
                    if isinstance(future.exception(), BrokenProcessPool):
                        waiting = chain([task], waiting)
                    else:
                        yield outcome_of(future, task)
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
        outcome = future.result()
    except UserError:
        raise
    except Exception as error:
        reason, detail = _failure_of(error)
        logger.warning("%s: %s, %s", task.song_id, reason, detail, exc_info=not isinstance(error, ENDS_OF_WORKERS))
        return SongFailure.of(task, reason, detail)
    if isinstance(outcome, SongFailure) and outcome.traceback:
        logger.warning("%s: %s\n%s", task.song_id, outcome.reason, outcome.traceback)
    return outcome


def _failure_of(error: Exception) -> tuple[SkipReason, str]:
    match error:
        case ProcessExpired():
            return SkipReason.CRASHED, _how_it_ended(error.exitcode)
        case TimeoutError():
            return SkipReason.TIMED_OUT, "no answer within the time limit"
        case MemoryError():
            return SkipReason.TOO_MUCH_MEMORY, "the worker ran out of memory"
    return SkipReason.CRASHED, f"{type(error).__name__}: {error}".partition("\n")[0]


def _how_it_ended(code: int | None) -> str:
    if code is not None and -code in set(signal.Signals):
        return f"the worker was ended by {signal.Signals(-code).name}"
    return f"the worker ended with code {code}"


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
    # A process pool would kill the worker of a future that runs.
    for future in [future for future in pending if not future.running() and future.cancel()]:
        del pending[future]
