"""The list of songs that could not be listened to, each with its reason and what can be done."""

from PySide6.QtWidgets import QPushButton, QWidget

from core.song import SongId
from desktop import wording
from desktop.desk import Desk
from desktop.item_models.remarks import printable
from desktop.item_models.review_reading import Skipped
from desktop.item_models.review_table import ReviewColumn, ReviewModel
from desktop.playlist_news import show_folder
from desktop.style.icons import icon
from desktop.widgets.kept_room import keep_room
from desktop.widgets.review.review_list import ReviewList

LONGEST_SONG = "music.max_audio_duration"
KEYS = {"space", "f", "r"}


class SkippedReview(ReviewList):
    """F shows the folder, R tries again, space listens: the ear may do what a decoder would not."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._folder, self._again, self._all, self._limit = (QPushButton() for _ in range(4))
        super().__init__(desk, keys=KEYS, parent=parent)
        self._folder.clicked.connect(lambda: self.say_key("f"))
        self._again.clicked.connect(lambda: self.say_key("r"))
        self._limit.clicked.connect(lambda: desk.navigation.preferences_wanted.emit(LONGEST_SONG))
        self._all.clicked.connect(lambda: self._try_again(self.present))

    def make_model(self) -> ReviewModel:
        columns = [
            ReviewColumn(self.tr("Title"), lambda each: each.song.title, share=3, is_quiet=False),
            ReviewColumn(self.tr("Artist"), lambda each: each.song.artist, share=2, is_quiet=False),
            ReviewColumn(self.tr("Why"), lambda each: each.reason, share=4),
            ReviewColumn(self.tr("File"), lambda each: printable(each.song.filepath.name), share=3, tooltip=_path),
        ]
        return ReviewModel(columns, key=lambda each: each.song.song_id, parent=self)

    def songs_of(self, row: Skipped) -> list[SongId]:
        return [row.song.song_id]

    def lay_out(self) -> None:
        self._folder.setText(self.tr("Show in folder"))
        self._folder.setToolTip(self.tr("Open the folder of the file (F)"))
        self._folder.setIcon(icon("folder"))
        self._again.setText(self.tr("Try again"))
        self._again.setToolTip(self.tr("Listen to this song once more (R)"))
        self._all.setText(self.tr("Try all again"))
        keep_room(self._all)
        self._limit.setText(self.tr("Change the limit"))
        self._limit.setToolTip(self.tr("How long a song may be to be listened to"))
        self.table.setAccessibleName(self.tr("Songs that could not be listened to"))
        self.lay_out_below_head(self._limit, self._folder, self._again, self._all)

    def show_selected(self) -> None:
        self._folder.setEnabled(self.table.selected is not None)
        self._again.setEnabled(self.table.selected is not None and not self.table.is_past)
        self.sentence.setText(self.past_words() if self.table.is_past else self._explained())
        self._all.setVisible(len(self.present) > 1)
        self._limit.setVisible(any(each.is_too_long for each in self.present))

    def _explained(self) -> str:
        return self.tr(
            "These files are damaged, not there, too long, or not music. They are tried again when they change."
        )

    def say_key(self, key: str) -> None:
        chosen: Skipped | None = self.table.selected
        if chosen is None:
            return
        if key == "space":
            self.listen(chosen.song.song_id)
        elif key == "f":
            show_folder(chosen.song.filepath)
        elif key == "r" and not self.table.is_past:
            self._try_again([chosen])

    def _try_again(self, rows: list[Skipped]) -> None:
        songs = [each.song.song_id for each in rows]
        words = self.tr("{songs} will be listened to once more.").format(songs=wording.songs(len(songs)))

        def begin(_: None) -> None:
            self.desk.messages.tell(words, topic="skipped")
            self.desk.session.wake()

        self.desk.session.ask(lambda engine: engine.stores.companion.try_again(songs), then=begin)

    def empty_words(self) -> tuple[str, str]:
        return self.tr("Every song could be listened to"), self.tr(
            "Files that are damaged, not there or not music would be listed here, each with its reason."
        )


def _path(each: Skipped) -> str:
    return printable(str(each.song.filepath))
