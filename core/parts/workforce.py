"""The worker processes of the engine: started when something has to be heard, and not before."""

from core.analysis import worker
from core.jobs.process_pool import WorkerPool


class Workforce:
    """A pool that lives as long as one run."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._pool: WorkerPool | None = None

    def pool(self) -> WorkerPool:
        """The pool, started at the first call."""
        if self._pool is None:
            self._pool = WorkerPool(self.workers, preload=worker.PRELOAD)
        return self._pool

    def close(self, *, at_once: bool = False) -> None:
        """End the workers, after their work or at once."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=at_once)
            self._pool = None
