"""What went wrong in the background, as the window tells it: a sentence, and what would mend it."""

from dataclasses import dataclass
from pathlib import Path

from core.errors import Cause, UserError


@dataclass(frozen=True)
class Trouble:
    """Of an error for its owner; of a bug too, which nothing that the owner has would mend."""

    sentence: str
    cause: Cause = Cause.OTHER
    file: Path | None = None

    @classmethod
    def of(cls, error: UserError) -> "Trouble":
        return cls(str(error), error.cause, error.file)
