"""Feeding the pool: order, bounds, pausing and stopping, and what becomes of a worker's end."""

import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import pytest

from core.analysis.facts import AnalysisSettings, EncoderChoice, SongFailure, SongOutcome, SongTask
from core.analysis.run import analyse_songs
from core.audio.reasons import SkipReason
from core.errors import UserError
from core.jobs.events import Control, Waiting, WaitReason, WorkMode
from core.jobs.pace import AHEAD
from core.jobs.process_pool import WorkerDied, WorkerPool
from core.song import SongId

SETTINGS = AnalysisSettings(EncoderChoice("SpectralEncoder", 512, 42))
LONGEST_WAIT = 10.0


@pytest.fixture
def executor() -> Iterator[Executor]:
    with ThreadPoolExecutor(2) as threads:
        yield threads


def tasks(count: int) -> list[SongTask]:
    return [SongTask(SongId(str(number)), None) for number in range(count)]


def done(task: SongTask, _settings: AnalysisSettings | None = None) -> SongOutcome:
    """What a fake worker gives back: any value will do for the feeding."""
    return SongFailure(task.song_id, SkipReason.EMPTY, "done")


def run(
    analyse: Callable[[SongTask, AnalysisSettings], SongOutcome],
    *,
    executor: Executor,
    count: int = 10,
    control: Control | None = None,
) -> Any:  # noqa: ANN401 - a generator, closed by some tests
    return analyse_songs(
        tasks(count), analyse=analyse, settings=SETTINGS, executor=executor, workers=2, control=control or Control()
    )


def names(outcomes: Iterator[SongOutcome]) -> list[str]:
    return [outcome.song_id for outcome in outcomes]


def failing(error: BaseException) -> Callable[[SongTask, AnalysisSettings], SongOutcome]:
    """Song 3 ends by an error, as it comes out of the future."""

    def analyse(task: SongTask, _settings: AnalysisSettings) -> SongOutcome:
        if task.song_id == "3":
            raise error
        return done(task)

    return analyse


def test_each_song_is_analysed_once_with_the_settings(executor: Executor) -> None:
    seen = list[AnalysisSettings]()

    def analyse(task: SongTask, settings: AnalysisSettings) -> SongOutcome:
        seen.append(settings)
        return done(task)

    assert sorted(names(run(analyse, executor=executor)), key=int) == [str(number) for number in range(10)]
    assert seen == [SETTINGS] * 10


def test_no_songs_are_no_work(executor: Executor) -> None:
    assert names(run(done, executor=executor, count=0)) == []


def test_songs_are_begun_in_their_order() -> None:
    begun = list[str]()

    def analyse(task: SongTask, _settings: AnalysisSettings) -> SongOutcome:
        begun.append(task.song_id)
        return done(task)

    with ThreadPoolExecutor(1) as single:
        names(run(analyse, executor=single, count=30))
    assert begun == [str(number) for number in range(30)]


