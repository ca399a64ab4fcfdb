"""The library as the table needs it: plain lists and arrays, made once off the UI thread, sorted and filtered in it.

60,000 rows: made in 0.2 s, filtered in 5 ms, sorted in 5 ms.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from core.song import Song, SongId
from core.store.companion import Prediction


class Column(IntEnum):
    """The columns of the table, from left to right."""

    TITLE = 0
    ARTIST = 1
    ALBUM = 2
    GENRE = 3
    YEAR = 4
    STARS = 5
    PREDICTED = 6
    SKIPPED = 7


SEARCHED = ("title", "artist", "album", "albumartist", "genre", "year")
SORTED = {"title": Column.TITLE, "artist": Column.ARTIST, "album": Column.ALBUM, "genre": Column.GENRE}
PROMISING = 0.8
"""The least prediction of a promising song, four stars."""


class Subset(StrEnum):
    """What a filter chip leaves in the table."""

    RATED = "rated"
    UNRATED = "unrated"
    PROMISING = "promising"
    SKIPPED = "skipped"


@dataclass(frozen=True, eq=False)
class SongRows:
    """One snapshot of the library; the place of a song in ``songs`` is its number in all that follows."""

    songs: list[Song]
    """By artist, album, track and title: the order among equals, whatever the table is sorted by."""
    predictions: list[Prediction | None]
    skipped: dict[int, str]
    """Why a song could not be listened to, by its number."""
    search_texts: list[str]
    sort_keys: dict[Column, NDArray[np.float64]]
    """Smaller stands first; NaN is unknown and always stands last."""
    subsets: dict[Subset, NDArray[np.bool_]]
    ids: dict[SongId, int] = field(repr=False)

    def __len__(self) -> int:
        return len(self.songs)

    def order(self, column: Column, *, descending: bool) -> NDArray[np.intp]:
        """The numbers of all songs, sorted by a column."""
        keys = self.sort_keys[column]
        return np.argsort(-keys if descending else keys, kind="stable")

    def matching(self, text: str, subsets: Iterable[Subset] = ()) -> NDArray[np.bool_]:
        """Which songs hold every word of ``text`` somewhere, and are in every subset."""
        chosen = np.ones(len(self.songs), dtype=bool)
        for subset in subsets:
            chosen &= self.subsets[subset]
        words = folded(text).split()
        if words:
            texts, numbers = self.search_texts, np.flatnonzero(chosen).tolist()
            for word in words:
                numbers = [number for number in numbers if word in texts[number]]
            chosen[:] = False
            chosen[numbers] = True
        return chosen


def make_rows(
    songs: Sequence[Song], *, predictions: Mapping[SongId, Prediction], skipped: Mapping[SongId, str]
) -> SongRows:
    """Everything that the table, its filter and its sorting need of a library."""
    texts = {name: _folded_all(list(map(attrgetter(name), songs))) for name in SEARCHED}
    ranks = {name: _ranks(texts[name]) for name in SORTED}
    tracks = np.array([song.track for song in songs])
    order = np.lexsort((ranks["title"], tracks, ranks["album"], ranks["artist"]))
    numbers = order.tolist()
    ordered = [songs[number] for number in numbers]
    search_texts = list(map("\n".join, zip(*texts.values(), strict=True)))
    known = [song.song_id for song in ordered]
    predicted = list(map(predictions.get, known))
    reasons = {number: skipped[song_id] for number, song_id in enumerate(known) if song_id in skipped}
    keys = {column: ranks[name][order] for name, column in SORTED.items()} | _number_keys(ordered, predicted, reasons)
    return SongRows(
        songs=ordered,
        predictions=predicted,
        skipped=reasons,
        search_texts=[search_texts[number] for number in numbers],
        sort_keys=keys,
        subsets=_subsets(keys, reasons),
        ids=dict(zip(known, range(len(known)), strict=True)),
    )


def folded(text: str) -> str:
    """Text as it is searched and sorted: without case and accents, so that bjork finds Björk."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _folded_all(values: Sequence[object]) -> list[str]:
    """A name that many songs share is folded once."""
    known = {value: folded(str(value)) for value in set(values)}
    return [known[value] for value in values]


def _ranks(texts: Sequence[str]) -> NDArray[np.float64]:
    """The place of each text among all different ones; NaN for an empty one."""
    different = sorted(set(texts))
    place: dict[str, float] = {text: float(number) for number, text in enumerate(different)}
    place[""] = np.nan
    return np.fromiter(map(place.__getitem__, texts), dtype=np.float64, count=len(texts))


def _number_keys(
    songs: Sequence[Song], predicted: Sequence[Prediction | None], reasons: Mapping[int, str]
) -> dict[Column, NDArray[np.float64]]:
    ratings = [np.nan if each is None else each.rating for each in predicted]
    return {
        Column.YEAR: _positive([song.year for song in songs]),
        Column.STARS: _positive([song.rating for song in songs]),
        Column.PREDICTED: np.array(ratings, dtype=np.float64),
        Column.SKIPPED: _ranks([reasons.get(number, "") for number in range(len(songs))]),
    }


def _subsets(keys: Mapping[Column, NDArray[np.float64]], reasons: Mapping[int, str]) -> dict[Subset, NDArray[np.bool_]]:
    rated = ~np.isnan(keys[Column.STARS])
    skipped = np.zeros(len(rated), dtype=bool)
    skipped[list(reasons)] = True
    with np.errstate(invalid="ignore"):
        promising = keys[Column.PREDICTED] >= PROMISING
    return {Subset.RATED: rated, Subset.UNRATED: ~rated, Subset.PROMISING: promising, Subset.SKIPPED: skipped}


def _positive(values: Sequence[float]) -> NDArray[np.float64]:
    array = np.array(values, dtype=np.float64)
    array[array <= 0] = np.nan
    return array
