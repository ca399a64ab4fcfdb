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
        self._one, self._several = OneSong(desk), Several(desk)
        self._layers = QStackedLayout(self)
        self._layers.setContentsMargins(0, 0, 0, 0)
        for layer in (self._nothing, _scrolling(self._one), _scrolling(self._several)):
            self._layers.addWidget(layer)
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
        if len(known) != 1:
            self._one.forget()
        if not known:
            self._layers.setCurrentIndex(0)
        elif len(known) == 1:
            self._one.show_song(known[0], rows)
            self._layers.setCurrentIndex(1)
        else:
            self._several.show_songs(known, rows)
            self._layers.setCurrentIndex(2)


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
