"""Saving a list: the file is written, told with what can be done next, and never takes the place of somebody's work."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.recommend.recipe import Recipe
from core.recommend.suggestion import SongList
from desktop import core_texts, wording
from desktop.desk import Desk
from desktop.messages import Kind, Message
from desktop.playlist_news import TOPIC, show_folder
from desktop.preferences.opening import Opener, open_playlist, opener_name, opener_of

if TYPE_CHECKING:
    from core.engine import Engine
    from core.parts.recipes import Made


@dataclass(frozen=True)
class Order:
    """What is to be saved, and how."""

    recipe: Recipe
    songs: SongList
    name: str
    formats: tuple[str, ...]
    keep_up_to_date: bool = False
    overwrite: bool = False
    instead_of: int | None = None
    """The key of the playlist that the list is kept in, if it is one already."""


@dataclass(frozen=True)
class Refused:
    """A file of that name is another list, or somebody else's, or was changed by somebody else."""

    sentence: str


class Saving(QObject):
    """Asks by a message above the page, which can be left standing."""

    saved = Signal(object)
    """A ``Made``."""
    name_wanted = Signal(str)
    """Another name is wanted; the one that is proposed."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def save(self, order: Order, *, then: Callable[["Made"], object] | None = None) -> None:
        """Save a list; ``then`` takes the place of telling it."""
        self._desk.messages.withdraw(TOPIC)
        self._desk.session.ask(
            lambda engine: _save(engine, order), then=lambda result: self._take(result, order, then or self.tell)
        )

    def save_and_open(self, order: Order) -> None:
        """Save a list and hand it to the player as a new tab."""
        self.save(order, then=self._open)

    def _take(self, result: "Made | Refused", order: Order, then: Callable[["Made"], object]) -> None:
        if isinstance(result, Refused):
            self._ask(result, order, then)
            return
        self.saved.emit(result)
        then(result)

    def _ask(self, refused: Refused, order: Order, then: Callable[["Made"], object]) -> None:
        """What is there is only replaced if the owner says so."""
        actions = [
            (self.tr("Replace it"), lambda: self.save(replace(order, overwrite=True), then=then)),
            (self.tr("Save under another name"), lambda: self._propose(order.name)),
        ]
        text = self.tr("{refused} What you save would take its place.").format(
            refused=core_texts.said(refused.sentence)
        )
        self._desk.messages.say(Message(Kind.NOTICE, text, actions, topic=TOPIC))

    def _propose(self, name: str) -> None:
        self._desk.messages.withdraw(TOPIC)
        self.name_wanted.emit(another_name(name))

    def _open(self, made: "Made") -> None:
        open_playlist(self._desk, made.files[0])
        as_tab, otherwise = (
            self.tr("“{name}” is saved and opens in {player} as a new tab."),
            self.tr("“{name}” is saved and opens in {player}."),
        )
        words = as_tab if opener_of(self._desk.settings) is Opener.PLAYER else otherwise
        self._say(made, words.format(name=made.name, player=opener_name(self._desk)), opened=True)

    def tell(self, made: "Made") -> None:
        words = self.tr("“{name}” is saved: {songs} in {files}.")
        files = self.tr(" and ").join(file.name for file in made.files)
        self._say(made, words.format(name=made.name, songs=wording.songs(made.songs), files=files), opened=False)

    def _say(self, made: "Made", sentence: str, *, opened: bool) -> None:
        open_it = self.tr("Open in {player}").format(player=opener_name(self._desk))
        actions = [] if opened else [(open_it, lambda: open_playlist(self._desk, made.files[0]))]
        actions.append((self.tr("Show folder"), lambda: show_folder(made.files[0])))
        self._desk.messages.say(Message(Kind.DONE, sentence, actions, topic=TOPIC))


def another_name(name: str) -> str:
    """The next name of a series: Rock, Rock 2, Rock 3."""
    begin, _, number = name.rpartition(" ")
    return f"{begin} {int(number) + 1}" if begin and number.isdecimal() else f"{name} 2"


def _save(engine: "Engine", order: Order) -> "Made | Refused":
    from core.playlist.files import ChangedByOthers

    try:
        return engine.recipes.save(
            order.recipe,
            order.songs,
            name=order.name,
            formats=order.formats,
            keep_up_to_date=order.keep_up_to_date,
            overwrite=order.overwrite,
            instead_of=order.instead_of,
        )
    except ChangedByOthers as refused:
        return Refused(str(refused))
