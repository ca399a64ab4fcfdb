"""What a process of the pool does: take a task, say that it has begun, give back its value; until the parent ends."""

import ctypes
import os
import signal
import sys
import traceback
from enum import IntEnum
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import Any

import psutil

from core.jobs.memory_limit import has_grown_much, lift_limit, restore_limit

NICENESS = 10
GENTLE_NICENESS = 19
SET_PARENT_DEATH_SIGNAL = 1
"""``PR_SET_PDEATHSIG`` of Linux's prctl."""
LEFT_TO_THE_APP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""What ends an app: Ctrl+C and a closed terminal reach its process group, a logout sends SIGTERM to every process."""


class Word(IntEnum):
    """The first byte of each message to the parent."""

    READY = 0
    BEGUN = 1
    VALUE = 2
    ERROR = 3


def serve(connection: Connection, gentle: bool) -> None:  # noqa: FBT001 - the arguments of a process have no names
    """Work off the tasks that come through ``connection``; ends when the parent closes it or dies."""
    _become_worker(gentle=gentle)
    try:
        connection.send_bytes(bytes([Word.READY]))
        # A worker that a task has left with much memory would fail at the next one, which is innocent.
        while not has_grown_much():
            payload = connection.recv_bytes()
            connection.send_bytes(bytes([Word.BEGUN]))
            connection.send_bytes(_answer(payload))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the parent has gone


def _answer(payload: bytes) -> bytes:
    # What is no Exception, such as SystemExit, ends this process: in the parent it would end the app.
    try:
        function, arguments, named = ForkingPickler.loads(payload)
        return _message(Word.VALUE, function(*arguments, **named))
    except Exception as error:  # noqa: BLE001 - whatever a task raises is its result
        lift_limit()
        return _told(error)
    finally:
        restore_limit()


def _told(error: Exception) -> bytes:
    error.add_note("".join(traceback.format_tb(error.__traceback__)))
    # What the task has eaten is held by its frames, and the next task needs it.
    traceback.clear_frames(error.__traceback__)
    try:
        return _message(Word.ERROR, error)
    except Exception:  # noqa: BLE001 - an error may hold anything, a lock or an open file
        return _message(Word.ERROR, RuntimeError(f"{type(error).__name__}: {error}"))


def _message(word: Word, value: Any) -> bytes:  # noqa: ANN401 - whatever a task returns
    return bytes([word]) + bytes(ForkingPickler.dumps(value))


def _become_worker(*, gentle: bool) -> None:
    # The parent alone decides when a worker ends: its death would be held against the song that it is on.
    for number in LEFT_TO_THE_APP:
        signal.signal(number, signal.SIG_IGN)
    _end_with_the_server()
    os.nice(NICENESS)
    if gentle:
        make_gentle(os.getpid())


def _end_with_the_server() -> None:
    """Have the kernel end this process with the fork server, which ends with the app, even by ``kill -9``.

    A closed connection ends an idle worker only; one that hangs on a song would stay for ever. The server waits until
    nobody holds the other end of a pipe: the app does, and the standard library hands a copy to each worker.
    """
    if sys.platform != "linux":
        return
    server: Any = forkserver._forkserver  # noqa: SLF001 - nothing public closes it
    if server._forkserver_alive_fd is not None:  # noqa: SLF001
        os.close(server._forkserver_alive_fd)  # noqa: SLF001
        server._forkserver_alive_fd = None  # noqa: SLF001
    ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)


def make_gentle(pid: int) -> None:
    """Give a process the last turn on the processor and on the disk; without root there is no way back."""
    process = psutil.Process(pid)
    if hasattr(process, "ionice"):
        process.ionice(psutil.IOPRIO_CLASS_IDLE)
    threads = Path(f"/proc/{pid}/task")
    # On Linux each thread has a niceness of its own; new ones take over that of the thread that starts them.
    for thread in [int(entry.name) for entry in threads.iterdir()] if threads.is_dir() else [pid]:
        try:
            os.setpriority(os.PRIO_PROCESS, thread, GENTLE_NICENESS)
        except ProcessLookupError:
            continue  # the thread has ended
