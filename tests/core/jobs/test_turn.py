"""One scan at a time: between objects, between processes, and after a holder that was killed while its pool lived."""

import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest

from core.jobs.control import Control
from core.jobs.turn import Turn

LONGEST_WAIT = 20.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "profile" / "scan.lock"


def test_only_one_has_the_turn(path: Path) -> None:
    with Turn(path) as first, Turn(path) as second:
        assert first.try_acquire()
        assert first.try_acquire(), "who has it keeps it"
        assert not second.try_acquire()
        first.give_back()
        first.give_back()
        assert second.try_acquire()
        assert (first.is_held, second.is_held) == (False, True)
        assert not first.try_acquire()


def test_the_end_of_the_block_gives_it_back(path: Path) -> None:
    with Turn(path) as turn:
        assert turn.try_acquire()
    with Turn(path) as turn:
        assert turn.try_acquire()


def waiter(path: Path, control: Control) -> tuple[threading.Thread, list[bool]]:
    found = list[bool]()
    thread = threading.Thread(target=lambda: found.append(Turn(path).wait(control)))
    thread.start()
    return thread, found


def test_waiting_takes_it_as_soon_as_it_is_free(path: Path) -> None:
    with Turn(path) as turn:
        assert turn.try_acquire()
        thread, found = waiter(path, Control())
        thread.join(0.05)
        assert thread.is_alive()
    thread.join(LONGEST_WAIT)
    assert found == [True]


def test_stopping_ends_the_waiting(path: Path) -> None:
    control = Control()
    with Turn(path) as turn:
        assert turn.try_acquire()
        thread, found = waiter(path, control)
        control.stop()
        thread.join(LONGEST_WAIT)
    assert found == [False]


def test_a_folder_that_cannot_be_written_is_an_error_and_no_waiting(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        Turn(tmp_path / "file" / "scan.lock").try_acquire()


PROGRAM = """
import os, subprocess, sys, threading
from pathlib import Path
from core.jobs.process_pool import WorkerPool
from core.jobs.turn import Turn

def sleep_long(): threading.Event().wait(60)

if __name__ == "__main__":
    pool = WorkerPool(2)
    pids = [pool.submit(os.getpid).result(), pool.submit(os.getppid).result()]
    turn = Turn(Path(sys.argv[1]))
    print(turn.try_acquire(), *pids, flush=True)
    pool.submit(sleep_long)
    later = pool.submit(sleep_long)
    while not later.running():
        threading.Event().wait(0.01)
    child = subprocess.Popen(["sleep", "60"], stdout=subprocess.DEVNULL)
    print(child.pid, flush=True)
    later.result()
"""


def test_a_holder_that_is_killed_gives_it_back_at_once_and_takes_its_processes_along(
    path: Path, tmp_path: Path
) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    with subprocess.Popen([sys.executable, program, path], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        held, *pids = holder.stdout.readline().split()
        child = psutil.Process(int(holder.stdout.readline()))
        assert held == "True"
        workers = psutil.Process(holder.pid).children(recursive=True)
        assert not Turn(path).try_acquire()
        holder.kill()
        holder.wait()
        assert Turn(path).try_acquire(), "whatever its children still do"
    child.kill()
    assert {int(pid) for pid in pids} < {process.pid for process in workers}
    _, alive = psutil.wait_procs(workers, timeout=60)
    assert not alive, "workers that hang on a song end with the app"
