"""The log as it is read by its owner: lines with their subject, the newest of a file that goes on growing."""

import re
from dataclasses import dataclass
from pathlib import Path

FILE = "marmalade.log"
"""In the folder of the profile's state."""
TAIL = 500_000
"""Bytes that are read of a long log at first."""
_LINE = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),\d+ (\w+) +([\w.]+): (.*)")


@dataclass(frozen=True, slots=True)
class LogLine:
    """What was logged at once; a traceback belongs to the line that it stands below."""

    moment: str
    """``2026-11-23 14:05:09``."""
    level: str
    """``DEBUG``, ``INFO``, ``WARNING``, ``ERROR``, ``CRITICAL``."""
    subject: str
    """The part of the engine: ``analysis``, ``training``, ``library``, ..."""
    text: str
    details: str = ""
    """Further lines."""


@dataclass(frozen=True, slots=True)
class LogPlace:
    """How far a log has been read."""

    file: int = 0
    """Its inode: when a log is full, another file takes its name."""
    offset: int = 0


START = LogPlace()


def read_log(path: Path, *, after: LogPlace = START) -> tuple[list[LogLine], LogPlace]:
    """The lines since a place, and where they end; nothing where there is no log. Half a line is left for later."""
    try:
        with path.open("rb") as file:
            state = path.stat()
            is_same = state.st_ino == after.file and state.st_size >= after.offset
            begin = after.offset if is_same else max(0, state.st_size - TAIL) if after == START else 0
            file.seek(begin)
            data = file.read()
    except OSError:
        return [], after
    whole = data[: data.rfind(b"\n") + 1]
    text = whole.decode("utf-8", "backslashreplace")
    if begin and not is_same:  # it begins in the middle of a line
        text = text.partition("\n")[2]
    return _parsed(text), LogPlace(state.st_ino, begin + len(whole))


def _parsed(text: str) -> list[LogLine]:
    found: list[tuple[re.Match[str], list[str]]] = []
    for line in text.splitlines():
        match = _LINE.fullmatch(line)
        if match:
            found.append((match, []))
        elif found:
            found[-1][1].append(line)
    return [LogLine(match[1], match[2], _subject(match[3]), match[4], "\n".join(details)) for match, details in found]


def _subject(logger: str) -> str:
    """The folder below ``core`` that a module lies in, or its own name."""
    parts = logger.split(".")
    return parts[1] if len(parts) > 1 else parts[0]
