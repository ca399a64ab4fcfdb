"""The player's database while the window is open: it may go, with its disk perhaps, and come back."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from core.errors import Cause, UserError
from desktop.task_runner import Ending
from desktop.troubles import Trouble

if TYPE_CHECKING:
    from core.library.songs_table import Library
    from desktop.session import Session

BETWEEN_LOOKS = 2_000
"""Milliseconds between looks for a database that is away."""


class LibraryLoss(QObject):
    """It is told once that the database cannot be read, and once that it can be again; meanwhile it is looked for.

    Of another database, such as one that was in use until now, nothing is told.
    """

    lost = Signal(Trouble)
    back = Signal()
    found = Signal()
    """It was looked for, and can be read again."""

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self._session = session
        self._trouble: Trouble | None = None
        self._database: Path | None = None
        self._timer = QTimer(self, singleShot=True, interval=BETWEEN_LOOKS)
        self._timer.timeout.connect(self.look_now)

    @property
    def is_lost(self) -> bool:
        return self._trouble is not None

    def take(self, ending: Ending) -> bool:
        """Whether this is how work ends that could not read the database; then it is told."""
        return ending.error is not None and self._take_error(ending.error)

    def take_away(self, error: UserError) -> None:
        """The watcher could not read the library again and again."""
        if not self._take_error(error):
            self._session.noticed.emit(str(error))

    def _take_error(self, error: UserError) -> bool:
        if error.cause is not Cause.DATABASE or error.file != self._database:
            return False
        self._timer.start()
        if self._trouble is None:
            self._trouble = Trouble.of(error)
            self.lost.emit(self._trouble)
        return True

    def look_now(self) -> None:
        """Try to read it, if it is away; what is wrong with it comes back to ``take``."""
        if self.is_lost:
            self._session.ask(lambda engine: engine.library(), then=self._take_library, otherwise=self._look_later)

    def _look_later(self, _: str) -> None:
        """Whatever went wrong this time, perhaps with our own files on the same disk."""
        if self.is_lost:
            self._timer.start()

    def _take_library(self, library: "Library") -> None:
        if self.find(library.database):
            self.found.emit()  # without it: the watcher may have read a newer one meanwhile

    def find(self, database: Path) -> bool:
        """It can be read, and is the one in use; whether it was away."""
        was_lost, self._trouble, self._database = self.is_lost, None, database
        self._timer.stop()
        if was_lost:
            self.back.emit()
        return was_lost

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()
