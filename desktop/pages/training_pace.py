"""How long work still takes, by how fast it went lately: a machine that is busy now says nothing of an hour ago."""

from collections import deque

RECENT = 30.0
"""Seconds that count."""
FEW_SECONDS = 3.0
"""Before that, nobody knows how long it takes."""


class RecentPace:
    """Is told how much is done, and when, in seconds of one clock."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque()

    def begin(self) -> None:
        """Other work begins, which has a pace of its own."""
        self._marks.clear()

    def note(self, done: int, *, now: float) -> None:
        if not self._marks or done != self._marks[-1][1]:
            self._marks.append((now, done))
        while len(self._marks) > 2 and now - self._marks[1][0] >= RECENT:  # so one mark is always that old
            self._marks.popleft()

    def seconds_left(self, total: int, *, now: float) -> float | None:
        """None until it can be told."""
        if not self._marks:
            return None
        (began, before), (_, done) = self._marks[0], self._marks[-1]
        if now - began < FEW_SECONDS or done <= before:
            return None
        return (now - began) / (done - before) * (total - done)
