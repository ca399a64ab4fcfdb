"""The stock that every list is chosen from, and which song of it an owner means."""

import os
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace

import numpy as np

from core.curation import Curation
from core.errors import UserError
from core.file_url import path_text
from core.jobs.events import Control, Event, Progress, Stage
from core.parts.duplicates import Duplicates
from core.parts.learning import PREDICTOR
from core.parts.workplace import Workplace
from core.playlist.xspf import unplayable_reason
from core.recommend.confidence import stood_for
from core.recommend.space.sound_space import AT_ONCE, SoundSpace
from core.recommend.stock import Stock
from core.recommend.suggestion import SongList
from core.song import SECTION, Song, SongId
from core.store.companion import Prediction
from core.store.matrix import EmbeddingMatrix
from core.store.reaches import load_reaches, reaches_file, save_reaches

NEW_SHARE = 0.1
"""Of the songs: when so many have come since, neighborhoods are balanced anew; until then theirs are estimated."""
LOOK = 0.5
"""Seconds between two looks at how far the balancing is."""
BALANCING = "Comparing songs with each other"


class _StoppedError(Exception):
    """Work in another thread was asked to stop."""


class StockRoom:
    """A part of the engine; ``curation`` gives what there is to choose from, as it is now."""

    def __init__(
        self,
        workplace: Workplace,
        *,
        duplicates: Duplicates,
        curation: Callable[[], Curation],
        state: Callable[[], Hashable] = object,
    ) -> None:
        """A stock is kept as long as its curation, and ``state``, are the same."""
        self._state = state
        self._kept: tuple[Hashable, Curation, Stock] | None = None
        self._workplace, self._duplicates, self._curation = workplace, duplicates, curation
        self._embeddings = workplace.stores.embeddings
        self._space: tuple[object, SoundSpace] | None = None
        self._unsettled: tuple[set[SongId], set[SongId]] = (set(), set())

    def now(self) -> Stock:
        """The stock as it is now; raises UserError before the first scan."""
        return self.of(self._curation())

    def of(self, curation: Curation) -> Stock:
        """The same of a curation that is at hand: one song of each group of copies, none that is spoken or skipped."""
        state = self._state()
        if self._kept is None or self._kept[0] != state or self._kept[1] is not curation:
            self._kept = (state, curation, self._made(curation))
        return self._kept[2]

    def _made(self, curation: Curation) -> Stock:
        version = self._workplace.require_version()
        songs, unsettled = self.listenable(curation), self.unsettled()
        matrix = self._embeddings.matrix(version)
        subject = (version, self._embeddings.state(version), [song.song_id for song in songs])
        stock = Stock.of(
            songs,
            filenames=matrix.filenames,
            vectors=matrix.vectors,
            predictions=self.predictions(songs),
            unplayable=[song.song_id for song in songs if song.song_id in unsettled or unplayable_reason(song)],
            space=self._space[1] if self._space is not None and self._space[0] == subject else None,
            reaches=self._known_reaches(version, matrix),
        )
        self._space = (subject, stock.space)  # to compute the places of the same songs again takes a second
        return stock

    def listenable(self, curation: Curation) -> list[Song]:
        """The songs of a curation without those that could not be listened to."""
        skipped = self._workplace.skipped()
        return [song for song in curation.songs if song.song_id not in skipped]

    def unsettled(self) -> set[SongId]:
        """Songs that may be copies of others, which nobody has compared yet: until then no list holds them."""
        new = self._duplicates.not_searched()
        if new != self._unsettled[0]:
            found = self._duplicates.unsettled(self._workplace.library(), new=new) if new else set()
            self._unsettled = (new, found)
        return self._unsettled[1]

    def predictions(self, songs: Iterable[Song]) -> dict[SongId, Prediction]:
        """What the predictor in use says of songs, as far as it can be stood for; ``songs`` are all that have stars."""
        predictor = self._workplace.stores.companion.setting(PREDICTOR)
        if predictor is None:
            return {}
        found = self._workplace.stores.companion.predictions(predictor["version"])
        heard = self._embeddings.filenames(self._workplace.active_version or "")
        return stood_for(found, ratings=[song.rating for song in songs if song.is_rated and song.song_id in heard])

    def balance(self, *, control: Control | None = None) -> Iterator[Event]:
        """Balance the neighborhoods of a large library, so that every song is near to some other; nothing if done.

        Stopped, it begins anew the next time. Smaller libraries are balanced whenever they are looked at.
        """
        version = self._workplace.active_version
        if version is None or self._embeddings.counts().get(version, 0) <= AT_ONCE:
            return
        stock, file = self.now(), reaches_file(self._embeddings.path, version)
        known = load_reaches(file)
        new = sum(song_id not in known for song_id in stock.row_of)
        if new <= NEW_SHARE * len(stock):
            return
        yield Stage(BALANCING)
        found: list[np.ndarray] = []
        yield from _balanced(stock.space, control=control or Control(), found=found)
        if found:
            save_reaches(file, list(map(str, stock.row_of)), found[0])
            self._space = self._kept = None

    def _known_reaches(self, version: str, matrix: EmbeddingMatrix) -> np.ndarray | None:
        known = load_reaches(reaches_file(self._embeddings.path, version)) if len(matrix.filenames) > AT_ONCE else {}
        if not known:
            return None
        return np.array([known.get(name, np.nan) for name in matrix.filenames], dtype=np.float32)


