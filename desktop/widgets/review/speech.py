"""The list of songs that are or may be spoken: the doubtful ones first, music or speech by a key."""

from PySide6.QtWidgets import QPushButton, QWidget

from core.analysis.speech_class import SpeechClass
from core.song import SongId
from desktop import wording
from desktop.desk import Desk
from desktop.item_models.review_reading import Spoken
from desktop.item_models.review_table import ReviewColumn, ReviewModel
from desktop.verdicts import Change
from desktop.widgets.kept_room import keep_room
from desktop.widgets.listen_button import ListenButton
from desktop.widgets.review.review_list import ReviewList

KEYS = {"space", "m", "s", "t"}


class SpeechReview(ReviewList):
    """Space listens, M is music, S is speech, T takes back what was said."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._listen = ListenButton(desk.listening)
        self._music, self._spoken, self._take_back = QPushButton(), QPushButton(), QPushButton()
        super().__init__(desk, keys=KEYS, parent=parent)
        self._music.clicked.connect(lambda: self.say_key("m"))
        self._spoken.clicked.connect(lambda: self.say_key("s"))
        self._take_back.clicked.connect(lambda: self.say_key("t"))

    def make_model(self) -> ReviewModel:
        columns = [
            ReviewColumn(self.tr("Title"), lambda each: each.song.title, share=4, is_quiet=False),
            ReviewColumn(self.tr("Artist"), lambda each: each.song.artist, share=3, is_quiet=False),
            ReviewColumn(self.tr("Genre"), lambda each: each.song.genre, share=2),
            ReviewColumn(
                self.tr("Length"), lambda each: wording.duration(each.song.duration), width=80, is_number=True
            ),
            ReviewColumn(
                self.tr("Speech"),
                lambda each: wording.share(each.ratio),
                width=80,
                is_number=True,
                tooltip=lambda _: self.tr("The share of what was heard in which somebody speaks"),
            ),
            ReviewColumn(self.tr("What"), self._what, width=160),
        ]
        return ReviewModel(columns, key=lambda each: each.song.song_id, is_said=lambda each: each.by_owner, parent=self)

    def songs_of(self, row: Spoken) -> list[SongId]:
        return [row.song.song_id]

    def lay_out(self) -> None:
        self._music.setText(self.tr("It is music"))
        self._music.setToolTip(self.tr("Learn from it and let it be in playlists (M)"))
        self._spoken.setText(self.tr("It is speech"))
        self._spoken.setToolTip(self.tr("Learn nothing from it and leave it out of playlists (S)"))
        self._take_back.setText(self.tr("Take back"))
        self._take_back.setToolTip(self.tr("Let what was heard decide again (T)"))
        keep_room(self._take_back)  # else it would push the others aside, and come under the pointer
        self.table.setAccessibleName(self.tr("Songs that are or may be spoken"))
        self.lay_out_below_head(self._listen, self._music, self._spoken, self._take_back)

    def show_selected(self) -> None:
        chosen: Spoken | None = self.table.selected
        self._listen.show_song(chosen.song if chosen else None)
        said = chosen.speech if chosen is not None and chosen.by_owner else None
        present = None if self.table.is_past else chosen
        self._music.setEnabled(present is not None and said is not SpeechClass.MUSIC)
        self._spoken.setEnabled(present is not None and said is not SpeechClass.SPOKEN)
        self._take_back.setVisible(present is not None and present.by_owner)
        self.sentence.setText(self.past_words() if present is not chosen else self._explained(chosen) if chosen else "")

    def say_key(self, key: str) -> None:
        chosen: Spoken | None = self.table.selected
        if chosen is None:
            return
        song_id = chosen.song.song_id
        if key == "space":
            self.listen(song_id)
        elif self.table.is_past:
            return
        elif key == "t":
            self._say(song_id, None, self.tr("What was heard decides about “{title}” again."))
        elif key == "m":
            words = self.tr("“{title}” is music: it is learned from and can be in playlists.")
            self._say(song_id, SpeechClass.MUSIC, words)
        elif key == "s":
            self._say(
                song_id, SpeechClass.SPOKEN, self.tr("“{title}” is spoken: it is not learned from and in no playlist.")
            )

    def _say(self, song_id: SongId, said: SpeechClass | None, words: str) -> None:
        """Also where it was heard so already: then it is known for certain."""
        chosen: Spoken = self.table.selected
        if (chosen.speech if chosen.by_owner else None) is not said:
            self.desk.word.change(Change(speech={song_id: said}), sentence=words.format(title=chosen.song.title))

    def empty_words(self) -> tuple[str, str]:
        return self.tr("Nothing is spoken"), self.tr(
            "Audiobooks, podcasts and interviews appear here when they were heard. "
            "They are left out of learning and of playlists, unless you say that they are music."
        )

    def _what(self, each: Spoken) -> str:
        if each.by_owner:
            return self.tr("Music, you said") if each.speech is SpeechClass.MUSIC else self.tr("Spoken, you said")
        return self.tr("Spoken") if each.speech is SpeechClass.SPOKEN else self.tr("Perhaps spoken")

    def _explained(self, each: Spoken) -> str:
        if each.by_owner:
            return self.tr("You said so, and that counts whatever is heard.")
        if each.speech is SpeechClass.SPOKEN:
            return self.tr("It sounds spoken: nothing is learned from it and no playlist has it.")
        return self.tr("It may be spoken, or a song with little but a voice. It stays in until you say.")
