"""What the table needs of the songs themselves: their order, texts for the search, ranks of texts, genres and decades.

This is the long part of making rows (0.2 s for 60,000), and it stays when only predictions or verdicts change.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.song import Song, SongId

COMBINING = re.compile("[\u0300-\u036f]")
"""The accents, after they were taken apart from their letters."""
NUMBER = re.compile("[0-9]+")
DIGITS = 12
"""To which numbers are filled with zeros for the order; longer ones are hardly numbers."""
SEPARATOR = "\x1f"
SEARCHED = ("title", "artist", "album", "albumartist", "genre")
"""And the year."""
RANKED = ("title", "artist", "album", "genre")
YEARS_OF_A_DECADE = 10
SORTED_AT_ONCE = 8_000
"""Texts: Python sorts in one breath, and 60,000 would keep the window from drawing for 25 ms, under load for 100."""


@dataclass(frozen=True, eq=False)
class Kinds:
    """Songs by their genre or their decade; a name that no song has is none."""

    names: list[str]
    """As they were met first; an empty one is that of the songs without."""
    counts: list[int]
    places: NDArray[np.intp] = field(repr=False)
    """(songs,), the place of each song's kind in ``names``."""

    def among(self, names: Iterable[str]) -> NDArray[np.bool_]:
        """Which songs (songs,) are of one of the named kinds."""
        wanted = set(names)
        is_wanted = np.array([name in wanted for name in self.names], dtype=bool)
        return is_wanted[self.places] if len(self.names) else np.zeros(len(self.places), dtype=bool)


@dataclass(frozen=True, eq=False)
class SongTexts:
    """One snapshot of the library; the place of a song in ``songs`` is its number in all that follows."""

    source: Sequence[Song] = field(repr=False)
    """The list that this was made of, to know it again."""
    songs: list[Song]
    """By artist, album, track and title: the order among equals, whatever the table is sorted by."""
    known: list[SongId]
    ids: dict[SongId, int] = field(repr=False)
    search_texts: list[str] = field(repr=False)
    ranks: dict[str, NDArray[np.float64]] = field(repr=False)
    """For each of RANKED, the place of each song's text among all different ones; NaN for an empty one."""
    years: NDArray[np.float64] = field(repr=False)
    """NaN where it is not known."""
    plays: NDArray[np.float64] = field(repr=False)
    came: NDArray[np.float64] = field(repr=False)
    """When each file came to its place, in Unix seconds; -1 where it is not known."""
    genres: Kinds = field(repr=False)
    decades: Kinds = field(repr=False)
    """Named by their first year."""


def describe(songs: Sequence[Song]) -> SongTexts:
    """All is taken from the songs in the order in which they lie in memory, and put in order afterwards."""
    texts = {name: folded_all(list(map(attrgetter(name), songs))) for name in SEARCHED}
    texts["year"] = [str(song.year) if song.year > 0 else "" for song in songs]  # unknown is -1 to the player
    ranks = {name: ranks_of(texts[name]) for name in RANKED}
    tracks = np.array([song.track for song in songs])
    order = np.lexsort((ranks["title"], tracks, ranks["album"], ranks["artist"]))
    numbers = order.tolist()
    ordered = [songs[number] for number in numbers]
    known = [song.song_id for song in songs]
    search_texts = list(map("\n".join, zip(*texts.values(), strict=True)))
    return SongTexts(
        source=songs,
        songs=ordered,
        known=[known[number] for number in numbers],
        ids=dict(zip(known, np.argsort(order).tolist(), strict=True)),
        search_texts=_side_by_side([search_texts[number] for number in numbers]),
        ranks={name: values[order] for name, values in ranks.items()},
        **_facts(ordered),
    )


def _facts(songs: list[Song]) -> dict[str, Any]:
    years = [song.year for song in songs]
    decades = {year: str(year - year % YEARS_OF_A_DECADE) if year > 0 else "" for year in set(years)}
    known_years = np.array(years, dtype=np.float64)
    known_years[known_years <= 0] = np.nan
    return {
        "years": known_years,
        "plays": np.array([song.playcount for song in songs], dtype=np.float64),
        "came": np.array([song.ctime for song in songs], dtype=np.float64),
        "genres": kinds_of([song.genre.strip() for song in songs]),
        "decades": kinds_of([decades[year] for year in years]),
    }


def kinds_of(labels: Sequence[str]) -> Kinds:
    """Songs by their labels; spellings that differ in case or accents are one kind, named as it was met first."""
    first_met: dict[str, str] = {}
    place_of: dict[str, int] = {}
    for label in dict.fromkeys(labels):
        key = folded(label)
        first_met.setdefault(key, label)
        place_of[label] = len(first_met) - 1 if first_met[key] is label else place_of[first_met[key]]
    places = np.fromiter(map(place_of.__getitem__, labels), dtype=np.intp, count=len(labels))
    counts = np.bincount(places, minlength=len(first_met)) if len(labels) else np.zeros(0, dtype=np.intp)
    return Kinds(list(first_met.values()), counts.tolist(), places)


def folded(text: str) -> str:
    """Text as it is searched and sorted: without case and accents, so that bjork finds Björk."""
    if text.isascii():
        return text.lower()
    return COMBINING.sub("", unicodedata.normalize("NFKD", text.casefold()))


def folded_all(texts: list[str]) -> list[str]:
    """Many texts folded as one long one, which takes a fifth of the time."""
    together = folded(SEPARATOR.join(texts)).split(SEPARATOR)
    return together if len(together) == len(texts) else list(map(folded, texts))


def ranks_of(texts: Sequence[str]) -> NDArray[np.float64]:
    """The place of each text among all different ones, numbers by their size; NaN for an empty one."""
    different = list(dict.fromkeys(texts))  # in this order they lie in memory, and are read twice as fast as in a set's
    places = dict(zip(different, _places(naturally(different)), strict=True))
    places[""] = np.nan
    return np.fromiter(map(places.__getitem__, texts), dtype=np.float64, count=len(texts))


def _places(keys: list[str]) -> list[float]:
    """The place of each of different texts by its key; equal keys share theirs."""
    order = _order_of(keys)
    sorted_keys = [keys[number] for number in order]
    is_another = np.fromiter(map(str.__ne__, sorted_keys[1:], sorted_keys), dtype=bool)
    places = np.zeros(len(keys))
    places[order[1:]] = np.cumsum(is_another)
    return places.tolist()


def naturally(texts: list[str]) -> list[str]:
    """What texts are sorted by, so that 2 stands before 10; made of one long text, as in ``folded_all``."""
    together = NUMBER.sub(_filled, SEPARATOR.join(texts)).split(SEPARATOR)
    return together if len(together) == len(texts) else [NUMBER.sub(_filled, text) for text in texts]


def _filled(number: re.Match[str]) -> str:
    return number[0].zfill(DIGITS)


def _order_of(keys: list[str]) -> list[int]:
    """Their numbers, sorted in parts, which are then merged: the window can draw between two of them."""
    key_of, numbers = keys.__getitem__, range(len(keys))
    parts = [sorted(numbers[begin : begin + SORTED_AT_ONCE], key=key_of) for begin in numbers[::SORTED_AT_ONCE]]
    return sorted(chain.from_iterable(parts), key=key_of)


def _side_by_side(texts: list[str]) -> list[str]:
    """The same texts, one after the other in memory, where searching them in their order is four times as fast."""
    together = SEPARATOR.join(texts).split(SEPARATOR)
    return together if len(together) == len(texts) else texts
