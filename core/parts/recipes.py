"""Recipes: lists cooked as the owner wants them, kept as playlist files, and kept up to date."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count
from pathlib import Path
from threading import RLock

from core.errors import UserError
from core.jobs.events import Control, Event, Notice
from core.parts.discoveries import Discoveries
from core.parts.kitchen import Kitchen
from core.parts.playlist_files import M3U8, XSPF, PlaylistFiles
from core.parts.questions import Questions
from core.parts.stock import StockRoom
from core.parts.workplace import Workplace
from core.playlist.files import ChangedByOthers, checksum_at
from core.recommend.filters import Filters
from core.recommend.recipe import Recipe
from core.recommend.recipe_text import UnreadableRecipe, recipe_of, text_of
from core.recommend.suggestion import SongList
from core.store.made_playlists import MadePlaylist

__all__ = ["M3U8", "XSPF", "ChangedByOthers", "Made", "MadeState", "PlaylistRenewed", "Recipes", "Served", "TakenAway"]

logger = logging.getLogger(__name__)

MARMALADE = "Marmalade"
"""The name of the playlist that nobody asked anything special of."""
HUNDRED = Recipe(wanted=100)
ANOTHER_LIST = "“{name}” is another list that you made."
LEAST_RATING = 0.7
"""Three and a half stars."""


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
    """None where it cannot be read, such as one of a newer Marmalade: ``remark`` says so."""
    keep_up_to_date: bool = False
    remark: str = ""
    """A sentence about what is unusual; empty for nothing."""


@dataclass(frozen=True)
class Served:
    """A list, and the playlist that it became; None where it was empty."""

    songs: SongList
    made: Made | None


@dataclass(frozen=True)
class TakenAway:
    """What brings a playlist back that was forgotten or deleted, exactly as it was."""

    row: MadePlaylist
    contents: Mapping[Path, bytes]
    """Of the files that were deleted."""


@dataclass(frozen=True, slots=True)
class PlaylistRenewed(Event):
    """A playlist that is kept up to date has other songs now."""

    made: Made


class Recipes:
    """A part of the engine."""

    def __init__(
        self, workplace: Workplace, *, stock: StockRoom, discoveries: Discoveries, questions: Questions
    ) -> None:
        self._kitchen = Kitchen(stock=stock, discoveries=discoveries, questions=questions)
        self._history = workplace.stores.companion.made_playlists
        self._files = PlaylistFiles(workplace)
        self._said: set[str] = set()
        self._lock = RLock()  # the renewal runs beside what the owner does, and each writes what it has read

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
        instead_of: int | None = None,
    ) -> Made:
        """Write a list as NAME.xspf (and NAME.m3u8, by ``formats``) and remember it.

        Without ``overwrite``, ChangedByOthers is raised for a file that we did not write, or that somebody has written
        to since, and for the name of another list, which is one of another recipe that is not ``instead_of`` (a key of
        the history). Raises UserError for an empty list, and for a place that cannot be written.
        """
        with self._lock:
            if not overwrite:
                paths = self._files.paths(name=name, formats=formats, folder=folder)
                self._require_free(paths, recipe=recipe, instead_of=instead_of)
            written = self._files.write(songs, name=name, formats=formats, folder=folder, overwrite=overwrite)
            same = self._of_files(written.files)
            others = {path: said for row in same for path, said in row.files.items() if path not in written.files}
            files = written.files | others
            row = replace(written, recipe=text_of(recipe), files=files, keep_up_to_date=keep_up_to_date)
            key = self._history.save(row, instead_of=[each.key for each in same])
        return _made(replace(row, key=key))

    def make_best(self) -> Served:
        """Write the best hundred songs without stars as ``Marmalade``.

        That of before is written over; the place of anything else is not taken, but another name.
        """
        has_predictions = self._kitchen.has_predictions()
        recipe = replace(HUNDRED, filters=Filters(min_rating=LEAST_RATING)) if has_predictions else HUNDRED
        songs = self.cook(recipe)
        if not songs.suggestions:
            return Served(songs, None)
        text = text_of(recipe)
        with self._lock:
            for name in (MARMALADE if number == 1 else f"{MARMALADE} {number}" for number in count(1)):
                same = [row for row in self._history.all() if row.name == name]
                if any(row.recipe != text for row in same):
                    continue
                keeps = any(row.keep_up_to_date for row in same)
                with suppress(ChangedByOthers):
                    return Served(songs, self.save(recipe, songs, name=name, keep_up_to_date=keeps))
        raise AssertionError  # there is always another number

    def history(self) -> list[Made]:
        """Every playlist that was made, the newest first."""
        return [_made(row) for row in self._history.all()]

    def keep_up_to_date(self, made: Made, *, wanted: bool) -> Made:
        """Cook a playlist anew after each update from now on, or leave it as it is."""
        with self._lock:
            row = replace(self._row(made), keep_up_to_date=wanted)
            self._history.save(row)
        return _made(row)

    def forget(self, made: Made) -> TakenAway:
        """Take a playlist out of the history; its files stay."""
        with self._lock:
            row = self._row(made)
            self._history.forget(row.key)
        return TakenAway(row, {})

    def delete(self, made: Made) -> TakenAway:
        """Delete the files of a playlist and forget it.

        Where somebody else wrote to one of them, ChangedByOthers is raised and all stay.
        """
        with self._lock:
            row = self._row(made)
            contents = self._files.delete(row)
            self._history.forget(row.key)
        return TakenAway(row, contents)

    def bring_back(self, taken: TakenAway) -> Made:
        """Undo ``forget`` or ``delete``; raises UserError where something else has taken the place of a file."""
        with self._lock:
            if self._of_files(taken.row.files):
                raise UserError(f"“{taken.row.name}” stays away: another playlist has its name now.")
            self._files.put_back(taken.contents)
            row = replace(taken.row, key=0)
            return _made(replace(row, key=self._history.save(row)))

    def renew(self, *, control: Control | None = None) -> Iterator[Event]:
        """Cook the playlists that are kept up to date anew, and write those whose songs have changed.

        What stands in the way of one is a Notice, said once, and never stops the others.
        """
        for row in self._history.all():
            if control is not None and control.stopped:
                return
            if not row.keep_up_to_date or _state(row) is MadeState.GONE:
                continue
            try:
                renewed = self._renewed(row)
            except UserError as error:
                yield from self._say_once(f"The playlist “{row.name}” was not renewed. {error}")
            except ValueError:  # a recipe with a value that no list can have
                logger.exception("the playlist %s was not renewed", row.name)
                yield from self._say_once(f"The playlist “{row.name}” was not renewed: its recipe makes no list.")
            else:
                if renewed is not None:
                    yield PlaylistRenewed(_made(renewed))

    def _renewed(self, row: MadePlaylist) -> MadePlaylist | None:
        """The playlist as it was written anew; None where its songs are the same, or none would be left."""
        songs = self._kitchen.cook(recipe_of(row.recipe))
        names = tuple(each.song.song_id for each in songs.suggestions)
        if not names or names == row.songs:
            return None
        with self._lock:
            if row not in self._history.all():  # its owner has said otherwise while it was cooked
                return None
            renewed = replace(row, files=self._files.rewrite(row, songs), songs=names)
            self._history.save(renewed)
        return renewed

    def _say_once(self, sentence: str) -> Iterator[Event]:
        """After every star the same would be said again."""
        if sentence not in self._said:
            self._said.add(sentence)
            yield Notice(sentence)

    def _require_free(self, paths: Sequence[Path], *, recipe: Recipe, instead_of: int | None) -> None:
        text = text_of(recipe)
        for row in self._of_files(paths):
            if row.recipe != text and row.key != instead_of:
                raise ChangedByOthers(ANOTHER_LIST.format(name=row.name))

    def _of_files(self, files: Iterable[Path]) -> list[MadePlaylist]:
        wanted = set(files)
        return [row for row in self._history.all() if row.files.keys() & wanted]

    def _row(self, made: Made) -> MadePlaylist:
        for row in self._history.all():
            if row.key == made.key:
                return row
        raise UserError(f"The playlist “{made.name}” is not in the history any more.")


def _made(row: MadePlaylist) -> Made:
    recipe, remark, state = None, "", _state(row)
    try:
        recipe = recipe_of(row.recipe)
    except UnreadableRecipe as error:
        remark = str(error)
    if state is MadeState.CHANGED:
        remark = " ".join(filter(None, ["Another program has changed its file since.", remark]))
    files = tuple(row.files)
    return Made(row.key, row.name, files, row.made_at, len(row.songs), state, recipe, row.keep_up_to_date, remark)


def _state(row: MadePlaylist) -> MadeState:
    present = [(now, then) for path, then in row.files.items() if (now := checksum_at(path)) is not None]
    if not present:
        return MadeState.GONE
    return MadeState.THERE if all(now == then for now, then in present) else MadeState.CHANGED
