"""Waiting for a condition, never for a time: a busy machine only makes the wait longer."""

import time
from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")

POLL = 0.05


def wait_for(ask: Callable[[], Value | None], *, limit: float, what: str) -> Value:
    """What ``ask`` gives as soon as it is true; AssertionError that names ``what`` after ``limit`` seconds."""
    found = within(ask, limit=limit)
    assert found, f"{what} did not come within {limit:g} s"
    return found


def within(ask: Callable[[], Value | None], *, limit: float) -> Value | None:
    """What ``ask`` gives as soon as it is true, or its last answer after ``limit`` seconds."""
    deadline = time.monotonic() + limit
    while not (found := ask()) and time.monotonic() < deadline:
        time.sleep(POLL)
    return found


def settled(ask: Callable[[], Value], *, quiet: float, limit: float, what: str) -> Value:
    """The answer that stayed the same for ``quiet`` seconds."""
    last, since = ask(), time.monotonic()

    def quiet_for_long() -> bool:
        nonlocal last, since
        if (now := ask()) != last:
            last, since = now, time.monotonic()
        return time.monotonic() - since >= quiet

    wait_for(quiet_for_long, limit=limit, what=what)
    return last
