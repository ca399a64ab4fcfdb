"""Has workers look at files and listen to songs for the duplicate detection alone, many songs a task."""

import logging
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from functools import partial
from typing import TypeVar

from core.analysis.facts import SongTask
from core.analysis.listening import each
from core.analysis.run import ENDS_OF_WORKERS

logger = logging.getLogger(__name__)

Result = TypeVar("Result")
Listen = Callable[[SongTask], Result | None]
Found = list[tuple[SongTask, Result]]
Batch = list[SongTask]

AT_HAND = 16
"""Batches handed out and unfinished: enough for any number of workers that a desktop has."""


def listen(
    function: Listen[Result], tasks: Sequence[SongTask], *, executor: Executor, together: int
) -> Iterator[Found[Result]]:
    """What came of the songs of which anything came, batch by batch and in their order.

    Measured: the way to a worker and back takes 0.3 ms of the app, as much as a look at a file, so songs travel
    ``together``. A batch that ends its worker is tried again song by song, and costs the song that it was on.
    """
    batches = deque([list(tasks[start : start + together]) for start in range(0, len(tasks), together)])
    pending = deque[tuple[Batch, Future[list[Result | None]]]]()
    try:
        while batches or pending:
            while batches and len(pending) < AT_HAND:
                batch = batches.popleft()
                pending.append((batch, executor.submit(partial(each, function), batch)))
            batch, future = pending.popleft()
            yield _found(batch, _results(batch, future, function=function, executor=executor))
    finally:
        for _, future in pending:
            future.cancel()


def _results(
    batch: Batch, future: Future[list[Result | None]], *, function: Listen[Result], executor: Executor
) -> list[Result | None]:
    try:
        return future.result()
    except ENDS_OF_WORKERS as error:
        if len(batch) == 1:
            logger.warning("%s: %s", batch[0].song_id, error)
            return [None]
    alone = [([task], executor.submit(partial(each, function), [task])) for task in batch]
    return [_results(*one, function=function, executor=executor)[0] for one in alone]


def _found(batch: Batch, results: Sequence[Result | None]) -> Found[Result]:
    return [(task, result) for task, result in zip(batch, results, strict=True) if result is not None]
