"""The table of the playlists that were made; Enter opens one again, Delete forgets it."""

from PySide6.QtCore import QItemSelectionModel, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.item_models.history_rows import HistoryColumn, HistoryModel, alignment
from desktop.item_models.songs import Index
from desktop.style import fonts
from desktop.style.measures import SMALL
from desktop.style.theme import current_colors
from desktop.widgets.stars import draw_ground
from desktop.widgets.tables.table_dress import dress_table

WIDTHS = {HistoryColumn.KIND: 180, HistoryColumn.WHEN: 140, HistoryColumn.SONGS: 72}
SHARES = {HistoryColumn.NAME: 52, HistoryColumn.STATE: 48}
"""Of what room is left, in hundredths."""
SELECT_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class HistoryTable(QTableView):
    """One playlist is selected at a time, and stays so while the others come and go."""

    opening_wanted = Signal()
    forgetting_wanted = Signal()
    chosen = Signal()
    """Another one is selected, or none."""

    def __init__(self, model: HistoryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history = model
        self._kept: int | None = None
        self._delegate = _HistoryDelegate(self)
        self._dress()
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, width)
        self.activated.connect(self.opening_wanted)
        self.selectionModel().selectionChanged.connect(self.chosen)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._bring_back)
        model.dataChanged.connect(self.chosen)

    def _dress(self) -> None:
        dress_table(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionsClickable(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.viewport().width() - sum(WIDTHS.values())
        for column, share in SHARES.items():
            self.setColumnWidth(column, room * share // 100)

    def selected_row(self) -> int | None:
        rows = self.selectionModel().selectedRows()
        return rows[0].row() if rows else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.selected_row() is not None:
            self.forgetting_wanted.emit()
        else:
            super().keyPressEvent(event)

    def select_newest(self) -> None:
        if self._history.rowCount():
            self.selectionModel().setCurrentIndex(self._history.index(0, 0), SELECT_ROW)

    def _keep(self) -> None:
        row = self.selected_row()
        self._kept = None if row is None else self._history.made_at(row).key

    def _bring_back(self) -> None:
        row = 0 if self._kept is None else self._history.row_of(self._kept)
        if self._history.rowCount():
            self.selectionModel().setCurrentIndex(self._history.index(row or 0, 0), SELECT_ROW)
        self.chosen.emit()


class _HistoryDelegate(QStyledItemDelegate):
    """Draws names as text and all else quietly."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._figures = fonts.figures()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, column = index.model(), HistoryColumn(index.column())
        if not isinstance(model, HistoryModel):
            return
        draw_ground(painter, option)
        painter.setFont(self._figures if column in WIDTHS else fonts.body())
        colors = current_colors()
        painter.setPen(QColor(colors.text if column == HistoryColumn.NAME else colors.secondary))
        room: QRect = option.rect.adjusted(SMALL, 0, -SMALL, 0)
        text = model.text(model.made_at(index.row()), column)
        painter.drawText(
            room,
            alignment(column),
            painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room.width()),
        )
