"""The program: all commands in one place, and what becomes of their errors."""

import errno
import gc
import io
import os
import sys
from typing import NoReturn

from core.cli import (
    backups,
    demonstration,
    duplicates,
    encoders,
    explain,
    learning,
    library,
    lists,
    models,
    music_stats,
    playlists,
    rate,
    ratings,
    restoring,
    skipped,
    speech,
    tuning,
    verdict,
    verdicts,
)
from core.cli.hints import with_hint
from core.cli.shell import ACT, application
from core.cli.terminal import Terminal
from core.errors import UserError

COMMANDS = (
    library,
    lists,
    music_stats,
    skipped,
    duplicates,
    speech,
    tuning,
    verdict,
    verdicts,
    rate,
    ratings,
    restoring,
    backups,
    learning,
    encoders,
    models,
    tuning,
    playlists,
    explain,
    demonstration,
)
"""The modules that hold them: importing one adds its commands to the application."""


OBJECTS_BETWEEN_COLLECTIONS = 100_000
"""As in the window: Python's own 700 let the collector walk 60,000 songs again and again, a quarter of a rescan."""


def run() -> None:
    """Run the command that was asked for; what the owner can mend ends in one sentence and exit code 1."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, 50, 100)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that is not UTF-8 has no stars
    try:
        application()
    except UserError as error:
        _give_up(with_hint(str(error), error.cause))
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        # What is left in the buffer would fail once more when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _give_up(f"{error.filename or 'The output'} cannot be written: the disk is full. Free some space, start again.")


def _give_up(sentence: str) -> NoReturn:
    Terminal(as_json=True).warn(sentence)
    sys.exit(ACT)
