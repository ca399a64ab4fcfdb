"""The command line: the same engine as the window's, from a shell.

The commands are in ``core.cli.program``, which takes a moment to load: here is only what must be there before that.
"""

import os
import signal
from types import FrameType
from typing import NoReturn

INTERRUPTED = 130
"""The exit code of a program that Ctrl+C ended, as shells give it."""


def main() -> None:
    """Run the command line; Ctrl+C ends it without a word, in its first moments too."""
    previous = signal.getsignal(signal.SIGINT)
    if previous is signal.default_int_handler:  # else the shell wants it ignored, as behind nohup
        # Nothing is open yet, and an exception in the middle of an import would be told in many words.
        signal.signal(signal.SIGINT, _leave_at_once)
    try:
        from core.cli.program import run

        signal.signal(signal.SIGINT, previous)
        run()
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None


def _leave_at_once(_signal: int, _frame: FrameType | None) -> NoReturn:
    os._exit(INTERRUPTED)
