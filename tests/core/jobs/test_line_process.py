"""The child that speaks JSON lines: real processes that answer, die, chatter and hang."""

import logging
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from core.jobs.line_process import LineProcess, LineProcessError

Start = Callable[..., LineProcess]

OPENING = "import json, os, signal, sys, time\njob = json.loads(sys.stdin.readline())\n"
SAY = "print(json.dumps({}), flush=True)\n"


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Start:
    """Start a child of which the text is given, behind its opening."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    def start_child(text: str, *, opening: str = OPENING, job: dict[str, Any] | None = None) -> LineProcess:
        (tmp_path / "child_of_test.py").write_text(opening + text)
        return LineProcess("child_of_test", job=job or {})

    return start_child


def pid_of(child: LineProcess) -> int:
    return child._process.pid


def test_the_job_goes_in_and_messages_come_out(start: Start) -> None:
    job = {"path": "/music/\udcff ü 漢", "numbers": [1, 2.5, None]}
    with start(SAY.format("job") + SAY.format("{'end': 1}"), job=job) as child:
        assert list(child.messages()) == [job, {"end": 1}]
    assert not psutil.pid_exists(pid_of(child))


def test_a_long_job_arrives_whole(start: Start) -> None:
    job = {"songs": ["x" * 100] * 20_000}
    with start(SAY.format("{'count': len(job['songs'])}"), job=job) as child:
        assert list(child.messages()) == [{"count": 20_000}]


def test_the_child_hears_what_is_said_later(start: Start) -> None:
    with start(
        SAY.format("{'ready': 1}") + "heard = json.loads(sys.stdin.readline())\n" + SAY.format("heard")
    ) as child:
        messages = child.messages()
        assert next(messages) == {"ready": 1}
        child.say({"say": "stop"})
        assert list(messages) == [{"say": "stop"}]


def test_what_is_no_message_goes_to_the_log(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    text = "print('Downloading 3 %')\nprint('[1, 2]')\n" + SAY.format("{'end': 1}")
    with caplog.at_level(logging.WARNING), start(text) as child:
        assert list(child.messages()) == [{"end": 1}]
    assert "Downloading 3 %" in caplog.text


def test_garbage_on_stderr_harms_nobody(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    text = "os.write(2, bytes(range(128, 256)) * 2000 + b'\\n')\n" + SAY.format("{'end': 1}")
    with caplog.at_level(logging.INFO), start(text) as child:
        assert list(child.messages()) == [{"end": 1}]
    assert "\\x80" in caplog.text


def test_an_error_code_is_told_with_the_end_of_the_log(start: Start) -> None:
    text = "for number in range(100): print('line', number, file=sys.stderr)\nraise MemoryError('no room')"
    with start(text) as child, pytest.raises(LineProcessError) as caught:
        list(child.messages())
    sentence = str(caught.value)
    assert "code 1" in sentence
    assert sentence.rstrip().endswith("MemoryError: no room")
    assert "line 99" in sentence
    assert "line 0\n" not in sentence


def test_a_child_that_is_killed_in_the_middle_of_a_line_is_an_error(start: Start) -> None:
    text = (
        SAY.format("{'one': 1}") + "sys.stdout.write('{\"tw')\nsys.stdout.flush()\nos.kill(os.getpid(), signal.SIGKILL)"
    )
    with start(text) as child:
        messages = child.messages()
        assert next(messages) == {"one": 1}
        with pytest.raises(LineProcessError, match="code -9"):
            next(messages)


def test_a_child_that_never_reads_its_job_is_an_error_too(start: Start) -> None:
    job = {"songs": ["x" * 100] * 20_000}
    with start("raise SystemExit(3)", opening="import sys\n", job=job) as child:
        with pytest.raises(LineProcessError, match="code 3"):
            list(child.messages())
        child.say({"say": "stop"})


def test_leaving_ends_a_child_by_closing_its_stdin(start: Start, tmp_path: Path) -> None:
    text = SAY.format("{'ready': 1}") + f"sys.stdin.read()\nopen({str(tmp_path / 'ended')!r}, 'w').close()\n"
    with start(text) as child:
        assert next(child.messages()) == {"ready": 1}
    assert (tmp_path / "ended").exists()


def test_a_child_that_does_not_care_is_killed(start: Start) -> None:
    child = start(SAY.format("{'ready': 1}") + "time.sleep(60)")
    assert next(child.messages()) == {"ready": 1}
    child.end(patience=0.1)
    assert not psutil.pid_exists(pid_of(child))


def test_a_process_that_the_child_leaves_behind_holds_nobody_up(start: Start) -> None:
    text = "import subprocess\nleft = subprocess.Popen(['sleep', '30'], stdout=2)\n" + SAY.format("{'pid': left.pid}")
    child = start(text)
    (message,) = [next(child.messages())]
    begun = time.monotonic()
    child.end(patience=0.2)
    assert time.monotonic() - begun < 5
    os.kill(message["pid"], signal.SIGKILL)
    child._log_reader.join()
    child._process.stderr.close()  # type: ignore[union-attr]


def test_ctrl_c_in_the_shell_does_not_reach_the_child(start: Start) -> None:
    with start(SAY.format("{'group': os.getpgrp()}")) as child:
        assert next(child.messages())["group"] not in (os.getpgrp(), 0)
