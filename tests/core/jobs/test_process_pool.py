"""The pool of real processes: what dies in it costs one task, and nothing of it is left behind."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from pathlib import Path

import psutil
import pytest

from core.errors import UserError
from core.jobs import process_pool
from core.jobs.process_pool import LOST_WITH_ITS_SERVER, WorkerDied, WorkerPool, get_default_workers, usable_cores

LONGEST_WAIT = 20.0


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(1, time_limit=60) as shared:
        yield shared


def end_by(number: int) -> None:
    os.kill(os.getpid(), number)


def end_after(number: int) -> int:
    """Give a value back, and die before the next task is taken, as a worker does that keeps too much memory."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, 1e-4)
    return number


def sleep_long() -> None:
    threading.Event().wait(60)


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LONGEST_WAIT
    while not condition():
        assert time.monotonic() < deadline, "it never came about"
        threading.Event().wait(0.02)


def test_it_calls_functions_with_their_arguments(pool: WorkerPool) -> None:
    assert pool.submit(divmod, 17, 5).result() == (3, 2)
    assert pool.submit(int, "ff", base=16).result() == 255
    assert list(pool.map(abs, [-1, -2, 3])) == [1, 2, 3]


def test_an_error_is_the_error_of_the_task(pool: WorkerPool) -> None:
    with pytest.raises(ZeroDivisionError):
        pool.submit(divmod, 1, 0).result()


def test_a_task_that_cannot_travel_fails_alone(pool: WorkerPool) -> None:
    with pytest.raises((AttributeError, TypeError, OSError)):
        pool.submit(lambda: 1).result()
    assert pool.submit(abs, -1).result() == 1


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_a_worker_that_dies_takes_its_own_task_only(pool: WorkerPool, number: int) -> None:
    futures = [pool.submit(abs, -1), pool.submit(end_by, number), pool.submit(abs, -2), pool.submit(abs, -3)]
    with pytest.raises(WorkerDied) as caught:
        futures[1].result()
    assert caught.value.exitcode == -number
    assert [futures[place].result() for place in (0, 2, 3)] == [1, 2, 3]


def test_a_task_that_hangs_is_ended() -> None:
    with WorkerPool(1, time_limit=0.3) as pool:
        hanging, after = pool.submit(sleep_long), pool.submit(abs, -4)
        with pytest.raises(TimeoutError):
            hanging.result()
        assert after.result() == 4


def test_an_idle_worker_that_dies_costs_nothing(pool: WorkerPool) -> None:
    for _ in range(5):
        psutil.Process(pool.submit(os.getpid).result()).kill()
        assert pool.submit(abs, -5).result() == 5


def test_a_task_that_waits_outlives_the_worker_that_it_was_sent_to() -> None:
    with WorkerPool(1) as pool:
        process = psutil.Process(pool.submit(os.getpid).result())
        process.suspend()  # it takes the task, and never begins it
        future = pool.submit(abs, -6)
        wait_until(future.running)
        process.kill()
        assert future.result() == 6


@pytest.mark.parametrize("workers", [1, 2])
def test_no_task_is_forgotten_when_workers_die_between_tasks(workers: int) -> None:
    with WorkerPool(workers, time_limit=LONGEST_WAIT) as pool:
        futures = [pool.submit(end_after, number) for number in range(12)]
        for number, future in enumerate(futures):
            error = future.exception(timeout=LONGEST_WAIT)
            assert isinstance(error, WorkerDied) or future.result() == number


def test_a_worker_that_exits_takes_its_own_task_only(pool: WorkerPool) -> None:
    futures = [pool.submit(sys.exit, 7), pool.submit(abs, -1)]
    with pytest.raises(WorkerDied) as caught:
        futures[0].result()
    assert (caught.value.exitcode, futures[1].result()) == (7, 1)


class Odd(Exception):  # noqa: N818 - odd
    """An error that pickle cannot make again."""

    def __init__(self, first: int, second: int) -> None:
        super().__init__(f"{first} and {second}")


def raise_odd() -> None:
    raise Odd(1, 2)


def return_lock() -> object:
    return threading.Lock()


@pytest.mark.parametrize("function", [raise_odd, return_lock])
def test_a_result_that_cannot_travel_fails_alone(pool: WorkerPool, function: Callable[[], object]) -> None:
    with pytest.raises(TypeError):
        pool.submit(function).result()
    assert pool.submit(abs, -1).result() == 1


def test_an_error_tells_where_it_came_from(pool: WorkerPool) -> None:
    with pytest.raises(ValueError, match="no number") as caught:
        pool.submit(fail_at_depth).result()
    assert "fail_at_depth" in caught.value.__notes__[0]


def fail_at_depth() -> None:
    raise ValueError("no number")


def test_two_workers_work_at_the_same_time(tmp_path: Path) -> None:
    with WorkerPool(2, time_limit=LONGEST_WAIT) as pool:
        meeting = [pool.submit(meet, tmp_path / here, tmp_path / there) for here, there in ("ab", "ba")]
        assert len({future.result() for future in meeting}) == 2


def meet(here: Path, there: Path) -> int:
    """Come back when the other one has come too."""
    here.touch()
    wait_until(there.exists)
    return os.getpid()


def test_no_more_workers_are_started_than_are_needed() -> None:
    with WorkerPool(4) as pool:
        assert len({pool.submit(os.getpid).result() for _ in range(5)}) == 1


