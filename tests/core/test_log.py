"""The log: below the profile, never in the way, whatever the disk and the names are like."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import log
from core.log import start_logging, stop_logging

logger = logging.getLogger("core.somewhere")


@pytest.fixture(autouse=True)
def stopped_afterwards() -> Iterator[None]:
    yield
    stop_logging()
    logging.getLogger("core").setLevel(logging.NOTSET)


def text(folder: Path) -> str:
    return (folder / "marmalade.log").read_text(encoding="utf-8")


def test_what_happens_is_written_below_the_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start_logging(tmp_path / "deep" / "state", debug=False)
    logger.info("a song was skipped")
    logger.debug("not that closely")
    (line,) = text(tmp_path / "deep" / "state").splitlines()
    assert line.endswith("INFO    core.somewhere: a song was skipped")
    assert capsys.readouterr().err == ""


def test_debugging_tells_more_and_on_the_terminal_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start_logging(tmp_path, debug=True)
    logger.debug("closely")
    assert "closely" in text(tmp_path)
    assert "closely" in capsys.readouterr().err


def test_starting_again_moves_the_log(tmp_path: Path) -> None:
    for name in ("first", "second"):
        start_logging(tmp_path / name, debug=False)
        logger.info("once")
    assert [text(tmp_path / name).count("once") for name in ("first", "second")] == [1, 1]


def test_names_that_are_not_utf_8_are_written(tmp_path: Path) -> None:
    start_logging(tmp_path, debug=False)
    logger.info("%s", os.fsdecode(b"caf\xe9"))
    assert "caf\\udce9" in text(tmp_path)


def test_without_a_folder_only_warnings_reach_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    start_logging(tmp_path / "file" / "state", debug=False)
    logger.info("all is well")
    assert capsys.readouterr().err == ""
    logger.warning("all is not well")
    assert "all is not well" in capsys.readouterr().err


def test_a_disk_that_is_full_is_not_complained_of_at_every_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    start_logging(tmp_path, debug=False)

    def refuse(_record: logging.LogRecord) -> int:
        raise OSError(28, "No space left on device")

    (handler,) = [each for each in logging.getLogger("core").handlers if isinstance(each, log.LogFile)]
    monkeypatch.setattr(handler, "shouldRollover", refuse)
    logger.info("lost")
    assert capsys.readouterr().err == ""


def test_the_log_does_not_grow_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "LARGEST_FILE", 1000)
    start_logging(tmp_path, debug=False)
    for number in range(200):
        logger.info("line %d", number)
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) <= 3 * 1000
    assert "line 199" in text(tmp_path)
