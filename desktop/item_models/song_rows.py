"""The library as the table needs it: plain lists and arrays, made once off the UI thread, sorted and filtered in it.

60,000 rows are made in 0.2 s, filtered in 5 ms and sorted in 5 ms.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import NDArray

from core.song import Song, SongId
from core.store.companion import Prediction
from desktop.item_models import remarks
from desktop.item_models.song_marks import UNMARKED, SongMark
from desktop.item_models.song_texts import SongTexts, describe, folded, folded_all
from desktop.item_models.star_origins import CountingStars, StarsOrigin


class Column(IntEnum):
    """The columns of the table, from left to right."""

    TITLE = 0
    ARTIST = 1
    ALBUM = 2
    YEAR = 3
    GENRE = 4
    STARS = 5
    PREDICTED = 6
    PLAYS = 7
    REMARK = 8


AS_THE_PLAYER_HAS_THEM = CountingStars({}, {})
TEXTS = {"title": Column.TITLE, "artist": Column.ARTIST, "album": Column.ALBUM, "genre": Column.GENRE}
PROMISING = 0.8
"""The least prediction of a promising song, four stars."""
NEW = 7 * 24 * 3600
"""Seconds for which a song is new."""


class Subset(StrEnum):
    """What a filter chip leaves in the table."""

    RATED = "rated"
    UNRATED = "unrated"
    PROMISING = "promising"
    NEW = "new"
    """Whose file came to its place in the last seven days."""
    REVIEW = "review"
    COPIES = "copies"
    SPOKEN = "spoken"
    SKIPPED = "skipped"


REMARKABLE = (Subset.REVIEW, Subset.COPIES, Subset.SPOKEN, Subset.SKIPPED)
"""Subsets whose songs have a remark; they are offered where there is something in them."""


@dataclass(frozen=True, eq=False)
class SongRows:
    """One snapshot of the library; the place of a song in ``songs`` is its number in all that follows."""

    texts: SongTexts
    songs: list[Song] = field(repr=False)
    """In the order of the texts, with the stars that count."""
    guesses: list[Prediction | None] = field(repr=False)
    """What is predicted and stood for of each song, whether it is shown or not."""
    predictions: list[Prediction | None]
    """None for songs that no playlist can have: copies and what is spoken."""
    skipped: dict[int, str]
    """Why a song could not be listened to, by its number."""
    marks: dict[int, SongMark]
    """What was decided, by the number of the song; most have none."""
    origins: dict[int, StarsOrigin]
    """Where the stars come from that are not simply the player's, by the number of the song."""
    remarks: dict[int, str]
    """The reason for skipping it or its mark in short words, by the number of the song."""
    remarked_texts: dict[int, str] = field(repr=False)
    """What is searched of the songs that have a remark, by their number: their texts and the remark."""
    sort_keys: dict[Column, NDArray[np.float64]]
    """Smaller stands first; NaN is unknown and always stands last."""
    subsets: dict[Subset, NDArray[np.bool_]]

    def __len__(self) -> int:
        return len(self.songs)

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

    def matching(
        self, text: str, subsets: Iterable[Subset] = (), *, among: NDArray[np.bool_] | None = None
    ) -> NDArray[np.bool_]:
        """Which songs hold every word of ``text`` somewhere, and are in every subset, and ``among`` these (songs,)."""
        chosen = np.ones(len(self.songs), dtype=bool) if among is None else among.copy()
        for subset in subsets:
            chosen &= self.subsets[subset]
        words = folded(text).split()
        if words:
            texts, noted = self.texts.search_texts, self.remarked_texts
            remarked = [number for number in noted if chosen[number]]
            numbers = np.flatnonzero(chosen).tolist()
            for word in words:
                numbers = [number for number in numbers if word in texts[number]]
                remarked = [number for number in remarked if word in noted[number]]
            chosen[:] = False
            chosen[[*numbers, *remarked]] = True
        return chosen

    def differing(self, earlier: "SongRows") -> list[int] | None:
        """The numbers of the songs that look different now; None if the songs or their order are others."""
        if self.texts is not earlier.texts and (
            self.texts.known != earlier.texts.known or self.texts.search_texts != earlier.texts.search_texts
        ):
            return None
        changed = np.zeros(len(self), dtype=bool)
        for column in (Column.STARS, Column.PREDICTED, Column.PLAYS):
            changed |= ~np.isclose(self.sort_keys[column], earlier.sort_keys[column], rtol=0, atol=0, equal_nan=True)
        marked = {
            number
            for number in self.marks.keys() | earlier.marks.keys()
            if self.marks.get(number) != earlier.marks.get(number)
        }
        told = (self.skipped.items() ^ earlier.skipped.items()) | (self.origins.items() ^ earlier.origins.items())
        return sorted({*np.flatnonzero(changed).tolist(), *marked, *(number for number, _ in told)})

    def with_marks(self, marks: Mapping[SongId, SongMark]) -> "SongRows":
        """The same rows after the marks of some songs changed; UNMARKED takes a mark away."""
        changed = self.marks | {self.ids[song_id]: mark for song_id, mark in marks.items() if song_id in self.ids}
        kept = {number: mark for number, mark in changed.items() if mark != UNMARKED}
        return _assemble(self.texts, self.songs, self.guesses, self.skipped, kept, self.origins)

    def with_stars(self, counting: CountingStars) -> "SongRows":
        """The same rows after something was said about stars; ``counting`` is all that differs from the player's."""
        songs, origins = _with_stars(self.texts, counting)
        return _assemble(self.texts, songs, self.guesses, self.skipped, self.marks, origins)


