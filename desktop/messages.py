"""What is said to the owner above every page: a sentence, and what to do about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal


class Kind(StrEnum):
    """How a message looks: what was done is plain, what should be known amber, what failed red."""

    DONE = "plain"
    NOTICE = "notice"
    ERROR = "error"


@dataclass(frozen=True)
class Message:
    """A sentence or two, and buttons (a verb each). Of one ``topic``, a newer message takes the older one's place.

    ``details`` is for who wants to know exactly, and points at the sentence.
    """

    kind: Kind
    text: str
    actions: Sequence[tuple[str, Callable[[], object]]] = ()
    topic: str = ""
    details: str = ""


class Messages(QObject):
    """Pages speak through it; the window listens and shows."""

    said = Signal(Message)
    withdrawn = Signal(str)
    working = Signal(str)
    """What goes on because its owner began it, and how far it is; empty when it has ended."""

    def say(self, message: Message) -> None:
        self.said.emit(message)

    def tell(self, sentence: str, *, topic: str = "") -> None:
        """Something was done."""
        self.say(Message(Kind.DONE, sentence, topic=topic))

    def fail(self, sentence: str, *, topic: str = "") -> None:
        self.say(Message(Kind.ERROR, sentence, topic=topic))

    def withdraw(self, topic: str) -> None:
        """Take away the message of a topic."""
        self.withdrawn.emit(topic)
