"""What is liked but unlike anything known, and songs chosen to find out what the owner thinks of them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from core.recommend.filters import Filters
from core.recommend.remark import Remark, Remarks, Shortage
from core.recommend.space.sound_space import Rows
from core.recommend.stock import Mask, Stock, Values
from core.recommend.suggestion import SongList, Suggestion

PROMISING = 0.25
"""The share of the songs, those with the highest predictions, among which a surprise is looked for."""
CANDIDATES_EACH = 3
"""Candidates looked at for each wanted song, at the least."""
PAIRS = 6_000_000
"""Distances computed at once: 0.1 s of one core at 512 values. More are sifted first, by fewer known songs."""
AT_ONCE, KNOWN_AT_ONCE = 512, 4096
UNRELATED = 1.0
"""The cosine distance of songs that have nothing in common: that of all songs where none is known."""
DEVIATIONS_OF_INTERVAL = 3.29
"""An interval that holds nine of ten has this many standard deviations."""
UNKNOWN_RATING, UNKNOWN_DEVIATION = 0.6, 0.2
"""Of a song “not yet” predicted where there is not one rating to go by."""
LIKE, LEAST_LIKE = 0.02, 10
"""The share of all songs that are like a song, those nearest to it, but in a small library at least so many."""
LIKED = 0.7
"""Three and a half stars: the least that a recommendation promises."""
SOME = 5000
"""Songs that stand for all where such a share is told."""

SURPRISED = "Unlike anything that you have {}."
FARTHER = "Of the songs with the highest predictions, one of the farthest from what you have {}."
FARTHER_OF_ALL = "Of the songs that you have not {0}, one of the farthest from those that you have."
NOTHING_RATED = "To find out: you have rated nothing yet."
NOTHING_LIKE_IT = "To find out: you have rated nothing like it."
NOT_YET = "To find out: nothing can be said of it yet."


def surprise(stock: Stock, *, wanted: int, filters: Filters, seed: int) -> SongList:
    """Songs that are predicted to be liked and are far, by sound, from all that was rated or played.

    Of the quarter with the highest predictions, each next song has the largest product of its predicted rating and its
    distance to the nearest known song; one that is like a song in the list already loses up to half of it. The
    predicted rating counts, not the end of its interval: that is highest for every stranger. Where every song has been
    played, only what is rated is known.
    """
    rated, played = stock.is_rated, _played(stock)
    allowed = filters.allowed(stock) & ~rated & ~np.isnan(stock.predicted)
    some_unplayed = (allowed & ~played).any()
    known, done = (rated | played, "rated or played") if some_unplayed else (rated, "rated")
    new = np.flatnonzero(allowed & ~known)
    far = _strangers(stock, new, known=known, liking=stock.predicted, wanted=wanted, seed=seed)
    chosen = filters.choose(far, stock=stock, wanted=wanted)
    unlike = far.unlike(chosen)
    farther = FARTHER if len(far) < len(new) else FARTHER_OF_ALL
    whys = [(SURPRISED if row in unlike else farther).format(done) for row in chosen]
    return SongList("Surprise", _entries(stock, chosen, far, whys), remarks=_remarks(stock, chosen, wanted=wanted))


def exploration_rows(stock: Stock, *, wanted: int, filters: Filters, seed: int) -> list[int]:
    """Unrated songs whose rating would be news: promising, as far as is known, and unlike the rated ones.

    For each song a rating is drawn from what is known of it (Thompson 1933): one that is surely good or that may be is
    drawn high. Then each next song has the largest product of the drawn rating and its distance to the nearest rated
    song, as a surprise has.
    """
    return _explored(stock, wanted=wanted, filters=filters, seed=seed)[0]


def exploration(
    stock: Stock, *, wanted: int, filters: Filters, seed: int, beside: Sequence[int] = ()
) -> list[Suggestion]:
    """The same, as entries that say why, for a list of which the rows ``beside`` are a part already."""
    rows, far = _explored(stock, wanted=wanted, filters=filters, seed=seed, beside=beside)
    unlike = far.unlike(rows)
    whys = [_why(stock, row, is_unlike=row in unlike) for row in rows]
    return list(_entries(stock, rows, far, whys))


def with_exploration(
    suggestions: Sequence[Suggestion], explored: Sequence[Suggestion], *, share: float
) -> list[Suggestion]:
    """A list of the same length of which ``share`` (0 to 1) are explored songs, marked and evenly spread.

    They take the place of the last suggestions; a song that is in both counts as suggested.
    """
    present = {each.song.song_id for each in suggestions}
    fresh = [replace(each, is_exploration=True) for each in explored if each.song.song_id not in present]
    count = min(len(fresh), round(share * len(suggestions)))
    places = {int((number + 0.5) * len(suggestions) / count) for number in range(count)}
    others, finds = iter(suggestions), iter(fresh)
    return [next(finds if place in places else others) for place in range(len(suggestions))]


class Strangers:
    """Rows of a stock in the order of liking times distance to what is known; to be like an earlier one halves it."""

    def __init__(self, stock: Stock, rows: Rows, *, known: Rows, liking: Values) -> None:
        self._stock, self._rows, self._liking = stock, rows, liking
        self._distances = nearest_distances(stock, rows, known=known)
        self.scores: dict[int, float] = {}
        """Of the songs that were yielded."""

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[int]:
        units = self._stock.space.units[self._rows]
        fresh, free = np.ones(len(units)), np.ones(len(units), dtype=bool)
        while free.any():
            scores = np.where(free, self._liking * self._distances * (1 + fresh) / 2, -np.inf)
            best = int(scores.argmax())
            free[best] = False
            fresh = np.minimum(fresh, np.maximum(1 - units @ units[best], 0))
            self.scores[int(self._rows[best])] = float(scores[best])
            yield int(self._rows[best])

    def unlike(self, rows: Sequence[int]) -> set[int]:
        """Those of the rows of which no known song is among the songs that are most like it."""
        if not len(rows):
            return set()
        units, place = self._stock.space.units, {row: place for place, row in enumerate(self._rows.tolist())}
        distances = self._distances[[place[row] for row in rows]]
        some = units[:: max(len(units) // SOME, 1)]
        shares = (1 - units[list(rows)] @ some.T < distances[:, None]).mean(axis=1)
        like = max(LIKE, LEAST_LIKE / len(units))
        return {row for row, share in zip(rows, shares, strict=True) if share > like}


def nearest_distances(stock: Stock, rows: Rows, *, known: Rows) -> Values:
    """Cosine distances (rows,), 0 to 2, from songs to the nearest of the known ones, computed in blocks."""
    units = stock.space.units
    found = np.full(len(rows), UNRELATED if not len(known) else np.inf)
    for first in range(0, len(known), KNOWN_AT_ONCE):
        others = units[known[first : first + KNOWN_AT_ONCE]].T
        for start in range(0, len(rows), AT_ONCE):
            part = slice(start, start + AT_ONCE)
            found[part] = np.minimum(found[part], 1 - (units[rows[part]] @ others).max(axis=1))
    nearest: Values = np.clip(found, 0, 2)
    return nearest


def _entries(stock: Stock, rows: Sequence[int], far: Strangers, whys: Sequence[str]) -> tuple[Suggestion, ...]:
    return tuple(
        stock.suggestion(row, score=far.scores[row], why=why, is_exploration=True)
        for row, why in zip(rows, whys, strict=True)
    )


def _explored(
    stock: Stock, *, wanted: int, filters: Filters, seed: int, beside: Sequence[int] = ()
) -> tuple[list[int], Strangers]:
    drawn = _draw(stock, np.random.default_rng(seed))
    unrated = np.flatnonzero(filters.allowed(stock) & ~stock.is_rated)
    far = _strangers(stock, unrated, known=stock.is_rated, liking=drawn, wanted=wanted, seed=seed)
    return filters.choose(far, stock=stock, wanted=wanted, beside=beside), far


def _strangers(stock: Stock, rows: Rows, *, known: Mask, liking: Values, wanted: int, seed: int) -> Strangers:
    """Of the best liked of the rows; where there are many, those that are far from some of the known songs."""
    known_rows = np.flatnonzero(known)
    rows = _best(stock, rows, liking=liking, count=max(int(len(rows) * PROMISING), CANDIDATES_EACH * wanted))
    if len(rows) * len(known_rows) > PAIRS:
        some = np.random.default_rng(seed).choice(known_rows, max(PAIRS // len(rows), 1), replace=False)
        hopes = liking[rows] * nearest_distances(stock, rows, known=np.sort(some))
        kept = max(PAIRS // len(known_rows), CANDIDATES_EACH * wanted)
        rows = rows[np.sort(np.argsort(-hopes, kind="stable")[:kept])]
    return Strangers(stock, rows, known=known_rows, liking=liking[rows])


def _draw(stock: Stock, random: np.random.Generator) -> Values:
    """A rating (songs,) drawn for each song; of those “not yet” predicted, from all of the owner's ratings."""
    stars = stock.stars[stock.is_rated]
    mean, deviation = (stars.mean(), stars.std()) if len(stars) else (UNKNOWN_RATING, UNKNOWN_DEVIATION)
    means = np.where(np.isnan(stock.predicted), mean, stock.predicted)
    widths = [
        deviation * DEVIATIONS_OF_INTERVAL if each is None else each.high - each.low for each in stock.predictions
    ]
    drawn: Values = np.clip(random.normal(means, np.array(widths) / DEVIATIONS_OF_INTERVAL), 0.05, 1)
    return drawn


