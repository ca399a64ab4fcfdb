"""Workers that eat memory in Python objects, numpy and torch: the kernel says no, and the next task does not notice."""

import os
from collections.abc import Callable, Iterator

import pytest

from core.jobs.memory_limit import has_grown_much, held_bytes, is_out_of_memory, limit_growth
from core.jobs.process_pool import WorkerPool

GROWTH = 200 << 20


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(1) as fresh:
        yield fresh


kept = list[bytes]()


def eat_objects() -> None:
    limit_growth(GROWTH)
    eaten = list[dict[str, list[int]]]()
    while True:
        eaten.append({"a": [len(eaten)]})


def eat_array() -> None:
    import numpy as np

    limit_growth(GROWTH)
    np.ones(GROWTH // 4)  # twice the growth: a process may have given back some of what it held at first


def eat_tensors() -> None:
    import torch  # without memory the loading of a library can end by SIGSEGV

    limit_growth(GROWTH)
    torch.ones(GROWTH)  # many small ones can end it by SIGSEGV: torch itself does not bear to get no memory


def eat_threads() -> None:
    limit_growth(GROWTH)
    import threading

    gate = threading.Event()
    for _ in range(10_000):
        threading.Thread(target=gate.wait, daemon=True).start()


def take(size: int) -> int:
    limit_growth(GROWTH)
    return len(b"x" * size)


def keep(size: int) -> int:
    limit_growth(GROWTH)
    kept.append(b"x" * size)
    return os.getpid()


@pytest.mark.parametrize("eat", [eat_objects, eat_array, eat_tensors, eat_threads])
def test_a_task_that_eats_memory_fails_by_name_and_alone(pool: WorkerPool, eat: Callable[[], None]) -> None:
    eater = pool.submit(eat)
    innocents = [pool.submit(take, GROWTH // 2) for _ in range(2)]
    error = eater.exception()
    assert error is not None
    assert is_out_of_memory(error), repr(error)
    assert [innocent.result() for innocent in innocents] == [GROWTH // 2] * 2


def test_a_second_limit_does_not_add_to_the_first(pool: WorkerPool) -> None:
    assert all(pool.submit(take, GROWTH // 4).result() for _ in range(5))
    assert isinstance(pool.submit(take, GROWTH * 5 // 4).exception(), MemoryError)


def test_a_worker_that_keeps_memory_is_replaced_before_it_fails_an_innocent() -> None:
    with WorkerPool(1) as pool:
        pids = [pool.submit(keep, GROWTH // 3).result() for _ in range(6)]
    assert pids[0] == pids[1] != pids[2] == pids[3] != pids[4]


def test_who_has_no_limit_has_not_grown_too_much() -> None:
    assert not has_grown_much()
    assert (held_bytes() or 0) > 1 << 20


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (MemoryError(), True),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 8 bytes"), True),
        (RuntimeError("Could not open the file: Cannot allocate memory"), True),
        (RuntimeError("std::bad_alloc"), True),
        (RuntimeError("Invalid data found"), False),
        (ValueError("the song Out Of Memory"), False),
    ],
)
def test_the_words_of_libraries_are_known(error: Exception, expected: bool) -> None:
    assert is_out_of_memory(error) is expected


def test_what_an_error_came_from_counts() -> None:
    error = ValueError("no excerpt")
    error.__cause__ = MemoryError()
    assert is_out_of_memory(error)
