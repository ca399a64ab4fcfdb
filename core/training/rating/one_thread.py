"""One thread for the linear algebra of the predictor: on small matrices several only wait for each other.

The variables that limit numpy's threads are read when it is first imported, so they are for children; and a child of
a computer with many cores may have more than one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

import scipy.linalg  # noqa: F401 - it brings a library of its own, which can be limited only once it is there
from threadpoolctl import threadpool_limits


@dataclass
class _Limit:
    """One for the whole process, for the libraries know no threads of ours."""

    lock: Lock = field(default_factory=Lock)
    inside: int = 0
    limits: threadpool_limits | None = None

    def enter(self) -> None:
        with self.lock:
            if not self.inside:
                self.limits = threadpool_limits(1, user_api="blas")
            self.inside += 1

    def leave(self) -> None:
        with self.lock:
            self.inside -= 1
            if not self.inside and self.limits is not None:
                self.limits.restore_original_limits()


LIMIT = _Limit()


@contextmanager
def one_thread() -> Iterator[None]:
    """Within, BLAS works with one thread; may be entered again, and by several threads at a time.

    Where other work had the two cores too, learning from 277 ratings took 4.6 s of processor time with two threads and
    1.0 with one, from 2,000 12 to 14 instead of 4; explaining a song 21 instead of 1.
    """
    LIMIT.enter()
    try:
        yield
    finally:
        LIMIT.leave()
