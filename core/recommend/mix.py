"""Mixes: lists of liked songs that are varied, of the whole library or of one kind of liked songs each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from core.recommend.filters import Filters
from core.recommend.mixes.clusters import DISLIKED, LIKED, Cluster, liked_clusters
from core.recommend.mixes.diversity import ROUNDING, Candidates, diversity, varied
from core.recommend.mixes.lots import lots
from core.recommend.mixes.mix_names import Naming
from core.recommend.remark import Remark, Remarks, Shortage
from core.recommend.stock import Mask, Stock, Values
from core.recommend.suggestion import SongList
from core.recommend.transitions import smooth_order

NO_FILTERS = Filters()
CANDIDATES = 2000
MOST = 1000
"""Songs of a mix; more have no use for being varied, and would take their time."""
SPARE = 4
"""So many times the songs wanted, and so many of an artist as one list may hold, are there to choose from."""
DAILY_VARIETY = 0.3
"""Less than half: a mix of one kind should stay of its kind."""
OWN_SHARE = 0.5
"""Of a daily mix: the owner's own liked songs; the others are songs that they have not rated."""
FEWEST_OF_A_MIX = 10

NOTHING = Remark(
    "There is no song with a rating or a prediction that fits: scan the library, rate songs, or loosen the filters."
)


def mix(
    stock: Stock,
    *,
    wanted: int = 50,
    variety: float = 0.5,
    filters: Filters = NO_FILTERS,
    extra_rows: Sequence[int] = (),
    smooth: bool = True,
    seed: int,
) -> SongList:
    """Songs that are liked, or should be, and differ: ``variety`` 0 is the most liked ones, 1 as varied as can be.

    ``extra_rows`` get places of their own and are marked as exploration, as far as the filters let them in. ``smooth``
    orders by small steps; without it the most liked come first and the others where variety put them. Among songs that
    are liked the same, ``seed`` draws. The figures are ``diversity`` (the mean cosine distance of two songs, 0 to 2),
    ``liking`` (the mean rating, the owner's or the predicted one) and ``artists``.
    """
    if not 0 <= variety <= 1:
        error = f"variety is a number from 0 to 1, not {variety:g}"
        raise ValueError(error)
    places = _places(wanted)
    allowed = filters.allowed(stock)
    extra = filters.choose((row for row in dict.fromkeys(extra_rows) if allowed[row]), stock=stock, wanted=places)
    known = allowed & np.isfinite(stock.liking)
    choice = _Choice(stock, filters, relevance=stock.liking, variety=variety, seed=seed)
    chosen = choice.of(known, start=extra, places=places)
    rows = smooth_order(stock, chosen, seed=seed) if smooth else chosen
    found = _song_list(stock, rows, remarks=_fewer(len(rows), wanted=wanted, filters=filters))
    explored = {stock.songs[row].song_id for row in extra}
    marked = (replace(each, is_exploration=each.song.song_id in explored) for each in found.suggestions)
    return replace(found, suggestions=tuple(marked))


def daily_mixes(
    stock: Stock,
    *,
    mixes: int = 6,
    wanted: int = 40,
    filters: Filters = NO_FILTERS,
    tempi: Values | None = None,
    seed: int,
) -> list[SongList]:
    """A mix for each kind of liked songs, at most ``mixes``; no song is in two. One empty list where nothing is liked.

    Half of each are songs that the owner likes, the others songs that they have not rated; all lie as near to their
    kind as nine of ten of its liked songs do, unless there is but one kind. ``tempi`` (songs,) in beats a minute, NaN
    where not known, are only for the names.
    """
    known = filters.allowed(stock) & np.isfinite(stock.liking)
    # Songs that a list of unrated ones must not hold still tell which kinds there are.
    anchors = replace(filters, unrated=False, min_rating=None).allowed(stock)
    full = int(known.sum()) // max(_places(wanted) // 2, FEWEST_OF_A_MIX)
    clusters = liked_clusters(stock, allowed=anchors, most=min(mixes, max(full, 1)), seed=seed)
    naming, found = Naming(stock.songs, tempi=tempi), []
    for cluster, own in zip(clusters, _shared_out(stock, clusters), strict=True):
        rows = _daily_rows(stock, cluster, known & own, filters=filters, places=_places(wanted), seed=seed)
        if rows:
            closeness = cluster.closeness(stock)
            typical = sorted(rows, key=lambda row: (-closeness[row], stock.songs[row].song_id))
            remarks = _fewer(len(rows), wanted=wanted, filters=filters, what="songs of this kind")
            listed = _song_list(stock, smooth_order(stock, rows, seed=seed), remarks=remarks)
            found.append(replace(listed, title=naming.name_of(typical)))
    return found or [SongList("Mix 1", (), (NOTHING,))]


