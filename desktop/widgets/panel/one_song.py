"""The panel about one song: its names and stars, then a section for each thing that is known of it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.jobs.control import WorkMode
from core.song import UNRATED, Song, SongId
from desktop.desk import Desk
from desktop.item_models import remarks
from desktop.item_models.song_rows import SongRows
from desktop.item_models.subject import Subject
from desktop.style.measures import MEDIUM
from desktop.verdicts import Word
from desktop.widgets.panel.copies import Copies
from desktop.widgets.panel.facts import Facts
from desktop.widgets.panel.heading import Heading
from desktop.widgets.panel.history import History
from desktop.widgets.panel.inquiry import Inquiry
from desktop.widgets.panel.lookup import Known, look_up
from desktop.widgets.panel.reasons import Reasons
from desktop.widgets.panel.similar import Similar
from desktop.widgets.panel.sound import Sound
from desktop.widgets.panel.standing import Standing

REST = 80
"""Milliseconds before a song is looked up: a held arrow key runs through thirty in a second."""


class OneSong(QWidget):
    """Shows what the rows say at once; what the engine has to think about follows."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._subject: Subject | None = None
        self._known: Known | None = None
        self._lookup = Inquiry(desk.session, rest=REST, parent=self)
        self._heading, self._standing = Heading(desk.listening), Standing()
        self._reasons, self._sound, self._similar = Reasons(desk), Sound(desk), Similar(desk)
        self._copies, self._facts, self._history = Copies(desk), Facts(desk.settings), History(desk.settings)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MEDIUM)
        for part in (
            self._heading,
            self._standing,
            self._copies,
            self._reasons,
            self._sound,
            self._similar,
            self._facts,
            self._history,
        ):
            column.addWidget(part)
        self._listen()

    def _listen(self) -> None:
        session = self._desk.session
        session.mode_changed.connect(lambda _: self._show_known())
        session.loss.lost.connect(lambda _: self._show_known())
        session.loss.back.connect(self._ask_again)
        self._heading.rated.connect(self._rate)
        self._history.taken_back.connect(lambda: self._rate(UNRATED))
        for speaking in (self._standing, self._copies):
            speaking.said.connect(self._say)
        for leading in (self._reasons, self._similar, self._copies):
            leading.chosen.connect(self._choose)

    def show_song(self, song_id: SongId, rows: SongRows) -> None:
        """``song_id`` is one of the rows."""
        subject = Subject.of(song_id, rows)
        self._similar.follow(rows)
        if subject == self._subject:
            return
        if self._subject is None or self._subject.song.song_id != song_id:
            self._known = None
            self._history.hide()
        self._subject = subject
        is_copy = subject.mark.copy_of is not None
        reason = self.tr("not for copies") if is_copy else remarks.in_a_word(subject.mark)
        self._heading.show_song(subject.song, prediction=subject.prediction, reason=reason)
        self._copies.show_subject(subject, rows)
        self._show_known()
        self._look_up(subject)

    def forget(self) -> None:
        """Another thing is shown: nothing more is asked about the song."""
        self._subject = None
        self._lookup.forget()
        self._reasons.forget()
        self._similar.forget()
        self._sound.forget()

    def _ask_again(self) -> None:
        """What could not be answered without the player's library."""
        for part in (self._reasons, self._sound, self._similar):
            part.forget()
        if self._subject is not None:
            self._look_up(self._subject)

    def _look_up(self, subject: Subject) -> None:
        self._lookup.ask(lambda engine: look_up(engine, subject.song), then=self._take, otherwise=lambda _: None)

    def _take(self, known: Known) -> None:
        self._known = known
        self._show_known()

    def _show_known(self) -> None:
        subject, known = self._subject, self._known
        if subject is None:
            return
        is_heard = None if known is None else known.is_heard
        session = self._desk.session
        is_paused = session.mode is WorkMode.PAUSED
        self._standing.show_subject(subject, is_heard=is_heard, is_paused=is_paused)
        for part in (self._reasons, self._sound, self._similar):
            is_about_prediction = part is not self._similar  # which a copy has not
            is_told = subject.can_be_compared and not (is_about_prediction and subject.mark.copy_of is not None)
            part.setVisible(is_told and is_heard is not False and not session.loss.is_lost)
            if not part.isHidden():
                part.show_subject(subject, is_heard=is_heard)
        if known is None:
            self._facts.show_song(subject.song)
        else:
            self._facts.show_song(subject.song, known.details)
            self._history.show_history(known.history, player=self._desk.session.player)

    def _rate(self, rating: float) -> None:
        if self._subject is not None:
            self._desk.word.rate([self._subject.song.song_id], rating)

    def _say(self, word: Word) -> None:
        if self._subject is not None:
            self._desk.word.say(word, [self._subject.song.song_id])

    def _choose(self, song: Song) -> None:
        self._desk.navigation.show_songs([song.song_id])
