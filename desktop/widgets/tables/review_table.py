"""The table of a list to look through: one row after the other by the arrows, what is said of it by a letter."""

from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from desktop.item_models.review_table import ReviewModel
from desktop.item_models.songs import Index
from desktop.style import fonts
from desktop.style.measures import SMALL
from desktop.style.theme import current_colors
from desktop.widgets.stars import draw_ground
from desktop.widgets.tables.table_dress import dress_table

SELECT_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class ReviewTable(QTableView):
    """One row is selected at a time; where it has gone, the one after it is."""

    key_pressed = Signal(str)
    """A letter in lower case, ``space``, ``left`` or ``right``; only of those that were asked for."""
    chosen = Signal()
    """Another row is selected, or looks different, or none is."""

    def __init__(self, model: ReviewModel, *, keys: set[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._keys = model, keys
        self._kept: tuple[Hashable, int] | None = None
        self._delegate = _TextDelegate(self)
        self._dress()
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._bring_back)
        model.dataChanged.connect(lambda *_: self.chosen.emit())

    def _dress(self) -> None:
        dress_table(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionsClickable(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = self._model.columns
        room = self.viewport().width() - sum(column.width for column in columns)
        shares = sum(column.share for column in columns) or 1
        for number, column in enumerate(columns):
            self.setColumnWidth(number, column.width or max(room, 0) * column.share // shares)

    @property
    def selected(self) -> Any:  # noqa: ANN401 - rows are of the kind that was shown
        """The selected row as it was given to the model; None for none."""
        rows = self.selectionModel().selectedRows()
        return self._model.row_at(rows[0].row()) if rows else None

    @property
    def is_past(self) -> bool:
        """Whether the selected row is only shown because somebody looked at it."""
        rows = self.selectionModel().selectedRows()
        return bool(rows) and self._model.is_past(rows[0].row())

    def show_selected(self) -> None:
        """Scroll to the selected row."""
        if self.selectionModel().hasSelection():
            self.scrollTo(self.currentIndex())

    def select(self, number: int) -> None:
        self.selectionModel().setCurrentIndex(self._model.index(number, 0), SELECT_ROW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        named = {Qt.Key.Key_Space: "space", Qt.Key.Key_Left: "left", Qt.Key.Key_Right: "right"}
        has_command = bool(event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier)
        key = named.get(Qt.Key(event.key()), event.text().lower())
        if key in self._keys and not has_command:
            self.key_pressed.emit(key)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """A letter is what is said here, not somebody's shortcut."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_plain = not event.modifiers()
            if is_plain and (event.text().lower() in self._keys or event.key() == Qt.Key.Key_Space):
                event.accept()
                return True
        return super().event(event)

    def _keep(self) -> None:
        rows = self.selectionModel().selectedRows()
        self._kept = (self._model.key_at(rows[0].row()), rows[0].row()) if rows else None

    def _bring_back(self) -> None:
        if self._model.rowCount():
            key, number = self._kept or (None, 0)
            found = self._model.number_of(key) if self._kept else 0
            self.select(min(number, self._model.rowCount() - 1) if found is None else found)
        self.chosen.emit()


class _TextDelegate(QStyledItemDelegate):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._figures = fonts.figures()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, ReviewModel):
            return
        draw_ground(painter, option)
        column, colors = model.columns[index.column()], current_colors()
        painter.setFont(self._figures)
        is_quiet = column.is_quiet or model.stands_back(index.row())
        painter.setPen(QColor(colors.secondary if is_quiet else colors.text))
        room = option.rect.adjusted(SMALL, 0, -SMALL, 0)
        text = column.text(model.row_at(index.row()))
        elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, column.alignment, elided)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Show what a column explains, else the whole text of a cell that had to be shortened."""
        model = index.model()
        if isinstance(model, ReviewModel):
            column, row = model.columns[index.column()], model.row_at(index.row())
            text = column.text(row)
            is_cut = view.fontMetrics().horizontalAdvance(text) > option.rect.width() - 2 * SMALL
            explained = column.tooltip(row) if column.tooltip is not None else ""
            QToolTip.showText(event.globalPos(), explained or (text if is_cut else ""), view)
        return True
