"""The panel about one song: its names and stars, then a section for each thing that is known of it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.song import SongId
from desktop.desk import Desk
from desktop.item_models import remarks
from desktop.item_models.song_rows import SongRows
from desktop.style.measures import PAGE_MARGIN
from desktop.widgets.panel.heading import Heading


class OneSong(QWidget):
    """Shows what the rows say at once; what the engine has to think about follows."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._song_id: SongId | None = None
        self._heading = Heading(desk.listening)
        self._heading.rated.connect(self._rate)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(PAGE_MARGIN)
        column.addWidget(self._heading)

    def show_song(self, song_id: SongId, rows: SongRows) -> None:
        """``song_id`` is one of the rows."""
        self._song_id = song_id
        number = rows.ids[song_id]
        mark = rows.mark_of(song_id)
        self._heading.show_song(rows.songs[number], prediction=rows.predictions[number], reason=remarks.in_a_word(mark))

    def _rate(self, rating: float) -> None:
        if self._song_id is not None:
            self._desk.word.rate([self._song_id], rating)
