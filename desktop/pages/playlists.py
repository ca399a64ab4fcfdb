"""The page of playlists: one is made by a recipe; the others were made before."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from core.recommend.recipe import Recipe
from desktop import wording
from desktop.desk import Desk
from desktop.pages.page import Page
from desktop.pages.playlists_made import MadeView
from desktop.pages.playlists_making import MakingView
from desktop.style.measures import MEDIUM, PAGE_MARGIN, SMALL
from desktop.widgets.page_title import PageTitle

if TYPE_CHECKING:
    from core.parts.recipes import Made


class PlaylistsPage(Page):
    """Two views; the recipe comes back after a restart."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._making, self._made = MakingView(desk), MadeView(desk)
        self._chips = QButtonGroup(self)
        self._make_chip, self._made_chip = self._chip(self.tr("Make one")), self._chip(self.tr("Made before"))
        self._make_chip.setChecked(True)
        self._lay_out()
        self._chips.buttonClicked.connect(self._show_chosen)
        self._making.saved.connect(self._made.read)
        self._making.recipe_changed.connect(self.state_changed)
        self._made.read_anew.connect(lambda made: self._count(len(made)))
        self._made.read_anew.connect(self._making.follow)
        self._made.making_wanted.connect(self.show_making)
        self._made.opened_again.connect(self._open_again)
        desk.navigation.recipe_wanted.connect(self.make)
        desk.session.playlist_made.connect(lambda _: self._made.read())
        desk.session.update_ended.connect(self._made.read)
        desk.session.rows_read.connect(lambda _: self._made.read())
        self._made.read()

    def _chip(self, text: str) -> QPushButton:
        chip = QPushButton(text)
        chip.setProperty("chip", True)
        chip.setCheckable(True)
        self._chips.addButton(chip)
        return chip

    def _lay_out(self) -> None:
        title = PageTitle(self.tr("Playlists"))
        line = QHBoxLayout()
        line.setSpacing(SMALL)
        line.addWidget(title)
        line.addSpacing(MEDIUM - SMALL)
        line.addWidget(self._make_chip)
        line.addWidget(self._made_chip)
        line.addStretch()
        body = QWidget(self)  # a stack without a widget would show its first one as a window
        self._body = QStackedLayout(body)
        self._body.addWidget(self._making)
        self._body.addWidget(self._made)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAGE_MARGIN, PAGE_MARGIN, PAGE_MARGIN, PAGE_MARGIN)
        layout.setSpacing(MEDIUM)
        layout.addLayout(line)
        layout.addWidget(body, stretch=1)

    def make(self, recipe: object) -> None:
        """Make the list of a recipe."""
        if isinstance(recipe, Recipe):
            self.show_making()
            self._making.load(recipe)

    def _open_again(self, made: "Made") -> None:
        if made.recipe is not None:
            self.show_making()
            self._making.load(made.recipe, name=made.name, made=made)

    def show_making(self) -> None:
        self._make_chip.setChecked(True)
        self._show_chosen()

    def _show_chosen(self) -> None:
        self._body.setCurrentWidget(self._making if self._make_chip.isChecked() else self._made)
        if self._made_chip.isChecked():
            self._made.read()

    def _count(self, count: int) -> None:
        counted = self.tr("{words} {count}")
        words = self.tr("Made before")
        self._made_chip.setText(counted.format(words=words, count=wording.number(count)) if count else words)

    def save_state(self, settings: QSettings) -> None:
        self._making.save_state(settings)

    def restore_state(self, settings: QSettings) -> None:
        self._making.restore_state(settings)
