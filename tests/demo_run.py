"""A demo that ran through, with everything that it said; the fixture ``demo_run`` makes it once.

Use::

    def test_the_picture_is_there(demo_run: DemoRun) -> None:
        assert demo_run.finished.picture.is_file()
"""

from dataclasses import dataclass
from pathlib import Path

from core.demo.session import DemoFinished
from core.jobs.events import Event

SONGS = 24
"""Half of them are rated: two more than learning needs."""


@dataclass(frozen=True)
class DemoRun:
    """Look at it, change nothing: all tests share it."""

    folder: Path
    config_file: Path
    events: list[Event]

    @property
    def finished(self) -> DemoFinished:
        last = self.events[-1]
        assert isinstance(last, DemoFinished)
        return last

    @property
    def arguments(self) -> list[str]:
        """The options that lead the command line to the demo's profile and library."""
        profile, database = str(self.folder / "profile"), str(self.finished.database)
        return ["--profile", profile, "--database", database, "--config", str(self.config_file)]
