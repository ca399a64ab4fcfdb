"""Why a song is not as other songs are (unheard, spoken, a copy, away), in sentences, and what can be said to it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from desktop.item_models import remarks
from desktop.item_models.subject import Subject
from desktop.style.measures import MEDIUM, SMALL
from desktop.verdicts import Word
from desktop.widgets.flow import Flow
from desktop.widgets.panel.answer import paragraph


class Standing(QFrame):
    """Not there for a song of which there is nothing to say."""

    said = Signal(Word)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", "plain")
        self._sentence = paragraph()
        column = QVBoxLayout(self)
        column.setContentsMargins(MEDIUM, SMALL, MEDIUM, SMALL)
        column.setSpacing(SMALL)
        column.addWidget(self._sentence)
        line = Flow()
        self._buttons = {
            Word.MUSIC: QPushButton(self.tr("This is music")),
            Word.SPOKEN: QPushButton(self.tr("This is spoken")),
        }
        for word, button in self._buttons.items():
            button.clicked.connect(partial(self.said.emit, word))
            line.add(button)
        column.addWidget(line)
        self.hide()

    def show_subject(self, subject: Subject, *, is_heard: bool | None, is_paused: bool = False) -> None:
        """``is_heard`` is None as long as it was not looked up; ``is_paused`` if no song is listened to now."""
        sentence = self._about(subject, is_heard=is_heard, is_paused=is_paused)
        self._sentence.setText(sentence)
        speech = subject.mark.speech
        for word, button in self._buttons.items():
            is_open = speech is not None and subject.mark.said_speech is None
            button.setVisible(is_open and not (word is Word.SPOKEN and subject.mark.is_spoken))
        self.setVisible(bool(sentence))

    def _about(self, subject: Subject, *, is_heard: bool | None, is_paused: bool) -> str:
        if subject.song.unavailable:
            return self.tr("Its file is not there: is a drive not connected? What you said of it is kept.")
        if subject.skipped:
            return self.tr("It could not be listened to. {reason}.").format(reason=subject.skipped.rstrip("."))
        if subject.mark.speech is not None:
            return remarks.at_length(subject.mark)
        if subject.mark.copy_of is not None:
            return ""  # its section says it
        return self._about_prediction(subject, is_heard=is_heard, is_paused=is_paused)

    def _about_prediction(self, subject: Subject, *, is_heard: bool | None, is_paused: bool) -> str:
        if is_heard is False and is_paused:
            return self.tr("Marmalade has not listened to it yet, and listening is paused: go on at the lower right.")
        if is_heard is False:
            return self.tr("Marmalade has not listened to it yet. It does so by itself, and then says what it expects.")
        if is_heard and subject.prediction is None and not subject.song.is_rated:
            return self.tr("Not yet: your ratings do not tell enough about this song to name a number.")
        return ""
