"""Logging by subject: one logger per module of the engine, a file in the profile, and stderr when asked for."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
LARGEST_FILE = 2_000_000


class LogFile(RotatingFileHandler):
    """A log that never gets in the way: names of files need not be UTF-8, and the disk may be full."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=LARGEST_FILE, backupCount=2, encoding="utf-8", errors="backslashreplace")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Let the line go: a traceback on the terminal for each would drown the one sentence that matters."""


def start_logging(folder: Path, *, debug: bool) -> None:
    """Write the log below a folder, and to stderr as well with ``debug``; starting again takes the place of the former.

    Without a writable folder, warnings go to stderr.
    """
    stop_logging()
    root = logging.getLogger("core")
    root.setLevel(logging.DEBUG if debug else logging.INFO)
    console = logging.StreamHandler()
    console.setLevel(logging.DEBUG if debug else logging.WARNING)
    handlers: list[logging.Handler] = [console] if debug else []
    failure = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handlers.append(LogFile(folder / "marmalade.log"))
    except OSError as error:
        handlers, failure = [console], error
    for handler in handlers:
        handler.setFormatter(logging.Formatter(FORMAT))
        root.addHandler(handler)
    if failure is not None:
        root.info("no log is kept: %s", failure)


def stop_logging() -> None:
    """Close what ``start_logging`` opened."""
    root = logging.getLogger("core")
    for handler in tuple(root.handlers):
        if type(handler) in (LogFile, logging.StreamHandler):
            root.removeHandler(handler)
            handler.close()
