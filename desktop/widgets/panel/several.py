"""The panel about several selected songs: what they are together, and what can be done with all of them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.recommend.recipe import Dish, Recipe
from core.song import UNRATED, SongId
from desktop import wording
from desktop.desk import Desk
from desktop.item_models.selection_sums import SelectionSums, sum_up
from desktop.item_models.song_rows import SongRows
from desktop.item_models.songs import DASH
from desktop.style import fonts
from desktop.style.icons import Tint, icon
from desktop.style.measures import PAGE_MARGIN, SMALL
from desktop.widgets.elided_label import ElidedLabel
from desktop.widgets.own_stars import OwnStars
from desktop.widgets.panel.answer import paragraph
from desktop.widgets.panel.fact_grid import fact_grid
from desktop.widgets.panel.inquiry import Inquiry

MOST_AT_ONCE = 2_000
"""Songs that are summed up in the UI thread, which takes 2 ms; more are in the background."""


class Several(QWidget):
    """Every line is always there."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._songs: list[SongId] = []
        self._inquiry = Inquiry(desk.session, rest=0, parent=self)
        self._count = ElidedLabel(font=fonts.section())
        self._values: dict[str, QLabel] = {}
        self._stars = OwnStars()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(PAGE_MARGIN)
        column.addWidget(self._count)
        column.addLayout(self._make_facts())
        column.addLayout(self._make_buttons())
        column.addLayout(self._make_rating())

    def _make_facts(self) -> QGridLayout:
        names = {
            "artists": self.tr("Artists"),
            "length": self.tr("Length"),
            "stars": self.tr("Your stars"),
            "predicted": self.tr("Predicted"),
            "genres": self.tr("Genres"),
        }
        self._values = {name: paragraph() if name == "genres" else ElidedLabel(font=fonts.figures()) for name in names}
        return fact_grid(names, self._values, alignment=Qt.AlignmentFlag.AlignTop)

    def _make_buttons(self) -> QVBoxLayout:
        playlist, like = QPushButton(self.tr("Make a playlist from these")), QPushButton(self.tr("Songs like these"))
        playlist.setProperty("primary", True)
        playlist.setIcon(icon("playlists", tint=Tint.ON_ACCENT))
        playlist.clicked.connect(self._make_playlist)
        like.setIcon(icon("similar"))
        like.clicked.connect(self._find_similar)
        column = QVBoxLayout()
        column.setSpacing(SMALL)
        column.addWidget(playlist)
        column.addWidget(like)
        return column

    def _make_rating(self) -> QHBoxLayout:
        """The stars say what all of them get, not what they have."""
        line, label = QHBoxLayout(), QLabel(self.tr("Rate these"))
        self._stars.rated.connect(self._rate)
        line.setSpacing(SMALL)
        line.addWidget(label)
        line.addWidget(self._stars)
        line.addStretch()
        return line

    def show_songs(self, song_ids: Sequence[SongId], rows: SongRows) -> None:
        self._songs = list(song_ids)
        self._count.setText(self.tr("{songs} selected").format(songs=wording.songs(len(self._songs))))
        self._stars.show_rating(UNRATED)
        if len(self._songs) <= MOST_AT_ONCE:
            self._inquiry.forget()
            self._show(sum_up(self._songs, rows))
        else:
            songs = self._songs
            self._inquiry.ask(lambda _: sum_up(songs, rows), then=self._show, otherwise=lambda _: None)

    def _show(self, sums: SelectionSums) -> None:
        means = self.tr("{mean} on average, of {count}")
        values = {
            "artists": wording.number(sums.artists),
            "length": wording.duration(sums.seconds),
            "stars": _mean(means, sums.mean_stars, sums.rated),
            "predicted": _mean(means, sums.mean_predicted, sums.predicted),
            "genres": ", ".join(f"{name} {wording.number(count)}" for name, count in sums.genres) or DASH,
        }
        for name, value in values.items():
            self._values[name].setText(value)

    # -------------------------------------------------------------------------------------------------- what is done

    def _make_playlist(self) -> None:
        self._desk.navigation.make(Recipe(Dish.CHOSEN, wanted=len(self._songs), songs=tuple(self._songs)))

    def _find_similar(self) -> None:
        self._desk.navigation.make(Recipe(Dish.SIMILAR, like=tuple(self._songs)))

    def _rate(self, rating: float) -> None:
        self._desk.word.rate(self._songs, rating)


def _mean(words: str, mean: float | None, count: int) -> str:
    if mean is None:
        return DASH
    return words.format(mean=wording.decimal_stars(mean), count=wording.number(count))
