"""The table of songs: its columns, what it keeps when rows come and go, and what is said in it by keys and clicks."""

from dataclasses import dataclass

from PySide6.QtCore import (
    QByteArray,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QDrag, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QTableView,
    QWidget,
)

from core.song import UNRATED, SongId
from desktop import wording
from desktop.item_models.chosen_songs import ChosenSongs
from desktop.item_models.song_rows import Column
from desktop.item_models.songs import STAR_COLUMNS, SongModel
from desktop.style.measures import SMALL, TINY
from desktop.widgets.stars import StarsDelegate, star_place, stars_at
from desktop.widgets.tables import column_widths
from desktop.widgets.tables.column_widths import GROWING, WIDTHS, heading_width, readable_width, shared_widths
from desktop.widgets.tables.drag_picture import drag_picture
from desktop.widgets.tables.song_selection import SongSelection
from desktop.widgets.tables.table_dress import dress_table
from desktop.widgets.tables.text_cells import TextDelegate
from desktop.wording import STARS

HIDDEN_AT_FIRST = frozenset({Column.REMARK})
DIGITS = {"0": UNRATED} | {str(stars): stars / STARS for stars in range(1, STARS + 1)}
TOP_LEFT = QPoint(1, 1)
SELECT_ROW = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


class SongTable(QTableView):
    """A view of a SongModel that keeps selection and place while data arrives; stores nothing of what is said in it."""

    rated = Signal(list, float)
    """Songs, and the stars that the owner gives them, 0.1 to 1.0; UNRATED takes back what was said here."""
    listening_wanted = Signal()
    """To the current song."""
    typed = Signal(str)
    """Letters that are no command of the table: the owner looks for something."""
    selection_moved = Signal()

    def __init__(self, model: SongModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._songs = model
        self._kept: _Kept | None = None
        self._shares = {column: WIDTHS[column] for column in GROWING}
        self._chosen: dict[Column, int] = {}
        self._sharing, self._is_fitted, self._is_restored = False, False, False
        self._sorting_before: tuple[int, Qt.SortOrder] | None = None
        self._hidden: frozenset[Column] = HIDDEN_AT_FIRST
        self._needs_remarks, self._had_selection = False, False
        self._pressed_stars: int | None = None
        self._text_delegate, self._stars_delegate = TextDelegate(self), StarsDelegate(self)
        self._dress()
        model.rowsAboutToBeRemoved.connect(self._note_selection)
        self._selection = SongSelection(model, self)
        self.setModel(model)
        before = self.selectionModel()
        self.setSelectionModel(self._selection)
        before.deleteLater()
        # With the table's own, the header asks for every cell of the selection whenever it is drawn.
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(model, self))
        self.setItemDelegate(self._text_delegate)
        for column in STAR_COLUMNS:
            self.setItemDelegateForColumn(column, self._stars_delegate)
        self._arrange_columns()
        model.modelAboutToBeReset.connect(self._keep)
        model.rowsRemoved.connect(self._select_next)
        model.modelReset.connect(self._bring_back)  # after the view and its selection have forgotten all
        model.modelReset.connect(self.fit_columns)
        self._selection.moved.connect(self.selection_moved)
        self.activated.connect(lambda _: self.listening_wanted.emit())

    def _dress(self) -> None:
        dress_table(self)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)

    def _arrange_columns(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setMinimumSectionSize(column_widths.NARROWEST)
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, width if column in GROWING else max(width, heading_width(header, column)))
        self._hide_columns()
        self.setSortingEnabled(True)
        self.sortByColumn(Column.ARTIST, Qt.SortOrder.AscendingOrder)
        header.sectionResized.connect(self._remember_width)

    @property
    def chosen_columns(self) -> frozenset[Column]:
        """Those whose width the owner has chosen; the others share the room."""
        return frozenset(self._chosen)

    # --------------------------------------------------------------------------------------------- columns

    @property
    def hidden_columns(self) -> frozenset[Column]:
        """Those that the owner does not want to see; remarks are shown where every song has one."""
        return self._hidden

    def show_columns(self, *, hidden: frozenset[Column]) -> None:
        """Show all but these; the title is always there."""
        self._hidden = hidden - {Column.TITLE}
        self._hide_columns()

    def _hide_columns(self) -> None:
        self._sharing = True  # Qt tells of a column that comes back as if it had been drawn wider
        for column in Column:
            is_needed = column == Column.REMARK and self._needs_remarks
            self.setColumnHidden(column, column in self._hidden and not is_needed)
        self._sharing = False
        self.share_room()

    def fit_columns(self) -> None:
        """At the first start, the wide columns share the room by what the songs are called."""
        rows = self._songs.rowCount()
        if self._is_fitted or not rows:
            return
        self._is_fitted, header = True, self.horizontalHeader()
        for column in GROWING:
            texts = [self._songs.text_at(row, column) for row in range(0, rows, max(1, rows // column_widths.MEASURED))]
            least = max(WIDTHS[column] // 3, heading_width(header, column))
            self._shares[column] = column_widths.wanted_width(
                texts, metrics=self.fontMetrics(), least=least, most=column_widths.WIDEST, beside=2 * SMALL + TINY
            )
        self.share_room()

    def columns_state(self) -> QByteArray:
        """Widths and order, for the next start; nothing before songs were seen."""
        return self.horizontalHeader().saveState() if self._is_fitted or self._is_restored else QByteArray()

    def restore_columns(self, state: QByteArray, *, chosen: frozenset[Column] = frozenset()) -> None:
        """Bring back what ``columns_state`` and ``chosen_columns`` said; a state of other columns is ignored."""
        if not state.isEmpty() and self.horizontalHeader().restoreState(state):
            self._is_restored = True
            shown = [column for column in GROWING if column in chosen and self.columnWidth(column)]
            self._chosen = {column: self.columnWidth(column) for column in shown}  # Qt tells nobody of them
            self.sortByColumn(*self._sorting())
            self._hide_columns()

    @property
    def sorting(self) -> tuple[int, Qt.SortOrder]:
        """The column and the direction that the owner has chosen."""
        return self._sorting_before or self._sorting()

    def show_remarks(self, *, side_by_side: bool, shown: bool = True) -> None:
        """Show the remarks in any case or not; ``side_by_side`` puts songs that may be the same below each other."""
        self._needs_remarks = shown
        if side_by_side and self._sorting_before is None:
            self._sorting_before = self._sorting()
            self.sortByColumn(Column.REMARK, Qt.SortOrder.AscendingOrder)
        elif not side_by_side and self._sorting_before is not None:
            before, self._sorting_before = self._sorting_before, None
            if self._sorting()[0] == Column.REMARK:  # else the owner has chosen another one
                self.sortByColumn(*before)
        self._hide_columns()

    def _sorting(self) -> tuple[int, Qt.SortOrder]:
        header = self.horizontalHeader()
        return header.sortIndicatorSection(), header.sortIndicatorOrder()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_room()
        self._look()

    def share_room(self) -> None:
        """Let the wide columns fill the table; it is scrolled where they could not be read any more."""
        growing = [column for column in GROWING if not self.isColumnHidden(column)]
        header = self.horizontalHeader()
        others = header.length() - sum(self.columnWidth(column) for column in growing)
        shares = {column: self._shares[column] for column in growing}
        least = {column: min(shares[column], readable_width(header, column)) for column in growing}
        widths = shared_widths(self.viewport().width() - others, shares=shares, least=least, chosen=self._chosen)
        self._sharing = True
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        self._sharing = False

    def _remember_width(self, column: int, _before: int, width: int) -> None:
        """A width that the owner chose is kept; those that follow the window are not."""
        if not self._sharing and column in self._shares and width:
            self._chosen[Column(column)] = width

    # --------------------------------------------------------------------------------------------- keeping the place

    def _keep(self) -> None:
        chosen = self._songs.chosen(self._selection.rows)
        self._kept = _Kept(chosen, self._id_at(self.currentIndex()), self._id_at(self.indexAt(TOP_LEFT)))

    def _bring_back(self) -> None:
        kept, self._kept = self._kept, None
        if kept is not None:
            self._restore(kept)

    def _note_selection(self) -> None:
        self._had_selection = self.selectionModel().hasSelection()

    def _select_next(self, _parent: QModelIndex, first: int) -> None:
        """Who goes through a list and judges song after song, goes on with the one that takes the place."""
        rows = self._songs.rowCount()
        if rows and self._had_selection and not self.selectionModel().hasSelection():
            following = self._songs.index(min(first, rows - 1), 0)
            self.selectionModel().setCurrentIndex(following, SELECT_ROW)

    def _restore(self, kept: "_Kept") -> None:
        current = None if kept.current is None else self._songs.row_of(kept.current)
        top = None if kept.top is None else self._songs.row_of(kept.top)
        if current is not None:
            flags = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(self._songs.index(current, 0), flags)
        self._selection.replace(self._songs.rows_of(kept.selected))
        if top is not None:
            self.scrollTo(self._songs.index(top, 0), QAbstractItemView.ScrollHint.PositionAtTop)
        self._look()
        self.viewport().update()
        self.selection_moved.emit()

    def _look(self) -> None:
        """Tell the selection which rows are in sight."""
        last = self.rowAt(self.viewport().height() - 1)
        self._selection.look_at(max(0, self.rowAt(0)), last if last >= 0 else self._songs.rowCount() - 1)

    def select_first(self) -> None:
        """Select the first row alone, as if the owner had gone there."""
        if self._songs.rowCount():
            flags = SELECT_ROW | QItemSelectionModel.SelectionFlag.Clear
            self.selectionModel().setCurrentIndex(self._songs.index(0, 0), flags)
            self.scrollToTop()

    def selected_ids(self) -> set[SongId]:
        """The selected songs."""
        return set(self.selected_in_order())

    def selected_in_order(self) -> list[SongId]:
        """The selected songs as they stand, the uppermost first."""
        return self._songs.ids_at(self._selection.rows)

    def current_id(self) -> SongId | None:
        """The song that has the keyboard."""
        return self._id_at(self.currentIndex())

    def _id_at(self, index: QModelIndex) -> SongId | None:
        return self._songs.song_at(index.row()).song_id if index.isValid() else None

    # --------------------------------------------------------------------------------------------- keyboard and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """0 to 5 give stars, space listens, letters search; everything else is Qt's."""
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            super().keyPressEvent(event)
        elif event.text() in DIGITS:
            self._rate_selected(DIGITS[event.text()])
        elif event.key() == Qt.Key.Key_Space:
            self.listening_wanted.emit()
        elif event.text().isprintable() and event.text().strip():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Home and End are the first and the last song, as in the player; Qt would stay in the row."""
        rows = self._songs.rowCount()
        ends = {QAbstractItemView.CursorAction.MoveHome: 0, QAbstractItemView.CursorAction.MoveEnd: rows - 1}
        if action not in ends or not rows:
            return super().moveCursor(action, modifiers)
        return self._songs.index(ends[action], max(0, self.currentIndex().column()))

    def keyboardSearch(self, search: str) -> None:
        """Qt would ask for every cell of a column, which takes a second; the search finds more in less."""

    def _rate_selected(self, rating: float) -> None:
        songs = self.selected_in_order()
        if songs:
            self._hover(None)  # what was given is seen, until the mouse moves again
            self.rated.emit(songs, rating)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_stars is None:
            super().mouseMoveEvent(event)
        self._hover(event.position().toPoint())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on stars of a selected song gives them to all that are selected, as in the player."""
        index = self.indexAt(event.position().toPoint())
        is_plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        if is_plain and self._stars_under(event.position().toPoint()) is not None:
            self._pressed_stars = index.row()
            if not self.selectionModel().isRowSelected(index.row(), QModelIndex()):
                self.selectionModel().setCurrentIndex(index, SELECT_ROW | QItemSelectionModel.SelectionFlag.Clear)
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        else:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed_stars = self._pressed_stars, None
        if pressed is None:
            super().mouseReleaseEvent(event)
            return
        place = event.position().toPoint()
        rating = self._stars_under(place)
        if rating is not None and self.indexAt(place).row() == pressed:
            self._rate_selected(rating)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick clicks on stars are two ratings, and nothing is listened to."""
        if self._stars_under(event.position().toPoint()) is None:
            super().mouseDoubleClickEvent(event)
        else:
            self.mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
        super().leaveEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._hover(None)
        super().scrollContentsBy(dx, dy)
        self._look()

    def _stars_under(self, place: QPoint) -> float | None:
        """The stars of your own that lie under a place of the viewport, 0.1 to 1.0."""
        index = self.indexAt(place)
        if not index.isValid() or index.column() != Column.STARS:
            return None
        return stars_at(place.x() - star_place(self.visualRect(index)).left())

    def _hover(self, place: QPoint | None) -> None:
        rating = None if place is None else self._stars_under(place)
        before = self._stars_delegate.hovered
        hovered = None if rating is None or place is None else (self.indexAt(place).row(), rating)
        if hovered != before:
            self._stars_delegate.hovered = hovered
            for row in {each[0] for each in (before, hovered) if each is not None and each[0] < self._songs.rowCount()}:
                self.update(self._songs.index(row, Column.STARS))

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Without Qt's picture of all rows, of which there may be sixty thousand."""
        self.make_drag().exec(Qt.DropAction.CopyAction)

    def make_drag(self) -> QDrag:
        """What is selected, to be taken along."""
        drag, rows = QDrag(self), self._selection.rows
        drag.setMimeData(self._songs.dragged(rows))
        drag.setPixmap(drag_picture(self.font(), wording.songs(len(rows))))
        return drag


@dataclass(frozen=True)
class _Kept:
    """What was selected, current and uppermost before the rows changed."""

    selected: ChosenSongs
    current: SongId | None
    top: SongId | None
