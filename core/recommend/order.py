"""The order of a finished list, and the places of the songs in it that are to stay."""

from collections.abc import Sequence

import numpy as np

from core.recommend.recipe import Order
from core.recommend.stock import Stock
from core.recommend.suggestion import Suggestion
from core.recommend.transitions import smooth_order
from core.song import Song

AFTER_ALL = 10_000
"""Where songs of an unknown year, or without a place on their album, come."""


def ordered(suggestions: Sequence[Suggestion], *, stock: Stock, order: Order, seed: int) -> list[Suggestion]:
    """The same suggestions in another order; what is equal stays as it was."""
    if order is Order.PREDICTED:
        return sorted(suggestions, key=_liking, reverse=True)
    if order is Order.ARTIST:
        return sorted(suggestions, key=lambda each: (_by_artist(each.song), _in_album(each.song)))
    if order is Order.YEAR:
        return sorted(suggestions, key=lambda each: each.song.year if each.song.year > 0 else AFTER_ALL)
    if order is Order.SHUFFLED:
        return [suggestions[place] for place in np.random.default_rng(seed).permutation(len(suggestions))]
    return _smooth(suggestions, stock=stock, seed=seed) if order is Order.SMOOTH else list(suggestions)


def with_kept(others: Sequence[Suggestion], kept: Sequence[tuple[int, Suggestion]]) -> list[Suggestion]:
    """A list in which kept songs have their places, from 0; those whose place is beyond its end come last."""
    found = list(others)
    for place, each in sorted(kept, key=lambda pair: pair[0]):
        found.insert(max(place, 0), each)
    return found


def _liking(each: Suggestion) -> float:
    """The owner's rating, else the predicted one; songs without either come last."""
    return each.song.rating if each.song.is_rated else each.predicted_rating or -1.0


def _by_artist(song: Song) -> tuple[str, str]:
    return song.group, song.album.casefold()


def _in_album(song: Song) -> tuple[int, str]:
    return song.track if song.track > 0 else AFTER_ALL, song.title.casefold()


def _smooth(suggestions: Sequence[Suggestion], *, stock: Stock, seed: int) -> list[Suggestion]:
    """Songs that nobody has listened to have no place by sound: they come last."""
    by_row = {stock.row_of[song_id]: each for each in suggestions if (song_id := each.song.song_id) in stock.row_of}
    unheard = [each for each in suggestions if each.song.song_id not in stock.row_of]
    return [*(by_row[row] for row in smooth_order(stock, list(by_row), seed=seed)), *unheard]
