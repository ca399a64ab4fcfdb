"""Why a song is predicted as it is: in sentences, and the rated songs that speak for it and against it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.recommend.reasons.explanation import Explanation, Witnesses
from core.song import Song
from desktop.desk import Desk
from desktop.item_models import reason_texts
from desktop.item_models.subject import Subject
from desktop.style.measures import ROW_HEIGHT, TINY
from desktop.widgets.panel.answer import Answer, paragraph
from desktop.widgets.panel.inquiry import Inquiry
from desktop.widgets.panel.section import Section
from desktop.widgets.song_line import SongLine

REST = 300
"""Milliseconds that a song stays selected before it is thought about, which takes seconds of a processor."""
FIRST_HEIGHT = 10 * ROW_HEIGHT
"""What sentences and three songs on each side take, about."""
MOST = 3
"""Songs that speak for it, and as many against it."""


class Reasons(Section):
    """Asked only while it is open."""

    chosen = Signal(Song)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("reasons", settings=desk.settings, parent=parent)
        self.set_title(self.tr("Why this prediction"))
        self._subject: Subject | None = None
        self._explained: Subject | None = None
        self._is_heard: bool | None = None
        self._inquiry = Inquiry(desk.session, rest=REST, parent=self)
        self._answer, self._sentences = Answer(first_height=FIRST_HEIGHT), paragraph()
        self._answer.body.addWidget(self._sentences)
        self._for = _Side(desk, self.tr("Speak for it"))
        self._against = _Side(desk, self.tr("Speak against it"))
        for side in (self._for, self._against):
            side.chosen.connect(self.chosen)
            self._answer.body.addWidget(side)
        self.body.addWidget(self._answer)
        self.toggled.connect(self._ask)

    def show_subject(self, subject: Subject, *, is_heard: bool | None) -> None:
        """``is_heard`` is None as long as it was not looked up; nothing is asked before."""
        is_other = self._subject is None or subject.song.song_id != self._subject.song.song_id
        self._subject, self._is_heard = subject, is_heard
        if is_other:
            self._explained = None
            self._inquiry.forget()
            self._answer.think(self.tr("Thinking about it…"))
        self._ask()

    def forget(self) -> None:
        """Nothing is asked any more."""
        self._subject = None
        self._inquiry.forget()

    def _ask(self) -> None:
        subject = self._subject
        if subject is None or not self.is_open or subject == self._explained or self._is_heard is None:
            return
        self._explained = subject
        song_id = subject.song.song_id
        self._inquiry.ask(lambda engine: engine.explanations.of(song_id), then=self._show, otherwise=self._answer.tell)

    def _show(self, found: Explanation) -> None:
        self._sentences.setText("\n".join(reason_texts.sentences(found)))
        self._for.show_witnesses(found.for_songs)
        self._against.show_witnesses(found.against_songs)
        self._answer.show_answer()


class _Side(QWidget):
    """The songs that speak for it, or those against."""

    chosen = Signal(Song)

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__()
        heading, self._together = paragraph(secondary=True), paragraph(secondary=True)
        heading.setText(title)
        self._lines = [SongLine(desk.listening) for _ in range(MOST)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TINY)
        column.addWidget(heading)
        for line in self._lines:
            line.chosen.connect(self.chosen)
            column.addWidget(line)
        column.addWidget(self._together)

    def show_witnesses(self, witnesses: Witnesses) -> None:
        told = witnesses.songs[:MOST]
        for number, line in enumerate(self._lines):
            line.setVisible(number < len(told))
            if number < len(told):
                line.show_song(told[number].song, more=reason_texts.removal(told[number].change))
        sentence = reason_texts.together(witnesses)
        self._together.setText(sentence)
        self._together.setVisible(bool(sentence))
        self.setVisible(bool(told))