def _best(stock: Stock, rows: Rows, *, liking: Values, count: int) -> Rows:
    """The ``count`` that are liked best, and their equals; ordered by name among equals."""
    if not len(rows):
        return rows
    count = min(count, len(rows))
    least = np.partition(liking[rows], len(rows) - count)[len(rows) - count]
    enough = rows[liking[rows] >= least].tolist()
    enough.sort(key=lambda row: (-liking[row], stock.songs[row].song_id))
    return np.array(enough, dtype=np.intp)


def _played(stock: Stock) -> Mask:
    return np.fromiter((song.playcount > 0 for song in stock.songs), dtype=bool, count=len(stock))


def _why(stock: Stock, row: int, *, is_unlike: bool) -> str:
    prediction = stock.predictions[row]
    if not stock.is_rated.any():
        return NOTHING_RATED
    if is_unlike:
        return NOTHING_LIKE_IT
    if prediction is None:
        return NOT_YET
    return f"To find out: it may get {prediction.low * 5:.1f} to {prediction.high * 5:.1f} stars."


def _remarks(stock: Stock, chosen: Sequence[int], *, wanted: int) -> Remarks:
    return (*_fewer(stock, len(chosen), wanted=wanted), *_modest(stock.predicted[list(chosen)]))


def _fewer(stock: Stock, found: int, *, wanted: int) -> Remarks:
    if found >= wanted:
        return ()
    if np.isnan(stock.predicted).all():
        return (Remark("No song has a predicted rating yet: rate some songs first."),)
    if not found:
        return (Remark("No unrated song with a predicted rating fits."),)
    return (Shortage(found, wanted, ": no more unrated songs with a predicted rating fit."),)


def _modest(predicted: Values) -> Remarks:
    """A remark where the best that there is cannot be called liked."""
    best = predicted.max(initial=0.0)
    if not len(predicted) or best >= LIKED:
        return ()
    stars = f"{best * 5:.1f} stars"
    return (Remark(f"None of these is predicted to get more than {stars}: nothing that is so new promises more."),)
