"""Reading the log: lines with their subject, what is new since, a log that begins anew, and tracebacks."""

import logging
from pathlib import Path

from core import log
from core.log_lines import FILE, START, TAIL, LogLine, read_log

LINE = "2026-11-23 14:05:09,123 WARNING core.analysis.run: {}\n"


def test_what_the_log_writes_is_read_with_its_subject(tmp_path: Path) -> None:
    log.start_logging(tmp_path, debug=False)
    logging.getLogger("core.library.watch").info("looked at %s", "3 folders")
    log.stop_logging()
    ((line,), _) = read_log(tmp_path / FILE)
    assert (line.level, line.subject, line.text) == ("INFO", "library", "looked at 3 folders")


def test_only_what_is_new_is_read_and_half_a_line_waits(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text(LINE.format("one"))
    lines, place = read_log(path)
    assert lines == [LogLine("2026-11-23 14:05:09", "WARNING", "analysis", "one")]
    half = LINE.format("two")
    with path.open("a") as file:
        file.write(half[:20])
    assert read_log(path, after=place) == ([], place)
    with path.open("a") as file:
        file.write(half[20:])
    lines, place = read_log(path, after=place)
    assert [each.text for each in lines] == ["two"]
    assert read_log(path, after=place)[0] == []


def test_a_traceback_belongs_to_its_line(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(LINE.format("crashed") + "Traceback:\n  here\n" + LINE.format("next"))
    lines, _ = read_log(tmp_path / FILE)
    assert [(each.text, each.details) for each in lines] == [("crashed", "Traceback:\n  here"), ("next", "")]


def test_a_log_that_begins_anew_is_read_from_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text(LINE.format("old"))
    _, place = read_log(path)
    path.rename(tmp_path / "marmalade.log.1")
    path.write_text(LINE.format("first") + LINE.format("second"))
    assert [each.text for each in read_log(path, after=place)[0]] == ["first", "second"]


def test_of_a_long_log_the_end_is_read(tmp_path: Path) -> None:
    line = LINE.format("x" * 100)
    (tmp_path / FILE).write_text(line * (2 * TAIL // len(line)) + LINE.format("last"))
    lines, _ = read_log(tmp_path / FILE)
    assert lines[-1].text == "last"
    assert len(lines) <= TAIL // len(line) + 1


def test_without_a_log_there_is_nothing(tmp_path: Path) -> None:
    assert read_log(tmp_path / FILE) == ([], START)
