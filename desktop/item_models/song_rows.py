"""The library as the table needs it: plain lists and arrays, made once off the UI thread, sorted and filtered in it.

60,000 rows are made in 0.2 s, filtered in 5 ms and sorted in 5 ms.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from core.song import Song, SongId
from core.store.companion import Prediction

COMBINING = re.compile("[\u0300-\u036f]")
"""The accents, after they were taken apart from their letters."""
SEPARATOR = "\x1f"


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
    """Everything that the table, its filter and its sorting need of a library.

    All is taken from the songs in the order in which they lie in memory, and put in order afterwards.
    """
    texts = {name: folded_all([str(value) for value in map(attrgetter(name), songs)]) for name in SEARCHED}
    ranks = {name: _ranks(texts[name]) for name in SORTED}
    tracks = np.array([song.track for song in songs])
    order = np.lexsort((ranks["title"], tracks, ranks["album"], ranks["artist"]))
    known = [song.song_id for song in songs]
    predicted = list(map(predictions.get, known))
    reasons = [skipped.get(song_id, "") for song_id in known] if skipped else [""] * len(known)
    keys = {column: ranks[name] for name, column in SORTED.items()} | _number_keys(songs, predicted, reasons)
    keys = {column: values[order] for column, values in keys.items()}
    search_texts = list(map("\n".join, zip(*texts.values(), strict=True)))
    numbers, places = order.tolist(), np.argsort(order).tolist()
    return SongRows(
        songs=[songs[number] for number in numbers],
        predictions=[predicted[number] for number in numbers],
        skipped={places[number]: reason for number, reason in enumerate(reasons) if reason},
        search_texts=_side_by_side([search_texts[number] for number in numbers]),
        sort_keys=keys,
        subsets=_subsets(keys),
        ids=dict(zip(known, places, strict=True)),
    )


def folded(text: str) -> str:
    """Text as it is searched and sorted: without case and accents, so that bjork finds Björk."""
    if text.isascii():
        return text.lower()
    return COMBINING.sub("", unicodedata.normalize("NFKD", text.casefold()))


def folded_all(texts: list[str]) -> list[str]:
    """Many texts folded as one long one, which takes a fifth of the time."""
    together = folded(SEPARATOR.join(texts)).split(SEPARATOR)
    return together if len(together) == len(texts) else list(map(folded, texts))


def _side_by_side(texts: list[str]) -> list[str]:
    """The same texts, one after the other in memory, where searching them in their order is four times as fast."""
    together = SEPARATOR.join(texts).split(SEPARATOR)
    return together if len(together) == len(texts) else texts


def _ranks(texts: Sequence[str]) -> NDArray[np.float64]:
    """The place of each text among all different ones; NaN for an empty one."""
    different = sorted(set(texts))
    place: dict[str, float] = {text: float(number) for number, text in enumerate(different)}
    place[""] = np.nan
    return np.fromiter(map(place.__getitem__, texts), dtype=np.float64, count=len(texts))


def _number_keys(
    songs: Sequence[Song], predicted: Sequence[Prediction | None], reasons: Sequence[str]
) -> dict[Column, NDArray[np.float64]]:
    ratings = [np.nan if each is None else each.rating for each in predicted]
    return {
        Column.YEAR: _positive([song.year for song in songs]),
        Column.STARS: _positive([song.rating for song in songs]),
        Column.PREDICTED: np.array(ratings, dtype=np.float64),
        Column.SKIPPED: _ranks(reasons),
    }


def _subsets(keys: Mapping[Column, NDArray[np.float64]]) -> dict[Subset, NDArray[np.bool_]]:
    rated = ~np.isnan(keys[Column.STARS])
    return {
        Subset.RATED: rated,
        Subset.UNRATED: ~rated,
        Subset.PROMISING: keys[Column.PREDICTED] >= PROMISING,  # NaN is not
        Subset.SKIPPED: ~np.isnan(keys[Column.SKIPPED]),
    }


def _positive(values: Sequence[float]) -> NDArray[np.float64]:
    array = np.array(values, dtype=np.float64)
    array[array <= 0] = np.nan
    return array
