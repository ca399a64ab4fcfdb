"""What is in the players' databases of this machine, for their owner to choose one: each is read once, shortly."""

from dataclasses import dataclass
from pathlib import Path

from core.errors import UserError
from core.library.clementine import read_library
from core.library.locate import FoundDatabase, choose_database, find_databases
from core.library.songs_table import Library

PATIENCE = 2.0
"""Seconds for each, for somebody waits."""


@dataclass(frozen=True)
class Surveyed:
    """One database; ``found.modified`` tells its age."""

    found: FoundDatabase
    library: Library | None
    """None where it cannot be read."""
    trouble: str = ""
    """Why not, in a sentence."""

    @property
    def player(self) -> str:
        return self.library.player if self.library else ""

    @property
    def songs(self) -> int:
        """Those that are there to be heard."""
        return sum(not song.unavailable for song in self.library.songs) if self.library else 0

    @property
    def ratings(self) -> int:
        """Songs with stars, as far as they are there."""
        return sum(song.is_rated and not song.unavailable for song in self.library.songs) if self.library else 0


def survey_databases() -> list[Surveyed]:
    """Every database in the places where players keep theirs, those first that would be chosen first."""
    return [survey(each) for each in find_databases()]


def survey_named(path: Path) -> Surveyed:
    """The one that the owner names; raises UserError where there is none, or one that cannot be read."""
    found = survey(choose_database(path))
    if found.library is None:
        raise UserError(found.trouble)
    return found


def survey(found: FoundDatabase) -> Surveyed:
    """Look into one database; nothing is written, and what cannot be read says why."""
    try:
        return Surveyed(found, read_library(found.path, patience=PATIENCE))
    except UserError as error:
        return Surveyed(found, None, str(error))
