"""Lists made while the owner changes their recipe: after a short rest, one at a time, and only the newest is served."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from core.recommend.recipe import Dish, Recipe
from core.recommend.suggestion import SongList
from desktop.session import Session

if TYPE_CHECKING:
    from core.engine import Engine

REST = 250
"""Milliseconds after the last change, while somebody types or turns."""


@dataclass(frozen=True)
class NothingHeard:
    """No song was listened to, so there is nothing to make a list of."""


class Kitchen(QObject):
    """Lives as long as its page."""

    began = Signal()
    cooked = Signal(object, object)
    """A Recipe and its SongList."""
    unheard = Signal()
    """There is nothing to make a list of yet."""
    failed = Signal(str)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._wanted: Recipe | None = None
        self._is_cooking = False
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._begin)

    @property
    def is_busy(self) -> bool:
        return self._is_cooking or self._wanted is not None

    def cook(self, recipe: Recipe) -> None:
        """Make this list instead of what was wanted before."""
        self._wanted = recipe
        self._rest.start()

    def leave_it(self) -> None:
        """Nothing is wanted any more."""
        self._wanted = None
        self._rest.stop()

    def _begin(self) -> None:
        if self._is_cooking or self._wanted is None:
            return
        recipe, self._wanted = self._wanted, None
        self._is_cooking = True
        self.began.emit()
        self._session.ask(
            lambda engine: _cook(engine, recipe),
            then=lambda found: self._serve(recipe, found),
            otherwise=self._fail,
        )

    def _serve(self, recipe: Recipe, found: SongList | NothingHeard) -> None:
        if not self._is_stale():
            if isinstance(found, SongList):
                self.cooked.emit(recipe, found)
            else:
                self.unheard.emit()

    def _fail(self, sentence: str) -> None:
        if not self._is_stale():
            self.failed.emit(sentence)

    def _is_stale(self) -> bool:
        """Whether another list was wanted meanwhile; then that one is begun, at once if it has rested."""
        self._is_cooking = False
        if self._wanted is None:
            return False
        if not self._rest.isActive():
            self._begin()
        return True


def is_complete(recipe: Recipe) -> bool:
    """Whether the songs are named that a kind of list is made from."""
    if recipe.dish is Dish.SIMILAR:
        return bool(recipe.like)
    if recipe.dish is Dish.PATH:
        return recipe.start is not None and recipe.end is not None
    return bool(recipe.songs) or recipe.dish is not Dish.CHOSEN


def _cook(engine: "Engine", recipe: Recipe) -> SongList | NothingHeard:
    return NothingHeard() if engine.active_version is None else engine.recipes.cook(recipe)
