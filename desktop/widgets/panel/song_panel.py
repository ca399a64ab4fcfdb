"""The panel beside a table or a map: everything about the selected song, or about several together."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from core.song import SongId
from desktop.desk import Desk
from desktop.item_models.song_rows import SongRows
from desktop.style.measures import MEDIUM, PAGE_MARGIN, SMALL
from desktop.widgets.panel.one_song import OneSong
from desktop.widgets.panel.several import Several
from desktop.widgets.tab_order import join_tab_order

NARROWEST, WIDEST, USUAL = 280, 420, 340


class SongPanel(QWidget):
    """Follows the rows of the session by itself; who holds it only says which songs are selected."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: list[SongId] = []
        self._nothing = QLabel(self.tr("Select a song to see what is known of it."))
        self._nothing.setObjectName("secondary")
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setMargin(PAGE_MARGIN)
        self._one: OneSong | None = None
        self._several: Several | None = None
        self._layers = QStackedLayout(self)
        self._layers.setContentsMargins(0, 0, 0, 0)
        self._layers.addWidget(self._nothing)
        self.setMinimumWidth(NARROWEST)
        self.setMaximumWidth(WIDEST)
        desk.session.rows_read.connect(self._show)

    def sizeHint(self) -> QSize:
        return QSize(USUAL, super().sizeHint().height())

    def show_songs(self, song_ids: Sequence[SongId]) -> None:
        """Show one song, several together, or none."""
        self._shown = list(song_ids)
        rows = self._desk.session.rows
        if rows is None:
            self._layers.setCurrentIndex(0)
        else:
            self._show(rows)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_songs(self._shown)

    def _show(self, rows: SongRows) -> None:
        """Songs that are no longer in the library are not shown; nothing is asked for a panel that nobody sees."""
        if not self.isVisible():
            return
        known = [each for each in self._shown if each in rows.ids]
        if self._one is not None and len(known) != 1:
            self._one.forget()
        if not known:
            self._layers.setCurrentIndex(0)
        elif len(known) == 1:
            self._show_one(known[0], rows)
        else:
            self._show_several(known, rows)

    def _show_one(self, song_id: SongId, rows: SongRows) -> None:
        """Its two hundred parts are made when they are wanted for the first time."""
        if self._one is None:
            self._one = OneSong(self._desk)
            self._add(self._one)
        self._one.show_song(song_id, rows)
        self._bring_up(self._one)

    def _show_several(self, song_ids: Sequence[SongId], rows: SongRows) -> None:
        if self._several is None:
            self._several = Several(self._desk)
            self._add(self._several)
        self._several.show_songs(song_ids, rows)
        self._bring_up(self._several)

    def _add(self, content: QWidget) -> None:
        layer = _scrolling(content)
        self._layers.addWidget(layer)
        join_tab_order(layer, into=self)

    def _bring_up(self, content: QWidget) -> None:
        for number in range(self._layers.count()):
            layer = self._layers.widget(number)
            if layer is not None and layer.isAncestorOf(content):
                self._layers.setCurrentIndex(number)


def _scrolling(content: QWidget) -> QScrollArea:
    area, page = QScrollArea(), QWidget()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    column = QVBoxLayout(page)
    column.setContentsMargins(MEDIUM, SMALL, SMALL, SMALL)  # beside it is a page's margin, or a frame
    column.addWidget(content)
    column.addStretch()
    area.setWidget(page)
    return area
