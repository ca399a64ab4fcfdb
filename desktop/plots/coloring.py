"""What the colors of the map say: a code for each song, and the names or numbers of the legend."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from core.analysis.speech_class import SpeechClass
from desktop import wording
from desktop.item_models.song_rows import Column, SongRows
from desktop.plots.color_book import REACH, ColorBook
from desktop.plots.map_songs import MapSongs
from desktop.style.scales import MOST_CATEGORIES, OTHER, RAMP_STEPS, UNKNOWN

translate = QCoreApplication.translate

DECADE = 10
DAY = 86_400
Values = NDArray[np.float64]
Codes = NDArray[np.uint8]


class ColorBy(StrEnum):
    """The value is what settings keep."""

    GENRE = "genre"
    ARTIST = "artist"
    ALBUM = "album"
    PERIOD = "period"
    OWN = "own rating"
    PREDICTED = "predicted rating"
    UNCERTAINTY = "uncertainty"
    CLUSTER = "cluster"
    NEWNESS = "newness"
    SPEECH = "speech"


class SizeBy(StrEnum):
    UNIFORM = "uniform"
    PLAYS = "plays"


@dataclass(frozen=True, slots=True)
class Category:
    """One line of the legend."""

    code: int
    name: str
    count: int


@dataclass(frozen=True, eq=False)
class Coloring:
    """Codes (points,) as ``scales`` has them; a ramp has ticks, at shares 0 to 1 of its length."""

    codes: Codes
    categories: list[Category]
    """Those with a color of their own, the commonest first; then the others, and where nothing is known."""
    ticks: list[tuple[float, str]]

    @property
    def is_ramp(self) -> bool:
        return bool(self.ticks)


def color(
    songs: MapSongs, by: ColorBy, *, cluster_names: Sequence[str] = (), book: ColorBook | None = None
) -> Coloring:
    """The coloring of all songs; ``book`` remembers which name has which color, a cluster without name is numbered."""
    texts = {ColorBy.GENRE: Column.GENRE, ColorBy.ARTIST: Column.ARTIST, ColorBy.ALBUM: Column.ALBUM}
    if by in texts:
        return _by_text(songs, by, songs.rows.sort_keys[texts[by]][songs.numbers], book or ColorBook())
    if by is ColorBy.PERIOD:
        return _by_period(songs.rows.sort_keys[Column.YEAR][songs.numbers])
    if by is ColorBy.SPEECH:
        return _by_speech(songs)
    if by is ColorBy.CLUSTER:
        return _by_cluster(songs, cluster_names)
    return _RAMPS[by](songs)


def sizes(songs: MapSongs, by: SizeBy) -> NDArray[np.uint8]:
    """(points,): an index of the five sizes; by plays, each step is three times as many, and 1 play is the second."""
    if by is SizeBy.UNIFORM:
        return np.full(len(songs), 2, dtype=np.uint8)
    every = np.array([song.playcount for song in songs.rows.songs], dtype=np.float64)
    plays = np.maximum(every[songs.numbers], 0)
    steps = np.where(plays > 0, 1 + np.floor(np.log(np.maximum(plays, 1)) / np.log(3)), 0)
    return np.clip(steps, 0, 4).astype(np.uint8)


# ---------------------------------------------------------------------------------------------------- categories


def _by_text(songs: MapSongs, by: ColorBy, ranks: Values, book: ColorBook) -> Coloring:
    """``ranks`` is one number for each different text, NaN for none."""
    name: dict[ColorBy, Callable[[int], str]] = {
        ColorBy.GENRE: lambda place: songs.song(place).genre,
        ColorBy.ARTIST: lambda place: songs.song(place).artist,
        ColorBy.ALBUM: lambda place: songs.song(place).album,
    }
    return _commonest(ranks, name=name[by], codes=lambda names: book.codes(by.value, names))


def _commonest(keys: Values, *, name: Callable[[int], str], codes: Callable[[list[str]], list[int]]) -> Coloring:
    """The commonest keys have a color each; ``name`` of the first point that has a key, ``codes`` of names."""
    different, first, groups, counts = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    known = ~np.isnan(different)
    order = np.argsort(-np.where(known, counts, -1), kind="stable")[:REACH]
    order = order[known[order]]
    names = [name(int(first[key])) for key in order]
    code_of = np.where(known, OTHER, UNKNOWN).astype(np.uint8)
    lines = []
    for key, text, code in zip(order.tolist(), names, codes(names), strict=True):
        if code >= 0:
            code_of[key] = code
            lines.append(Category(code, text, int(counts[key])))
    return _with_rest(code_of[groups], lines)


def _with_rest(codes: Codes, lines: list[Category]) -> Coloring:
    """Worded so that a genre that is called “Other” or “Unknown” is another line."""
    counts = np.bincount(codes, minlength=256)
    rest = ((OTHER, translate("Coloring", "All others")), (UNKNOWN, translate("Coloring", "Not known")))
    return Coloring(
        codes, [*lines, *(Category(code, text, int(counts[code])) for code, text in rest if counts[code])], []
    )


def _by_period(years: Values) -> Coloring:
    """Ten decades at most, the newest with a color each; the legend is in the order of time."""
    decades = np.floor(years / DECADE) * DECADE
    present = np.unique(decades[~np.isnan(decades)])[-MOST_CATEGORIES:]
    codes = np.where(np.isnan(decades), UNKNOWN, OTHER).astype(np.uint8)
    lines = []
    for code, decade in enumerate(present):
        here = decades == decade
        codes[here] = code
        lines.append(Category(code, translate("Coloring", "{decade}s").format(decade=int(decade)), int(here.sum())))
    return _with_rest(codes, lines)


def _by_speech(songs: MapSongs) -> Coloring:
    every = np.zeros(len(songs.rows), dtype=np.uint8)
    order = (SpeechClass.MUSIC, SpeechClass.DOUBTFUL, SpeechClass.SPOKEN)
    for number, mark in songs.rows.marks.items():
        every[number] = order.index(mark.speech or SpeechClass.MUSIC)
    codes = every[songs.numbers]
    counts = np.bincount(codes, minlength=3)
    names = (translate("Coloring", "Music"), translate("Coloring", "Doubtful"), translate("Coloring", "Spoken"))
    return Coloring(codes, [Category(code, text, int(counts[code])) for code, text in enumerate(names)], [])


def _by_cluster(songs: MapSongs, names: Sequence[str]) -> Coloring:
    """Each cluster keeps the color of its number, so that a map that is drawn anew looks like the one before."""
    numbers = songs.clusters if len(songs.clusters) == len(songs) else np.full(len(songs), -1)
    codes = np.where(numbers < 0, UNKNOWN, np.where(numbers < MOST_CATEGORIES, numbers, OTHER)).astype(np.uint8)
    counts = np.bincount(codes, minlength=256)
    called = [name or translate("Coloring", "Group {number}").format(number=n) for n, name in enumerate(names, 1)]
    lines = [Category(code, name, int(counts[code])) for code, name in enumerate(called[:MOST_CATEGORIES])]
    return _with_rest(codes, [line for line in lines if line.count])


# ---------------------------------------------------------------------------------------------------- ramps


def _ramp(values: Values, low: float, high: float, ticks: Sequence[tuple[float, str]], *, missing: str) -> Coloring:
    """``ticks`` are values and their texts; ``missing`` is what songs without a value are called."""
    span = max(high - low, 1e-9)
    steps = np.clip((values - low) / span, 0, 1) * (RAMP_STEPS - 1)
    codes = np.where(np.isnan(values), UNKNOWN, np.round(np.nan_to_num(steps))).astype(np.uint8)
    count = int(np.isnan(values).sum())
    lines = [Category(UNKNOWN, missing, count)] if count else []
    return Coloring(codes, lines, [((value - low) / span, text) for value, text in ticks])


def _own(songs: MapSongs) -> Coloring:
    values = songs.rows.sort_keys[Column.STARS][songs.numbers]
    return _by_stars(values, 1.0, float(wording.STARS), missing=translate("Coloring", "Not rated"))


def _predicted(songs: MapSongs) -> Coloring:
    """From the least prediction to the most: they lie nearer together than stars that were given."""
    values = songs.rows.sort_keys[Column.PREDICTED][songs.numbers]
    known = values[~np.isnan(values)] * wording.STARS
    low, high = (np.floor(known.min() * 2) / 2, np.ceil(known.max() * 2) / 2) if len(known) else (1.0, 5.0)
    return _by_stars(values, float(low), float(max(high, low + 1)), missing=translate("Coloring", "Not yet"))


def _by_stars(values: Values, low: float, high: float, *, missing: str) -> Coloring:
    ticks = [low, *(star for star in range(1, wording.STARS + 1) if low < star < high), high]
    texts = [(star, wording.stars(star / wording.STARS)) for star in ticks]
    return _ramp(values * wording.STARS, low, high, texts, missing=missing)


def _uncertainty(songs: MapSongs) -> Coloring:
    """Half the width of the interval, in stars."""
    half = np.round(uncertainties(songs.rows)[songs.numbers] * wording.STARS, 6)
    known = half[~np.isnan(half)]
    low, high = (np.floor(known.min() * 4) / 4, np.ceil(known.max() * 4) / 4) if len(known) else (0.0, 2.0)
    high = max(high, low + 0.5)
    ticks = [(value, f"±{wording.decimal_stars(value / wording.STARS)}") for value in np.linspace(low, high, 3)]
    return _ramp(half, low, high, ticks, missing=translate("Coloring", "Not yet"))


def uncertainties(rows: SongRows) -> Values:
    """Half of each interval, 0 to 0.5; NaN where nothing is predicted."""
    widths = [np.nan if each is None else (each.high - each.low) / 2 for each in rows.predictions]
    return np.array(widths, dtype=np.float64)


def _newness(songs: MapSongs) -> Coloring:
    """By the age of the file, on a scale on which a day, a month and ten years have their places."""
    came = np.array([max(song.ctime, song.mtime) for song in songs.rows.songs], dtype=np.float64)[songs.numbers]
    days = np.where(came > 0, np.maximum((time.time() - came) / DAY, 1.0), np.nan)
    ages = (
        (3650.0, translate("Coloring", "10 years")),
        (365.0, translate("Coloring", "1 year")),
        (30.0, translate("Coloring", "1 month")),
        (1.0, translate("Coloring", "today")),
    )
    ticks = [(-np.log(age), text) for age, text in ages]
    return _ramp(-np.log(days), -np.log(3650.0), 0.0, ticks, missing=translate("Coloring", "Not known"))


_RAMPS: dict[ColorBy, Callable[[MapSongs], Coloring]] = {
    ColorBy.OWN: _own,
    ColorBy.PREDICTED: _predicted,
    ColorBy.UNCERTAINTY: _uncertainty,
    ColorBy.NEWNESS: _newness,
}
