"""The worker processes of the engine: started when something has to be heard, and not before."""

from collections.abc import Sequence
from pathlib import Path

from core.analysis import worker
from core.analysis.run import Analyse
from core.jobs.cluster import LOCAL, ClusterPool, cluster_pool
from core.jobs.process_pool import WorkerPool


class Workforce:
    """A pool that lives as long as one run: processes of this machine, or the workers of a Dask scheduler."""

    def __init__(self, workers: int, *, address: str = LOCAL, paths: Sequence[Path] = ()) -> None:
        """``address`` is ``local`` or the scheduler's HOST:PORT, whose workers must be able to read ``paths``."""
        self._workers, self._address, self._paths = workers, address, paths
        self._pool: WorkerPool | ClusterPool | None = None

    @property
    def address(self) -> str:
        return self._address

    @property
    def workers(self) -> int:
        """The songs that can be in work at the same time."""
        return self._pool.workers if self._pool else self._workers

    @property
    def notice(self) -> str:
        """A sentence for the owner about the workers; empty when all is well."""
        return self._pool.notice if isinstance(self._pool, ClusterPool) else ""

    @property
    def analyse(self) -> Analyse:
        """What a worker runs for each song; the memory of processes that are not ours is not limited."""
        return worker.analyse_within_limit if self._address == LOCAL else worker.analyse

    def pool(self) -> WorkerPool | ClusterPool:
        """The pool, started at the first call; raises UserError for a scheduler that cannot be used."""
        if self._pool is None:
            self._pool = self._start()
        return self._pool

    def _start(self) -> WorkerPool | ClusterPool:
        if self._address == LOCAL:
            return WorkerPool(self._workers, preload=worker.PRELOAD)
        pool = cluster_pool(self._address)
        try:
            pool.require_paths(self._paths)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
        return pool

    def close(self, *, at_once: bool = False) -> None:
        """End the workers, after their work or at once."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=at_once)
            self._pool = None
