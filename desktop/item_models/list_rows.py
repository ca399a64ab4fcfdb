"""The Qt model of a list that is being made: its songs in their order, the stars, and why each is in it."""

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QByteArray, QMimeData, QModelIndex, QObject, Qt, QUrl, Signal

from core.recommend.suggestion import SongList, Suggestion
from core.song import Song, SongId
from desktop import core_texts, wording
from desktop.item_models.songs import DASH, NOWHERE, Index

OWN_ROWS = "application/x-marmalade-rows"
"""What a drag within the list carries beside the files."""


class ListColumn(IntEnum):
    """From left to right."""

    NUMBER = 0
    LOCK = 1
    TITLE = 2
    ARTIST = 3
    STARS = 4
    REASON = 5


class ListModel(QAbstractTableModel):
    """Another list comes by a reset; the view keeps its selection by the songs' ids."""

    moved = Signal(list)
    """The owner put the songs in another order; their ids."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Suggestion] = []
        self._ids: list[SongId] = []
        self._locked: frozenset[SongId] = frozenset()

    def show(self, found: SongList, *, locked: Iterable[SongId] = ()) -> None:
        """Show a list; where the songs are those that are shown already, they are only drawn anew."""
        entries, ids = list(found.suggestions), [each.song.song_id for each in found.suggestions]
        if ids == self._ids:
            self._entries, self._locked = entries, frozenset(locked)
            self._draw_again()
            return
        self.beginResetModel()
        self._entries, self._ids, self._locked = entries, ids, frozenset(locked)
        self.endResetModel()

    def lock(self, locked: Iterable[SongId]) -> None:
        """Mark the songs that stay whatever else changes."""
        self._locked = frozenset(locked)
        self._draw_again()

    def _draw_again(self) -> None:
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(ListColumn) - 1))

    # ------------------------------------------------------------------------------------------------- single songs

    @property
    def ids(self) -> list[SongId]:
        return list(self._ids)

    def entry_at(self, row: int) -> Suggestion:
        return self._entries[row]

    def song_at(self, row: int) -> Song:
        return self._entries[row].song

    def is_locked(self, row: int) -> bool:
        return self._ids[row] in self._locked

    def rows_of(self, ids: set[SongId]) -> list[int]:
        return [row for row, song_id in enumerate(self._ids) if song_id in ids]

    def text_at(self, row: int, column: ListColumn) -> str:
        """What a cell says in words; stars and the lock are drawn, not said."""
        entry = self._entries[row]
        texts = {
            ListColumn.NUMBER: wording.number(row + 1),
            ListColumn.TITLE: entry.song.title,
            ListColumn.ARTIST: entry.song.artist,
            ListColumn.REASON: core_texts.said(entry.why),
        }
        return texts.get(column, "")

    # ------------------------------------------------------------------------------------------------- as Qt asks it

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(ListColumn)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled  # between two rows
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        if not index.isValid():
            return None
        row, column = index.row(), ListColumn(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._said(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tooltip(row, column) or None
        return alignment(column) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(ListColumn):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles()[ListColumn(section)]
        return alignment(ListColumn(section)) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _titles(self) -> dict[ListColumn, str]:
        return {
            ListColumn.NUMBER: self.tr("#"),
            ListColumn.LOCK: "",
            ListColumn.TITLE: self.tr("Title"),
            ListColumn.ARTIST: self.tr("Artist"),
            ListColumn.STARS: self.tr("Stars"),
            ListColumn.REASON: self.tr("Why"),
        }

    def _said(self, row: int, column: ListColumn) -> str:
        """The text of a cell, in words where something is drawn: this is what a screen reader says."""
        entry = self._entries[row]
        if column == ListColumn.LOCK:
            return self.tr("locked") if self.is_locked(row) else ""
        if column != ListColumn.STARS:
            return self.text_at(row, column)
        if entry.song.is_rated:
            return wording.stars_in_words(entry.song.rating)
        return DASH if entry.prediction is None else wording.stars_in_words(entry.prediction.rating)

    def _tooltip(self, row: int, column: ListColumn) -> str:
        if column == ListColumn.LOCK:
            return self.tr("Stays in the list (L)") if self.is_locked(row) else self.tr("Keep it in the list (L)")
        return self._about_stars(row) if column == ListColumn.STARS else self.text_at(row, column)

    def _about_stars(self, row: int) -> str:
        entry = self._entries[row]
        if entry.song.is_rated:
            return self.tr("You gave it {stars}").format(stars=wording.stars_in_words(entry.song.rating))
        if entry.prediction is None:
            return self.tr("not yet")
        return self.tr("Probably {stars}, most likely between {low} and {high}").format(
            stars=wording.stars_in_words(entry.prediction.rating),
            low=wording.stars(entry.prediction.low),
            high=wording.stars(entry.prediction.high),
        )

    # ------------------------------------------------------------------------------------------------- moving songs

    def mimeTypes(self) -> list[str]:
        return [OWN_ROWS]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The files, which the player takes as ``text/uri-list``, and the rows for a drop within the list."""
        rows = sorted({index.row() for index in indexes})
        carried = files_of([self.song_at(row) for row in rows])
        carried.setData(OWN_ROWS, QByteArray(",".join(map(str, rows)).encode()))
        return carried

    def supportedDragActions(self) -> Qt.DropAction:
        """Copying alone: a file manager that was offered more would move the music."""
        return Qt.DropAction.CopyAction

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction

    def dropMimeData(self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index) -> bool:
        if not data.hasFormat(OWN_ROWS):
            return False
        place = parent.row() if parent.isValid() else row
        rows = [int(each) for each in bytes(data.data(OWN_ROWS).data()).decode().split(",") if each]
        self.move(rows, before=len(self._ids) if place < 0 else place)
        return True

    def move(self, rows: Sequence[int], *, before: int) -> None:
        """Put some rows, in their order, before another one; tells ``moved`` if that is another order."""
        chosen = [row for row in sorted(set(rows)) if 0 <= row < len(self._ids)]
        place = before - sum(row < before for row in chosen)
        left = [row for row in range(len(self._ids)) if row not in set(chosen)]
        order = [*left[:place], *chosen, *left[place:]]
        if order == list(range(len(self._ids))):
            return
        self.layoutAboutToBeChanged.emit()
        indexes = self.persistentIndexList()
        places = {row: number for number, row in enumerate(order)}
        self._entries, self._ids = [self._entries[row] for row in order], [self._ids[row] for row in order]
        self.changePersistentIndexList(indexes, [self.index(places[each.row()], each.column()) for each in indexes])
        self.layoutChanged.emit()
        self.moved.emit(self.ids)


def files_of(songs: Iterable[Song]) -> QMimeData:
    """Songs as any program takes them; the addresses stay as the player wrote them, for it compares them so."""
    carried = QMimeData()
    carried.setUrls([QUrl.fromEncoded(song.filename.encode(errors="surrogateescape")) for song in songs])
    return carried


def alignment(column: ListColumn) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == ListColumn.NUMBER else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
