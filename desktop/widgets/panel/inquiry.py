"""Questions about the song that is selected now: put after a rest, one at a time, and only the newest is answered."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from desktop.session import Session

if TYPE_CHECKING:
    from core.engine import Engine

Question = Callable[["Engine"], Any]
Hearer = Callable[[Any], object]


class Inquiry(QObject):
    """Who runs through a table with the arrow keys asks nothing: an answer may take seconds of a processor."""

    def __init__(self, session: Session, *, rest: int, parent: QObject) -> None:
        """``rest`` is how long a song has to be selected, in milliseconds."""
        super().__init__(parent)
        self._session = session
        self._asked: tuple[Question, Hearer, Callable[[str], object]] | None = None
        self._number = 0
        self._is_waiting = False
        self._rest = QTimer(self, singleShot=True, interval=rest)
        self._rest.timeout.connect(self._put)

    def ask(self, question: Question, *, then: Hearer, otherwise: Callable[[str], object]) -> None:
        """What was asked before is answered no more."""
        self._number += 1
        self._asked = (question, then, otherwise)
        self._rest.start()

    def forget(self) -> None:
        """Nothing is asked any more."""
        self._number += 1
        self._asked = None
        self._rest.stop()

    def _put(self) -> None:
        if self._asked is None or self._is_waiting:
            return
        question, then, otherwise = self._asked
        number, self._asked, self._is_waiting = self._number, None, True
        self._session.ask(
            question,
            then=lambda answer: self._hear(then, answer, number=number),
            otherwise=lambda sentence: self._hear(otherwise, sentence, number=number),
        )

    def _hear(self, hearer: Hearer, answer: object, *, number: int) -> None:
        self._is_waiting = False
        if number == self._number:
            hearer(answer)
        elif not self._rest.isActive():
            self._put()
