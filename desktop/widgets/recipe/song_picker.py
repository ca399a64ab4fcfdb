"""Picking songs by name: what is typed is searched in the library, what was picked stands above and can be removed."""

from collections.abc import Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, QModelIndex, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.song import Song, SongId
from desktop import wording
from desktop.item_models.song_rows import SongRows, Subset
from desktop.item_models.song_texts import folded
from desktop.style.icons import Tint, icon
from desktop.style.measures import ROW_HEIGHT, SMALL, TINY
from desktop.style.theme import dress_window

MOST_FOUND = 12
MOST_SHOWN = 6
"""Picked songs; the others are counted."""
LOOKED_AT = 2_000
"""Matches among which those with a word that begins so come first."""
LIST_WIDTH = 420


class SongPicker(QWidget):
    """Holds ids; the names come from the library's rows."""

    changed = Signal(list)
    """The picked songs, by id; not told for ``show_songs``."""

    def __init__(self, name: str, *, hint: str, most: int = 100, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = most
        self._rows: SongRows | None = None
        self._picked: list[SongId] = []
        self._found: list[SongId] = []
        self._label, self._edit, self._rest = QLabel(name), _SearchEdit(), QLabel()
        self._rest.setObjectName("secondary")
        self._label.setBuddy(self._edit)
        self._edit.setAccessibleName(name)
        self._edit.setPlaceholderText(hint)
        self._edit.textEdited.connect(self._search)
        self._edit.last_unwanted.connect(self._remove_last)
        self._names = QStringListModel(self)
        self._completer = self._make_completer()
        self._tags: list[QWidget] = []
        self._lay_out()

    def _make_completer(self) -> QCompleter:
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(MOST_FOUND)
        completer.setWidget(self._edit)
        completer.activated[QModelIndex].connect(  # type: ignore[index]  # the stubs forget its overloads
            lambda index: self._pick(index.row())
        )
        self._list = QListView()
        completer.setPopup(self._list)
        self._list.setAccessibleName(self.tr("Songs found"))
        self._list.setMinimumWidth(LIST_WIDTH)
        self._list.setObjectName("songsFound")
        self._list.setItemDelegate(QStyledItemDelegate(self._list))  # the completer's own knows no style sheet
        self._edit.entered.connect(self._pick_first)
        return completer

    def _lay_out(self) -> None:
        self._column = QVBoxLayout()
        self._column.setSpacing(TINY)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TINY)
        layout.addWidget(self._label)
        layout.addLayout(self._column)
        layout.addWidget(self._rest)
        layout.addWidget(self._edit)
        self._rest.hide()

    # --------------------------------------------------------------------------------------------- what is picked

    @property
    def songs(self) -> list[SongId]:
        return list(self._picked)

    def set_rows(self, rows: SongRows) -> None:
        """Search in these from now on."""
        self._rows = rows
        self._show_picked()

    def show_songs(self, songs: Sequence[SongId]) -> None:
        """Pick other songs, without telling."""
        if list(songs) != self._picked:
            self._picked = list(songs)
            self._show_picked()

    def begin(self) -> None:
        """Let the owner type."""
        self._edit.setFocus()

    def _pick(self, number: int) -> None:
        song_id = self._found[number]
        # Qt writes the chosen text into the field after this.
        QTimer.singleShot(0, self._edit, self._edit.clear)
        if song_id not in self._picked:
            self._picked = [*self._picked, song_id][-self._most :]
            self._tell()

    def _pick_first(self) -> None:
        if self._edit.text().strip() and self._found:
            self._pick(0)
            self._list.hide()

    def _remove(self, song_id: SongId) -> None:
        self._picked = [each for each in self._picked if each != song_id]
        self._tell()
        self._edit.setFocus()

    def _remove_last(self) -> None:
        if self._picked:
            self._remove(self._picked[-1])

    def _tell(self) -> None:
        self._show_picked()
        self.changed.emit(list(self._picked))

    # --------------------------------------------------------------------------------------------- what is shown

    def _show_picked(self) -> None:
        for tag in self._tags:
            self._column.removeWidget(tag)
            tag.hide()
            tag.deleteLater()
        self._tags = [self._tag(song_id) for song_id in self._picked[:MOST_SHOWN]]
        for tag in self._tags:
            self._column.addWidget(tag)
        hidden = len(self._picked) - len(self._tags)
        self._rest.setText(self.tr("and {songs} more").format(songs=wording.songs(hidden)))
        self._rest.setVisible(hidden > 0)
        self._edit.setVisible(self._most > 1 or not self._picked)

    def _tag(self, song_id: SongId) -> QWidget:
        rows = self._rows
        name = (
            rows.song(song_id).title_first
            if rows is not None and song_id in rows.ids
            else self.tr("a song that is gone")
        )
        tag = SongTag(name)
        tag.removed.connect(partial(self._remove, song_id))
        return tag

    def _search(self, text: str) -> None:
        self._found = [] if self._rows is None else found_songs(self._rows, text)
        self._names.setStringList(told_apart([self._rows.song(each) for each in self._found]) if self._rows else [])
        if self._found:
            dress_window(self._list)  # the completer makes a window of it
            self._completer.complete()
        else:
            self._list.hide()


