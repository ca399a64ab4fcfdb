"""Calls of the command line as a program of its own, and what they answer.

Use::

    finished = call_program("music-stats", "--json", "--profile", str(tmp_path))
    assert the_object(finished.stdout)["songs"] == 60
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import Result

Call = Callable[..., Result]
"""The command line in this process."""

STRANGE_NAME = os.fsdecode(b"caf\xe9 [live].wav")
"""A name that is not UTF-8, as old archives hold them."""

STRANGE_DAMAGED_NAME = os.fsdecode(b"na\xefve [1].mp3")


def call_program(*arguments: str) -> "subprocess.CompletedProcess[bytes]":
    """The command line as a program of its own."""
    return subprocess.run([sys.executable, "-P", "-m", "core.cli", *arguments], capture_output=True, check=False)


def the_object(output: bytes) -> dict[str, Any]:
    """The one JSON object that is all of the output."""
    found, end = json.JSONDecoder().raw_decode(output.decode(errors="surrogateescape"))
    assert isinstance(found, dict)
    assert output.decode(errors="surrogateescape")[end:] == "\n"
    return found


@dataclass(frozen=True)
class Told:
    """A library that a program of its own worked on, and what that said."""

    arguments: list[str]
    folder: Path
    answer: dict[str, Any]
    errors: str
