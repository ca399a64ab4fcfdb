"""Whole albums, ranked by what their songs are given: on average, how evenly, and of how many of them it is known."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from core.recommend.filters import Filters
from core.recommend.stock import Mask, Stock, Values
from core.recommend.suggestion import Suggestion
from core.song import Song, SongId

LEAST_SONGS = 3
"""What has fewer is a single."""
FITTING = 0.5
"""The share of an album's songs that must have the genre and the year that is asked for."""
PRIOR_SONGS = 2
"""How many songs of the average liking each album is thought to have beside its own."""
TRIMMED = 0.1
"""The share of songs left out at each end of the mean: an intro or an interview does not speak for an album."""
SHARED_ERROR = 0.5
"""The part of a prediction's variance that all songs of an album share: more of them do not average it out."""
INTERVAL = 2 * 1.645
"""Deviations that the interval of a prediction is wide: it holds 90 of 100 cases."""
COMPILED = 0.5
"""What has more artists to a song than that, in one folder, is a compilation."""
VARIOUS_ARTISTS = "Various artists"


class AlbumKey(NamedTuple):
    """What the songs of an album have in common; compilations have a folder in place of an artist."""

    group: str
    name: str
    is_compilation: bool = False


@dataclass(frozen=True, slots=True)
class AlbumSuggestion:
    """An album; ratings are 0 to 1, the owner's own or the predicted ones."""

    artist: str
    album: str
    songs: tuple[Suggestion, ...]
    """Those that can be played, in the order of the album; their score is the liking, 0 if nothing is known."""
    size: int
    """How many songs of the album the library has."""
    known: int
    """How many of ``songs`` have stars or a prediction."""
    average: float
    """The plain mean of the known songs."""
    rating: float
    """A robust mean of the known songs, pulled to the average of all songs: the more, the fewer are known."""
    low: float
    high: float
    """The least and the most liked of the known songs."""
    spread: float
    """The standard deviation of the known songs."""
    score: float
    """What albums are ranked by: the rating, with average songs for those that nothing is known of, less its error."""

    @property
    def coverage(self) -> float:
        """The share of the album's songs of which something is known, 0 to 1."""
        return self.known / self.size

    @property
    def why(self) -> str:
        stars = f"{_stars(self.average)} stars on average, from {_stars(self.low)} to {_stars(self.high)}"
        rated = sum(each.song.is_rated for each in self.songs)
        if rated == 0:
            return f"{self.known} of {self.size} songs predicted: {stars}."
        if rated == self.known:
            return f"{self.known} of {self.size} songs rated: {stars}."
        return f"{self.known} of {self.size} songs rated or predicted ({rated} rated): {stars}."


@dataclass(frozen=True, slots=True)
class AlbumRanking:
    """The best albums first, and what the owner should know about the choice (empty: nothing)."""

    albums: tuple[AlbumSuggestion, ...]
    notice: str = ""

    @property
    def songs(self) -> tuple[Suggestion, ...]:
        """Of all albums, one album after the other."""
        return tuple(song for album in self.albums for song in album.songs)


def rank_albums(
    stock: Stock,
    *,
    library: Iterable[Song],
    wanted: int,
    filters: Filters = Filters(),  # noqa: B008 - frozen, and empty
    least_songs: int = LEAST_SONGS,
) -> AlbumRanking:
    """The ``wanted`` albums that are most surely liked, of which at least ``least_songs`` have stars or a prediction.

    ``library`` holds all songs that the owner could play, those that were not listened to among them: it tells how much
    of an album is known. Albums of which every song has stars are left out. The filters hold for albums: genre, years
    and that songs are unrated for at least half of their songs, the least rating for the album's own, and
    ``max_per_artist`` limits the albums of an artist. Songs and artists that are not wanted are in no album.
    """
    keys = album_keys(library)
    sizes = Counter(keys.values())
    listed = Filters(without_groups=filters.without_groups, without_songs=filters.without_songs).allowed(stock)
    fitting = replace(filters, min_rating=None, unrated=False).allowed(stock)
    least_unrated = FITTING if filters.unrated else 0.0
    found = []
    for key, rows in _members(stock, keys, listed=listed).items():
        unrated = float((~stock.is_rated[rows]).mean())
        if fitting[rows].mean() >= FITTING and unrated >= least_unrated and unrated > 0:
            album = _album(stock, rows, key=key, size=sizes[key])
            if album.known >= max(least_songs, 1) and album.rating >= (filters.min_rating or 0.0):
                found.append((key, album))
    found.sort(key=lambda pair: (-pair[1].score, pair[0]))
    chosen = _limited(found, wanted=wanted, most=filters.max_per_artist)
    return AlbumRanking(tuple(chosen), _notice(len(chosen), wanted=wanted, least=least_songs))


