"""Opens the window: ``python -m desktop``, as the command ``marmalade`` does."""

import argparse
import gc
import os
import sys
from pathlib import Path

OBJECTS_BETWEEN_COLLECTIONS = 100_000
"""Python's own 700 let the collector walk 60,000 songs again and again while they are made: the window was usable
after 1.7 s instead of 1.35."""


def parse(arguments: list[str]) -> argparse.Namespace:
    """The options that every command of Marmalade takes."""
    parser = argparse.ArgumentParser(prog="marmalade", description="Open Marmalade's window.")
    parser.add_argument("--config", type=Path, help="a YAML file with settings")
    parser.add_argument("--profile", type=Path, help="keep all of Marmalade's files below this folder")
    parser.add_argument("--database", type=Path, help="the player's database")
    parser.add_argument("--debug", action="store_true", help="write the log to stderr")
    parser.add_argument("--in-tray", action="store_true", help="begin without a window, where there is a tray")
    return parser.parse_args(arguments)


def make_ready() -> None:
    """What has to be said before everything else is imported, so that this takes less time."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, 50, 100)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # there is none; to look for one takes 0.02 s
    from desktop.memory import take_modules_as_they_are

    take_modules_as_they_are()


def main() -> int:
    """Run until the window is closed; returns the exit code."""
    options = parse(sys.argv[1:])
    make_ready()
    from desktop.app import Choices, run  # a worker process imports this module again and must not load Qt

    return run(Choices(**vars(options)))


if __name__ == "__main__":
    sys.exit(main())
