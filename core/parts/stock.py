"""The stock that every list is chosen from, and which song of it an owner means."""

import os
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from operator import attrgetter
from threading import RLock

import numpy as np

from core.curation import Curation
from core.errors import Cause, UserError
from core.file_url import path_text
from core.jobs.events import Control, Event, Notice, Stage
from core.jobs.short_lived import KilledError
from core.parts.duplicates import Duplicates
from core.parts.learning import PREDICTOR
from core.parts.workplace import Workplace
from core.playlist.xspf import unplayable_reason
from core.recommend.confidence import stood_for
from core.recommend.remark import Remark
from core.recommend.space.balancing import Balanced, BalanceJob, balance_in_child
from core.recommend.space.sound_space import AT_ONCE, SoundSpace
from core.recommend.stock import Stock
from core.recommend.suggestion import SongList
from core.song import SECTION, Song, SongId
from core.store.companion import Prediction
from core.store.known_values import KnownValues
from core.store.matrix import EmbeddingMatrix
from core.store.reaches import load_reaches, reaches_file, save_reaches

NEW_SHARE = 0.1
"""Of the songs: when so many have come since, neighborhoods are balanced anew; until then theirs are estimated."""
BALANCING = "Comparing songs with each other"
KILLED = (
    "Comparing songs with each other was ended from outside (signal {}), perhaps because memory ran out: the next "
    "update does it again."
)


@dataclass(frozen=True)
class Look:
    """What there is to choose from at one moment, even while a scan is under way."""

    curation: Curation
    songs: Sequence[Song]
    """Those of the curation of which all is known that a scan finds out, and that could be listened to."""
    unsettled: AbstractSet[SongId]
    """Songs that may be copies of others, which nobody has compared yet: until then no list holds them."""


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
        """A look, and its stock, are kept as long as ``state`` stays the same."""
        self._workplace, self._duplicates, self._curation = workplace, duplicates, curation
        self._embeddings, self._state = workplace.stores.embeddings, state
        self._seen: tuple[Hashable, Look] | None = None
        self._kept: tuple[Look, Stock] | None = None
        self._space: tuple[object, SoundSpace] | None = None
        self._unsettled: tuple[object, AbstractSet[SongId]] = (None, frozenset())
        self._predictions = KnownValues[Prediction](attrgetter("song_id"))
        self._lock = RLock()

    def look(self) -> Look:
        """The library as it is now: one song of each group of copies, none that is spoken."""
        with self._lock:
            state, seen = self._state(), self._seen
            if seen is None or seen[0] != state:
                seen = self._seen = (state, self._new_look())
            return seen[1]

    def _new_look(self) -> Look:
        # What a scan stores last of a song is read first. Read last, it would let a song in that was stored meanwhile,
        # of which the reads before could not know that it is spoken, or a copy.
        looked_at = self._workplace.stores.companion.looked_at()
        unsettled = self._not_compared(looked_at)
        curation = self._curation()
        return Look(curation, [song for song in self.listenable(curation) if song.song_id in looked_at], unsettled)

    def now(self) -> Stock:
        """The stock as it is now; raises UserError before the first scan."""
        return self.of(self.look())

    def of(self, look: Look) -> Stock:
        """The stock of a look: those of its songs that have an embedding; what is unsettled cannot be chosen."""
        with self._lock:  # who needs it meanwhile waits for it: two would take twice the memory
            kept = self._kept
            if kept is None or kept[0] is not look:
                self._kept = None
                kept = self._kept = (look, self._made(look))
            return kept[1]

    def _made(self, look: Look) -> Stock:
        version = self._workplace.require_version()
        # The state first: what is stored meanwhile is then found to be new the next time.
        subject = (version, self._embeddings.state(version), [song.song_id for song in look.songs])
        matrix = self._embeddings.matrix(version)
        if self._space is not None and self._space[0] != subject:
            self._space = None  # before the other one is there
        space = None if self._space is None else self._space[1]
        stock = Stock.of(
            look.songs,
            filenames=matrix.filenames,
            vectors=matrix.vectors,
            predictions=self.predictions(look.songs),
            unplayable=[
                song.song_id for song in look.songs if song.song_id in look.unsettled or unplayable_reason(song)
            ],
            space=space,
            reaches=self._known_reaches(version, matrix) if space is None else None,
        )
        self._space = (subject, stock.space)  # to compute the places of the same songs again takes a second
        return stock

    def listenable(self, curation: Curation) -> list[Song]:
        """The songs of a curation without those that could not be listened to."""
        skipped = self._workplace.skipped()
        return [song for song in curation.songs if song.song_id not in skipped]

    def _not_compared(self, looked_at: AbstractSet[SongId]) -> AbstractSet[SongId]:
        new = self._duplicates.not_searched() & looked_at
        if not new:
            return frozenset()
        subject = (new, self._duplicates.said_different())
        known, found = self._unsettled
        if known != subject:
            found = self._duplicates.unsettled(self._workplace.library(), new=new)
            self._unsettled = (subject, found)
        return found

    def predictions(self, songs: Iterable[Song]) -> dict[SongId, Prediction]:
        """What the predictor in use says of songs, as far as it can be stood for; ``songs`` are all that have stars."""
        predictor = self._workplace.stores.companion.setting(PREDICTOR)
        if predictor is None:
            return {}
        read = self._workplace.stores.companion.predictions(predictor["version"])
        found = {each.song_id: each for each in self._predictions.of(read.values())}
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
        job = BalanceJob(self._embeddings.path, version, list(map(str, stock.song_ids)), stock.playable)
        try:
            for event in balance_in_child(job, control=control):
                if isinstance(event, Balanced):
                    with self._lock:  # a stock that is being made has read those of before
                        save_reaches(file, list(job.names), event.reaches)
                        self._space = self._kept = None
                else:
                    yield event
        except KilledError as error:
            yield Notice(KILLED.format(error.signal))

    def _known_reaches(self, version: str, matrix: EmbeddingMatrix) -> np.ndarray | None:
        known = load_reaches(reaches_file(self._embeddings.path, version)) if len(matrix.filenames) > AT_ONCE else {}
        if not known:
            return None
        return np.array([known.get(name, np.nan) for name in matrix.filenames], dtype=np.float32)


