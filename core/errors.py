"""Errors that a person can act on; anything else that is raised is a bug and keeps its traceback."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path


class Cause(StrEnum):
    """What would mend it, for whoever shows the sentence: a shell adds its command, the window its buttons."""

    OTHER = "other"
    """The sentence says all."""
    NO_DATABASE = "no database"
    """No player's database was found, and none was named."""
    DATABASE = "database"
    """The player's database, which is ``file``, cannot be read, or is none."""
    CONFIGURATION = "configuration"
    """The text of the configuration, which is ``file``."""
    PROFILE = "profile"
    """A file of our own cannot be written or opened where the profile is."""
    NOT_HEARD = "not heard"
    """Songs have to be listened to first."""
    NOT_LEARNED = "not learned"
    """The ratings have to be learned from first."""
    SPOKEN = "spoken"
    """It was taken for speech."""
    ENCODER_IN_USE = "encoder in use"
    """Another version of the encoder would have to be chosen."""
    NOT_DOWNLOADED = "not downloaded"
    """A model of the hub is not on this machine."""


class UserError(Exception):
    """One sentence for the owner: what is wrong, with which thing, and what to do about it.

    It names no option and no command, for the window has none; those go by the ``cause``.
    """

    def __init__(self, sentence: str = "", *, cause: Cause = Cause.OTHER, file: Path | None = None) -> None:
        super().__init__(sentence)
        self.cause = cause
        self.file = file


class TooFewRatingsError(UserError):
    """Nothing is wrong: a taste is known from some stars on."""


@contextmanager
def blamed_on(cause: Cause, file: Path | None = None) -> Iterator[None]:
    """Say of every error inside what would mend it."""
    try:
        yield
    except UserError as error:
        error.cause, error.file = cause, file
        raise
