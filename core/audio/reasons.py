"""Why a file was skipped: the few named reasons, and the error that carries one of them out of a worker."""

from enum import StrEnum


class SkipReason(StrEnum):
    """What is shown beside a skipped song; the values are stored, so they never change."""

    MISSING = "missing"
    NOT_LOCAL = "not a local file"
    NO_PERMISSION = "no permission"
    EMPTY = "empty"
    NOT_AUDIO = "not audio"
    DAMAGED = "damaged"
    TOO_LONG = "too long"
    TOO_SHORT = "too short"
    CRASHED = "crashed"
    TIMED_OUT = "timed out"
    TOO_MUCH_MEMORY = "too much memory"


class AudioError(ValueError):
    """A file that cannot be analysed, and why.

    A ``ValueError``, because the plan promises one for a file over the longest duration. Both arguments stay in
    ``args``, so the error survives the way from a worker process.
    """

    def __init__(self, reason: SkipReason, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}" if self.detail else str(self.reason)
