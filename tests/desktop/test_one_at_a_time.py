"""What is asked for in the middle of work, and who is told when that has ended."""

from pytestqt.qtbot import QtBot

from desktop.one_at_a_time import OneAtATime
from desktop.task_runner import TaskRunner


def test_who_asks_in_the_middle_is_served_by_the_next(qtbot: QtBot) -> None:
    runner, told, begun = TaskRunner(), [], []
    work = OneAtATime(lambda: begun.append(1) or runner.call(lambda: None))  # type: ignore[func-returns-value]
    for name in ("first", "second", "third"):
        work.request(then=lambda name=name: told.append((name, len(begun))))  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(told) == 3)
    assert told == [("first", 2), ("second", 2), ("third", 2)]
    qtbot.waitUntil(lambda: runner.is_idle)
    assert work.task is None


def test_work_that_cannot_begin_leaves_the_way_free(qtbot: QtBot) -> None:
    runner, told = TaskRunner(), []
    is_open = False
    work = OneAtATime(lambda: runner.call(lambda: None) if is_open else None)
    work.request(then=lambda: told.append("early"))
    is_open = True
    work.request(then=lambda: told.append("late"))
    qtbot.waitUntil(lambda: told == ["late"])


def test_what_is_begun_is_brief_where_nobody_asked_for_more(qtbot: QtBot) -> None:
    runner, brief = TaskRunner(), []
    work = OneAtATime(lambda: brief.append(work.is_brief) or runner.call(lambda: None))  # type: ignore[func-returns-value]
    work.request(briefly=True)
    work.request(briefly=True)
    work.request()  # for whom the second round is not brief
    work.request(briefly=True)
    qtbot.waitUntil(lambda: runner.is_idle)
    work.request(briefly=True)
    qtbot.waitUntil(lambda: runner.is_idle)
    assert brief == [True, False, True]
