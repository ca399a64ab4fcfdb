"""Recipes: lists cooked as the owner wants them, kept as playlist files, and kept up to date."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from core.curation import Curation
from core.jobs.events import Control, Event
from core.parts.discoveries import Discoveries
from core.parts.kitchen import Kitchen
from core.parts.questions import Questions
from core.parts.stock import StockRoom
from core.parts.workplace import Workplace
from core.playlist.files import ChangedByOthers
from core.recommend.recipe import Recipe
from core.recommend.suggestion import SongList

__all__ = ["ChangedByOthers", "Made", "MadeState", "PlaylistRenewed", "Recipes"]

XSPF, M3U8 = "xspf", "m3u8"


class MadeState(StrEnum):
    """What became of the files of a playlist."""

    THERE = "there"
    """Exactly as we wrote them."""
    CHANGED = "changed"
    """Somebody else wrote to one of them."""
    GONE = "gone"


@dataclass(frozen=True)
class Made:
    """A playlist of the history."""

    key: int
    name: str
    files: tuple[Path, ...]
    """The first is the one to open in the player."""
    made_at: float
    """Unix seconds."""
    songs: int
    state: MadeState
    recipe: Recipe | None
    """None where a newer Marmalade wrote it: ``remark`` says so."""
    keep_up_to_date: bool = False
    remark: str = ""
    """A sentence about what is unusual; empty for nothing."""


@dataclass(frozen=True, slots=True)
class PlaylistRenewed(Event):
    """A playlist that is kept up to date has other songs now."""

    made: Made


class Recipes:
    """A part of the engine; ``curation`` gives what there is to choose from, as it is now."""

    def __init__(
        self,
        workplace: Workplace,
        *,
        stock: StockRoom,
        discoveries: Discoveries,
        questions: Questions,
        curation: Callable[[], Curation],
    ) -> None:
        self._workplace, self._room, self._curation = workplace, stock, curation
        self._kitchen = Kitchen(stock=stock, discoveries=discoveries, questions=questions, curation=curation)

    def cook(self, recipe: Recipe) -> SongList:
        """The list of a recipe as the library is now, each song with its reason.

        Raises UserError before the first scan, and for a recipe that lacks something.
        """
        return self._kitchen.cook(recipe)

    def save(
        self,
        recipe: Recipe,
        songs: SongList,
        *,
        name: str,
        formats: Sequence[str] = (XSPF,),
        folder: Path | None = None,
        keep_up_to_date: bool = False,
        overwrite: bool = False,
    ) -> Made:
        """Write a list as NAME.xspf (and NAME.m3u8) and remember it; raises ChangedByOthers unless ``overwrite``."""
        raise NotImplementedError

    def history(self) -> list[Made]:
        """Every playlist that was made, the newest first."""
        raise NotImplementedError

    def songs(self, made: Made) -> SongList:
        """The songs that a playlist was written with, as far as they are still in the library."""
        raise NotImplementedError

    def keep_up_to_date(self, made: Made, *, wanted: bool) -> Made:
        """Cook a playlist anew after each update from now on, or leave it as it is."""
        raise NotImplementedError

    def forget(self, made: Made) -> None:
        """Take a playlist out of the history; its files stay."""
        raise NotImplementedError

    def delete(self, made: Made) -> list[Path]:
        """Delete the files of a playlist and forget it; the paths. Files that others wrote to stay: ChangedByOthers.

        ``save`` with the same recipe and ``songs``, asked for before, brings it back.
        """
        raise NotImplementedError

    def renew(self, *, control: Control | None = None) -> Iterator[Event]:
        """Cook the playlists that are kept up to date anew, and write those whose songs have changed."""
        raise NotImplementedError
        yield
