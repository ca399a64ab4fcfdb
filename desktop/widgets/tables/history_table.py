"""The table of the playlists that were made; Enter opens one again, Delete forgets it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.item_models.history_rows import HistoryColumn, HistoryModel, alignment
from desktop.item_models.songs import Index
from desktop.style import fonts
from desktop.widgets.stars import draw_ground
from desktop.widgets.tables.cell_text import draw_text
from desktop.widgets.tables.one_row_table import OneRowTable

WIDTHS = {HistoryColumn.KIND: 180, HistoryColumn.WHEN: 140, HistoryColumn.SONGS: 72}
SHARES = {HistoryColumn.NAME: 52, HistoryColumn.STATE: 48}
"""Of what room is left, in hundredths."""


class HistoryTable(OneRowTable):
    """One playlist is selected at a time."""

    opening_wanted = Signal()
    forgetting_wanted = Signal()

    def __init__(self, model: HistoryModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._delegate = _HistoryDelegate(self)
        self.setItemDelegate(self._delegate)
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, width)
        self.activated.connect(self.opening_wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.viewport().width() - sum(WIDTHS.values())
        for column, share in SHARES.items():
            self.setColumnWidth(column, room * share // 100)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.selected_number is not None:
            self.forgetting_wanted.emit()
        else:
            super().keyPressEvent(event)

    def select_newest(self) -> None:
        if self.model().rowCount():
            self.select(0)


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
        text = model.text(model.row_at(index.row()), column)
        draw_text(painter, option, text, alignment=alignment(column), is_quiet=column != HistoryColumn.NAME)
