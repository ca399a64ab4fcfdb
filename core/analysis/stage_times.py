"""Where the time of a song goes: processor seconds of each step from its file to its facts."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from typing import Literal

StageName = Literal["checksum", "decode", "fingerprint", "speech", "embedding"]


@dataclass(frozen=True, slots=True)
class StageTimes:
    """Seconds of processor time, of one song or the sum of several; other work on the machine does not count."""

    checksum: float = 0.0
    decode: float = 0.0
    fingerprint: float = 0.0
    speech: float = 0.0
    embedding: float = 0.0

    def __add__(self, other: "StageTimes") -> "StageTimes":
        return StageTimes(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    def by_name(self) -> dict[StageName, float]:
        """In the order in which a song passes through them."""
        return {
            "checksum": self.checksum,
            "decode": self.decode,
            "fingerprint": self.fingerprint,
            "speech": self.speech,
            "embedding": self.embedding,
        }


NO_TIMES = StageTimes()


class StageClock:
    """Measures one song."""

    def __init__(self) -> None:
        self.times = NO_TIMES

    @contextmanager
    def measuring(self, stage: StageName) -> Iterator[None]:
        """What is done meanwhile belongs to a stage; a clock that is read twice costs less than a microsecond."""
        started = time.process_time()
        try:
            yield
        finally:
            self.times = replace(self.times, **{stage: time.process_time() - started})
