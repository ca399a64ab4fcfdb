"""What a shell shows: one JSON object, tables with brackets as they are, notices on stderr; what pulls the reins."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from core.cli.terminal import Terminal, stopped_by_interrupt
from core.jobs.events import (
    Finished,
    Notice,
    Progress,
    SongRecognized,
    SongSkipped,
    Stage,
    Waiting,
    WaitReason,
    WorkMode,
)
from core.song import SongId
from core.training.process import EpochDone
from tests.shell_calls import STRANGE_NAME, Told

Capture = pytest.CaptureFixture[str]


def test_bytes_of_a_path_leave_as_they_are(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    Terminal(as_json=True).json({"path": STRANGE_NAME, "title": "Ólafur"})
    assert capfdbinary.readouterr().out == '{\n  "path": "caf\udce9 [live].wav",\n  "title": "Ólafur"\n}\n'.encode(
        errors="surrogateescape"
    )


def test_brackets_in_a_table_are_no_markup(capsys: Capture) -> None:
    Terminal(as_json=False).table("Songs", ["title", "stars"], [["Hey [/] you [bold]", 0.5], [STRANGE_NAME, 12]])
    shown = capsys.readouterr().out
    assert "Hey [/] you [bold]" in shown
    assert "caf? [live].wav" in shown
    assert "0.500" in shown


def test_a_table_without_rows_has_its_columns(capsys: Capture) -> None:
    Terminal(as_json=False).table("Songs", ["title"], [])
    assert "title" in capsys.readouterr().out


def test_sentences_go_to_stderr_beside_json(capsys: Capture) -> None:
    Terminal(as_json=True).say("a [sentence]")
    Terminal(as_json=False).say(f"another, {STRANGE_NAME}")
    shown = capsys.readouterr()
    assert shown.err == "a [sentence]\n"
    assert shown.out == "another, caf? [live].wav\n"


def test_following_shows_notices_and_gives_the_end(capsys: Capture) -> None:
    events = [
        Stage("Listening"),
        Notice("A [notice]."),
        Progress(1, 2, 3.0, 4.0),
        EpochDone(1, {"val/mse": 0.5}),
        SongSkipped(SongId("file:///music/a%20b.mp3"), "damaged", "a hole"),
        SongSkipped(SongId("http://radio.example/x"), "not a local file", ""),
        Finished(complete=False),
    ]
    finished = Terminal(as_json=True).follow(iter(events), what="Work", kind=Finished)
    assert finished == Finished(complete=False)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.splitlines() == [
        "A [notice].",
        "skipped (damaged): /music/a b.mp3",
        "skipped (not a local file): http://radio.example/x",
    ]


def test_waiting_is_told_as_a_line(capsys: Capture) -> None:
    recognized = SongRecognized(SongId("file:///a.mp3"), SongId("file:///b.mp3"))
    events = [Waiting(WaitReason.ON_BATTERY), Waiting(None), recognized, Waiting(WaitReason.BUSY)]
    Terminal(as_json=True).follow(iter(events), what="Work", kind=Finished)
    lines = capsys.readouterr().err.splitlines()
    assert lines == ["Waiting: on battery.", "Going on.", "Waiting: the computer is busy."]


@pytest.mark.parametrize(
    ("progress", "line"),
    [
        (Progress(1, 2000, 3.0, 120.0), "Work: 1 of 2,000, 3.0/s, 2 min left"),
        (Progress(1, 2000), "Work: 1 of 2,000"),
    ],
)
def test_a_speed_is_told_when_it_is_known(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, progress: Progress, line: str
) -> None:
    monkeypatch.setattr("core.cli.terminal.BETWEEN_LINES", -1.0)
    Terminal(as_json=True).follow(iter([progress]), what="Work", kind=Finished)
    assert capsys.readouterr().err == f"{line}\n"


def test_a_title_gives_a_terminal_no_orders(capsys: Capture) -> None:
    Terminal(as_json=False).say("red \x1b[31mtitle\x9b, Ólafur 🎵\nnext")
    assert capsys.readouterr().out == "red ?[31mtitle?, Ólafur 🎵\nnext\n"


def test_numbers_with_separators_stand_on_the_right(capsys: Capture) -> None:
    Terminal(as_json=False).table("Songs", ["name", "number"], [["a", "60,113"], ["b", "7"]])
    assert "│      7 │" in capsys.readouterr().out


def test_a_drive_unplugged_does_not_flood_the_shell(capsys: Capture) -> None:
    events = (SongSkipped(SongId(f"file:///music/{number}.mp3"), "missing", "") for number in range(1000))
    Terminal(as_json=True).follow(events, what="Work", kind=Finished)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 51
    assert lines[-1] == "… and 950 more: “marmalade skipped” lists them all."


def test_work_that_ends_otherwise_gives_nothing() -> None:
    assert Terminal(as_json=True).follow(iter([Notice("x")]), what="Work", kind=Finished) is None


def test_the_reins_have_the_mode_that_was_asked_for() -> None:
    with stopped_by_interrupt(mode=WorkMode.GENTLE) as control:
        assert control.mode is WorkMode.GENTLE


def test_an_interrupt_is_answered_on_a_terminal(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.isatty", lambda _: True)
    with stopped_by_interrupt():
        os.kill(os.getpid(), signal.SIGINT)
    assert capfdbinary.readouterr().err == b" stopping; once more ends it at once\n"


def test_the_first_interrupt_pulls_the_reins_and_the_second_ends_the_program() -> None:
    also: list[bool] = []
    before = signal.getsignal(signal.SIGINT)
    with stopped_by_interrupt(lambda: also.append(True)) as control:
        assert not control.stopped
        os.kill(os.getpid(), signal.SIGINT)
        assert control.stopped
        assert also == [True]
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


class Ended(Exception):  # noqa: N818 - it says what has happened
    """The program has been ended; the test run has not."""


@pytest.fixture
def ending() -> Iterator[Callable[..., None]]:
    """What SIGTERM does outside of the work."""

    def end(*_: object) -> None:
        raise Ended

    before = signal.signal(signal.SIGTERM, end)
    yield end
    signal.signal(signal.SIGTERM, before)


def test_the_first_sigterm_pulls_the_reins_and_the_second_ends_the_program(ending: Callable[..., None]) -> None:
    also: list[bool] = []
    with stopped_by_interrupt(lambda: also.append(True)) as control:
        os.kill(os.getpid(), signal.SIGTERM)
        assert control.stopped
        assert also == [True]
        with pytest.raises(Ended):
            os.kill(os.getpid(), signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) is ending


def test_sigterm_after_ctrl_c_ends_the_program(ending: Callable[..., None]) -> None:
    with stopped_by_interrupt() as control:
        os.kill(os.getpid(), signal.SIGINT)
        assert control.stopped
        with pytest.raises(Ended):
            os.kill(os.getpid(), signal.SIGTERM)


def test_work_that_nobody_stopped_leaves_the_signals_as_they_were(ending: Callable[..., None]) -> None:
    before = signal.getsignal(signal.SIGINT)
    with stopped_by_interrupt():
        assert signal.getsignal(signal.SIGTERM) is not ending
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == (before, ending)


PROGRAM = """
import os, signal, sys
from core.cli import program
from core.engine import Engine
from core.analysis.scan import ScanFinished

def scan(_, *, control, **options):
    os.kill(os.getpid(), signal.SIGTERM)
    yield ScanFinished(complete=not control.stopped, songs=2, analysed=1, seconds=1.0)

Engine.scan, Engine.require_music = scan, lambda _: None
program.run()
"""


def test_a_scan_that_sigterm_stopped_ends_with_1(learned: Told) -> None:
    program = [sys.executable, "-P", "-c", PROGRAM, "scan", *learned.arguments]
    ended = subprocess.run(program, capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (1, "")
    assert "start the scan again to continue" in ended.stdout