@pytest.mark.parametrize(
    ("error", "reason", "detail"),
    [
        (WorkerDied("Abnormal termination", code=-9), SkipReason.CRASHED, "the worker was ended by SIGKILL"),
        (WorkerDied("Abnormal termination", code=-11), SkipReason.CRASHED, "the worker was ended by SIGSEGV"),
        (WorkerDied("Abnormal termination", code=3), SkipReason.CRASHED, "the worker ended with code 3"),
        (TimeoutError("Task timeout", 120.0), SkipReason.TIMED_OUT, "no answer within the time limit"),
        (MemoryError(), SkipReason.TOO_MUCH_MEMORY, "the worker ran out of memory"),
        (RuntimeError("can't allocate memory"), SkipReason.TOO_MUCH_MEMORY, "the worker ran out of memory"),
        (RuntimeError("odd\nthing"), SkipReason.CRASHED, "RuntimeError: odd"),
    ],
)
def test_the_end_of_a_worker_costs_one_song(
    executor: Executor, error: Exception, reason: SkipReason, detail: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        outcomes = {outcome.song_id: outcome for outcome in run(failing(error), executor=executor)}
    assert len(outcomes) == 10
    assert (outcomes["3"].reason, outcomes["3"].detail) == (reason, detail)
    assert [record.getMessage().startswith("3: ") for record in caplog.records] == [True]


def test_the_traceback_of_a_failure_in_the_worker_is_logged(
    executor: Executor, caplog: pytest.LogCaptureFixture
) -> None:
    def analyse(task: SongTask, _settings: AnalysisSettings) -> SongOutcome:
        return SongFailure(task.song_id, SkipReason.CRASHED, "KeyError: 'x'", traceback="Traceback: in forward")

    names(run(analyse, executor=executor, count=1))
    assert "Traceback: in forward" in caplog.text


def test_what_concerns_every_song_ends_the_run(executor: Executor) -> None:
    with pytest.raises(UserError, match="no such encoder"):
        names(run(failing(UserError("no such encoder")), executor=executor))


class BreakingOnce(ThreadPoolExecutor):
    """A pool that breaks while the first songs wait in it, and is whole again afterwards."""

    broken = 3

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:  # noqa: ANN401 - as Executor
        if not self.broken:
            return super().submit(function, *arguments, **named)
        self.broken -= 1
        future = Future[Any]()
        future.set_exception(BrokenProcessPool("a worker died while it had no task"))
        return future


def test_songs_that_were_not_begun_are_given_to_the_next_pool() -> None:
    with BreakingOnce(2) as executor:
        assert sorted(names(run(done, executor=executor)), key=int) == [str(number) for number in range(10)]


def test_no_more_songs_are_handed_out_than_the_workers_chew() -> None:
    class Counting(ThreadPoolExecutor):
        unfinished = most = 0

        def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:  # noqa: ANN401 - as Executor
            self.unfinished += 1
            self.most = max(self.most, self.unfinished)
            return super().submit(function, *arguments, **named)

    with Counting(2) as executor:
        for _ in run(done, executor=executor, count=100):
            executor.unfinished -= 1
    assert executor.most == AHEAD * 2


class Gate:
    """Analysis that begins, says so, and waits until it may end."""

    def __init__(self) -> None:
        self.begun = threading.Semaphore(0)
        self.open = threading.Event()

    def analyse(self, task: SongTask, _settings: AnalysisSettings) -> SongOutcome:
        self.begun.release()
        assert self.open.wait(LONGEST_WAIT)
        return done(task)


def collect(outcomes: Iterator[SongOutcome]) -> tuple[threading.Thread, list[str]]:
    """Consume a run in a thread of its own."""
    found = list[str]()
    thread = threading.Thread(target=lambda: found.extend(names(outcomes)))
    thread.start()
    return thread, found


def test_stopping_finishes_the_songs_in_work_and_leaves_the_others(executor: Executor) -> None:
    gate, control = Gate(), Control()
    thread, found = collect(run(gate.analyse, executor=executor, count=50, control=control))
    assert all(gate.begun.acquire(timeout=LONGEST_WAIT) for _ in range(2))
    control.stop()
    gate.open.set()
    thread.join(LONGEST_WAIT)
    # Those that lay ready may have been begun in the moment between.
    assert {"0", "1"} <= set(found)
    assert len(found) <= AHEAD * 2


def test_stopping_before_the_beginning_does_nothing(executor: Executor) -> None:
    control = Control()
    control.stop()
    assert names(run(done, executor=executor, control=control)) == []


def test_a_pause_finishes_what_was_handed_out_and_goes_on_later(executor: Executor) -> None:
    control = Control()
    seen = threading.Semaphore(0)

    def analyse(task: SongTask, _settings: AnalysisSettings) -> SongOutcome:
        seen.release()
        return done(task)

    control.pause()
    thread, found = collect(run(analyse, executor=executor, count=20, control=control))
    assert not seen.acquire(timeout=0.1), "nothing is begun while paused"
    control.resume()
    thread.join(LONGEST_WAIT)
    assert len(found) == 20


def test_a_pause_in_the_middle_yields_the_songs_in_work(executor: Executor) -> None:
    control = Control()
    outcomes = run(done, executor=executor, count=50, control=control)
    first = next(outcomes)
    control.pause()
    in_work = [next(outcomes) for _ in range(AHEAD * 2 - 1)]
    thread, found = collect(outcomes)
    thread.join(0.2)
    assert thread.is_alive(), "all that was handed out has come back, and it waits"
    control.resume()
    thread.join(LONGEST_WAIT)
    assert sorted([first.song_id, *(each.song_id for each in in_work), *found], key=int) == [str(n) for n in range(50)]


def test_a_paused_run_can_be_stopped(executor: Executor) -> None:
    control = Control()
    control.pause()
    thread, found = collect(run(done, executor=executor, control=control))
    control.stop()
    thread.join(LONGEST_WAIT)
    assert (thread.is_alive(), found) == (False, [])


def test_a_run_that_is_dropped_takes_back_what_was_not_begun() -> None:
    begun = list[str]()
    gate = Gate()

    def analyse(task: SongTask, settings: AnalysisSettings) -> SongOutcome:
        begun.append(task.song_id)
        return done(task) if task.song_id == "0" else gate.analyse(task, settings)

    with ThreadPoolExecutor(1) as single:
        outcomes = run(analyse, executor=single, count=50)
        assert next(outcomes).song_id == "0"
        assert gate.begun.acquire(timeout=LONGEST_WAIT)
        outcomes.close()
        gate.open.set()
    assert begun == ["0", "1"]


class Around:
    """Surroundings that say what they are told to."""

    reason: WaitReason | None = None

    def reason_to_wait(self) -> WaitReason | None:
        return self.reason


def run_gently(
    analyse: Callable[[SongTask, AnalysisSettings], SongOutcome],
    *,
    executor: Executor,
    control: Control,
    around: Around,
) -> Any:  # noqa: ANN401 - a generator, closed by some tests
    return analyse_songs(
        tasks(10),
        analyse=analyse,
        settings=SETTINGS,
        executor=executor,
        workers=2,
        control=control,
        surroundings=around,
    )


def test_gentle_work_gives_songs_to_half_of_the_workers(executor: Executor) -> None:
    at_work, most = list[str](), list[int]()

    def analyse(task: SongTask, _settings: AnalysisSettings) -> SongOutcome:
        at_work.append(task.song_id)
        most.append(len(at_work))
        at_work.remove(task.song_id)
        return done(task)

    control = Control(WorkMode.GENTLE)
    assert len(list(run_gently(analyse, executor=executor, control=control, around=Around()))) == 10
    assert max(most) == 1


def test_gentle_work_waits_for_its_surroundings_and_tells(executor: Executor) -> None:
    control, around = Control(WorkMode.GENTLE), Around()
    around.reason = WaitReason.ON_BATTERY
    found = run_gently(done, executor=executor, control=control, around=around)
    assert next(found) == Waiting(WaitReason.ON_BATTERY)
    assert control.waiting_for is WaitReason.ON_BATTERY
    around.reason = WaitReason.BUSY
    assert next(found) == Waiting(WaitReason.BUSY)
    around.reason = None
    assert next(found) == Waiting(None)
    around.reason = WaitReason.ON_BATTERY
    assert isinstance(next(found), SongFailure), "songs in work are finished"
    assert next(found) == Waiting(WaitReason.ON_BATTERY)
    control.mode = WorkMode.FULL
    assert next(found) == Waiting(None)
    assert len(list(found)) == 9
    assert control.waiting_for is None


def test_work_that_waits_for_its_surroundings_can_be_stopped(executor: Executor) -> None:
    control, around = Control(WorkMode.GENTLE), Around()
    around.reason = WaitReason.BUSY
    found = run_gently(done, executor=executor, control=control, around=around)
    assert next(found) == Waiting(WaitReason.BUSY)
    control.stop()
    assert list(found) == []
    assert control.waiting_for is None


def test_nothing_is_waited_for_when_no_song_is_left(executor: Executor) -> None:
    control, around = Control(WorkMode.GENTLE), Around()
    found = run_gently(done, executor=executor, control=control, around=around)
    outcomes = [next(found) for _ in range(10)]
    around.reason = WaitReason.ON_BATTERY
    assert list(found) == []
    assert len(outcomes) == 10


def test_the_workers_follow_the_mode() -> None:
    control = Control()
    with WorkerPool(1) as pool:
        followed = list[bool]()
        pool.be_gentle = followed.append  # type: ignore[method-assign]
        run = analyse_songs(tasks(50), analyse=done, settings=SETTINGS, executor=pool, workers=1, control=control)
        next(run)  # more are left than are given out ahead
        control.mode = WorkMode.GENTLE
        list(run)
    assert followed[0] is False
    assert followed[-1] is True
