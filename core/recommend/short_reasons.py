"""Why each song is in a list, in a few words: computed for a whole list at once, fast enough for one that is live."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core.recommend.recipe import Dish, Recipe
from core.recommend.stock import Stock
from core.recommend.suggestion import Suggestion
from core.recommend.transitions import steps
from core.song import Song

LIKED = 0.8
"""Four stars: a song of fewer is no reason to suggest another."""
VERY_CLOSE = 0.37
"""The affinity of the tenth nearest song, see ``similar``."""
TO_FIND_OUT = "To find out what you think of it."
STARTS, ENDS, LARGEST = "The path starts here.", "The path ends here.", "The largest step of the path."
CHOSEN = "You chose it."


def with_short_reasons(
    suggestions: Sequence[Suggestion], *, stock: Stock, recipe: Recipe, examples: Sequence[int] = ()
) -> list[Suggestion]:
    """The same suggestions with a reason each; those that have one keep it. ``examples``: rows that a list is like."""
    if recipe.dish is Dish.SURPRISE:
        return _surprising(suggestions, stock=stock)
    of_all = _reasons(suggestions, stock=stock, recipe=recipe, examples=examples)
    return [each if each.why else replace(each, why=why) for each, why in zip(suggestions, of_all, strict=True)]


def _reasons(
    suggestions: Sequence[Suggestion], *, stock: Stock, recipe: Recipe, examples: Sequence[int]
) -> Sequence[str]:
    if recipe.dish is Dish.CHOSEN:
        return [CHOSEN] * len(suggestions)
    if recipe.dish is Dish.PATH:
        return _along(suggestions, stock=stock)
    if recipe.dish is Dish.SIMILAR and len(examples) == 1:
        name = stock.songs[examples[0]].name
        return [f"{'Very close' if each.score >= VERY_CLOSE else 'Close'} to {name}." for each in suggestions]
    if recipe.dish is Dish.SIMILAR:
        like = _nearest(suggestions, examples, stock=stock)
        return [f"Close to {song.name}." if song else "" for song in like]
    return _liked(suggestions, stock=stock)


def _liked(suggestions: Sequence[Suggestion], *, stock: Stock) -> list[str]:
    """What the owner gave a song, or which of the songs that they like it sounds most like."""
    like = _nearest(suggestions, np.flatnonzero(np.nan_to_num(stock.stars) >= LIKED).tolist(), stock=stock)
    return [_liked_one(each, song) for each, song in zip(suggestions, like, strict=True)]


def _liked_one(each: Suggestion, like: Song | None) -> str:
    if each.song.is_rated:
        return f"You gave it {each.song.rating * 5:g} stars."
    if each.is_exploration:
        return TO_FIND_OUT
    if like is not None:
        return f"Sounds like {like.name} ({like.rating * 5:g} stars)."
    return "" if each.predicted_rating is None else f"Predicted to get {each.predicted_rating * 5:.1f} stars."


def _surprising(suggestions: Sequence[Suggestion], *, stock: Stock) -> list[Suggestion]:
    """What is new about each: that it is far from all that is known is true of every one."""
    rated = np.flatnonzero(stock.is_rated).tolist()
    genres = {stock.songs[row].genre.casefold() for row in rated}
    nearest = _nearest(suggestions, rated, stock=stock)
    return [
        replace(each, why=_new_about(each.song, near, genres=genres)) if near and each.is_exploration else each
        for each, near in zip(suggestions, nearest, strict=True)
    ]


def _new_about(song: Song, near: Song, *, genres: set[str]) -> str:
    """What differs comes first: a table shows the beginning."""
    known = f"{near.name} ({near.rating * 5:g} {'star' if near.rating * 5 == 1 else 'stars'})"
    if not song.genre:
        return f"Far from {known}, the nearest that you have rated."
    if song.genre.casefold() in genres:
        return f"{song.genre}, but far from {known}."
    return f"{song.genre}, new to you; the nearest is {known}."


def _along(suggestions: Sequence[Suggestion], *, stock: Stock) -> list[str]:
    """How far each song of a path lies from the one before it."""
    rows = stock.rows(each.song.song_id for each in suggestions)
    if len(rows) != len(suggestions) or len(rows) < 2:
        return [""] * len(suggestions)
    way = steps(stock, rows.tolist())
    between = [LARGEST if step == max(way) else f"A step of {step:.2f} from the song before it." for step in way]
    return [STARTS, *between[:-1], ENDS]


def _nearest(suggestions: Sequence[Suggestion], rows: Sequence[int], *, stock: Stock) -> list[Song | None]:
    """For each song of a list the one of the rows that sounds most like it, itself not counted."""
    if not len(rows) or not suggestions:
        return [None] * len(suggestions)
    own = np.array([stock.row_of.get(each.song.song_id, -1) for each in suggestions])
    likeness = stock.space.units[own] @ stock.space.units[list(rows)].T
    likeness[own[:, None] == np.asarray(rows)] = -np.inf
    nearest = [rows[number] for number in likeness.argmax(axis=1)]
    is_known = (own >= 0) & np.isfinite(likeness.max(axis=1))
    return [stock.songs[row] if known else None for row, known in zip(nearest, is_known, strict=True)]