def rows_of(song_ids: Iterable[SongId], *, stock: Stock, curation: Curation) -> list[int]:
    """The rows of songs that the owner named, a copy standing for the one that is kept; UserError for none in stock."""
    return list(dict.fromkeys(_row_of(song_id, stock=stock, curation=curation) for song_id in song_ids))


def _row_of(song_id: SongId, *, stock: Stock, curation: Curation) -> int:
    kept = curation.copy_of.get(song_id, song_id)
    if kept in stock.row_of:
        return stock.row_of[kept]
    path = path_text(song_id.partition(SECTION)[0])
    if curation.is_spoken(kept):
        raise UserError(f"{path} is spoken, so no music is like it.", cause=Cause.SPOKEN)
    if not os.path.isfile(path):  # noqa: PTH113 - Path.is_file raises for what is no path
        raise UserError(f"{path} is not there: is a drive not mounted?")
    raise UserError(f"{path} has not been listened to yet.", cause=Cause.NOT_HEARD)


def playable_list(make: Callable[[Stock], SongList], stock: Stock) -> SongList:
    """A list of which every song has its file: made anew without those that have none, until all have."""
    (found,) = playable_lists(lambda present: [make(present)], stock)
    return found


def playable_lists(make: Callable[[Stock], Sequence[SongList]], stock: Stock) -> Sequence[SongList]:
    """The same for several lists at once; the disk is asked about the songs that were chosen alone.

    Where some of those are gone twice, it is asked about all: a whole drive may be away, and each list takes seconds.
    """
    away: set[SongId] = set()
    while True:
        found = make(stock)
        songs = [each.song for every in found for each in every.suggestions]
        gone = {song.song_id for song in songs if not is_there(song)}
        if not gone:
            return [_told(each, away=len(away)) for each in found]
        if away:
            gone = {song.song_id for song in stock.songs if not is_there(song)}
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
    """The list with that remark, which stands for the list's own where nothing is left of it."""
    if not away:
        return found
    own = found.remarks if found.suggestions else ()
    return replace(found, remarks=(Remark(away_notice(away)), *own))
