"""Songs travel to the workers together, come back in their order, and a deadly one costs itself only."""

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from core.analysis.facts import SongTask
from core.analysis.listeners import AT_HAND, listen
from core.jobs.process_pool import WorkerDied
from core.song import SongId

DEADLY = "deadly"


def tasks(*names: str) -> list[SongTask]:
    return [SongTask(SongId(name), Path(name)) for name in names]


def name_of(task: SongTask) -> str | None:
    if task.song_id == DEADLY:
        raise WorkerDied("the worker ended with code -9", code=-9)
    return None if task.song_id == "text" else task.song_id.upper()


class LateExecutor(Executor):
    """Does nothing until the value of a future is asked for, so that what was handed out can be counted."""

    def __init__(self) -> None:
        self.waiting = 0
        self.most_waiting = 0
        self.cancelled = 0

    def submit(self, function: Callable[[list[SongTask]], object], /, *args: list[SongTask]) -> Future[object]:
        executor = self

        class Late(Future[object]):
            def result(self, timeout: float | None = None) -> object:
                assert timeout is None
                executor.waiting -= 1
                return function(*args)

            def cancel(self) -> bool:
                executor.cancelled += 1
                return True

        self.waiting += 1
        self.most_waiting = max(self.most_waiting, self.waiting)
        return Late()


@pytest.mark.parametrize("together", [1, 2, 3, 100])
def test_results_come_in_batches_and_in_order(together: int) -> None:
    with ThreadPoolExecutor(2) as executor:
        batches = list(listen(name_of, tasks("a", "b", "text", "c"), executor=executor, together=together))
    assert [(task.song_id, result) for batch in batches for task, result in batch] == [
        ("a", "A"),
        ("b", "B"),
        ("c", "C"),
    ]
    assert len(batches) == -(-4 // together)


def test_a_deadly_song_costs_itself_only(caplog: pytest.LogCaptureFixture) -> None:
    with ThreadPoolExecutor(1) as executor:
        batches = list(listen(name_of, tasks("a", "b", DEADLY, "c", "d"), executor=executor, together=3))
    assert [[result for _, result in batch] for batch in batches] == [["A", "B"], ["C", "D"]]
    assert [record.getMessage() for record in caplog.records] == [f"{DEADLY}: the worker ended with code -9"]


def test_no_more_is_handed_out_than_workers_need() -> None:
    executor = LateExecutor()
    songs = tasks(*map(str, range(5 * AT_HAND)))
    assert len(list(listen(name_of, songs, executor=executor, together=2))) == len(songs) / 2
    assert executor.most_waiting == AT_HAND


def test_what_was_handed_out_is_taken_back_by_who_stops() -> None:
    executor = LateExecutor()
    found = listen(name_of, tasks("a", "b", "c"), executor=executor, together=1)
    next(found)
    found.close()
    assert executor.cancelled == 2


def test_a_fault_of_ours_is_not_hidden() -> None:
    def fail(task: SongTask) -> None:
        raise KeyError(task.song_id)

    with ThreadPoolExecutor(1) as executor, pytest.raises(KeyError):
        list(listen(fail, tasks("a"), executor=executor, together=1))
