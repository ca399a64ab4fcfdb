"""Logging by subject: one logger per module of the engine, a file in the profile, and stderr when asked for."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
LARGEST_FILE = 2_000_000


def start_logging(folder: Path, *, debug: bool) -> None:
    """Write the log below a folder, and to stderr as well with ``debug``; without a writable folder, to stderr only."""
    root = logging.getLogger("core")
    root.setLevel(logging.DEBUG if debug else logging.INFO)
    handlers: list[logging.Handler] = [logging.StreamHandler()] if debug else []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handlers.append(RotatingFileHandler(folder / "marmalade.log", maxBytes=LARGEST_FILE, backupCount=2, delay=True))
    except OSError as error:
        handlers.append(logging.StreamHandler())
        root.warning("no log is kept: %s", error)
    for handler in handlers:
        handler.setFormatter(logging.Formatter(FORMAT))
        root.addHandler(handler)
