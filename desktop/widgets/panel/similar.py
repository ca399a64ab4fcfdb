"""The songs that sound most like one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.recommend.suggestion import SongList
from core.song import Song
from desktop import core_texts
from desktop.desk import Desk
from desktop.item_models.song_rows import SongRows
from desktop.item_models.subject import Subject
from desktop.style.measures import ROW_HEIGHT
from desktop.widgets.panel.answer import Answer
from desktop.widgets.panel.inquiry import Inquiry
from desktop.widgets.panel.reasons import REST
from desktop.widgets.panel.section import Section
from desktop.widgets.song_line import SongLine

WANTED = 10


class Similar(Section):
    """Asked only while it is open."""

    chosen = Signal(Song)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("similar", settings=desk.settings, parent=parent)
        self.set_title(self.tr("Similar songs"))
        self._subject: Subject | None = None
        self._is_heard: bool | None = None
        self._is_asked = False
        self._inquiry = Inquiry(desk.session, rest=REST, parent=self)
        self._answer = Answer(first_height=WANTED * ROW_HEIGHT)
        self._answer.body.setSpacing(0)
        self._lines = [SongLine(desk.listening) for _ in range(WANTED)]
        for line in self._lines:
            line.chosen.connect(self.chosen)
            self._answer.body.addWidget(line)
        self.body.addWidget(self._answer)
        self.toggled.connect(self._ask)

    def show_subject(self, subject: Subject, *, is_heard: bool | None) -> None:
        """``is_heard`` is None as long as it was not looked up; nothing is asked before."""
        if self._subject is None or subject.song.song_id != self._subject.song.song_id:
            self._is_asked = False
            self._inquiry.forget()
            self._answer.think(self.tr("Listening around…"))
        self._subject, self._is_heard = subject, is_heard
        self._ask()

    def forget(self) -> None:
        """Nothing is asked any more."""
        self._subject = None
        self._inquiry.forget()

    def follow(self, rows: SongRows) -> None:
        """Show the stars as they are now."""
        for line in self._lines:
            if line.song is not None and line.song.song_id in rows.ids:
                number = rows.ids[line.song.song_id]
                line.show_song(rows.songs[number], prediction=rows.predictions[number])

    def _ask(self) -> None:
        subject = self._subject
        if subject is None or not self.is_open or self._is_asked or self._is_heard is None:
            return
        self._is_asked = True
        song_id = subject.song.song_id
        self._inquiry.ask(
            lambda engine: engine.discoveries.similar([song_id], wanted=WANTED),
            then=self._show,
            otherwise=self._answer.tell,
        )

    def _show(self, found: SongList) -> None:
        if not found.suggestions:
            self._answer.tell(core_texts.said(found.notice) or self.tr("No other song is like it."))
            return
        for number, line in enumerate(self._lines):
            if number < len(found.suggestions):
                suggestion = found.suggestions[number]
                line.show_song(suggestion.song, prediction=suggestion.prediction)
            else:
                line.show_song(None)
        self._answer.show_answer()
