"""The view of a small table of texts: its selection stays while its rows are read anew."""

import math

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from desktop.item_models.plain_rows import Index, PlainModel
from desktop.style import fonts
from desktop.style.measures import ROW_HEIGHT, SMALL
from desktop.widgets.stars import draw_ground
from desktop.widgets.tables.cell_text import draw_text
from desktop.widgets.tables.table_dress import dress_table

SELECT_ROW = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


class PlainTable(QTableView):
    """The first column takes what room is left; the others are as wide as what they hold."""

    chosen = Signal(list)
    """The keys of the selected rows, from top to bottom."""

    def __init__(self, model: PlainModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self._kept: list[str] = []
        self._delegate = _PlainDelegate(self)
        self._dress()
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().selectionChanged.connect(lambda: self.chosen.emit(self.keys()))
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._bring_back)

    def _dress(self) -> None:
        dress_table(self)
        self.setFont(fonts.figures())
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)

    def keys(self) -> list[str]:
        """Of the selected rows, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._rows.key_at(row) for row in rows]

    def select(self, keys: list[str]) -> None:
        """Select the rows of these keys, as far as they are there."""
        self.clearSelection()
        for key in keys:
            row = self._rows.row_of(key)
            if row is not None:
                self.selectionModel().select(self._rows.index(row, 0), SELECT_ROW)

    def go_to(self, key: str) -> None:
        """Select this row alone, and let the keyboard go on from there."""
        row = self._rows.row_of(key)
        if row is not None:
            self.selectRow(row)
            self.setFocus()

    def _keep(self) -> None:
        self._kept = self.keys()

    def _bring_back(self) -> None:
        self.select(self._kept)


class _PlainDelegate(QStyledItemDelegate):
    """Draws texts as the other tables do, right below their headings."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        draw_ground(painter, option)
        painter.setFont(option.font)
        alignment = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        draw_text(painter, option, index.data(), alignment=alignment, is_quiet=False)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        # The option's metrics round down, and know nothing of the figures of one width in the table's font.
        width = QFontMetricsF(self._table.font()).horizontalAdvance(index.data())
        return QSize(math.ceil(width) + 1 + 2 * SMALL, ROW_HEIGHT)
