"""What happens when the owner says something about songs: it is stored, told in a sentence, and can be undone."""

from collections import deque
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from core.song import UNRATED, SongId
from desktop import wording
from desktop.item_models.song_marks import UNMARKED, SongMark
from desktop.library_reading import Said
from desktop.messages import Kind, Message, Messages
from desktop.session import Session
from desktop.verdicts import Change, Word, change_of

TOPIC = "verdict"
MOST_UNDONE = 100
"""Words that can be taken back, one after the other."""


class OwnersWord(QObject):
    """What was said is undone by a button or Ctrl+Z, the last word first, whichever page it was said on."""

    undone = Signal(set)
    """The songs of which something was taken back by Undo."""

    def __init__(self, session: Session, *, messages: Messages) -> None:
        super().__init__(session)
        self._session, self._messages = session, messages
        self._undoing: deque[Change] = deque(maxlen=MOST_UNDONE)
        session.opened.connect(self._undoing.clear)

    def say(self, word: Word, songs: Sequence[SongId]) -> None:
        """A word about songs; those to which it does not apply are left alone."""
        change = change_of(word, songs, mark_of=self._mark_of)
        concerned = [each for each in songs if change_of(word, [each], mark_of=self._mark_of)] or list(songs)
        self.change(change, sentence=self._sentence(word, concerned))

    def rate(self, songs: Sequence[SongId], rating: float) -> None:
        """These songs have this rating, 0.1 to 1.0; UNRATED takes back what was said here."""
        if songs:
            self.change(Change(stars=dict.fromkeys(songs, rating)), sentence=self._about_stars(songs, rating))

    def change(self, change: Change, *, sentence: str) -> None:
        """Store a change, tell it, and offer to undo it."""
        self._session.say(lambda: change, then=partial(self._tell, sentence))

    def undo(self) -> None:
        """Take back what was said last, also what is still being stored; nothing happens when nothing was said."""
        if self._session.rows is not None:
            self._session.say(self._last, then=self._tell_undone)

    def _last(self) -> Change:
        return self._undoing[-1] if self._undoing else Change()

    def _tell_undone(self, said: Said) -> None:
        if self._undoing and self._undoing[-1] is said.change:  # not before it is stored, which may fail
            self._undoing.pop()
        self._messages.withdraw(TOPIC)
        self.undone.emit(said.change.songs)

    def _mark_of(self, song_id: SongId) -> SongMark:
        rows = self._session.rows
        return UNMARKED if rows is None else rows.mark_of(song_id)

    def _tell(self, sentence: str, said: Said) -> None:
        if not said.has_changed:
            return  # a second click said the same: Undo goes on to mean the first
        self._undoing.append(said.undo)
        self._messages.withdraw(TOPIC)  # even if it said the same, its button undoes something else
        self._messages.say(Message(Kind.DONE, sentence, [(self.tr("Undo"), self.undo)], topic=TOPIC))

    # -------------------------------------------------------------------------------------------------- the sentences

    def _about_stars(self, songs: Sequence[SongId], rating: float) -> str:
        if rating == UNRATED:
            words = self.tr("What you said here about the stars of {songs} is taken back.")
            return words.format(songs=self._called(songs))
        words = self.tr("{songs}: {stars}. It is kept here; the player’s own stars are not changed.")
        if len(songs) == 1 and self._mark_of(songs[0]).copies:
            words = self.tr("{songs} and its copies: {stars}. It is kept here; the player’s own stars are not changed.")
        return words.format(songs=self._called(songs), stars=wording.stars_in_words(rating))

    def _called(self, songs: Sequence[SongId]) -> str:
        rows = self._session.rows
        if len(songs) == 1 and rows is not None:
            return self.tr("“{title}”").format(title=rows.song(songs[0]).title)
        return wording.songs(len(songs))

    def _sentence(self, word: Word, songs: list[SongId]) -> str:
        one, many = self._sentences()[word]
        return (one if len(songs) == 1 else many).format(title=self._title(songs), songs=wording.songs(len(songs)))

    def _title(self, songs: Sequence[SongId]) -> str:
        rows = self._session.rows
        return rows.song(songs[0]).title if rows is not None and songs else ""

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
