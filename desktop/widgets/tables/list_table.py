"""The table of a list that is being made: its cells, its keys, and what can be done with the selected songs."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QDrag, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from core.song import UNRATED, Song, SongId
from desktop import wording
from desktop.item_models.list_rows import ListColumn, ListModel, alignment
from desktop.item_models.songs import Index
from desktop.style import fonts
from desktop.style.icons import Tint, icon
from desktop.style.measures import ICON_IN_ROW, MEDIUM, SMALL
from desktop.widgets.stars import draw_ground, draw_own, draw_prediction, star_place
from desktop.widgets.tables.cell_text import draw_text
from desktop.widgets.tables.drag_picture import drag_picture
from desktop.widgets.tables.list_widths import list_widths
from desktop.widgets.tables.table_dress import dress_table

WIDTHS = {ListColumn.LOCK: 24, ListColumn.STARS: 136}
NARROWEST = 24
DIGITS = {"0": UNRATED} | {str(stars): stars / wording.STARS for stars in range(1, wording.STARS + 1)}
"""Keys that give stars, as in the library."""
SELECT_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class ListTable(QTableView):
    """A view of a ListModel; it changes nothing itself but the order of the songs."""

    listen_wanted = Signal(Song)
    lock_wanted = Signal(list)
    """Lock these songs, by id; let them go if all of them are locked."""
    removal_wanted = Signal(list)
    rated = Signal(list, float)
    """Songs, by id, and their stars, 0.1 to 1; UNRATED takes them back."""
    menu_wanted = Signal(QPoint)
    """A menu for the selected songs, at this place of the screen."""

    def __init__(self, model: ListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = model
        self._kept: tuple[set[SongId], int, int] = (set(), 0, 0)
        self._delegate = ListDelegate(self)
        self._dress()
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self._arrange_columns()
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._bring_back)
        model.modelReset.connect(self._share_room)
        model.dataChanged.connect(self._share_room)  # the songs may stay and have other reasons

    def _dress(self) -> None:
        dress_table(self)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDragDropOverwriteMode(False)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)

    def _arrange_columns(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(NARROWEST)
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Every reason in whole, if title and artist can be read beside them."""
        rows, measure = range(self._list.rowCount()), self.fontMetrics().horizontalAdvance
        number = 2 * SMALL + measure("0") * max(len(wording.number(len(rows))), 2)
        texts = (self._list.text_at(row, ListColumn.REASON) for row in rows)
        reasons = 2 * SMALL + MEDIUM + max(map(measure, texts), default=0)
        room = self.viewport().width() - sum(WIDTHS.values()) - number
        self.setColumnWidth(ListColumn.NUMBER, number)
        for column, width in list_widths(room, reasons=reasons).items():
            self.setColumnHidden(column, not width)
            self.setColumnWidth(column, max(NARROWEST, width))

    # --------------------------------------------------------------------------------------------- what is selected

    def selected_rows(self) -> list[int]:
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def selected_songs(self) -> list[Song]:
        return [self._list.song_at(row) for row in self.selected_rows()]

    def selected_ids(self) -> list[SongId]:
        return [song.song_id for song in self.selected_songs()]

    def _keep(self) -> None:
        self._kept = set(self.selected_ids()), self.currentIndex().row(), self.verticalScrollBar().value()

    def _bring_back(self) -> None:
        """The same songs stay selected; where they are gone, what took their place is current."""
        selected, current, scrolled = self._kept
        rows = self._list.rows_of(selected)
        if self._list.rowCount() and selected:
            row = rows[0] if rows else min(max(current, 0), self._list.rowCount() - 1)
            self.selectionModel().setCurrentIndex(self._list.index(row, ListColumn.TITLE), SELECT_ROW)
            selection = QItemSelection()
            for each in rows:
                selection.select(self._list.index(each, 0), self._list.index(each, len(ListColumn) - 1))
            self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.Select)
        self.verticalScrollBar().setValue(scrolled)

    # --------------------------------------------------------------------------------------------- mouse and keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ids, key = self.selected_ids(), event.key()
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._shift(up=key == Qt.Key.Key_Up)
        elif event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not ids:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Space:
            self.listen_wanted.emit(self._list.song_at(self.currentIndex().row()))
        elif event.text() in DIGITS:
            self.rated.emit(ids, DIGITS[event.text()])
        elif key == Qt.Key.Key_L:
            self.lock_wanted.emit(ids)
        elif key == Qt.Key.Key_Delete:
            self.removal_wanted.emit(ids)
        else:
            super().keyPressEvent(event)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Copying alone: what was dragged onto a file manager must not be moved there."""
        drag = QDrag(self)
        drag.setMimeData(self._list.mimeData(self.selectionModel().selectedRows()))
        drag.setPixmap(drag_picture(self.font(), wording.songs(len(self.selected_rows()))))
        drag.exec(Qt.DropAction.CopyAction)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index.column() == ListColumn.LOCK:
            self.lock_wanted.emit([self._list.song_at(index.row()).song_id])
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() != ListColumn.LOCK:
            self.listen_wanted.emit(self._list.song_at(index.row()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Where the mouse is, or at the current row when a key asked."""
        if not self.selected_rows():
            return
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.menu_wanted.emit(place)

    def _shift(self, *, up: bool) -> None:
        rows = self.selected_rows()
        if rows:
            self._list.move(rows, before=max(rows[0] - 1, 0) if up else rows[-1] + 2)
            self.scrollTo(self.currentIndex())