def album_keys(songs: Iterable[Song]) -> dict[SongId, AlbumKey]:
    """The album of each song that has one; songs of one folder and album by many artists are one compilation."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    places: dict[SongId, tuple[str, str, str]] = {}
    for song in songs:
        if song.album:
            folder, name, group = _folder(song), song.album.casefold(), song.group
            groups[folder, name].append(group)
            places[song.song_id] = folder, name, group
    compiled = {place for place, of in groups.items() if len(of) >= LEAST_SONGS and len(set(of)) > COMPILED * len(of)}
    return {
        song_id: AlbumKey(folder, name, is_compilation=True) if (folder, name) in compiled else AlbumKey(group, name)
        for song_id, (folder, name, group) in places.items()
    }


def _members(stock: Stock, keys: dict[SongId, AlbumKey], *, listed: Mask) -> dict[AlbumKey, list[int]]:
    """The rows of each album's songs that may be listed, in the order of the album."""
    members: dict[AlbumKey, list[int]] = defaultdict(list)
    for row in map(int, np.flatnonzero(listed)):
        key = keys.get(stock.songs[row].song_id)
        if key is not None:
            members[key].append(row)
    return {key: _in_order(stock, rows) for key, rows in members.items()}


def _in_order(stock: Stock, rows: Sequence[int]) -> list[int]:
    """Folder by folder, for discs have one each; by the names of the files where two discs share a folder."""
    tracks = Counter((_folder(stock.songs[row]), stock.songs[row].track) for row in rows)
    mixed = {folder for (folder, track), count in tracks.items() if count > 1 or track <= 0}

    def place(row: int) -> tuple[str, int, str, float]:
        song = stock.songs[row]
        folder = _folder(song)
        return folder, 0 if folder in mixed else song.track, song.filename, song.beginning

    return sorted(rows, key=place)


def _folder(song: Song) -> str:
    return song.filename.rpartition("/")[0]


def _album(stock: Stock, rows: Sequence[int], *, key: AlbumKey, size: int) -> AlbumSuggestion:
    liking = stock.liking[rows]
    heard = liking[np.isfinite(liking)]
    mean_of_all = float(np.nanmean(stock.liking)) if len(heard) else 0.0
    rating = (_trimmed_mean(heard) * len(heard) + mean_of_all * PRIOR_SONGS) / (len(heard) + PRIOR_SONGS)
    coverage = len(heard) / size
    score = coverage * rating + (1 - coverage) * mean_of_all - _error(stock, rows)
    first = stock.songs[rows[0]]
    return AlbumSuggestion(
        artist=VARIOUS_ARTISTS if key.is_compilation else first.albumartist or first.artist,
        album=first.album,
        songs=tuple(stock.suggestion(row, score=value) for row, value in zip(rows, np.nan_to_num(liking), strict=True)),
        size=size,
        known=len(heard),
        average=float(heard.mean()) if len(heard) else 0.0,
        rating=rating,
        low=float(heard.min(initial=1.0)),
        high=float(heard.max(initial=0.0)),
        spread=float(heard.std()) if len(heard) else 0.0,
        score=score,
    )


def _trimmed_mean(values: Values) -> float:
    """The mean without a tenth of the songs at each end, of which one may be left out in part."""
    count = len(values)
    if count == 0:
        return 0.0
    cut, places = TRIMMED * count, np.arange(count)
    weights = np.clip(np.minimum(places + 1, count - cut) - np.maximum(places, cut), 0, 1)
    return float(np.average(np.sort(values), weights=weights))


def _error(stock: Stock, rows: Sequence[int]) -> float:
    """The standard error of an album's mean, by how its songs differ and by how sure their predictions are."""
    known = [row for row in rows if np.isfinite(stock.liking[row])]
    if not known:
        return 0.0
    widths = [0.0 if stock.is_rated[row] else _width(stock, row) for row in known]
    variance = float(np.mean(np.square(widths))) / INTERVAL**2
    own = float(stock.liking[known].var()) + (1 - SHARED_ERROR) * variance
    return float(np.sqrt(own / len(known) + SHARED_ERROR * variance))


def _width(stock: Stock, row: int) -> float:
    prediction = stock.predictions[row]
    return 0.0 if prediction is None else prediction.high - prediction.low


def _limited(
    albums: Iterable[tuple[AlbumKey, AlbumSuggestion]], *, wanted: int, most: int | None
) -> list[AlbumSuggestion]:
    taken: Counter[str] = Counter()
    chosen: list[AlbumSuggestion] = []
    for key, album in albums:
        if len(chosen) < wanted and (most is None or taken[key.group] < most):
            taken[key.group] += 1
            chosen.append(album)
    return chosen


def _notice(chosen: int, *, wanted: int, least: int) -> str:
    if chosen >= wanted:
        return ""
    if chosen == 0:
        return f"There is no album with stars or predictions for {least} of its songs that fits: loosen the filters."
    return f"Only {chosen} of {wanted} albums: no more fit that have stars or predictions for {least} of their songs."


def _stars(rating: float) -> str:
    return f"{5 * rating:.1f}"
