"""What stands above all else about a song: its name, its stars, said and predicted, and a way to hear it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.song import Song
from core.store.companion import Prediction
from desktop.listening.listening import Listening
from desktop.style import fonts
from desktop.style.measures import SMALL, TINY
from desktop.widgets.elided_label import ElidedLabel
from desktop.widgets.listen_button import ListenButton
from desktop.widgets.own_stars import OwnStars
from desktop.widgets.predicted_stars import PredictedStars

BETWEEN = " · "


class Heading(QWidget):
    """Three lines of names and two of stars, of one height whatever the song is."""

    rated = Signal(float)

    def __init__(self, listening: Listening, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ElidedLabel(font=fonts.section())
        self._artist, self._album = ElidedLabel(), ElidedLabel(secondary=True)
        self._listen = ListenButton(listening)
        self._own, self._predicted = OwnStars(), PredictedStars()
        self._own.rated.connect(self.rated)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TINY)
        first = QHBoxLayout()
        first.setSpacing(SMALL)
        first.addWidget(self._title, stretch=1)
        first.addWidget(self._listen)
        column.addLayout(first)
        column.addWidget(self._artist)
        column.addWidget(self._album)
        column.addLayout(self._stars())

    def _stars(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SMALL)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(2, 1)
        for row, (name, stars) in enumerate(
            ((self.tr("Your stars"), self._own), (self.tr("Predicted"), self._predicted))
        ):
            label = QLabel(name)
            label.setObjectName("secondary")
            grid.addWidget(label, row, 0)
            grid.addWidget(stars, row, 1, Qt.AlignmentFlag.AlignLeft)
        return grid

    def show_song(self, song: Song, *, prediction: Prediction | None, reason: str) -> None:
        """``reason`` says in a word why nothing is predicted."""
        self._title.setText(song.title)
        self._artist.setText(song.artist or self.tr("Unknown artist"))
        year = str(song.year) if song.year > 0 else ""
        self._album.setText(BETWEEN.join(part for part in (song.album, year) if part))
        self._listen.show_song(song)
        self._own.show_rating(song.rating)
        self._predicted.show_prediction(prediction, reason=reason)
