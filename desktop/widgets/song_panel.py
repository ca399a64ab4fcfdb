"""The panel beside a table or a map: everything about the selected song, or about several together."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from core.song import SongId
from desktop.desk import Desk
from desktop.item_models.song_rows import SongRows
from desktop.style.measures import PAGE_MARGIN
from desktop.widgets.panel.one_song import OneSong

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
        self._one = OneSong(desk)
        self._layers = QStackedLayout(self)
        self._layers.setContentsMargins(0, 0, 0, 0)
        self._layers.addWidget(self._nothing)
        self._layers.addWidget(_scrolling(self._one))
        self.setMinimumWidth(NARROWEST)
        self.setMaximumWidth(WIDEST)
        desk.session.rows_read.connect(self._follow)

    def sizeHint(self) -> QSize:
        return QSize(USUAL, super().sizeHint().height())

    def show_songs(self, song_ids: Sequence[SongId]) -> None:
        """Show one song, several together, or none."""
        self._shown = list(song_ids)
        self._show()

    def _follow(self, _rows: SongRows) -> None:
        self._show()

    def _show(self) -> None:
        rows = self._desk.session.rows
        known = [each for each in self._shown if rows is not None and each in rows.ids]
        if rows is None or not known:
            self._layers.setCurrentIndex(0)
            return
        self._one.show_song(known[0], rows)
        self._layers.setCurrentIndex(1)


def _scrolling(content: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(PAGE_MARGIN, PAGE_MARGIN, PAGE_MARGIN, PAGE_MARGIN)
    column.addWidget(content)
    column.addStretch()
    area.setWidget(page)
    return area
