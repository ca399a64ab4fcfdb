"""The Qt model of the library's table: a sorted and filtered view of one SongRows."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from core.song import Song, SongId
from core.store.companion import Prediction
from desktop import wording
from desktop.item_models.song_rows import Column, SongRows, Subset, make_rows

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()

RIGHT_ALIGNED = {Column.YEAR}
STAR_COLUMNS = {Column.STARS, Column.PREDICTED}
DASH = "–"


class SongModel(QAbstractTableModel):
    """Rows come and go by a reset; the view keeps its selection by the songs' ids."""

    counted = Signal(int, int)
    """Songs shown, songs of the library."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = make_rows([], predictions={}, skipped={})
        self._shown: list[int] = []
        self._text = ""
        self._subsets: frozenset[Subset] = frozenset()
        self._sorted_by, self._descending = Column.ARTIST, False
        self._order: NDArray[np.intp] = np.empty(0, dtype=np.intp)

    # ------------------------------------------------------------------------------------------- what is shown of it

    @property
    def rows(self) -> SongRows:
        return self._rows

    @property
    def text(self) -> str:
        return self._text

    @property
    def is_filtered(self) -> bool:
        return bool(self._text.strip() or self._subsets)

    def set_rows(self, rows: SongRows) -> None:
        """Show another snapshot, filtered and sorted as before."""
        self.beginResetModel()
        self._rows = rows
        self._sort()
        self._choose()
        self.endResetModel()
        self.counted.emit(len(self._shown), len(rows))

    def set_filter(self, text: str, subsets: frozenset[Subset]) -> None:
        """Show the songs that hold every word and are in every subset."""
        if (text, subsets) == (self._text, self._subsets):
            return
        self.beginResetModel()
        self._text, self._subsets = text, subsets
        self._choose()
        self.endResetModel()
        self.counted.emit(len(self._shown), len(self._rows))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.layoutAboutToBeChanged.emit()
        self._sorted_by, self._descending = Column(column), order == Qt.SortOrder.DescendingOrder
        before = self._shown
        self._sort()
        self._choose()
        self._move_persistent_indexes(before)
        self.layoutChanged.emit()

    def _move_persistent_indexes(self, before: list[int]) -> None:
        """Let what points at a song (the selection, the current row) point at it in its new row."""
        indexes = self.persistentIndexList()
        if indexes:
            rows = {number: row for row, number in enumerate(self._shown)}
            moved = [self.index(rows[before[index.row()]], index.column()) for index in indexes]
            self.changePersistentIndexList(indexes, moved)

    def _sort(self) -> None:
        self._order = self._rows.order(self._sorted_by, descending=self._descending)

    def _choose(self) -> None:
        chosen = self._rows.matching(self._text, self._subsets)
        self._shown = self._order[chosen[self._order]].tolist()

    # ------------------------------------------------------------------------------------------------- single songs

    def song_at(self, row: int) -> Song:
        return self._rows.songs[self._shown[row]]

    def rows_of(self, ids: set[SongId]) -> list[int]:
        """The rows in which songs are shown now, from top to bottom."""
        numbers = {self._rows.ids[song_id] for song_id in ids if song_id in self._rows.ids}
        return [row for row, number in enumerate(self._shown) if number in numbers] if numbers else []

    def prediction_at(self, row: int) -> Prediction | None:
        return self._rows.predictions[self._shown[row]]

    def text_at(self, row: int, column: Column) -> str:
        """What a cell says in words; stars are drawn, not said."""
        number = self._shown[row]
        song = self._rows.songs[number]
        if column == Column.TITLE:
            return song.title
        if column == Column.ARTIST:
            return song.artist
        if column == Column.ALBUM:
            return song.album
        if column == Column.GENRE:
            return song.genre
        if column == Column.YEAR:
            return str(song.year) if song.year > 0 else ""
        return self._rows.skipped.get(number, "") if column == Column.SKIPPED else ""

    # ------------------------------------------------------------------------------------------------- as Qt asks it

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        answer = self._answers().get(Qt.ItemDataRole(role)) if index.isValid() else None
        return answer(index.row(), Column(index.column())) if answer else None

    def _answers(self) -> dict[Qt.ItemDataRole, Callable[[int, Column], Any]]:
        return {
            Qt.ItemDataRole.DisplayRole: self._said,
            Qt.ItemDataRole.AccessibleTextRole: self._said,
            Qt.ItemDataRole.ToolTipRole: self._tooltip,
            Qt.ItemDataRole.TextAlignmentRole: lambda _, column: alignment(column),
        }

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles()[Column(section)]
        return alignment(Column(section)) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _titles(self) -> dict[Column, str]:
        return {
            Column.TITLE: self.tr("Title"),
            Column.ARTIST: self.tr("Artist"),
            Column.ALBUM: self.tr("Album"),
            Column.GENRE: self.tr("Genre"),
            Column.YEAR: self.tr("Year"),
            Column.STARS: self.tr("Your stars"),
            Column.PREDICTED: self.tr("Predicted"),
            Column.SKIPPED: self.tr("Why it was skipped"),
        }

    def _said(self, row: int, column: Column) -> str:
        """The text of a cell, in words where stars are drawn: this is what a screen reader says."""
        if column == Column.STARS:
            song = self.song_at(row)
            return wording.stars_in_words(song.rating) if song.is_rated else self.tr("not rated")
        if column == Column.PREDICTED:
            prediction = self.prediction_at(row)
            return wording.stars_in_words(prediction.rating) if prediction else DASH
        return self.text_at(row, column)

    def _tooltip(self, row: int, column: Column) -> str | None:
        if column != Column.PREDICTED:
            return self._said(row, column) if column == Column.STARS else None
        prediction = self.prediction_at(row)
        if prediction is None:
            return self._rows.skipped.get(self._shown[row]) or self.tr("not yet")
        return self.tr("Probably {stars}, most likely between {low} and {high}").format(
            stars=wording.stars_in_words(prediction.rating),
            low=wording.stars(prediction.low),
            high=wording.stars(prediction.high),
        )


def alignment(column: Column) -> Qt.AlignmentFlag:
    """Numbers stand right, so that their digits are below each other."""
    side = Qt.AlignmentFlag.AlignRight if column in RIGHT_ALIGNED else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
