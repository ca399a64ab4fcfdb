"""The kinds of lists in words: how each is called, what it is, and what a list of it is called by itself."""

from PySide6.QtCore import QCoreApplication

from core.recommend.recipe import Dish, Recipe
from core.song import SongId
from desktop.item_models.song_rows import SongRows


def dish_name(dish: Dish) -> str:
    """As the list is called until the owner calls it otherwise."""
    return {
        Dish.BEST: _tr("Predicted best"),
        Dish.SIMILAR: _tr("Similar songs"),
        Dish.PATH: _tr("A path between two songs"),
        Dish.MIX: _tr("A mix"),
        Dish.SURPRISE: _tr("Surprises"),
        Dish.RATE_NEXT: _tr("What to rate next"),
        Dish.CHOSEN: _tr("Songs you chose"),
    }[dish]


def about_dish(dish: Dish) -> str:
    return {
        Dish.BEST: _tr("Songs that you have not rated and would probably like best."),
        Dish.SIMILAR: _tr("Songs that sound like some, and unlike others if you name any."),
        Dish.PATH: _tr("Songs that lead in small steps from one song to another."),
        Dish.MIX: _tr("Songs that you like or would like, as varied as you want."),
        Dish.SURPRISE: _tr("Songs far from all that you know, and still to your taste."),
        Dish.RATE_NEXT: _tr("Songs whose stars would teach the most about all the others."),
        Dish.CHOSEN: _tr("Songs that you picked on the map or in the library."),
    }[dish]


def name_of(recipe: Recipe, *, rows: SongRows | None) -> str:
    """Like Hyperballad; Rock: Predicted best."""
    name = _name_of_dish(recipe, rows)
    about = recipe.filters.genre or recipe.filters.artist
    return _tr("{name}: {about}").format(name=name, about=about) if about else name


def _name_of_dish(recipe: Recipe, rows: SongRows | None) -> str:
    if rows is not None and recipe.dish is Dish.SIMILAR and recipe.like and recipe.like[0] in rows.ids:
        more = _tr(" and others") if len(recipe.like) > 1 else ""
        return _tr("Like {title}").format(title=_title(recipe.like[0], rows)) + more
    ends = (recipe.start, recipe.end)
    if rows is not None and recipe.dish is Dish.PATH and all(each in rows.ids for each in ends if each) and all(ends):
        first, last = (_title(each, rows) for each in ends if each)
        return _tr("From {first} to {last}").format(first=first, last=last)
    return {Dish.MIX: _tr("Mix"), Dish.PATH: _tr("Path"), Dish.CHOSEN: _tr("Chosen songs")}.get(
        recipe.dish, dish_name(recipe.dish)
    )


def _title(song_id: SongId, rows: SongRows) -> str:
    return rows.song(song_id).title


def _tr(text: str) -> str:
    return QCoreApplication.translate("Dishes", text)
