"""Which rows of a long table are selected, as one array: of ranges that lie scattered, Qt is slow to take 10,000."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QObject, QSignalBlocker, Signal

from desktop.item_models.chosen_songs import ChosenSongs, edges_of
from desktop.item_models.songs import COLUMNS, SongModel

FEW = 256
"""Ranges that Qt is told of wherever they are."""
AROUND = 200
"""Rows above and below those in sight, of which Qt is told too: so it is told anew once in some pages."""

Flag = QItemSelectionModel.SelectionFlag
CHANGES = Flag.Select | Flag.Deselect | Flag.Toggle
Mask = NDArray[np.bool_]


class SongSelection(QItemSelectionModel):
    """Selects whole rows, by the rules of Qt's own model, and follows its songs when they are sorted.

    Qt compares, draws and follows each of its ranges. Of more than a few it is told only those near the rows in sight,
    so it answers rightly for these; ``rows`` answers for all.
    """

    moved = Signal()
    """Other songs are selected, or in another order."""

    def __init__(self, model: SongModel, parent: QObject | None = None) -> None:
        super().__init__()
        self.setParent(parent)
        self._songs = model
        self._seen = range(0)
        self._is_told_all = True
        self._rows: NDArray[np.intp] | None = None
        self._kept: tuple[ChosenSongs, ...] = ()
        self._begin(*self._masks())
        model.layoutAboutToBeChanged.connect(self._keep)  # before Qt follows each cell of its ranges, for seconds
        self.setModel(model)
        model.layoutChanged.connect(self._bring_back)
        model.rowsRemoved.connect(self._take_out)

    @property
    def rows(self) -> NDArray[np.intp]:
        """All that are selected, from top to bottom."""
        if self._rows is None:
            self._rows = np.flatnonzero(self._merged())
        return self._rows

    def replace(self, rows: NDArray[np.intp]) -> None:
        """Select these alone; nobody hears of it."""
        settled, latest = self._masks()
        latest[rows] = True
        self._begin(settled, latest)
        self._tell_quietly()

    def look_at(self, first: int, last: int) -> None:
        """These rows are in sight now."""
        if first < self._seen.start or last >= self._seen.stop:
            self._seen = range(max(0, first - AROUND), last + AROUND + 1)
            if not self._is_told_all:
                self._tell_quietly()

    # ------------------------------------------------------------------------------------------------- as Qt asks it

    def select(self, wanted: QItemSelection | QModelIndex, command: Flag) -> None:  # type: ignore[override]  # both of Qt's
        """What was chosen last stays apart from what had been: Shift takes it back for another end (``Current``)."""
        if command == Flag.NoUpdate:
            return
        before = self.rows
        if command & Flag.Clear:
            self._begin(*self._masks())
        if not command & Flag.Current:
            self._begin(self._merged(), self._masks()[0])
        if command & CHANGES:
            self._latest, self._command, self._rows = self._asked(wanted), command, None
        self._tell()
        if not np.array_equal(before, self.rows):
            self.moved.emit()

    def reset(self) -> None:
        self._begin(*self._masks())
        super().reset()

    # ------------------------------------------------------------------------------------------------- what is selected

    def _begin(self, settled: Mask, latest: Mask) -> None:
        self._settled, self._latest, self._command, self._rows = settled, latest, Flag.Select, None

    def _masks(self) -> tuple[Mask, Mask]:
        """No row, and once more."""
        size = self._songs.rowCount()
        return np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)

    def _merged(self) -> Mask:
        if self._command & Flag.Toggle:
            return self._settled ^ self._latest
        return self._settled & ~self._latest if self._command & Flag.Deselect else self._settled | self._latest

    def _asked(self, wanted: QItemSelection | QModelIndex) -> Mask:
        asked, _ = self._masks()
        if isinstance(wanted, QModelIndex):
            if wanted.isValid():
                asked[wanted.row()] = True
            return asked
        for span in wanted:  # type: ignore[attr-defined]  # the stubs forget it
            if span.isValid():
                asked[span.top() : span.bottom() + 1] = True
        return asked

    # ------------------------------------------------------------------------------------------------- what Qt is told

    def _tell(self) -> None:
        firsts, lasts = edges_of(self.rows)
        self._is_told_all = len(firsts) <= FEW
        if not self._is_told_all:
            near = (lasts >= self._seen.start) & (firsts < self._seen.stop)
            near[0] |= not near.any()  # Qt clears nothing where it knows of nothing
            firsts, lasts = firsts[near], lasts[near]
        told, cell = QItemSelection(), self._songs.createIndex  # ``index`` asks for the size of the model, in Python
        for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
            told.select(cell(first, 0), cell(last, COLUMNS - 1))
        super().select(told, Flag.ClearAndSelect)

    def _tell_quietly(self) -> None:
        """For rows that are drawn anyway."""
        with QSignalBlocker(self):
            self._tell()

    # ------------------------------------------------------------------------------------------------- rows that move

    def _keep(self) -> None:
        self._kept = tuple(self._songs.chosen(np.flatnonzero(each)) for each in (self._settled, self._latest))
        with QSignalBlocker(self):
            super().select(QItemSelection(), Flag.Clear)

    def _bring_back(self) -> None:
        settled, latest = self._masks()
        for mask, kept in zip((settled, latest), self._kept, strict=True):
            mask[self._songs.rows_of(kept)] = True
        self._settled, self._latest, self._rows = settled, latest, None
        self._tell_quietly()
        if len(self.rows) > 1:
            self.moved.emit()

    def _take_out(self, _parent: QModelIndex, first: int, last: int) -> None:
        is_other = bool(self._merged()[first : last + 1].any())
        gone = slice(first, last + 1)
        self._settled, self._latest, self._rows = np.delete(self._settled, gone), np.delete(self._latest, gone), None
        self._tell_quietly()
        if is_other:
            self.moved.emit()
