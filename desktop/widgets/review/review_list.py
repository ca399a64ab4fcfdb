"""What the lists to look through have in common: a table, what is said of its rows, and what an empty one means."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from core.song import SongId
from desktop.desk import Desk
from desktop.item_models.review_table import ReviewModel
from desktop.verdicts import Word
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.tables.review_table import ReviewTable


class ReviewList(QWidget):
    """A kind of list fills in the rest; words go through the owner's word, so that they can be undone."""

    counted = Signal(int)

    def __init__(self, desk: Desk, *, keys: set[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.model = self.make_model()
        self.table = ReviewTable(self.model, keys=keys)
        self.body = QWidget()
        self._empty = EmptyState()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.body)
        self._stack.addWidget(self._empty)
        self.lay_out()
        self.table.key_pressed.connect(self.say_key)
        self.table.chosen.connect(self.show_selected)
        self.show_rows([])

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Other rows, or the same ones after a word."""
        self.model.show(rows)
        if not rows:
            self._empty.say(*self.empty_words())
        self._stack.setCurrentWidget(self.body if rows else self._empty)
        self.show_selected()
        self.counted.emit(len(rows))

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

    def empty_words(self) -> tuple[str, str]:
        """Heading and sentence for when there is nothing."""
        raise NotImplementedError
