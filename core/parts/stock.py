"""The stock that every list is chosen from, and which song of it an owner means."""

import os
from collections.abc import Callable, Iterable, Sequence

from core.curation import Curation
from core.errors import UserError
from core.parts.learning import PREDICTOR
from core.parts.workplace import Workplace
from core.playlist.xspf import unplayable_reason
from core.recommend.sound_space import SoundSpace
from core.recommend.stock import Stock
from core.recommend.suggestion import SongList
from core.song import Song, SongId
from core.store.companion import Prediction


class StockRoom:
    """A part of the engine; ``curation`` gives what there is to choose from, as it is now."""

    def __init__(self, workplace: Workplace, *, curation: Callable[[], Curation]) -> None:
        self._workplace, self._curation = workplace, curation
        self._space: tuple[object, SoundSpace] | None = None

    def now(self) -> Stock:
        """The stock as it is now; raises UserError before the first scan."""
        return self.of(self._curation())

    def of(self, curation: Curation) -> Stock:
        """The same of a curation that is at hand: one song of each group of copies, none that is spoken or skipped."""
        version = self._workplace.require_version()
        skipped = self._workplace.skipped()
        songs = [song for song in curation.songs if song.song_id not in skipped]
        matrix = self._workplace.stores.embeddings.matrix(version)
        heard, known = set(matrix.filenames), self._known_space(version, songs)
        stock = Stock.of(
            songs,
            filenames=matrix.filenames,
            vectors=matrix.vectors,
            predictions=self.predictions(),
            unplayable=[song.song_id for song in songs if song.song_id in heard and unplayable_reason(song)],
            space=known,
        )
        self._space = (self._subject(version, songs), stock.space)
        return stock

    def predictions(self) -> dict[SongId, Prediction]:
        """What the predictor in use says of each song."""
        predictor = self._workplace.stores.companion.setting(PREDICTOR)
        return self._workplace.stores.companion.predictions(predictor["version"]) if predictor else {}

    def _known_space(self, version: str, songs: Sequence[Song]) -> SoundSpace | None:
        """The places of the same songs, if nothing has been heard since: to compute them again takes a second."""
        subject = self._subject(version, songs)
        return self._space[1] if self._space is not None and self._space[0] == subject else None

    def _subject(self, version: str, songs: Sequence[Song]) -> object:
        return version, self._workplace.stores.embeddings.state(version), [song.song_id for song in songs]


def rows_of(song_ids: Iterable[SongId], *, stock: Stock, curation: Curation) -> list[int]:
    """The rows of songs that the owner named, a copy standing for the one that is kept; UserError for none in stock."""
    return list(dict.fromkeys(_row_of(song_id, stock=stock, curation=curation) for song_id in song_ids))


def _row_of(song_id: SongId, *, stock: Stock, curation: Curation) -> int:
    kept = curation.copy_of.get(song_id, song_id)
    if kept in stock.row_of:
        return stock.row_of[kept]
    if curation.is_spoken(kept):
        raise UserError(f"{song_id} is spoken, so no music is like it; “marmalade verdict music” objects to that.")
    raise UserError(f"{song_id} has not been listened to: run “marmalade scan”, and see “marmalade skipped”.")


def playable_list(make: Callable[[Stock], SongList], stock: Stock) -> SongList:
    """A list of which every song has its file, made anew without those that have none; the disk is asked only then."""
    while True:
        found = make(stock)
        gone = [each.song.song_id for each in found.suggestions if not os.path.isfile(each.song.location)]  # noqa: PTH113 - raises for no path
        if not gone:
            return found
        stock = stock.without(stock.rows(gone))
