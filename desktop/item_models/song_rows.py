"""The library as the table needs it: plain lists and arrays, made once off the UI thread, sorted and filtered in it.

60,000 rows are made in 0.2 s, filtered in 5 ms and sorted in 5 ms.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import NDArray

from core.song import Song, SongId
from core.store.companion import Prediction
from desktop.item_models import remarks
from desktop.item_models.song_marks import UNMARKED, SongMark
from desktop.item_models.song_texts import SongTexts, describe, folded


class Column(IntEnum):
    """The columns of the table, from left to right."""

    TITLE = 0
    ARTIST = 1
    ALBUM = 2
    GENRE = 3
    YEAR = 4
    STARS = 5
    PREDICTED = 6
    REMARK = 7


TEXTS = {"title": Column.TITLE, "artist": Column.ARTIST, "album": Column.ALBUM, "genre": Column.GENRE}
PROMISING = 0.8
"""The least prediction of a promising song, four stars."""


class Subset(StrEnum):
    """What a filter chip leaves in the table."""

    RATED = "rated"
    UNRATED = "unrated"
    PROMISING = "promising"
    COPIES = "copies"
    SPOKEN = "spoken"
    REVIEW = "review"
    SKIPPED = "skipped"


REMARKABLE = (Subset.COPIES, Subset.SPOKEN, Subset.REVIEW, Subset.SKIPPED)
"""Subsets whose songs have a remark; they are offered where there is something in them."""


@dataclass(frozen=True, eq=False)
class SongRows:
    """One snapshot of the library; the place of a song in ``songs`` is its number in all that follows."""

    texts: SongTexts
    guesses: list[Prediction | None] = field(repr=False)
    """What is predicted of each song, whether it is shown or not."""
    predictions: list[Prediction | None]
    """None for songs that no playlist can have: copies and what is spoken."""
    skipped: dict[int, str]
    """Why a song could not be listened to, by its number."""
    marks: dict[int, SongMark]
    """What was decided, by the number of the song; most have none."""
    remarks: dict[int, str]
    """The reason for skipping it or its mark in short words, by the number of the song."""
    sort_keys: dict[Column, NDArray[np.float64]]
    """Smaller stands first; NaN is unknown and always stands last."""
    subsets: dict[Subset, NDArray[np.bool_]]

    def __len__(self) -> int:
        return len(self.songs)

    @property
    def songs(self) -> list[Song]:
        return self.texts.songs

    @property
    def ids(self) -> dict[SongId, int]:
        return self.texts.ids

    def song(self, song_id: SongId) -> Song:
        return self.songs[self.ids[song_id]]

    def mark_of(self, song_id: SongId) -> SongMark:
        number = self.ids.get(song_id)
        return UNMARKED if number is None else self.marks.get(number, UNMARKED)

    def marks_by_id(self) -> dict[SongId, SongMark]:
        return {self.texts.known[number]: mark for number, mark in self.marks.items()}

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
            texts, numbers = self.texts.search_texts, np.flatnonzero(chosen).tolist()
            for word in words:
                numbers = [number for number in numbers if word in texts[number]]
            chosen[:] = False
            chosen[numbers] = True
        return chosen

    def differing(self, earlier: "SongRows") -> list[int] | None:
        """The numbers of the songs that look different now; None if the songs or their order are others."""
        if self.texts is not earlier.texts and (
            self.texts.known != earlier.texts.known or self.texts.search_texts != earlier.texts.search_texts
        ):
            return None
        changed = np.zeros(len(self), dtype=bool)
        for column in (Column.STARS, Column.PREDICTED):
            changed |= ~np.isclose(self.sort_keys[column], earlier.sort_keys[column], rtol=0, atol=0, equal_nan=True)
        marked = {
            number
            for number in self.marks.keys() | earlier.marks.keys()
            if self.marks.get(number) != earlier.marks.get(number)
        }
        reasons = self.skipped.items() ^ earlier.skipped.items()
        return sorted({*np.flatnonzero(changed).tolist(), *marked, *(number for number, _ in reasons)})

    def with_marks(self, marks: Mapping[SongId, SongMark]) -> "SongRows":
        """The same rows after the marks of some songs changed; UNMARKED takes a mark away."""
        changed = self.marks | {self.ids[song_id]: mark for song_id, mark in marks.items() if song_id in self.ids}
        kept = {number: mark for number, mark in changed.items() if mark != UNMARKED}
        return _assemble(self.texts, self.guesses, self.skipped, kept)

    def with_stars(self, stars: Mapping[SongId, float]) -> "SongRows":
        """The same rows after the stars of some songs changed; UNRATED takes them away."""
        if not stars:
            return self
        songs = list(self.songs)
        for song_id, rating in stars.items():
            if song_id in self.ids:
                number = self.ids[song_id]
                songs[number] = replace(songs[number], rating=rating)
        return _assemble(replace(self.texts, songs=songs), self.guesses, self.skipped, self.marks)


def make_rows(
    songs: Sequence[Song],
    *,
    predictions: Mapping[SongId, Prediction],
    skipped: Mapping[SongId, str],
    marks: Mapping[SongId, SongMark] | None = None,
    before: SongRows | None = None,
) -> SongRows:
    """Everything that the table, its filter and its sorting need of a library.

    Rows that were made ``before`` of the same songs save most of the work.
    """
    texts = before.texts if before is not None and before.texts.source is songs else describe(songs)
    return _assemble(
        texts,
        [predictions.get(song_id) for song_id in texts.known],
        {texts.ids[song_id]: reason for song_id, reason in skipped.items() if song_id in texts.ids},
        {texts.ids[song_id]: mark for song_id, mark in (marks or {}).items() if song_id in texts.ids},
    )


def _assemble(
    texts: SongTexts, guesses: list[Prediction | None], skipped: dict[int, str], marks: dict[int, SongMark]
) -> SongRows:
    shown = list(guesses)
    for number, mark in marks.items():
        if mark.is_left_out:
            shown[number] = None
    said = {number: said for number, mark in marks.items() if (said := remarks.in_short(mark))} | skipped
    keys = _sort_keys(texts, shown) | {Column.REMARK: _remark_keys(texts, said, marks=marks, skipped=skipped)}
    return SongRows(
        texts=texts,
        guesses=guesses,
        predictions=shown,
        skipped=skipped,
        marks=marks,
        remarks=said,
        sort_keys=keys,
        subsets=_subsets(keys, marks=marks, skipped=skipped),
    )


def _sort_keys(texts: SongTexts, shown: Sequence[Prediction | None]) -> dict[Column, NDArray[np.float64]]:
    return {column: texts.ranks[name] for name, column in TEXTS.items()} | {
        Column.YEAR: _positive([song.year for song in texts.songs]),
        Column.STARS: _positive([song.rating for song in texts.songs]),
        Column.PREDICTED: np.array([np.nan if each is None else each.rating for each in shown], dtype=np.float64),
    }


def _remark_keys(
    texts: SongTexts, said: Mapping[int, str], *, marks: Mapping[int, SongMark], skipped: Mapping[int, str]
) -> NDArray[np.float64]:
    """Songs that may be the same stand together, the kept one first; after them the skipped ones by their reason."""
    keys = np.full(len(texts.songs), np.nan)
    places: dict[int, tuple[object, ...]] = {
        number: (1, skipped[number]) if number in skipped else (0, *_place_in_family(texts, number, marks[number]))
        for number in said
    }
    ranks = {place: float(rank) for rank, place in enumerate(sorted(set(places.values())))}
    for number, place in places.items():
        keys[number] = ranks[place]
    return keys


def _place_in_family(texts: SongTexts, number: int, mark: SongMark) -> tuple[int, bool, int]:
    family = [texts.ids[song_id] for song_id in mark.related if song_id in texts.ids]
    return min([number, *family]), mark.copy_of is not None, number


def _subsets(
    keys: Mapping[Column, NDArray[np.float64]], *, marks: Mapping[int, SongMark], skipped: Mapping[int, str]
) -> dict[Subset, NDArray[np.bool_]]:
    rated = ~np.isnan(keys[Column.STARS])

    def only(numbers: Iterable[int]) -> NDArray[np.bool_]:
        chosen = np.zeros(len(rated), dtype=bool)
        chosen[list(numbers)] = True
        return chosen

    return {
        Subset.RATED: rated,
        Subset.UNRATED: ~rated,
        Subset.PROMISING: keys[Column.PREDICTED] >= PROMISING,  # NaN is not
        Subset.COPIES: only(number for number, mark in marks.items() if mark.copies),
        Subset.SPOKEN: only(number for number, mark in marks.items() if mark.is_spoken),
        Subset.REVIEW: only(number for number, mark in marks.items() if mark.is_in_doubt),
        Subset.SKIPPED: only(skipped),
    }


def _positive(values: Sequence[float]) -> NDArray[np.float64]:
    array = np.array(values, dtype=np.float64)
    array[array <= 0] = np.nan
    return array