class ListDelegate(QStyledItemDelegate):
    """Draws all cells: the owner's own stars solid, predicted ones outlined."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._figures = fonts.figures()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, column = index.model(), ListColumn(index.column())
        if not isinstance(model, ListModel):
            return
        draw_ground(painter, option)
        if column == ListColumn.LOCK:
            _draw_lock(painter, option, locked=model.is_locked(index.row()))
        elif column == ListColumn.STARS:
            _draw_stars(painter, option.rect, model=model, row=index.row())
        else:
            self._draw_text(painter, option, column=column, text=model.text_at(index.row(), column))

    def _draw_text(self, painter: QPainter, option: QStyleOptionViewItem, *, column: ListColumn, text: str) -> None:
        if column == ListColumn.NUMBER:
            painter.setFont(self._figures)
        quiet = column in (ListColumn.NUMBER, ListColumn.REASON)
        draw_text(painter, option, text, alignment=alignment(column), is_quiet=quiet, elision=_elision(column))

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Say a text in whole that had to be shortened; the lock and stars are always explained."""
        model = index.model()
        if not isinstance(model, ListModel):
            return False
        text = index.data(Qt.ItemDataRole.ToolTipRole) or ""
        is_drawn = index.column() in (ListColumn.LOCK, ListColumn.STARS)
        shortened = view.fontMetrics().horizontalAdvance(text) > option.rect.width() - 2 * SMALL
        QToolTip.showText(event.globalPos(), text if is_drawn or shortened else "", view)
        return True


def _elision(column: ListColumn) -> Qt.TextElideMode:
    """A sentence ends early; of a title the end may tell as much as the beginning."""
    return Qt.TextElideMode.ElideRight if column == ListColumn.REASON else Qt.TextElideMode.ElideMiddle


def _draw_lock(painter: QPainter, option: QStyleOptionViewItem, *, locked: bool) -> None:
    """An open lock is only there where something can be done with it."""
    active = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver
    if locked or option.state & active:
        place = QRect(0, 0, ICON_IN_ROW, ICON_IN_ROW)
        place.moveCenter(option.rect.center())
        icon("lock" if locked else "unlock", tint=Tint.ACCENT if locked else Tint.SECONDARY).paint(painter, place)


def _draw_stars(painter: QPainter, cell: QRect, *, model: ListModel, row: int) -> None:
    entry = model.entry_at(row)
    if entry.song.is_rated:
        draw_own(painter, star_place(cell), entry.song.rating)
    else:
        draw_prediction(painter, star_place(cell), entry.prediction)
