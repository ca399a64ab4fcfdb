"""The table of songs: its columns' widths, what it keeps when rows come and go, and how its cells are drawn."""

from dataclasses import dataclass

from PySide6.QtCore import (
    QByteArray,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
)
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from core.song import SongId
from desktop.item_models.song_rows import Column
from desktop.item_models.songs import STAR_COLUMNS, Index, SongModel, alignment
from desktop.style import fonts
from desktop.style.measures import CONTROL_HEIGHT, ROW_HEIGHT, SMALL
from desktop.style.theme import current_colors
from desktop.widgets.stars import StarsDelegate, draw_ground

WIDTHS = {
    Column.TITLE: 280,
    Column.ARTIST: 180,
    Column.ALBUM: 220,
    Column.GENRE: 110,
    Column.YEAR: 64,
    Column.STARS: 104,
    Column.PREDICTED: 136,
    Column.REMARK: 280,
}
GROWING = (Column.TITLE, Column.ARTIST, Column.ALBUM)
"""These share what room there is."""
SECONDARY = {Column.ALBUM, Column.GENRE, Column.YEAR, Column.REMARK}
"""Title and artist are what one looks for."""
NARROWEST = 64
TOP_LEFT = QPoint(1, 1)
SELECT_ROW = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


class SongTable(QTableView):
    """A view of a SongModel that keeps selection and place while data arrives."""

    def __init__(self, model: SongModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._songs = model
        self._kept: _Kept | None = None
        self._shares = {column: WIDTHS[column] for column in GROWING}
        self._sharing = False
        self._sorting_before: tuple[int, Qt.SortOrder] | None = None
        self._text_delegate, self._stars_delegate = TextDelegate(self), StarsDelegate(self)
        self._dress()
        self.setModel(model)
        self.setItemDelegate(self._text_delegate)
        for column in STAR_COLUMNS:
            self.setItemDelegateForColumn(column, self._stars_delegate)
        self._arrange_columns()
        model.modelAboutToBeReset.connect(self._keep)
        model.rowsRemoved.connect(self._select_next)
        model.modelReset.connect(self._bring_back)  # after the view and its selection have forgotten all

    def _dress(self) -> None:
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _arrange_columns(self) -> None:
        header = self.horizontalHeader()
        header.setFixedHeight(CONTROL_HEIGHT)
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setMinimumSectionSize(NARROWEST)
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, width)
        self.setColumnHidden(Column.REMARK, True)
        self.setSortingEnabled(True)
        self.sortByColumn(Column.ARTIST, Qt.SortOrder.AscendingOrder)
        header.sectionResized.connect(self._remember_width)

    # --------------------------------------------------------------------------------------------- columns

    def columns_state(self) -> QByteArray:
        """Widths, order and sorting, for the next start."""
        return self.horizontalHeader().saveState()

    def restore_columns(self, state: QByteArray) -> None:
        """Bring back what ``columns_state`` said; a state of other columns is ignored."""
        if not state.isEmpty() and self.horizontalHeader().restoreState(state):
            self.setColumnHidden(Column.REMARK, True)
            section, order = self._sorting()
            self.sortByColumn(Column.ARTIST if section == Column.REMARK else section, order)

    def show_remarks(self, *, side_by_side: bool, shown: bool = True) -> None:
        """Show or hide the remarks; ``side_by_side`` puts songs that may be the same below each other meanwhile."""
        self.setColumnHidden(Column.REMARK, not shown)
        if side_by_side and self._sorting_before is None:
            self._sorting_before = self._sorting()
            self.sortByColumn(Column.REMARK, Qt.SortOrder.AscendingOrder)
        elif not side_by_side and self._sorting_before is not None:
            before, self._sorting_before = self._sorting_before, None
            if self._sorting()[0] == Column.REMARK:  # else the owner has chosen another one
                self.sortByColumn(*before)
        self.share_room()

    def _sorting(self) -> tuple[int, Qt.SortOrder]:
        header = self.horizontalHeader()
        return header.sortIndicatorSection(), header.sortIndicatorOrder()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_room()

    def share_room(self) -> None:
        """Let the wide columns fill the table in the proportions they have: nothing is cut off, no gap is left."""
        others = self.horizontalHeader().length() - sum(self.columnWidth(column) for column in GROWING)
        room = self.viewport().width() - others
        together = sum(self._shares.values())
        self._sharing = True
        for column, share in self._shares.items():
            width = max(NARROWEST, room * share // together)
            room, together = room - width, together - share
            self.setColumnWidth(column, width)
        self._sharing = False

    def _remember_width(self, column: int, _before: int, width: int) -> None:
        """A width that the owner chose is kept; those that follow the window are not."""
        if not self._sharing and column in self._shares and width:
            self._shares[Column(column)] = width

    # --------------------------------------------------------------------------------------------- keeping the place

    def _keep(self) -> None:
        self._kept = _Kept(self.selected_ids(), self._id_at(self.currentIndex()), self._id_at(self.indexAt(TOP_LEFT)))

    def _bring_back(self) -> None:
        kept, self._kept = self._kept, None
        if kept is not None:
            self._restore(kept)

    def _select_next(self, _parent: QModelIndex, first: int) -> None:
        """Who goes through a list and judges song after song, goes on with the one that takes the place."""
        rows = self._songs.rowCount()
        if rows and not self.selectionModel().hasSelection():
            following = self._songs.index(min(first, rows - 1), 0)
            self.selectionModel().setCurrentIndex(following, SELECT_ROW)

    def _restore(self, kept: "_Kept") -> None:
        wanted = kept.selected | {each for each in (kept.current, kept.top) if each is not None}
        rows = {self._songs.song_at(row).song_id: row for row in self._songs.rows_of(wanted)}
        if kept.current in rows:
            current = self._songs.index(rows[kept.current], 0)
            self.selectionModel().setCurrentIndex(current, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.selectionModel().select(
            self._ranges(sorted(rows[each] for each in kept.selected if each in rows)), SELECT_ROW
        )
        if kept.top in rows:
            self.scrollTo(self._songs.index(rows[kept.top], 0), QAbstractItemView.ScrollHint.PositionAtTop)

    def _ranges(self, rows: list[int]) -> QItemSelection:
        """Rows as few ranges: sixty thousand of them would take seconds."""
        selection = QItemSelection()
        last = len(Column) - 1
        begin = 0
        for place in range(1, len(rows) + 1):
            if place == len(rows) or rows[place] != rows[place - 1] + 1:
                top, bottom = self._songs.index(rows[begin], 0), self._songs.index(rows[place - 1], last)
                selection.select(top, bottom)
                begin = place
        return selection

    def selected_ids(self) -> set[SongId]:
        """The selected songs."""
        return {
            self._songs.song_at(row).song_id
            for span in list(self.selectionModel().selection())  # type: ignore[call-overload]  # the stubs forget it
            for row in range(span.top(), span.bottom() + 1)
        }

    def _id_at(self, index: QModelIndex) -> SongId | None:
        return self._songs.song_at(index.row()).song_id if index.isValid() else None


@dataclass(frozen=True)
class _Kept:
    """What was selected, current and uppermost before the rows changed."""

    selected: set[SongId]
    current: SongId | None
    top: SongId | None


class TextDelegate(QStyledItemDelegate):
    """Draws text cells; one call into Python for each instead of one for each of Qt's roles."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._figures = fonts.figures()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, column = index.model(), Column(index.column())
        if not isinstance(model, SongModel):
            return
        draw_ground(painter, option)
        if column == Column.YEAR:
            painter.setFont(self._figures)
        quiet = column in SECONDARY or model.song_at(index.row()).unavailable
        colors = current_colors()
        painter.setPen(QColor(colors.secondary if quiet else colors.text))
        room = option.rect.adjusted(SMALL, 0, -SMALL, 0)
        text = painter.fontMetrics().elidedText(
            model.text_at(index.row(), column), Qt.TextElideMode.ElideMiddle, room.width()
        )
        painter.drawText(room, alignment(column), text)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Show the whole text of a cell that had to be shortened; a remark is always explained."""
        model, column = index.model(), Column(index.column())
        if isinstance(model, SongModel):
            text = model.text_at(index.row(), column)
            room = option.rect.width() - 2 * SMALL
            shown = text if view.fontMetrics().horizontalAdvance(text) > room else ""
            QToolTip.showText(
                event.globalPos(), model.remark_at(index.row()) if column == Column.REMARK else shown, view
            )
        return True
