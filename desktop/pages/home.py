"""Home: how well the taste is known, what is new since the last visit, and ten songs worth rating."""

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from core.parts.news import Standing
from desktop import wording
from desktop.desk import Desk
from desktop.item_models.song_rows import Subset
from desktop.navigation import Place
from desktop.pages.page import Page
from desktop.style import fonts
from desktop.style.measures import BETWEEN_GROUPS, PAGE_MARGIN, SMALL
from desktop.widgets.home.figure_tile import FigureTile
from desktop.widgets.home.questions import Questions
from desktop.widgets.home.taste_standing import TasteStanding
from desktop.widgets.page_title import PageTitle

if TYPE_CHECKING:
    from core.engine import Engine
    from core.parts.recipes import Made

REST = 10
"""Times as long as a look takes, until the next one while songs are listened to."""


class HomePage(Page):
    """Looks at what is new when it is made, and after each update."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._session = desk, desk.session
        self._is_looking = self._is_outdated = False
        self._began = self._rests_until = 0.0
        self._taste = TasteStanding(desk)
        self._songs, self._predictions, self._playlists = self._make_tiles()
        self._tiles = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self._taste.measured.connect(self._look)
        self._session.update_ended.connect(self._look)
        self._session.heard_more.connect(self._look_again)
        self._session.playlist_made.connect(lambda _: self._look())
        self._session.rows_read.connect(lambda _: self._look_first())
        self._look_first()

    def _make_tiles(self) -> tuple[FigureTile, FigureTile, FigureTile]:
        navigation = self._desk.navigation
        return (
            FigureTile(
                self.tr("songs listened to"),
                button=self.tr("Show new ones"),
                act=lambda: navigation.show_subset(Subset.NEW),
            ),
            FigureTile(
                self.tr("predictions"),
                button=self.tr("Show the best"),
                act=lambda: navigation.show_subset(Subset.PROMISING),
            ),
            FigureTile(
                self.tr("playlists made"),
                button=self.tr("Show them"),
                act=lambda: navigation.go(Place.PLAYLISTS),
            ),
        )

    def _lay_out(self) -> None:
        title, worth, why = PageTitle(self.tr("Home")), QLabel(self.tr("Songs worth rating")), QLabel()
        worth.setFont(fonts.section())
        why.setObjectName("secondary")
        why.setWordWrap(True)
        why.setText(self.tr("Your stars for these would teach the most. They are kept here; {player} is not changed."))
        why.setText(why.text().format(player=self._session.player))
        content = QWidget()
        column, heading = QVBoxLayout(content), QVBoxLayout()
        self._tiles.setSpacing(SMALL)
        for tile in (self._songs, self._predictions, self._playlists):
            self._tiles.addWidget(tile, stretch=1)
        heading.setSpacing(SMALL)
        heading.addWidget(worth)
        heading.addWidget(why)
        column.setContentsMargins(PAGE_MARGIN, PAGE_MARGIN, PAGE_MARGIN, PAGE_MARGIN)
        column.setSpacing(SMALL)
        column.addWidget(title)
        column.addWidget(self._taste)
        column.addSpacing(BETWEEN_GROUPS - SMALL)
        column.addLayout(self._tiles)
        column.addSpacing(BETWEEN_GROUPS - SMALL)
        column.addLayout(heading)
        column.addWidget(Questions(self._desk), stretch=1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(area)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The figures stand below each other where their names would be cut off side by side."""
        super().resizeEvent(event)
        tiles = (self._songs, self._predictions, self._playlists)
        together = len(tiles) * max(tile.readable_width() for tile in tiles) + (len(tiles) - 1) * SMALL
        fits = together <= self.width() - 2 * PAGE_MARGIN
        self._tiles.setDirection(QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom)

    # -------------------------------------------------------------------------------------------------- what is new

    def showEvent(self, event: QShowEvent) -> None:
        """Other pages make playlists too."""
        super().showEvent(event)
        if not self._songs.is_unknown:
            self._look()

    def _look_first(self) -> None:
        """When the library was read, and before that nothing is known."""
        if self._session.rows is not None and not self._is_looking and self._songs.is_unknown:
            self._look()

    def _look(self) -> None:
        self._is_outdated = self._is_looking
        if self._is_looking or self._session.rows is None:
            return
        self._is_looking, self._began = True, time.monotonic()
        self._session.ask(_look_at, then=self._show, otherwise=self._fail)

    def _look_again(self) -> None:
        """The numbers follow while songs are listened to, as long as that costs little."""
        if self.isVisible() and time.monotonic() > self._rests_until:
            self._look()

    def _fail(self, sentence: str) -> None:
        self._is_looking = False
        self._desk.messages.fail(sentence, topic="home")

    def _show(self, found: "tuple[Standing, list[Made]]") -> None:
        self._is_looking = False
        self._rests_until = time.monotonic() + REST * (time.monotonic() - self._began)
        standing, made = found
        self._taste.show_standing(standing)
        self._songs.show_figure(standing.heard, self._about_songs(standing))
        self._predictions.show_figure(
            standing.knowledge.predicted, self._about_predictions(standing), more=self._about_change(standing)
        )
        self._playlists.show_figure(len(made), self._about_playlists(made))
        if self._is_outdated:  # something was learned or made while the answer was on its way
            self._look()

    def _about_songs(self, standing: Standing) -> str:
        rows = self._session.rows
        if standing.since is not None and standing.heard_since > 0:
            words = self.tr("{count} more since your last visit ({day})")
            return words.format(count=wording.number(standing.heard_since), day=wording.day(standing.since))
        if rows is None:
            return ""
        return self.tr("Your library has {songs}").format(songs=wording.songs(len(rows)))

    def _about_predictions(self, standing: Standing) -> str:
        """A prediction has changed when it is half a star or more from what it was."""
        if not standing.knowledge.predicted and self._session.is_working and self._has_unheard_stars(standing):
            return self.tr("They come when your rated songs were listened to")
        if not standing.knowledge.predicted:
            return self.tr("None is sure enough yet: rate some songs")
        if standing.since is None:
            return self.tr("From now on, changes are told here")
        changed, new = standing.moved.changed, standing.moved.new
        if not changed and not new:
            return self.tr("None changed since your last visit")
        if not changed:
            words = self.tr("{new} new since your last visit")
        elif not new:
            words = self.tr("{changed} changed since your last visit")
        else:
            words = self.tr("{changed} changed, {new} new since your last visit")
        return words.format(changed=wording.number(changed), new=wording.number(new))

    def _about_change(self, standing: Standing) -> str:
        if standing.since is None:
            return ""
        words = self.tr("Your last visit: {day}. Changed is what moved by half a star or more.")
        return words.format(day=wording.day(standing.since))

    def _has_unheard_stars(self, standing: Standing) -> bool:
        rows = self._session.rows
        return rows is not None and int(rows.subsets[Subset.RATED].sum()) > standing.knowledge.ratings

    def _about_playlists(self, made: "list[Made]") -> str:
        if not made:
            return self.tr("The first one is a click away")
        return self.tr("The newest is “{name}” ({day})").format(name=made[0].name, day=wording.day(made[0].made_at))


def _look_at(engine: "Engine") -> "tuple[Standing, list[Made]]":
    return engine.news.look(), engine.recipes.history()