class SongTag(QFrame):
    """A picked song with its way out."""

    removed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("tag", True)
        self.setFixedHeight(ROW_HEIGHT)
        self._name, self._label = name, QLabel()
        self._label.setToolTip(name)
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        remove = QToolButton()
        remove.setIcon(icon("close", tint=Tint.SECONDARY))
        remove.setAccessibleName(self.tr("Remove {name}").format(name=name))
        remove.setToolTip(self.tr("Remove"))
        remove.clicked.connect(self.removed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SMALL, 0, 0, 0)
        layout.setSpacing(TINY)
        layout.addWidget(self._label, stretch=1)
        layout.addWidget(remove)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._label.setText(
            self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideMiddle, self._label.width())
        )


class _SearchEdit(QLineEdit):
    """Backspace in the empty field takes the last song away; the keys of the list go to the list."""

    last_unwanted = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.addAction(icon("search", tint=Tint.SECONDARY), QLineEdit.ActionPosition.LeadingPosition)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.entered.emit()
                return True
            if event.key() == Qt.Key.Key_Backspace and not self.text():
                self.last_unwanted.emit()
                return True
        return super().event(event)


def found_songs(rows: SongRows, text: str) -> list[SongId]:
    """The songs that can be picked by what was typed, those first whose title or another word begins so."""
    begin = folded(text).strip()
    if not begin:
        return []
    chosen = rows.matching(text) & ~rows.subsets[Subset.SKIPPED] & ~rows.subsets[Subset.SPOKEN]
    numbers = [number for number in np.flatnonzero(chosen)[:LOOKED_AT].tolist() if _is_own(rows, number)]
    numbers.sort(key=lambda number: _distance(rows.texts.search_texts[number], begin))
    known = rows.texts.known
    return [known[number] for number in numbers[:MOST_FOUND]]


def _distance(text: str, begin: str) -> int:
    """0 where the title begins so, 1 where another word does, 2 where it is within one."""
    if text.startswith(begin):
        return 0
    return 1 if f" {begin}" in text or f"\n{begin}" in text else 2


def _is_own(rows: SongRows, number: int) -> bool:
    """Whether a song is there, and no copy of another one that stands for it."""
    mark = rows.marks.get(number)
    return not rows.songs[number].unavailable and (mark is None or mark.copy_of is None)


def told_apart(songs: Sequence[Song]) -> list[str]:
    """Title and artist, and the album where those of several are the same."""
    names = [song.title_first for song in songs]
    return [
        f"{name} ({song.album})" if song.album and names.count(name) > 1 else name
        for name, song in zip(names, songs, strict=True)
    ]
