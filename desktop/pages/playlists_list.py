"""The list beside its recipe: head, songs, what should be known of it, and what stands there while there is none."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from core.recommend.recipe import Recipe
from core.recommend.suggestion import SongList
from core.song import UNRATED, Song, SongId
from desktop import wording
from desktop.desk import Desk
from desktop.item_models.list_rows import ListModel
from desktop.style.icons import Tint, icon
from desktop.style.measures import ICON_IN_ROW, MEDIUM, SMALL, TINY
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.kept_room import keep_room
from desktop.widgets.list_head import ListHead
from desktop.widgets.tables.list_table import DIGITS, ListTable


class ListView(QWidget):
    """Shows a list, and tells what the owner does with its songs."""

    similar_wanted = Signal(list)
    """Songs that a list is wanted of that is similar to them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.model = ListModel(self)
        self.table = ListTable(self.model)
        self.table.setAccessibleName(self.tr("Songs of the list"))
        self.head = ListHead(lambda: self.songs)
        self.found = SongList("", ())
        self._progress, self._empty = QProgressBar(), EmptyState()
        self._notice, self._notice_text, self._way_on = QFrame(), QLabel(), QPushButton()
        self._act: Callable[[], object] = lambda: None
        self._lay_out()
        self.table.listen_wanted.connect(desk.listening.toggle)
        self.table.menu_wanted.connect(self._open_menu)
        self.table.rated.connect(desk.word.rate)
        self._way_on.clicked.connect(lambda _: self._act())

    def _lay_out(self) -> None:
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(TINY)
        self._progress.setAccessibleName(self.tr("The list is being made"))
        keep_room(self._progress)
        self._progress.hide()
        there = QWidget()
        column = QVBoxLayout(there)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(self._make_notice())
        column.addWidget(self.table, stretch=1)
        body = QWidget(self)  # a stack without a widget would show its first one as a window
        self._body = QStackedLayout(body)
        self._body.addWidget(there)
        self._body.addWidget(self._empty)
        self._there = there
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TINY)
        layout.addWidget(self.head)
        layout.addWidget(self._progress)
        layout.addWidget(body, stretch=1)

    def _make_notice(self) -> QFrame:
        self._notice.setProperty("bar", "plain")
        picture = QLabel()
        picture.setPixmap(icon("notice", tint=Tint.NOTICE).pixmap(ICON_IN_ROW, ICON_IN_ROW))
        self._notice_text.setWordWrap(True)
        line = QHBoxLayout(self._notice)
        line.setContentsMargins(MEDIUM, SMALL, SMALL, SMALL)
        line.setSpacing(SMALL)
        line.addWidget(picture, alignment=Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._notice_text, stretch=1)
        line.addWidget(self._way_on)
        self._notice.hide()
        return self._notice

    # --------------------------------------------------------------------------------------------- what is shown

    @property
    def songs(self) -> list[Song]:
        return [each.song for each in self.found.suggestions]

    def show_list(self, recipe: Recipe, found: SongList) -> None:
        self.found = found
        self.model.show(found, locked=recipe.locked)
        self.head.show_songs(self.songs, wanted=len(recipe.songs) or recipe.wanted)
        self._body.setCurrentWidget(self._there)

    def show_notice(self, sentence: str, *, button: str = "", act: Callable[[], object] = lambda: None) -> None:
        """A sentence above the songs; none for an empty one."""
        self._notice_text.setText(sentence)
        self._way_on.setText(button)
        self._way_on.setVisible(bool(button))
        self._act = act
        self.head.show_fact("")
        self._notice.setVisible(bool(sentence))

    def show_fact(self, sentence: str) -> None:
        """How the list came about: no notice, for nothing is wrong."""
        self.show_notice("")
        self.head.show_fact(sentence)

    def show_nothing(
        self, heading: str, sentence: str, *, button: str = "", act: Callable[[], object] = lambda: None
    ) -> None:
        """Say why there is no list, and what to do about it."""
        self.found = SongList("", ())
        self.model.show(self.found)
        self.head.show_songs([], wanted=0)
        self.head.show_fact("")
        self._empty.say(heading, sentence, button=button, act=act)
        self._body.setCurrentWidget(self._empty)

    def show_working(self, *, working: bool) -> None:
        self._progress.setVisible(working)

    # --------------------------------------------------------------------------------------------- the menu

    def _open_menu(self, place: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def menu(self) -> QMenu:
        """What can be done with the selected songs."""
        songs, ids = self.table.selected_songs(), self.table.selected_ids()
        menu = QMenu(self)
        menu.setAccessibleName(self.tr("The selected songs"))
        lock = self.tr("Keep in the list")
        if all(self.model.is_locked(row) for row in self.table.selected_rows()):
            lock = self.tr("Let it go") if len(ids) == 1 else self.tr("Let them go")
        table, navigation = self.table, self._desk.navigation
        add = menu.addAction
        add(icon("play"), self.tr("Listen") + "\t" + self.tr("Space"), lambda: self._desk.listening.toggle(songs[0]))
        menu.addMenu(self._stars(menu, ids))
        menu.addSeparator()
        add(icon("lock"), lock + "\t" + self.tr("L"), lambda: table.lock_wanted.emit(ids))
        add(icon("remove"), self.tr("Remove") + "\t" + self.tr("Del"), lambda: table.removal_wanted.emit(ids))
        menu.addSeparator()
        like = self.tr("Songs like this one") if len(ids) == 1 else self.tr("Songs like these")
        add(icon("similar"), like, lambda: self.similar_wanted.emit(ids))
        add(icon("library"), self.tr("Show in the library"), lambda: navigation.show_songs(ids))
        add(icon("map"), self.tr("Show on the map"), lambda: navigation.show_on_map(ids))
        return menu

    def _stars(self, parent: QMenu, ids: list[SongId]) -> QMenu:
        menu = QMenu(self.tr("Rate"), parent)
        menu.setIcon(icon("star"))
        for key, rating in reversed(DIGITS.items()):
            words = self.tr("Take back my stars") if rating == UNRATED else wording.stars_in_words(rating)
            menu.addAction(f"{words}\t{key}", partial(self.table.rated.emit, ids, rating))
        return menu
