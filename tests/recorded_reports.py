"""A reporter that remembers what it was told, for training functions that are called in this process.

Use::

    from tests.recorded_reports import RecordedReports

    reports = RecordedReports(stop_after=("epoch", 3))
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class RecordedReports:
    """Wishes to stop after some messages of a kind."""

    said: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    stop_after: tuple[str, int] = ("", 0)

    def say(self, event: str, **values: Any) -> None:  # noqa: ANN401 - as the protocol
        self.said.append((event, values))

    def stopped(self) -> bool:
        event, count = self.stop_after
        return bool(event) and len(self.of(event)) >= count

    def of(self, event: str) -> list[dict[str, Any]]:
        return [values for name, values in self.said if name == event]

    @property
    def sentences(self) -> list[str]:
        return [values["sentence"] for values in self.of("warning")]
