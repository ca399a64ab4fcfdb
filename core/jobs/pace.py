"""How many tasks may be in work just now: decided by the mode, and for gentle work by the surroundings too."""

from core.jobs.control import Control, WaitReason, WorkMode
from core.jobs.surroundings import Surroundings, ThisMachine

AHEAD = 3
"""Tasks handed out for each worker at full speed: one in work, the next at hand."""


class Pace:
    """The pace of one run: full work keeps tasks at hand, gentle work keeps half the workers idle, or all of them."""

    def __init__(self, control: Control, *, workers: int, surroundings: Surroundings | None = None) -> None:
        self._control = control
        self._workers = workers
        self._surroundings = surroundings

    @property
    def is_gentle(self) -> bool:
        return self._control.mode is WorkMode.GENTLE

    def limit(self) -> int:
        """The tasks that may be handed out and unfinished; says on the control why gentle work has to wait."""
        self._control.waiting_for = self._reason_to_wait() if self.is_gentle else None
        if self._control.paused or self._control.waiting_for is not None:
            return 0
        # A task at hand would be taken by an idle worker, so gentle work has none.
        return max(1, self._workers // 2) if self.is_gentle else AHEAD * self._workers

    def _reason_to_wait(self) -> WaitReason | None:
        if self._surroundings is None:  # looked for late: full work never asks
            self._surroundings = ThisMachine()
        return self._surroundings.reason_to_wait()
