"""What the owner can say about the selected songs: the words that apply, for a menu, and the same by keys."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from core.song import SongId
from desktop.item_models.song_marks import SongMark
from desktop.verdicts import Word, change_of
from desktop.widgets.tables.song_table import SongTable

KEYS = {
    Word.DIFFERENT: "Ctrl+D",
    Word.KEEP: "Ctrl+K",
    Word.MUSIC: "Ctrl+M",
    Word.SPOKEN: "Ctrl+Shift+M",
    Word.TAKE_BACK: "Ctrl+Backspace",
}
GROUPS = ((Word.DIFFERENT, Word.KEEP), (Word.MUSIC, Word.SPOKEN), (Word.TAKE_BACK,))
"""In a menu, a line stands between two groups."""


class VerdictActions(QWidget):
    """Belongs to a table; it stores nothing."""

    said = Signal(Word, list)
    """The word and the ids of the songs."""

    def __init__(self, table: SongTable, *, mark_of: Callable[[SongId], SongMark]) -> None:
        super().__init__(table)
        self.hide()
        self._table, self._mark_of = table, mark_of
        self._actions = {word: self._make_action(word) for word in Word}

    def offered(self) -> list[list[QAction]]:
        """The words that apply to the selection, in groups; none is empty."""
        groups = [[self._actions[word] for word in words if self._applies(word)] for words in GROUPS]
        return [group for group in groups if group]

    def _make_action(self, word: Word) -> QAction:
        action = QAction(self._label(word), self._table)
        action.setShortcut(QKeySequence(KEYS[word]))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(partial(self._say, word))
        self._table.addAction(action)
        return action

    def _label(self, word: Word) -> str:
        return {
            Word.DIFFERENT: self.tr("Not a duplicate"),
            Word.KEEP: self.tr("Keep this copy"),
            Word.MUSIC: self.tr("This is music"),
            Word.SPOKEN: self.tr("This is spoken"),
            Word.TAKE_BACK: self.tr("Take back what I said"),
        }[word]

    def _applies(self, word: Word) -> bool:
        return bool(change_of(word, self._table.selected_ids(), mark_of=self._mark_of))

    def _say(self, word: Word) -> None:
        if self._applies(word):
            self.said.emit(word, list(self._table.selected_ids()))