def make_rows(
    songs: Sequence[Song],
    *,
    predictions: Mapping[SongId, Prediction],
    skipped: Mapping[SongId, str],
    marks: Mapping[SongId, SongMark] | None = None,
    counting: CountingStars = AS_THE_PLAYER_HAS_THEM,
    before: SongRows | None = None,
) -> SongRows:
    """Everything that the table, its filter and its sorting need of a library.

    Rows that were made ``before`` of the same songs save most of the work.
    """
    texts = before.texts if before is not None and before.texts.source is songs else describe(songs)
    with_stars, origins = _with_stars(texts, counting)
    return _assemble(
        texts,
        with_stars,
        [predictions.get(song_id) for song_id in texts.known],
        {texts.ids[song_id]: reason for song_id, reason in skipped.items() if song_id in texts.ids},
        {texts.ids[song_id]: mark for song_id, mark in (marks or {}).items() if song_id in texts.ids},
        origins,
    )


def _with_stars(texts: SongTexts, counting: CountingStars) -> tuple[list[Song], dict[int, StarsOrigin]]:
    songs = list(texts.songs)
    for song_id, rating in counting.stars.items():
        if song_id in texts.ids:
            number = texts.ids[song_id]
            songs[number] = replace(songs[number], rating=rating)
    origins = {texts.ids[song_id]: origin for song_id, origin in counting.origins.items() if song_id in texts.ids}
    return songs, origins


def _assemble(
    texts: SongTexts,
    songs: list[Song],
    guesses: list[Prediction | None],
    skipped: dict[int, str],
    marks: dict[int, SongMark],
    origins: dict[int, StarsOrigin],
) -> SongRows:
    shown = list(guesses)
    for number, mark in marks.items():
        if mark.is_left_out:
            shown[number] = None
    said = {number: said for number, mark in marks.items() if (said := remarks.in_short(mark))} | skipped
    keys = _sort_keys(texts, songs, shown) | {Column.REMARK: _remark_keys(texts, said, marks=marks, skipped=skipped)}
    return SongRows(
        texts=texts,
        songs=songs,
        guesses=guesses,
        predictions=shown,
        skipped=skipped,
        marks=marks,
        origins=origins,
        remarks=said,
        remarked_texts=_remarked_texts(texts, said),
        sort_keys=keys,
        subsets=_subsets(texts, keys, marks=marks, skipped=skipped),
    )


def _sort_keys(
    texts: SongTexts, songs: Sequence[Song], shown: Sequence[Prediction | None]
) -> dict[Column, NDArray[np.float64]]:
    return {column: texts.ranks[name] for name, column in TEXTS.items()} | {
        Column.YEAR: texts.years,
        Column.STARS: _positive([song.rating for song in songs]),
        Column.PREDICTED: np.array([np.nan if each is None else each.rating for each in shown], dtype=np.float64),
        Column.PLAYS: texts.plays,
    }


def _remarked_texts(texts: SongTexts, said: Mapping[int, str]) -> dict[int, str]:
    remarks_folded = folded_all(list(said.values()))
    return {
        number: f"{texts.search_texts[number]}\n{remark}" for number, remark in zip(said, remarks_folded, strict=True)
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
    texts: SongTexts,
    keys: Mapping[Column, NDArray[np.float64]],
    *,
    marks: Mapping[int, SongMark],
    skipped: Mapping[int, str],
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
        Subset.NEW: texts.came > time.time() - NEW,
        Subset.COPIES: only(number for number, mark in marks.items() if mark.copies),
        Subset.SPOKEN: only(number for number, mark in marks.items() if mark.is_spoken),
        Subset.REVIEW: only(number for number, mark in marks.items() if mark.is_in_doubt),
        Subset.SKIPPED: only(skipped),
    }


def _positive(values: Sequence[float]) -> NDArray[np.float64]:
    array = np.array(values, dtype=np.float64)
    array[array <= 0] = np.nan
    return array