def test_an_idle_pool_sleeps() -> None:
    with WorkerPool(1) as pool:
        worker = pool.submit(os.getpid).result()
        assert pool._thread is not None
        threads = [Path(f"/proc/{worker}/status"), Path(f"/proc/self/task/{pool._thread.native_id}/status")]
        before = [times_slept(thread) for thread in threads]
        threading.Event().wait(0.5)
        # One more, because they may have been on their way to sleep; a pool that looks around does it ten times.
        assert all(times_slept(thread) <= slept + 1 for thread, slept in zip(threads, before, strict=True))


def times_slept(status: Path) -> int:
    return int(status.read_text().partition("\nvoluntary_ctxt_switches:")[2].split()[0])


def test_a_machine_that_was_suspended_has_used_up_nobody_s_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: time.monotonic() ** 2)  # the clock on the wall runs wild
    with WorkerPool(1, time_limit=30) as pool:
        assert pool.submit(threading.Event().wait, 0.3).exception() is not None  # an Event cannot travel
        assert pool.submit(time.sleep, 0.3).result() is None


def test_the_pool_survives_the_end_of_its_server(pool: WorkerPool) -> None:
    worker = psutil.Process(pool.submit(os.getpid).result())
    psutil.Process(worker.ppid()).kill()
    wait_until(lambda: not worker.is_running())
    assert pool.submit(abs, -7).result() == 7


def begin(begun: Path, there: Path) -> int:
    """Say how often it was begun, when something is there."""
    with begun.open("a") as file:
        file.write(f"{os.getpid()}\n")
    wait_until(there.exists)
    return begun.read_text().count("\n")


def kill_server(begun: Path, *, times: int) -> None:
    """Kill the server of a worker that has begun for the so many-th time."""
    wait_until(lambda: begun.exists() and begun.read_text().count("\n") == times)
    worker = psutil.Process(int(begun.read_text().split()[-1]))
    psutil.Process(worker.ppid()).kill()
    wait_until(lambda: not worker.is_running())


def test_a_task_that_is_lost_with_the_server_is_begun_once_more(pool: WorkerPool, tmp_path: Path) -> None:
    future, after = pool.submit(begin, tmp_path / "begun", tmp_path / "go on"), pool.submit(abs, -8)
    kill_server(tmp_path / "begun", times=1)
    (tmp_path / "go on").touch()
    assert future.result(LONGEST_WAIT) == 2
    assert after.result() == 8


def test_a_task_that_is_lost_twice_has_failed(pool: WorkerPool, tmp_path: Path) -> None:
    future = pool.submit(begin, tmp_path / "begun", tmp_path / "never there")
    for times in (1, 2):
        kill_server(tmp_path / "begun", times=times)
    assert isinstance(future.exception(LONGEST_WAIT), WorkerDied)
    assert pool.submit(abs, -7).result() == 7


def exit_as_if_lost(begun: Path) -> None:
    with begun.open("a") as file:
        file.write("begun\n")
    sys.exit(LOST_WITH_ITS_SERVER)


def test_a_task_that_exits_with_the_code_of_a_lost_one_does_not_go_round(pool: WorkerPool, tmp_path: Path) -> None:
    futures = [pool.submit(exit_as_if_lost, tmp_path / "begun"), pool.submit(abs, -1)]
    with pytest.raises(WorkerDied) as caught:
        futures[0].result(LONGEST_WAIT)
    assert (caught.value.exitcode, futures[1].result()) == (LOST_WITH_ITS_SERVER, 1)
    assert (tmp_path / "begun").read_text() == "begun\n" * 2


def test_a_pool_whose_workers_never_live_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process_pool, "serve", end_at_once)
    with WorkerPool(1) as pool, pytest.raises(UserError, match="end as soon as they are started"):
        pool.submit(abs, -1).result()


def end_at_once(*_arguments: object) -> None:
    """A worker that the system kills at its start."""


def test_no_process_is_left() -> None:
    with WorkerPool(2) as pool:
        pids = {pool.submit(os.getpid).result() for _ in range(4)}
    wait_until(lambda: not any(psutil.pid_exists(pid) for pid in pids))


def test_shutting_down_finishes_what_was_given() -> None:
    pool = WorkerPool(1)
    futures = [pool.submit(abs, -number) for number in range(5)]
    pool.shutdown()
    assert [future.result(timeout=0) for future in futures] == [0, 1, 2, 3, 4]
    with pytest.raises(RuntimeError):
        pool.submit(abs, -1)


def test_an_error_in_the_block_ends_the_work_at_once() -> None:
    futures = []

    def work() -> None:
        with WorkerPool(1) as pool:
            futures.extend(pool.submit(sleep_long) for _ in range(2))
            raise InterruptedError

    with pytest.raises(InterruptedError):
        work()
    for future in futures:
        with pytest.raises(CancelledError):
            future.result(timeout=0)


@pytest.mark.parametrize(
    ("cores", "share", "expected"), [(1, 0.8, 1), (2, 0.8, 1), (8, 0.8, 6), (4, 0.5, 2), (4, 0, 1)]
)
def test_workers_are_a_share_of_the_usable_cores(
    monkeypatch: pytest.MonkeyPatch, cores: int, share: float, expected: int
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: set(range(cores)))
    assert usable_cores() == cores
    assert get_default_workers(share) == expected
