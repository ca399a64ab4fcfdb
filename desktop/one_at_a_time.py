"""Work of which one piece is under way at any time, such as reading the library; who asks meanwhile gets the next."""

from collections.abc import Callable

from desktop.task_runner import Task


class OneAtATime:
    """Work that is begun once more after its end if it was asked for meanwhile."""

    def __init__(self, begin: Callable[[], Task | None]) -> None:
        self._begin = begin
        self._wanted: list[Callable[[], None]] = []
        self._wants_all = False
        self.is_brief = False
        """Whether nobody asked for more than a part of what was begun last; which part, its owner knows."""
        self.task: Task | None = None

    def request(self, *, then: Callable[[], None] = lambda: None, briefly: bool = False) -> None:
        """Begin, or begin again after the end; ``then`` is called when what is begun for it has ended.

        ``briefly`` is enough for who asks: see ``is_brief``.
        """
        self._wants_all = self._wants_all or not briefly
        self._wanted.append(then)
        if self.task is None:
            self._begin_now()

    def _begin_now(self) -> None:
        wanted, self._wanted = self._wanted, []
        self.is_brief, self._wants_all = not self._wants_all, False
        self.task = self._begin()
        if self.task is not None:
            self.task.ended.connect(lambda _: self._end(wanted))

    def _end(self, served: list[Callable[[], None]]) -> None:
        self.task = None
        if self._wanted:
            self._begin_now()
        for then in served:
            then()
