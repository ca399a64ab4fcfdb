"""The context menu of songs: listen, rate, say what they are, and the ways to other pages."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from core.recommend.recipe import Dish, Recipe
from core.song import UNRATED, SongId
from desktop import wording
from desktop.desk import Desk
from desktop.style.icons import icon
from desktop.widgets.library.verdict_actions import VerdictActions
from desktop.widgets.tables.song_table import SongTable

HALF_STARS = 10


class SongActions(QWidget):
    """Belongs to a table; opens at the mouse, or at the current row when a key asked."""

    def __init__(self, table: SongTable, *, desk: Desk, words: VerdictActions, columns: Callable[[], QMenu]) -> None:
        super().__init__(table)
        self.hide()
        self._table, self._desk, self._words, self._columns = table, desk, words, columns
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._open)
        table.listening_wanted.connect(self.listen)

    def listen(self) -> None:
        """Hear the current song, or end hearing it."""
        rows, current = self._desk.session.rows, self._table.current_id()
        if rows is not None and current is not None:
            self._desk.listening.toggle(rows.song(current))

    def menu(self) -> QMenu:
        """What can be done with the selected songs."""
        menu = QMenu(self._table)
        menu.setAccessibleName(self.tr("What you can do with the selected songs"))
        songs = self._table.selected_in_order()
        if songs:
            menu.addAction(icon("play"), self.tr("Listen") + "\t" + self.tr("Space"), self.listen)
            menu.addMenu(self._stars(menu, songs))
            for group in self._words.offered():
                menu.addSeparator()
                menu.addActions(group)
            menu.addSeparator()
            self._add_lists(menu, songs)
            menu.addSeparator()
            self._add_places(menu, songs)
            menu.addSeparator()
        columns = self._columns()
        columns.setParent(menu, columns.windowFlags())
        menu.addMenu(columns)
        return menu

    def _stars(self, parent: QMenu, songs: list[SongId]) -> QMenu:
        menu = QMenu(self.tr("Rate"), parent)
        menu.setIcon(icon("star"))
        for halves in range(HALF_STARS, 0, -1):
            key = "" if halves % 2 else f"\t{halves // 2}"
            rating = halves / HALF_STARS
            menu.addAction(wording.stars_in_words(rating) + key, partial(self._rate, songs, rating))
        menu.addSeparator()
        menu.addAction(self.tr("Take back my stars") + "\t0", lambda: self._rate(songs, UNRATED))
        return menu

    def _rate(self, songs: list[SongId], rating: float) -> None:
        self._table.rated.emit(songs, rating)

    def _add_lists(self, menu: QMenu, songs: list[SongId]) -> None:
        chosen = tuple(songs)
        like = self.tr("Songs like this one") if len(songs) == 1 else self.tr("Songs like these")
        menu.addAction(icon("similar"), like, lambda: self._make(Recipe(Dish.SIMILAR, like=chosen)))
        if len(songs) == 2:
            path = Recipe(Dish.PATH, start=chosen[0], end=chosen[1])
            menu.addAction(icon("resume"), self.tr("A path between these two"), lambda: self._make(path))
        make = self.tr("Make a playlist from this song") if len(songs) == 1 else self.tr("Make a playlist from these")
        recipe = Recipe(Dish.CHOSEN, wanted=len(chosen), songs=chosen)
        menu.addAction(icon("playlists"), make, lambda: self._make(recipe))

    def _make(self, recipe: Recipe) -> None:
        self._desk.navigation.make(recipe)

    def _add_places(self, menu: QMenu, songs: Sequence[SongId]) -> None:
        navigation = self._desk.navigation
        menu.addAction(icon("map"), self.tr("Show on the map"), lambda: navigation.show_on_map(songs))
        family = self._family(songs)
        if len(family) > len(songs):
            copies = self.tr("Show its copies") if len(songs) == 1 else self.tr("Show their copies")
            menu.addAction(icon("library"), copies, lambda: navigation.show_songs(family))

    def _family(self, songs: Sequence[SongId]) -> list[SongId]:
        """The songs with their copies, the songs first."""
        rows = self._desk.session.rows
        if rows is None:
            return list(songs)
        marks = [rows.mark_of(song_id) for song_id in songs]
        possible = [each.song.song_id for mark in marks for each in mark.possible]
        return list(dict.fromkeys([*songs, *(each for mark in marks for each in mark.copies), *possible]))

    def _open(self, place: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if not self._table.viewport().rect().contains(place):
            place = self._table.visualRect(self._table.currentIndex()).bottomLeft()
        menu.popup(self._table.viewport().mapToGlobal(place))