@dataclass(frozen=True)
class _Choice:
    """What is the same for every choice from a stock."""

    stock: Stock
    filters: Filters
    relevance: Values
    """(songs,)."""
    variety: float
    seed: int

    def of(self, known: Mask, *, start: Sequence[int], places: int) -> list[int]:
        """Rows of a list of so many places: first those it starts with, then others that are known to be liked."""
        known = known.copy()
        known[list(start)] = False
        best_first = self._best_first(known)
        rows = [*start, *self._candidates(best_first, known=int(known.sum()), places=places)]
        stock, limits = self.stock, self.filters
        candidates = Candidates(
            self.relevance[rows],
            stock.space.units[rows],
            stock.artists[rows],
            stock.albums[rows],
            max_per_artist=limits.max_per_artist,
            max_per_album=limits.max_per_album,
            started=len(start),
        )
        chosen = [rows[number] for number in varied(candidates, wanted=places, variety=self.variety)]
        # The limits may leave too few of the candidates: then come the best of all others.
        taken = set(chosen)
        others = (row for row in best_first if row not in taken)
        return limits.choose(chain(chosen, others), stock=stock, wanted=max(places, len(start)))

    def _best_first(self, known: Mask) -> list[int]:
        """Rows that may be chosen; none is disliked, unless the owner said how low to go, or gives no more stars."""
        liking, rows = self.stock.liking, np.flatnonzero(known)
        if len(rows) and self.filters.min_rating is None:
            rows = rows[liking[rows] >= min(DISLIKED, float(np.median(liking[rows])))]
        drawn = lots((self.stock.songs[row] for row in rows.tolist()), seed=self.seed)
        return [int(row) for row in rows[np.lexsort((drawn, -self.relevance[rows]))]]

    def _candidates(self, best_first: list[int], *, known: int, places: int) -> list[int]:
        """The better half where songs are few; of one artist not many more than the list may hold."""
        wanted = min(max(SPARE * places, known // 2), max(CANDIDATES, 2 * places))
        limits = self.filters
        loose = replace(
            limits,
            max_per_artist=None if limits.max_per_artist is None else SPARE * limits.max_per_artist,
            max_per_album=None if limits.max_per_album is None else SPARE * limits.max_per_album,
        )
        return loose.choose(best_first, stock=self.stock, wanted=wanted)


def _daily_rows(stock: Stock, cluster: Cluster, own: Mask, *, filters: Filters, places: int, seed: int) -> list[int]:
    """Of the songs ``own`` to the cluster: liked ones for a half, then unrated ones, then whatever is left."""
    relevance = _standardized(stock.liking, own) + _standardized(cluster.closeness(stock), own)
    choice = _Choice(stock, filters, relevance=relevance, variety=DAILY_VARIETY, seed=seed)
    liked = own & (np.nan_to_num(stock.stars) >= LIKED)
    chosen = choice.of(liked, start=(), places=round(places * OWN_SHARE))
    chosen = choice.of(own & ~stock.is_rated, start=chosen, places=places)
    return choice.of(own, start=chosen, places=places)


def _shared_out(stock: Stock, clusters: Sequence[Cluster]) -> list[Mask]:
    """For each cluster the songs within its border that are not nearer to another one (songs,)."""
    if len(clusters) < 2:
        return [np.ones(len(stock), dtype=bool) for _ in clusters]
    closeness = np.array([cluster.closeness(stock).round(6) for cluster in clusters])
    nearest = closeness.argmax(axis=0)
    return [
        (nearest == number) & (closeness[number] >= round(cluster.border, 6)) for number, cluster in enumerate(clusters)
    ]


def _standardized(values: Values, among: Mask) -> Values:
    known = values[among]
    if not len(known):
        return values
    deviation = float(known.std())
    found: Values = (values - known.mean()) / (deviation if deviation > ROUNDING else 1.0)
    return found


def _places(wanted: int) -> int:
    return max(min(wanted, MOST), 0)


def _song_list(stock: Stock, rows: Sequence[int], *, remarks: Remarks) -> SongList:
    """``score`` is the liking; an exploration without one has 0."""
    chosen = list(rows)
    liking = np.nan_to_num(stock.liking[chosen])
    suggestions = tuple(stock.suggestion(row, score=score) for row, score in zip(chosen, liking, strict=True))
    figures = {
        "diversity": diversity(stock.space.units[chosen]),
        "liking": float(np.mean(known)) if len(known := liking[liking > 0]) else 0.0,
        "artists": float(len(set(stock.artists[chosen].tolist()))),
    }
    return SongList("Mix", suggestions, remarks, figures if suggestions else {})


def _fewer(found: int, *, wanted: int, filters: Filters, what: str = "liked songs") -> Remarks:
    if not found:
        return (NOTHING,)
    if found >= wanted:
        return ()
    if found == MOST:
        return (Remark(f"A mix has at most {MOST} songs."),)
    limits = {"artist": filters.max_per_artist, "album": filters.max_per_album}
    named = [f"at most {limit} of one {name}" for name, limit in limits.items() if limit is not None]
    return (Shortage(found, wanted, f": no more {what} fit{' with ' if named else ''}{' and '.join(named)}."),)
