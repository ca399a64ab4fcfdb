"""What came of trying a new way of hearing, in its owner's words, whoever began it."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from core.jobs.events import Event
from desktop import core_texts
from desktop.desk import Desk
from desktop.messages import Kind, Message

if TYPE_CHECKING:
    from core.parts.encoders import EncoderFinished

TOPIC = "hearing"


class TrainingNews(QObject):
    """Nothing is wrong, whichever is better: so it is told calmly, with the way to the versions."""

    def __init__(self, desk: Desk, *, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def tell(self, events: Sequence[Event]) -> None:
        """Of these events, the end of trying an encoder is told."""
        from core.parts.encoders import EncoderFinished

        for event in events:
            if isinstance(event, EncoderFinished) and event.complete:
                self._tell_end(event)

    def _tell_end(self, event: "EncoderFinished") -> None:
        result = event.result or {}
        found: dict[str, Any] = result.get("comparison") or {}
        version = str(result.get("embedding_version", ""))
        show = (self.tr("Show versions"), partial(self._show, version))
        details = core_texts.said(str(found.get("found", "")))
        text = self._sentence(event, found)
        if text:
            message = Message(Kind.DONE, text, [show] if found else [], topic=TOPIC, details=details)
            self._desk.messages.say(message)

    def _show(self, version: str) -> None:
        """What was said is read, and would lie over the buttons that are wanted now."""
        self._desk.messages.withdraw(TOPIC)
        self._desk.navigation.show_version(version)

    def _sentence(self, event: "EncoderFinished", found: dict[str, Any]) -> str:
        if event.is_used and found:
            return self.tr("The new way of hearing is better, and is used from now on. The one before is kept.")
        if event.is_used:
            return self.tr("Songs are heard in the new way from now on.")
        if not found:
            return ""
        if found.get("surely"):
            return self.tr("The new way of hearing is not as good as yours, so all stays as it was. It is kept.")
        return self.tr("The new way of hearing is not clearly better than yours, so all stays as it was. It is kept.")
