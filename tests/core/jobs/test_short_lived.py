"""Children that can be ended at any moment: they answer, and end when they are stopped, left or killed."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from core.jobs.events import Control
from core.jobs.line_process import LineProcessError
from core.jobs.short_lived import KilledError, answers

Begin = Callable[..., Iterator[dict[str, Any]]]

OPENING = "import os, signal\nfrom core.jobs import short_lived_child\njob, say = short_lived_child.begin()\n"
BUSY = "say(process=os.getpid())\nwhile True: pass\n"


@pytest.fixture
def begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Begin:
    """The answers of a child of which the text is given, behind its opening."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))

    def begin_child(text: str, *, control: Control | None = None, **job: object) -> Iterator[dict[str, Any]]:
        (tmp_path / "short_lived_of_test.py").write_text(OPENING + text)
        return answers("short_lived_of_test", job=job, control=control)

    return begin_child


def test_it_answers_in_messages_alone(begin: Begin) -> None:
    found = begin("print('a library says so')\nsay(twice=2 * job['number'], nice=os.nice(0))", number=21)
    assert list(found) == [{"twice": 42, "nice": min(os.nice(0) + 10, 19)}]


def test_stopping_ends_it_in_the_middle_of_a_computation(begin: Begin) -> None:
    control = Control()
    found = begin(BUSY, control=control)
    process = next(found)["process"]
    threading.Thread(target=control.stop).start()
    assert list(found) == []
    assert not psutil.pid_exists(process)


def test_stopped_before_it_has_begun(begin: Begin) -> None:
    control = Control()
    control.stop()
    assert not any("result" in answer for answer in begin(BUSY, control=control))


def test_leaving_it_ends_it(begin: Begin) -> None:
    found = begin(BUSY)
    process = next(found)["process"]
    found.close()  # type: ignore[attr-defined]
    assert not psutil.pid_exists(process)


def test_killed_by_somebody_else(begin: Begin) -> None:
    with pytest.raises(KilledError, match="signal 9"):
        list(begin("os.kill(os.getpid(), signal.SIGKILL)"))


def test_a_bug_in_it_keeps_its_traceback(begin: Begin) -> None:
    with pytest.raises(LineProcessError, match="ZeroDivisionError"):
        list(begin("1 / 0"))


def test_it_leaves_cores_to_others(begin: Begin) -> None:
    assert list(begin("say(threads=os.environ['OPENBLAS_NUM_THREADS'])")) == [{"threads": "1"}]
