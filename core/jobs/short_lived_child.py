"""The child's side of ``short_lived``: a job in on stdin, a message a line out on stdout.

It ends as soon as anything more is said on stdin, or its other end is closed: the kernel sees to that by a signal, in
the middle of a computation too.
"""

import fcntl
import json
import os
import select
import signal
from typing import IO, Any, Protocol

NICENESS = 10
"""The player, and whatever else its owner does, comes first."""


class Say(Protocol):
    """Sends the parent one message."""

    def __call__(self, **message: Any) -> None: ...  # noqa: ANN401 - whatever JSON can say


def begin(*, niceness: int = NICENESS) -> tuple[dict[str, Any], Say]:
    """The job, and how to answer; from now on whatever happens at the other end of stdin ends this process."""
    os.nice(niceness)
    with open(0, "rb", buffering=0, closefd=False) as stdin:  # no byte more is read than the line
        job = json.loads(stdin.readline())
    _die_with_stdin()
    out = _messages_only()

    def say(**message: Any) -> None:  # noqa: ANN401 - whatever JSON can say
        print(json.dumps(message), file=out, flush=True)

    return job, say


def _die_with_stdin() -> None:
    fcntl.fcntl(0, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(0, fcntl.F_SETFL, fcntl.fcntl(0, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([0], [], [], 0)[0]:  # it has happened already
        os.kill(os.getpid(), signal.SIGIO)  # the same signal


def _messages_only() -> IO[str]:
    """The parent's end; what a library prints goes to the log."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return out
