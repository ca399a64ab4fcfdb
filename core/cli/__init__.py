"""The command line: the same engine as the window's, from a shell."""

import errno
import os
import sys
from typing import NoReturn

from core.cli import demonstration, learning, library, playlists
from core.cli.shell import ACT, application
from core.cli.terminal import Terminal
from core.errors import UserError

__all__ = ["demonstration", "learning", "library", "main", "playlists"]


def main() -> None:
    """Run the command line; what the owner can mend ends in one sentence and exit code 1."""
    try:
        application()
    except UserError as error:
        _give_up(str(error))
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        # What is left in the buffer would fail once more when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _give_up(f"{error.filename or 'The output'} cannot be written: the disk is full. Free some space, start again.")


def _give_up(sentence: str) -> NoReturn:
    Terminal(as_json=True).warn(sentence)
    sys.exit(ACT)
