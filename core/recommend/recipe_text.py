"""Recipes as text that is kept for years, and what an older Marmalade says of a newer one's."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, Final

from core.errors import UserError
from core.recommend.filters import Filters
from core.recommend.recipe import Dish, Order, Recipe
from core.song import SongId

VERSION = 1
"""Raised when what a key means changes, or a list would be another one without a new key."""


class UnreadableRecipe(UserError):  # noqa: N818 - it is no error of anybody's
    """A recipe of a newer Marmalade, or one that was damaged."""


def text_of(recipe: Recipe) -> str:
    """JSON in which every key is spelled out, so that another default later changes no list."""
    values = {each.name: _plain(getattr(recipe, each.name)) for each in fields(Recipe)}
    return json.dumps({"version": VERSION, **values}, sort_keys=True)


def recipe_of(text: str) -> Recipe:
    """The recipe of ``text_of``; keys that are missing have their defaults. Raises UnreadableRecipe with a sentence."""
    try:
        values = json.loads(text)
        version = values.pop("version")
        if not isinstance(version, int) or version > VERSION:
            raise UnreadableRecipe("It was made by a newer Marmalade, so it stays as it is: update to make it anew.")
        filters = _read(values.pop("filters", {}), FILTERS)
        return Recipe(filters=Filters(**filters), **_read(values, RECIPE))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UnreadableRecipe("What it was made of cannot be read, so it stays as it is.") from error


def _plain(value: object) -> object:
    if isinstance(value, Filters):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(Filters)}
    if isinstance(value, frozenset):
        return sorted(value)
    return list(value) if isinstance(value, tuple) else value


def _read(values: Mapping[str, Any], readers: Mapping[str, Callable[[Any], object]]) -> dict[str, Any]:
    return {name: readers[name](value) for name, value in values.items()}


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        message = f"{value!r} is no number"
        raise TypeError(message)
    return float(value)


def _whole(value: object) -> int:
    number = _number(value)
    if number != int(number):
        message = f"{value!r} is no whole number"
        raise ValueError(message)
    return int(number)


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        message = f"{value!r} is neither true nor false"
        raise TypeError(message)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        message = f"{value!r} is no text"
        raise TypeError(message)
    return value


def _or_none(read: Callable[[Any], object]) -> Callable[[Any], object]:
    return lambda value: None if value is None else read(value)


def _songs(values: list[object]) -> tuple[SongId, ...]:
    return tuple(SongId(_text(each)) for each in values)


RECIPE: Final[Mapping[str, Callable[[Any], object]]] = {
    "dish": Dish,
    "wanted": _whole,
    "order": Order,
    "like": _songs,
    "unlike": _songs,
    "start": _or_none(_text),
    "end": _or_none(_text),
    "songs": _songs,
    "variety": _number,
    "explored": _number,
    "seed": _whole,
    "locked": _songs,
    "locked_places": lambda values: tuple(_whole(each) for each in values),
}
FILTERS: Final[Mapping[str, Callable[[Any], object]]] = {
    "genre": _text,
    "artist": _text,
    "first_year": _or_none(_whole),
    "last_year": _or_none(_whole),
    "min_rating": _or_none(_number),
    "unrated": _truth,
    "without_groups": lambda values: frozenset(_text(each) for each in values),
    "without_songs": lambda values: frozenset(_songs(values)),
    "not_played_for_days": _or_none(_whole),
    "max_per_artist": _or_none(_whole),
    "max_per_album": _or_none(_whole),
}