def _balanced(space: SoundSpace, *, control: Control, found: list[np.ndarray]) -> Iterator[Event]:
    """Progress in hundredths; ``found`` gets the reaches unless the work was stopped."""
    share, is_closed = 0.0, False

    def report(done: float) -> None:
        nonlocal share
        share = done
        if is_closed or control.stopped:
            raise _StoppedError

    with ThreadPoolExecutor(1, thread_name_prefix="balance") as thread:
        work = thread.submit(space.balanced, report=report)
        try:
            while not wait([work], timeout=LOOK).done:
                yield Progress(round(100 * share), 100)
        finally:
            is_closed = True
    if not isinstance(work.exception(), _StoppedError):
        found.append(work.result())


def rows_of(song_ids: Iterable[SongId], *, stock: Stock, curation: Curation) -> list[int]:
    """The rows of songs that the owner named, a copy standing for the one that is kept; UserError for none in stock."""
    return list(dict.fromkeys(_row_of(song_id, stock=stock, curation=curation) for song_id in song_ids))


def _row_of(song_id: SongId, *, stock: Stock, curation: Curation) -> int:
    kept = curation.copy_of.get(song_id, song_id)
    if kept in stock.row_of:
        return stock.row_of[kept]
    path = path_text(song_id.partition(SECTION)[0])
    if curation.is_spoken(kept):
        raise UserError(f"{path} is spoken, so no music is like it; “marmalade verdict music” objects to that.")
    if not os.path.isfile(path):  # noqa: PTH113 - Path.is_file raises for what is no path
        raise UserError(f"{path} is not there: is a drive not mounted?")
    raise UserError(f"{path} has not been listened to: run “marmalade scan”, and see “marmalade skipped”.")


def playable_list(make: Callable[[Stock], SongList], stock: Stock) -> SongList:
    """A list of which every song has its file: made anew without those that have none, until all have."""
    (found,) = playable_lists(lambda present: [make(present)], stock)
    return found


def playable_lists(make: Callable[[Stock], Sequence[SongList]], stock: Stock) -> Sequence[SongList]:
    """The same for several lists at once; the disk is asked about the songs that were chosen alone."""
    away: set[SongId] = set()
    while True:
        found = make(stock)
        songs = [each.song for every in found for each in every.suggestions]
        gone = {song.song_id for song in songs if not is_there(song)}
        if not gone:
            return [_told(each, away=len(away)) for each in found]
        away |= gone
        stock = stock.without(stock.rows(gone))


def is_there(song: Song) -> bool:
    """Whether the file of a song can be played now."""
    return os.path.isfile(song.location)  # noqa: PTH113 - Path.is_file raises for what is no path


def away_notice(count: int) -> str:
    """What the owner should know of songs that would be in a list, were their files there."""
    songs = "1 song that fits is" if count == 1 else f"{count:,} songs that fit are"
    return f"{songs} left out, for the files are not there: is a drive not mounted?"


def _told(found: SongList, *, away: int) -> SongList:
    """The list with that notice, which stands for the list's own where nothing is left of it."""
    if not away:
        return found
    own = found.notice if found.suggestions else ""
    return replace(found, notice=" ".join(filter(None, [away_notice(away), own])))
