"""Feeds the pool: songs in, outcomes out as they come, never more in flight than the workers can chew."""

import logging
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TypeAlias

from core.analysis.facts import AnalysisSettings, SongFailure, SongOutcome, SongTask
from core.audio.reasons import SkipReason
from core.errors import UserError
from core.jobs.events import Control, Waiting, WaitReason
from core.jobs.memory_limit import is_out_of_memory
from core.jobs.pace import Pace
from core.jobs.process_pool import WorkerDied, WorkerPool
from core.jobs.surroundings import Surroundings

logger = logging.getLogger(__name__)

BETWEEN_LOOKS = 0.5
"""Seconds after which it is seen that the mode has changed, or the surroundings have."""

ENDS_OF_WORKERS = (WorkerDied, TimeoutError, MemoryError)
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
    surroundings: Surroundings | None = None,
) -> Generator[SongOutcome | Waiting, None, None]:
    """Yield the outcome of each song as it is there, in no fixed order.

    A worker that dies, hangs or runs out of memory costs the song that it was on, which is not tried again. While
    paused, songs in work are finished and yielded; so are they while gentle work waits for the surroundings, which a
    ``Waiting`` tells. ``control.stop()`` ends the run in the same way; the others are left for the next run. Raises
    UserError for what concerns every song, such as an encoder that cannot be made.
    """
    waiting, pending = deque(tasks), Pending()
    pace = Pace(control, workers=workers, surroundings=surroundings)
    told: WaitReason | None = None
    try:
        while pending or (waiting and not control.stopped):
            if control.stopped:
                _take_back(pending)
            else:
                _follow_mode(executor, pace)
                limit = pace.limit()
                while waiting and len(pending) < limit:
                    task = waiting.popleft()
                    pending[executor.submit(analyse, task, settings)] = task
            if control.waiting_for is not told:
                told = control.waiting_for
                yield Waiting(told)
            if pending:
                yield from _outcomes_of(pending, waiting)
            elif control.paused:
                control.wait_while_paused()
            else:
                control.wait_for_change(BETWEEN_LOOKS)
    finally:
        control.waiting_for = None
        for future in pending:
            future.cancel()


def _outcomes_of(pending: Pending, waiting: deque[SongTask]) -> Iterator[SongOutcome]:
    """The outcomes that are there, or come within a moment."""
    done, _ = wait(pending, timeout=BETWEEN_LOOKS, return_when=FIRST_COMPLETED)
    for future in done:
        task = pending.pop(future)
        if isinstance(future.exception(), BrokenProcessPool):
            waiting.appendleft(task)
        else:
            yield outcome_of(future, task)


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
        case WorkerDied():
            return SkipReason.CRASHED, _how_it_ended(error.exitcode)
        case TimeoutError():
            return SkipReason.TIMED_OUT, "no answer within the time limit"
    if is_out_of_memory(error):
        return SkipReason.TOO_MUCH_MEMORY, "the worker ran out of memory"
    return SkipReason.CRASHED, f"{type(error).__name__}: {error}".partition("\n")[0]


def _how_it_ended(code: int | None) -> str:
    if code is None:
        return "the worker died"
    if -code in set(signal.Signals):
        return f"the worker was ended by {signal.Signals(-code).name}"
    return f"the worker ended with code {code}"


def _follow_mode(executor: Executor, pace: Pace) -> None:
    # The workers of another executor are not ours to be niced.
    if isinstance(executor, WorkerPool):
        executor.be_gentle(pace.is_gentle)


def _take_back(pending: Pending) -> None:
    # A process pool would kill the worker of a future that runs.
    for future in [future for future in pending if not future.running() and future.cancel()]:
        del pending[future]
