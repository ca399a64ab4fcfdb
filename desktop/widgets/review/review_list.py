"""What the lists to look through have in common: a table, what is said of its rows, and what an empty one means."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from core.song import SongId
from desktop.desk import Desk
from desktop.item_models.in_place import in_place
from desktop.item_models.review_table import ReviewModel
from desktop.style.measures import MEDIUM, SMALL
from desktop.verdicts import Word
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.tables.review_table import ReviewTable


class ReviewList(QWidget):
    """A kind of list fills in the rest; words go through the owner's word, so that they can be undone.

    While it is looked at nothing moves in it: what was judged stays where it stands, and what is new comes below.
    """

    counted = Signal(int)
    news = Signal(int)
    """How many rows came below since the list was put in order."""

    def __init__(self, desk: Desk, *, keys: set[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.model = self.make_model()
        self.table = ReviewTable(self.model, keys=keys)
        self.body = QWidget()
        self.sentence = QLabel()
        self.sentence.setObjectName("secondary")
        self.sentence.setWordWrap(True)
        self._empty = EmptyState()
        self._read: list[Any] = []
        self._new = 0
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.body)
        self._stack.addWidget(self._empty)
        self.lay_out()
        self.table.key_pressed.connect(self.say_key)
        self.table.chosen.connect(self.show_selected)
        desk.word.undone.connect(self._go_back_to)
        self.show_rows([])

    def show_rows(self, rows: Sequence[Any], *, in_order: bool = False) -> None:
        """Other rows, or the same ones after a word; ``in_order`` as they are given, though somebody may look."""
        self._read = list(rows)
        if rows and self.model.rowCount() and self.isVisible() and not in_order:
            self._show_in_place()
        else:
            self.put_in_order()
        if not rows:
            self._empty.say(*self.empty_words())
        self._stack.setCurrentWidget(self.body if rows else self._empty)
        self.show_selected()
        self.counted.emit(len(rows))

    def put_in_order(self) -> None:
        """Show the rows as they were read last; the selected one stays selected and in sight."""
        self._new = 0
        self.model.show(self._read)
        self.table.show_selected()
        self.news.emit(0)

    def _show_in_place(self) -> None:
        arranged = in_place(
            self.model.rows, self._read, key=self.model.key, continues=self.continues, as_seen=self.as_seen
        )
        self.model.show_in_place(arranged)
        self._new += arranged.new
        self.news.emit(self._new)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.put_in_order()

    def _go_back_to(self, songs: set[SongId]) -> None:
        """What was said of these songs was taken back: they are looked at again."""
        shared = [len(songs.intersection(self.songs_of(row))) for row in self.model.rows]
        if self.isVisible() and any(shared):
            self.table.select(shared.index(max(shared)))
            self.table.show_selected()
            self.take_keyboard()

    @property
    def new(self) -> int:
        """How many rows came below since the list was put in order."""
        return self._new

    @property
    def present(self) -> list[Any]:
        """The rows as they were read last."""
        return list(self._read)

    def head_of(self, *controls: QWidget) -> QHBoxLayout:
        """What is said of the selected row, and what can be done about it."""
        head = QHBoxLayout()
        head.setSpacing(SMALL)
        head.addWidget(self.sentence, stretch=1)
        for each in controls:
            head.addWidget(each)
        return head

    def lay_out_below_head(self, *controls: QWidget) -> None:
        """The table over the whole width, with its head above it."""
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MEDIUM)
        column.addLayout(self.head_of(*controls))
        column.addWidget(self.table, stretch=1)

    def past_words(self) -> str:
        """What is said of a row that is only shown because somebody looked at it."""
        return self.tr("There is nothing to say here any more. It stays in its place until you leave the list.")

    def take_keyboard(self) -> None:
        """Let the arrows and letters go to the table."""
        self.table.setFocus()

    def say(self, word: Word, songs: Sequence[SongId]) -> None:
        self.desk.word.say(word, songs)

    def listen(self, song_id: SongId) -> None:
        """Hear a song, or end hearing it."""
        rows = self.desk.session.rows
        if rows is not None and song_id in rows.ids:
            self.desk.listening.toggle(rows.song(song_id))

    # ------------------------------------------------------------------------------------- what each kind fills in

    def make_model(self) -> ReviewModel:
        raise NotImplementedError

    def lay_out(self) -> None:
        """Put the table and what belongs to it into the body."""
        raise NotImplementedError

    def show_selected(self) -> None:
        """Follow the selection."""

    def say_key(self, key: str) -> None:
        """What a key of the table means."""

    def songs_of(self, _row: Any) -> Sequence[SongId]:  # noqa: ANN401 - rows are of the kind that was shown
        """The songs that a word on this row is about."""
        return ()

    def continues(self, _before: Any, _now: Any) -> bool:  # noqa: ANN401 - as above
        """Whether a row with another key is what became of one that was shown."""
        return False

    def as_seen(self, _before: Any, now: Any) -> Any:  # noqa: ANN401 - as above
        """A row as it may look where the one before is looked at."""
        return now

    def empty_words(self) -> tuple[str, str]:
        """Heading and sentence for when there is nothing."""
        raise NotImplementedError
