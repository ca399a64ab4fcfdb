"""The first days: what the owner likes by plays, playlists and the few stars there are, and lists made of that."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

import numpy as np

from core.library.playlists import PlayerPlaylist
from core.recommend.bootstrap import bootstrap
from core.recommend.filters import Filters
from core.recommend.remark import NONE_FITS, About, Remark, Remarks, Shortage
from core.recommend.space.medoids import medoids
from core.recommend.space.sound_space import Rows
from core.recommend.stock import Mask, Stock, Values
from core.recommend.suggestion import SongList, Suggestion
from core.song import Song, SongId

DOUBT = 5
"""Listenings whose worth the doubt counts for: few of them say little of how gladly a song is heard."""
INDIFFERENT = 0.5
"""Two and a half stars, from which liking begins."""
NEW_TAB = re.compile(r"\D+ \d{1,2}")
"""How a player names a tab that nobody named: “Playlist 1”, in whatever language."""
FAVORITE, NAMED, UNNAMED = 1.0, 0.6, 0.3
"""What it says of a song to be in a playlist: one that was starred, given a name, or neither."""
MOODS = 8
SONGS_OF_A_MOOD = 3
MOST_LIKED = 1000
"""The songs liked best, which moods are made of."""
NEARBY_EACH = 3
"""How many near songs are lined up in a mood for each wanted song: caps per artist and album take some."""

SPANNING = "One of a few songs that together span your library."
NO_SONG = Remark("There is no song that was listened to.")


def popularity(songs: Sequence[Song]) -> Values:
    """How gladly and how often each song was heard (songs,), 0 for never to 1.

    It is the share of its listenings that were not skips, times the logarithm of its plays in that of the most played
    song. Clementine's score (0 to 100), the mean of how far the song was heard, counts for half of the share where it
    has one; 0 is what it stores for none. The share of few listenings is drawn to that of all songs together, by
    ``DOUBT`` listenings of that kind: to be played once to the end is less than 200 plays with 5 skips.
    """
    plays, skips, scores = (
        np.fromiter((getattr(song, name) for song in songs), dtype=np.float64, count=len(songs))
        for name in ("playcount", "skipcount", "score")
    )
    heard = plays + skips
    if not plays.sum():
        return np.zeros(len(songs))
    shares = plays / np.maximum(heard, 1)
    shares = np.where(scores > 0, (shares + np.clip(scores, 0, 100) / 100) / 2, shares)
    usual = (shares * heard).sum() / heard.sum()
    gladly = (shares * heard + usual * DOUBT) / (heard + DOUBT)
    often = np.log1p(plays) / np.log1p(plays.max())
    found: Values = gladly * often
    return found


def playlist_liking(playlists: Iterable[PlayerPlaylist], *, songs_count: int) -> dict[SongId, float]:
    """What the owner's playlists say of each of their songs, 0 to 1, in a library of ``songs_count`` songs.

    A playlist says the more, the choosier it is: log(library / its songs) / log(library), so that a hundred of 10,000
    songs count half and a tab that everything lies in nothing. A starred one counts whole, a named one six tenths, an
    unnamed one three. Several add up as chances do. What the player filled by itself says nothing.
    """
    doubts: dict[SongId, float] = {}
    for playlist in playlists:
        worth = _worth(playlist, songs_count=songs_count)
        for song_id in playlist.song_ids if worth > 0 else ():
            doubts[song_id] = doubts.get(song_id, 1.0) * (1 - worth)
    return {song_id: 1 - doubt for song_id, doubt in doubts.items()}


def liking(songs: Sequence[Song], *, of_playlists: Mapping[SongId, float] | None = None) -> Values:
    """How much the owner seems to like each song (songs,), 0 to 1: by its stars, else by plays and playlists."""
    listed = of_playlists or {}
    in_lists = np.fromiter((listed.get(song.song_id, 0.0) for song in songs), dtype=np.float64, count=len(songs))
    stars = np.fromiter((song.rating for song in songs), dtype=np.float64, count=len(songs))
    heard = 1 - (1 - popularity(songs)) * (1 - in_lists)
    found: Values = np.where(stars > 0, np.maximum(stars - INDIFFERENT, 0) / (1 - INDIFFERENT), heard)
    return found


def first_playlist(
    stock: Stock, *, liked: Values, wanted: int, filters: Filters, seed: int, rated: int = 0
) -> SongList:
    """Songs that are liked without stars, and songs that sound like them, from all moods of what is liked.

    ``liked`` (songs,) is 0 to 1, as ``liking`` tells it. The liked songs are summed up by a few of them (k-medoids),
    each of which stands for a mood; each mood gives as many as it is liked, by turns a liked song and one that is near
    to the song that stands for it. Songs that were skipped more often than played are left out. Where nothing is
    liked, the list spans the library. ``rated`` are the songs with stars, those too that are still to be listened to.
    """
    allowed = filters.allowed(stock) & np.fromiter((song.skipcount <= song.playcount for song in stock.songs), bool)
    best = _best_first(stock, np.flatnonzero(liked > 0), values=liked)[:MOST_LIKED]
    if not len(best):
        return _spanning(stock, wanted=wanted, filters=filters, seed=seed)
    count = int(np.clip(wanted // SONGS_OF_A_MOOD, 1, MOODS))
    found = medoids(stock.space, candidates=best, covered=best, preference=liked[best], weights=liked[best])
    anchors = np.array(list(islice(found, count)), dtype=np.intp)
    moods = _moods(stock, anchors, liked=liked, best=best, allowed=allowed, wanted=wanted)
    entries: dict[int, Entry] = {}
    for each in _by_share(moods):
        entries.setdefault(each.row, each)
    chosen = filters.choose(entries, stock=stock, wanted=wanted)
    suggestions = tuple(entries[row].suggestion(stock) for row in chosen)
    return SongList("First songs", suggestions, remarks=_remarks(stock, len(chosen), wanted=wanted, rated=rated))


@dataclass(frozen=True, slots=True)
class Entry:
    """A song that may be in a first playlist; ``like`` is the row of the liked song that it is near, or its own."""

    row: int
    like: int
    score: float

    def suggestion(self, stock: Stock) -> Suggestion:
        """As an entry of the list."""
        song = stock.songs[self.like]
        if self.row == self.like:
            return stock.suggestion(self.row, score=self.score, why=f"You {_said_of(song, it=' it')}.")
        why = f"Sounds like {song.name}, which you {_said_of(song)}."
        return stock.suggestion(self.row, score=self.score, why=why)


def _moods(
    stock: Stock, anchors: Rows, *, liked: Values, best: Rows, allowed: Mask, wanted: int
) -> list[tuple[float, list[Entry]]]:
    """For each anchor how much is liked of its mood, and the allowed ones of its liked and near songs in turn."""
    nearness = stock.space.nearness(anchors)
    nearness[:, ~allowed | stock.is_rated | (liked > 0)] = -np.inf
    mood_of = stock.space.distances(anchors)[:, best].argmin(axis=0)
    found = []
    for number, anchor in enumerate(anchors.tolist()):
        members = best[mood_of == number]
        if not len(members):  # two anchors at the same place are one mood
            continue
        own = [Entry(row, row, liked[row]) for row in members.tolist() if allowed[row]]
        near = _nearest(stock, nearness[number], wanted=NEARBY_EACH * wanted)
        others = [Entry(row, anchor, liked[anchor] * _half_of(nearness[number, row])) for row in near]
        found.append((float(liked[members].sum()), _in_turn(own, others)))
    return found


def _by_share(moods: Sequence[tuple[float, list[Entry]]]) -> list[Entry]:
    """Entries of all moods in one list, of which every beginning has as much of each mood as it is liked."""
    placed = [((place + 0.5) / share, entry) for share, entries in moods for place, entry in enumerate(entries)]
    return [entry for _, entry in sorted(placed, key=lambda each: each[0])]


def _in_turn(own: Sequence[Entry], others: Sequence[Entry]) -> list[Entry]:
    return [each for pair in zip_longest(own, others) for each in pair if each is not None]


def _half_of(nearness: float) -> float:
    # A near song is liked half as much as the one it is near, at the most; -1 is about the tenth nearest song.
    return float(np.exp(nearness)) / 2


def _nearest(stock: Stock, nearness: Values, *, wanted: int) -> list[int]:
    possible = np.flatnonzero(np.isfinite(nearness))
    count = min(wanted, len(possible))
    if not count:
        return []
    rows = possible[np.argpartition(-nearness[possible], count - 1)[:count]]
    return [int(row) for row in _best_first(stock, rows, values=nearness)]


def _spanning(stock: Stock, *, wanted: int, filters: Filters, seed: int) -> SongList:
    forbidden = np.flatnonzero(~filters.allowed(stock))
    rows = filters.choose(
        bootstrap(stock.without(forbidden.tolist()), wanted=NEARBY_EACH * wanted, seed=seed), stock=stock, wanted=wanted
    )
    suggestions = tuple(stock.suggestion(row, score=-place, why=SPANNING) for place, row in enumerate(rows))
    return SongList("First songs", suggestions, remarks=(_spanning_remark(stock, found=bool(rows)),))


def _spanning_remark(stock: Stock, *, found: bool) -> Remark:
    if not found:
        return NONE_FITS if len(stock) else NO_SONG
    is_new = not stock.is_rated.any() and not popularity(stock.songs).any()
    begun = "There are no stars and no plays yet" if is_new else "Nothing tells yet what you like"
    return Remark(f"{begun}: these songs span your library, so that you can begin to rate.")


def _worth(playlist: PlayerPlaylist, *, songs_count: int) -> float:
    count = len(playlist.song_ids)
    if playlist.is_automatic or not 0 < count < songs_count:
        return 0.0
    choosy = float(np.log(songs_count / count) / np.log(songs_count))
    if playlist.is_favorite:
        return FAVORITE * choosy
    return choosy * (UNNAMED if NEW_TAB.fullmatch(playlist.name.strip()) else NAMED)


def _best_first(stock: Stock, rows: Rows, *, values: Values) -> Rows:
    """Among equals by name."""
    ordered = sorted(rows.tolist(), key=lambda row: (-values[row], stock.songs[row].song_id))
    return np.array(ordered, dtype=np.intp)


def _said_of(song: Song, *, it: str = "") -> str:
    """What the owner did with a song, after “you”; ``it`` is what a sentence of its own needs there."""
    if song.is_rated:
        return f"gave{it} {song.rating * 5:g} stars"
    if not song.playcount:
        return f"put{it} into a playlist"
    played = f"played{it} {_times(song.playcount)}"
    return f"{played} and skipped{it} {_times(song.skipcount)}" if song.skipcount else played


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _remarks(stock: Stock, found: int, *, wanted: int, rated: int = 0) -> Remarks:
    if not found:
        return (NONE_FITS,)
    stars = int(stock.is_rated.sum())
    few = "is only 1 rating" if stars == 1 else f"are only {stars:,} ratings"
    begun = f"There {few} yet" if stars else "There are no stars yet"
    if rated > stars:
        begun = f"Of the songs that you have rated, {stars:,} of {rated:,} have been listened to so far"
    made = f"{begun}: these are songs that you seem to like, by plays and playlists{', and stars' if stars else ''}"
    missing = () if found >= wanted else (Shortage(found, wanted, " fit."),)
    about = About.UNHEARD if rated > stars else About.RESULT
    return Remark(f"{made}, and songs that sound like them.", about), *missing
