"""A reporter that remembers what a task says, and wishes to stop after some messages of a kind.

Use::

    from tests.recorded_messages import Messages

    messages = Messages(stop_after=("epoch", 3))
    task(job, messages)
    assert messages.of("epoch") == [...]
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Messages:
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
        """Of the warnings."""
        return [values["sentence"] for values in self.of("warning")]
