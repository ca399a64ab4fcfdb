"""The Qt model of the library's table: a sorted and filtered view of one SongRows."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from core.song import UNRATED, Song, SongId
from core.store.companion import Prediction
from desktop import wording
from desktop.item_models import remarks
from desktop.item_models.chosen_songs import ChosenSongs
from desktop.item_models.dragged_songs import ADDRESSES, DraggedSongs
from desktop.item_models.song_filter import SongFilter
from desktop.item_models.song_marks import UNMARKED, SongMark
from desktop.item_models.song_rows import TEXTS, Column, SongRows, make_rows
from desktop.item_models.star_origins import StarsOrigin, in_words

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()

RIGHT_ALIGNED = {Column.YEAR, Column.PLAYS}
FIELDS = {column: name for name, column in TEXTS.items()}
STAR_COLUMNS = {Column.STARS, Column.PREDICTED}
DASH = "–"
COLUMNS = len(Column)
"""Of an enumeration, Python counts them anew whenever it is asked, and Qt asks for each of 10,000 selected rows."""
MOST_REMOVED = 50
"""Rows that are taken out or drawn anew one by one; more are faster together."""
DRAGGABLE = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDragEnabled


class SongModel(QAbstractTableModel):
    """Rows come and go by a reset; the view keeps its selection by the songs' ids.

    Where the same songs stand in the same order, only those are drawn anew that look different.
    """

    counted = Signal(int, int)
    """Songs shown, songs of the library."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = make_rows([], predictions={}, skipped={})
        self._numbers: NDArray[np.intp] = np.empty(0, dtype=np.intp)
        self._shown: list[int] = []
        self._filter = SongFilter()
        self._expected: dict[int, float] = {}
        self.player = "Clementine"
        self._sorted_by, self._descending = Column.ARTIST, False
        self._order: NDArray[np.intp] = np.empty(0, dtype=np.intp)

    # ------------------------------------------------------------------------------------------- what is shown of it

    @property
    def rows(self) -> SongRows:
        return self._rows

    @property
    def filter(self) -> SongFilter:
        return self._filter

    def set_rows(self, rows: SongRows) -> None:
        """Show another snapshot, filtered and sorted as before."""
        different = rows.differing(self._rows)
        expected, self._expected = self._expected, {}
        if different is None:
            self._reset_to(rows)
        else:
            self._rows = rows
            self._sort()
            self._show(self._chosen(), different=[*different, *expected])
        self.counted.emit(len(self._shown), len(rows))

    def _reset_to(self, rows: SongRows) -> None:
        self.beginResetModel()
        self._rows = rows
        self._sort()
        self._take(self._chosen())
        self.endResetModel()

    def _take(self, numbers: NDArray[np.intp]) -> None:
        """The numbers of the songs that are shown, from top to bottom; for single rows Python is faster with a list."""
        self._numbers, self._shown = numbers, numbers.tolist()

    def _show(self, after: NDArray[np.intp], *, different: Sequence[int]) -> None:
        """Go from the numbers that are shown to other ones; the view is told as little as is true."""
        stays = self._marked(after)[self._numbers]
        gone = np.flatnonzero(~stays).tolist()
        if len(gone) <= MOST_REMOVED and np.array_equal(self._numbers[stays], after):
            for row in reversed(gone):
                self.beginRemoveRows(NOWHERE, row, row)
                self._numbers = np.delete(self._numbers, row)
                del self._shown[row]
                self.endRemoveRows()
            self._draw_again(different)
        else:
            self.beginResetModel()
            self._take(after)
            self.endResetModel()

    def _marked(self, numbers: Sequence[int] | NDArray[np.intp]) -> NDArray[np.bool_]:
        """Which songs (songs,) have these numbers."""
        marked = np.zeros(len(self._rows), dtype=bool)
        marked[np.asarray(numbers, dtype=np.intp)] = True
        return marked

    def _draw_again(self, numbers: Sequence[int]) -> None:
        rows = np.flatnonzero(self._marked(numbers)[self._numbers]).tolist()
        if len(rows) > MOST_REMOVED:
            rows = [rows[0], rows[-1]]
            self.dataChanged.emit(self.index(rows[0], 0), self.index(rows[-1], COLUMNS - 1))
            return
        for row in rows:
            self.dataChanged.emit(self.index(row, 0), self.index(row, COLUMNS - 1))

    def set_filter(self, wanted: SongFilter) -> None:
        """Show the songs that pass a filter."""
        if wanted == self._filter:
            return
        self.beginResetModel()
        self._filter = wanted
        self._take(self._chosen())
        self.endResetModel()
        self.counted.emit(len(self._shown), len(self._rows))

    def expect_stars(self, songs: Iterable[SongId], rating: float) -> None:
        """Draw stars that were just said, until rows come that know them; UNRATED leaves what the player has."""
        numbers = [self._rows.ids[song_id] for song_id in songs if song_id in self._rows.ids]
        for number in numbers:
            origin = self._rows.origins.get(number)
            taken_back = origin.player if origin is not None else self._rows.songs[number].rating
            self._expected[number] = taken_back if rating == UNRATED else rating
        self._draw_again(numbers)

    def expect_nothing(self) -> None:
        """Draw the stars as they are stored: what was said could not be kept."""
        expected, self._expected = self._expected, {}
        self._draw_again(list(expected))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.layoutAboutToBeChanged.emit()
        self._sorted_by, self._descending = Column(column), order == Qt.SortOrder.DescendingOrder
        before = self._shown
        self._sort()
        self._take(self._chosen())
        self._move_persistent_indexes(before)
        self.layoutChanged.emit()

    def _move_persistent_indexes(self, before: list[int]) -> None:
        """Let what points at a song (the selection, the current row) point at it in its new row."""
        indexes = self.persistentIndexList()
        if indexes:
            rows: NDArray[np.intp] = np.empty(len(self._rows), dtype=np.intp)
            rows[self._numbers] = np.arange(len(self._numbers))
            moved = [self.index(int(rows[before[index.row()]]), index.column()) for index in indexes]
            self.changePersistentIndexList(indexes, moved)

    def _sort(self) -> None:
        self._order = self._rows.order(self._sorted_by, descending=self._descending)

    def _chosen(self) -> NDArray[np.intp]:
        """The numbers of the songs to be shown, in their order."""
        chosen = self._filter.matching(self._rows)
        return self._order[chosen[self._order]]

    # ------------------------------------------------------------------------------------------------- single songs

    def song_at(self, row: int) -> Song:
        return self._rows.songs[self._shown[row]]

    def ids_at(self, rows: Sequence[int] | NDArray[np.intp]) -> list[SongId]:
        """The songs of some rows, in their order: fast for all of them too."""
        known = self._rows.texts.known
        return [known[number] for number in self._numbers[rows].tolist()]

    def row_of(self, song_id: SongId) -> int | None:
        """The row in which a song is shown now."""
        number = self._rows.ids.get(song_id, -1)
        rows = np.flatnonzero(self._numbers == number)
        return int(rows[0]) if len(rows) else None

    def chosen(self, rows: NDArray[np.intp]) -> ChosenSongs:
        """The songs of some rows, to be found again when they stand elsewhere."""
        is_chosen = np.zeros(len(self._rows), dtype=bool)
        is_chosen[self._numbers[rows]] = True
        return ChosenSongs(self._rows.texts, is_chosen)

    def rows_of(self, chosen: ChosenSongs) -> NDArray[np.intp]:
        """The rows in which chosen songs are shown now, from top to bottom."""
        return np.flatnonzero(chosen.among(self._rows.texts)[self._numbers])

    def rating_at(self, row: int) -> float:
        """The stars that are drawn, 0.1 to 1.0; UNRATED for none."""
        number = self._shown[row]
        return self._expected.get(number, self._rows.songs[number].rating)

    def origin_at(self, row: int) -> StarsOrigin | None:
        """Where stars come from; None for those of the player."""
        return self._rows.origins.get(self._shown[row])

    def is_said_here(self, row: int) -> bool:
        """Whether the stars that are drawn were given here."""
        origin = self.origin_at(row)
        return self._shown[row] in self._expected or (origin is not None and origin.is_said_here)

    def prediction_at(self, row: int) -> Prediction | None:
        return self._rows.predictions[self._shown[row]]

    def mark_at(self, row: int) -> SongMark:
        return self._rows.marks.get(self._shown[row], UNMARKED)

    def reason_at(self, row: int) -> str:
        """Why a song has no prediction to show, in a word; empty where there is no reason."""
        return remarks.in_a_word(self.mark_at(row))

    def remark_at(self, row: int) -> str:
        """Why a song was skipped, or what was decided about it, in sentences."""
        return self._rows.skipped.get(self._shown[row]) or remarks.at_length(self.mark_at(row))

    def text_at(self, row: int, column: Column) -> str:
        """What a cell says in words; stars are drawn, not said."""
        number = self._shown[row]
        song = self._rows.songs[number]
        match column:
            case Column.TITLE | Column.ARTIST | Column.ALBUM | Column.GENRE:
                return str(getattr(song, FIELDS[column]))
            case Column.YEAR:
                return str(song.year) if song.year > 0 else ""
            case Column.PLAYS:
                return wording.number(song.playcount) if song.playcount else ""
        return self._rows.remarks.get(number, "") if column == Column.REMARK else ""

    # ------------------------------------------------------------------------------------------------- as Qt asks it

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else COLUMNS

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

    def flags(self, index: Index) -> Qt.ItemFlag:
        return DRAGGABLE if index.isValid() else Qt.ItemFlag.NoItemFlags

    def mimeTypes(self) -> list[str]:
        return [ADDRESSES]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return self.dragged(sorted({index.row() for index in indexes}))

    def dragged(self, rows: Sequence[int] | NDArray[np.intp]) -> QMimeData:
        """Songs for another program, as they are now."""
        return DraggedSongs(self._rows.songs, self._numbers[rows])

    def _titles(self) -> dict[Column, str]:
        return {
            Column.TITLE: self.tr("Title"),
            Column.ARTIST: self.tr("Artist"),
            Column.ALBUM: self.tr("Album"),
            Column.GENRE: self.tr("Genre"),
            Column.YEAR: self.tr("Year"),
            Column.STARS: self.tr("Your stars"),
            Column.PREDICTED: self.tr("Predicted"),
            Column.PLAYS: self.tr("Plays"),
            Column.REMARK: self.tr("Remark"),
        }

    def _said(self, row: int, column: Column) -> str:
        """The text of a cell, in words where stars are drawn: this is what a screen reader says."""
        if column == Column.STARS:
            rating = self.rating_at(row)
            return wording.stars_in_words(rating) if rating > 0 else self.tr("not rated")
        if column == Column.PREDICTED:
            prediction = self.prediction_at(row)
            return wording.stars_in_words(prediction.rating) if prediction else self.reason_at(row) or DASH
        return self.text_at(row, column)

    def _tooltip(self, row: int, column: Column) -> str | None:
        if column == Column.STARS:
            origin = self.origin_at(row)
            return in_words(origin, player=self.player) if origin else self._said(row, column)
        if column == Column.REMARK:
            return self.remark_at(row) or None
        if column != Column.PREDICTED:
            return None
        prediction = self.prediction_at(row)
        if prediction is None:
            return self.remark_at(row) or self.tr("not yet")
        return self.tr("Probably {stars}, most likely between {low} and {high}").format(
            stars=wording.stars_in_words(prediction.rating),
            low=wording.stars(prediction.low),
            high=wording.stars(prediction.high),
        )


def alignment(column: Column) -> Qt.AlignmentFlag:
    """Numbers stand right, so that their digits are below each other."""
    side = Qt.AlignmentFlag.AlignRight if column in RIGHT_ALIGNED else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
