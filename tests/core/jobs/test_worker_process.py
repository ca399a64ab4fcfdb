"""What a process of the pool leaves to the app: signals, the processor, and the end of all of them together."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from core.jobs.process_pool import WorkerPool
from core.jobs.worker_process import LEFT_TO_THE_APP, NICENESS

LONGEST_WAIT = 20.0


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(1, time_limit=60) as shared:
        yield shared


def end_by(number: int) -> None:
    os.kill(os.getpid(), number)


def dispositions() -> tuple[set[object], int, int]:
    return {signal.getsignal(number) for number in LEFT_TO_THE_APP}, os.nice(0), os.getppid()


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LONGEST_WAIT
    while not condition():
        assert time.monotonic() < deadline, "it never came about"
        threading.Event().wait(0.02)


def meet(here: Path, there: Path) -> int:
    """Come back when the other one has come too."""
    here.touch()
    wait_until(there.exists)
    return os.getpid()


def test_workers_leave_signals_to_the_parent_and_the_processor_to_others(pool: WorkerPool) -> None:
    handlers, niceness, parent = pool.submit(dispositions).result()
    assert handlers == {signal.SIG_IGN}
    assert niceness == min(os.nice(0) + NICENESS, 19)
    assert parent != os.getpid(), "the fork server is the parent, not this process with its threads"


@pytest.mark.parametrize("number", LEFT_TO_THE_APP)
def test_what_ends_the_app_does_not_end_a_task(pool: WorkerPool, number: int) -> None:
    assert pool.submit(end_by, number).result() is None


@pytest.mark.parametrize("number", LEFT_TO_THE_APP)
def test_a_logout_in_the_middle_of_work_is_held_against_no_task(pool: WorkerPool, number: int, tmp_path: Path) -> None:
    worker = psutil.Process(pool.submit(os.getpid).result())
    server = psutil.Process(worker.ppid())
    future = pool.submit(meet, tmp_path / "begun", tmp_path / "go on")
    wait_until((tmp_path / "begun").exists)
    for process in (server, worker):
        process.send_signal(number)
    (tmp_path / "go on").touch()
    assert future.result(LONGEST_WAIT) == worker.pid
    assert pool.submit(os.getppid).result() == server.pid, "the server goes on too"


def nicenesses() -> tuple[set[int], int]:
    """Of all threads of the worker, and its class on the disk."""
    other = threading.Thread(target=threading.Event().wait, daemon=True)
    other.start()
    threads = {os.getpriority(os.PRIO_PROCESS, int(entry.name)) for entry in Path("/proc/self/task").iterdir()}
    return threads, psutil.Process().ionice().ioclass


def test_gentle_workers_have_the_last_turn_and_full_ones_do_not() -> None:
    usual, none, idle = min(os.nice(0) + NICENESS, 19), psutil.IOPRIO_CLASS_NONE, psutil.IOPRIO_CLASS_IDLE
    with WorkerPool(1) as pool:
        pids = [pool.submit(os.getpid).result()]
        assert pool.submit(nicenesses).result() == ({usual}, none)
        pool.be_gentle(True)
        wait_until(lambda: pool.submit(nicenesses).result() == ({19}, idle))
        pids.append(pool.submit(os.getpid).result())
        pool.be_gentle(False)
        assert pool.submit(nicenesses).result() == ({usual}, none)
        pids.append(pool.submit(os.getpid).result())
    assert pids[0] == pids[1] != pids[2], "there is no way back for a process without root"


def test_a_pool_can_begin_gentle() -> None:
    with WorkerPool(1) as pool:
        pool.be_gentle(True)
        assert pool.submit(nicenesses).result()[0] == {19}


PROGRAM = """
import os, sys, threading
from core.jobs.process_pool import WorkerPool

def imported(name): return name in sys.modules
def sleep_long(): threading.Event().wait(60)

if __name__ == "__main__":
    with WorkerPool(1, preload=("wave",)) as pool:
        print(pool.submit(imported, "wave").result(), pool.submit(os.getpid).result(), flush=True)
        pool.submit(sleep_long).result()
"""


def test_what_is_preloaded_is_there_and_no_worker_outlives_a_parent_that_is_killed(tmp_path: Path) -> None:
    # The fork server of this process serves the whole test run, so that a fresh one has to answer.
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    with subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        preloaded, pid = parent.stdout.readline().split()
        parent.kill()
    assert preloaded == "True"
    wait_until(lambda: not psutil.pid_exists(int(pid)))


INTERRUPTED_PROGRAM = """
from core.jobs.process_pool import WorkerPool

if __name__ == "__main__":
    with WorkerPool(1, preload=("interrupting",)) as pool:
        print(pool.submit(abs, -6).result())
"""


@pytest.mark.parametrize("number", LEFT_TO_THE_APP)
def test_what_ends_the_app_while_the_server_preloads_does_not_end_that(tmp_path: Path, number: int) -> None:
    (tmp_path / "interrupting.py").write_text(f"import os\nos.kill(os.getpid(), {int(number)})\n")
    program = tmp_path / "program.py"
    program.write_text(INTERRUPTED_PROGRAM)
    ended = subprocess.run([sys.executable, program], capture_output=True, text=True, timeout=60, check=False)
    assert (ended.stdout, ended.stderr) == ("6\n", "")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_logout_ends_the_app_and_every_process_of_it(tmp_path: Path, number: int) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    command = [sys.executable, str(program)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as app:
        assert app.stdout is not None
        assert app.stdout.readline().startswith("True")
        children = psutil.Process(app.pid).children(recursive=True)
        assert len(children) >= 3, "the tracker of resources, the server, the worker"
        os.killpg(app.pid, number)
        assert app.wait(LONGEST_WAIT) == -number
    wait_until(lambda: not any(child.is_running() for child in children))


FORGETFUL_PROGRAM = """
import multiprocessing, os, threading
from core.jobs.process_pool import WorkerPool

def sleep_long(): threading.Event().wait(60)

if __name__ == "__main__":
    pool = WorkerPool(2)
    assert pool.submit(os.getpid).result()
    futures = [pool.submit(sleep_long) for _ in range(BUSY)]
    while not all(future.running() for future in futures):
        pass
    multiprocessing.get_logger()  # puts Python's own end of the processes before what was registered until now
"""


@pytest.mark.parametrize("busy", [0, 2])
def test_an_app_that_does_not_shut_its_pool_ends_all_the_same(tmp_path: Path, busy: int) -> None:
    program = tmp_path / "program.py"
    program.write_text(FORGETFUL_PROGRAM.replace("BUSY", str(busy)))
    ended = subprocess.run([sys.executable, program], capture_output=True, text=True, timeout=LONGEST_WAIT, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
