"""The table of a list to look through: one row after the other by the arrows, what is said of it by a letter."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from desktop.item_models.review_table import ReviewModel
from desktop.item_models.songs import Index
from desktop.style import fonts
from desktop.style.measures import SMALL
from desktop.widgets.stars import draw_ground
from desktop.widgets.tables.cell_text import draw_text
from desktop.widgets.tables.one_row_table import OneRowTable


class ReviewTable(OneRowTable):
    """What keys say is told to whoever knows the rows."""

    key_pressed = Signal(str)
    """A letter in lower case, ``space``, ``left`` or ``right``; only of those that were asked for."""

    def __init__(self, model: ReviewModel, *, keys: set[str], parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._model, self._keys = model, keys
        self._delegate = _TextDelegate(self)
        self.setItemDelegate(self._delegate)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = self._model.columns
        room = self.viewport().width() - sum(column.width for column in columns)
        shares = sum(column.share for column in columns) or 1
        for number, column in enumerate(columns):
            self.setColumnWidth(number, column.width or max(room, 0) * column.share // shares)

    @property
    def is_past(self) -> bool:
        """Whether the selected row is only shown because somebody looked at it."""
        number = self.selected_number
        return number is not None and self._model.is_past(number)

    def show_selected(self) -> None:
        """Scroll to the selected row."""
        if self.selectionModel().hasSelection():
            self.scrollTo(self.currentIndex())

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


class _TextDelegate(QStyledItemDelegate):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._figures = fonts.figures()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, ReviewModel):
            return
        draw_ground(painter, option)
        column = model.columns[index.column()]
        painter.setFont(self._figures)
        text = column.text(model.row_at(index.row()))
        is_quiet = column.is_quiet or model.stands_back(index.row())
        draw_text(painter, option, text, alignment=column.alignment, is_quiet=is_quiet)

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
