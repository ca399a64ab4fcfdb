"""The command line: the same engine as the window's, from a shell."""

import sys

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
        Terminal(as_json=True).warn(str(error))
        sys.exit(ACT)
