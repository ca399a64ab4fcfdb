"""What happens when the owner says something about songs: it is stored, told in a sentence, and can be undone."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from core.song import SongId
from desktop import wording
from desktop.item_models.song_marks import SongMark
from desktop.item_models.songs import SongModel
from desktop.library_reading import Said
from desktop.session import Session
from desktop.verdicts import Change, Word, change_of
from desktop.widgets.message_bar import Kind, Message, MessageArea
from desktop.widgets.song_table import SongTable
from desktop.widgets.verdict_actions import VerdictActions

TOPIC = "verdict"


class OwnersWord(QObject):
    """Gives a table its context menu; what was said last is undone by a button or Ctrl+Z."""

    def __init__(
        self, page: QWidget, *, session: Session, model: SongModel, table: SongTable, messages: MessageArea
    ) -> None:
        super().__init__(page)
        self._session, self._model, self._messages = session, model, messages
        self._undo: Change | None = None
        actions = VerdictActions(table, mark_of=self._mark_of)
        actions.said.connect(self._say)
        undo = QShortcut(QKeySequence.StandardKey.Undo, page)
        undo.activated.connect(self._take_back_last)

    def _mark_of(self, song_id: SongId) -> SongMark:
        return self._model.rows.mark_of(song_id)

    def _say(self, word: Word, songs: list[SongId]) -> None:
        change = change_of(word, songs, mark_of=self._mark_of)
        concerned = [each for each in songs if change_of(word, [each], mark_of=self._mark_of)] or songs
        self._session.say(change, then=partial(self._tell, self._sentence(word, concerned)))

    def _tell(self, sentence: str, said: Said) -> None:
        self._undo = said.undo
        self._messages.withdraw(TOPIC)  # even if it said the same, its button undoes something else
        undo = (self.tr("Undo"), self._take_back_last)
        self._messages.say(Message(Kind.DONE, sentence, [undo], topic=TOPIC))

    def _take_back_last(self) -> None:
        if self._undo is not None:
            undo, self._undo = self._undo, None
            self._session.say(undo, then=lambda _: self._messages.withdraw(TOPIC))

    def _sentence(self, word: Word, songs: list[SongId]) -> str:
        one, many = self._sentences()[word]
        if len(songs) == 1:
            return one.format(title=self._model.rows.song(songs[0]).title)
        return many.format(songs=wording.songs(len(songs)))

    def _sentences(self) -> dict[Word, tuple[str, str]]:
        """For one song and for several."""
        return {
            Word.DIFFERENT: (
                self.tr("“{title}” is a song of its own: it is no duplicate."),
                self.tr("{songs} are no duplicates: each is a song of its own."),
            ),
            Word.KEEP: (
                self.tr("“{title}” is the copy that is learned from and played."),
                self.tr("{songs} are the copies that are learned from and played."),
            ),
            Word.MUSIC: (
                self.tr("“{title}” is music: it is learned from and can be in playlists."),
                self.tr("{songs} are music: they are learned from and can be in playlists."),
            ),
            Word.SPOKEN: (
                self.tr("“{title}” is spoken: it is not learned from and in no playlist."),
                self.tr("{songs} are spoken: they are not learned from and in no playlist."),
            ),
            Word.TAKE_BACK: (
                self.tr("What was heard decides about “{title}” again."),
                self.tr("What was heard decides about {songs} again."),
            ),
        }
