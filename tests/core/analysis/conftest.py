"""One pool of real workers for all tests of this folder: starting it takes seconds."""

from collections.abc import Iterator

import pytest

from core.analysis import worker
from core.jobs.process_pool import WorkerPool


@pytest.fixture(scope="package")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(1, preload=worker.PRELOAD, time_limit=60) as shared:
        yield shared
