"""The kinds of lists in words: how each is called, what it is, and what a list of it is called by itself."""

from PySide6.QtCore import QCoreApplication

from core.recommend.recipe import Dish, Recipe
from core.song import SongId
from desktop.item_models.song_rows import SongRows

translate = QCoreApplication.translate


def dish_name(dish: Dish) -> str:
    """As the list is called until the owner calls it otherwise."""
    return {
        Dish.BEST: translate("Dishes", "Predicted best"),
        Dish.SIMILAR: translate("Dishes", "Similar songs"),
        Dish.PATH: translate("Dishes", "A path between two songs"),
        Dish.MIX: translate("Dishes", "A mix"),
        Dish.SURPRISE: translate("Dishes", "Surprises"),
        Dish.RATE_NEXT: translate("Dishes", "What to rate next"),
        Dish.CHOSEN: translate("Dishes", "Songs you chose"),
    }[dish]


def about_dish(dish: Dish) -> str:
    return {
        Dish.BEST: translate("Dishes", "Songs that you have not rated and would probably like best."),
        Dish.SIMILAR: translate("Dishes", "Songs that sound like some, and unlike others if you name any."),
        Dish.PATH: translate("Dishes", "Songs that lead in small steps from one song to another."),
        Dish.MIX: translate("Dishes", "Songs that you like or would like, as varied as you want."),
        Dish.SURPRISE: translate("Dishes", "Songs far from all that you know, and still to your taste."),
        Dish.RATE_NEXT: translate("Dishes", "Songs whose stars would teach the most about all the others."),
        Dish.CHOSEN: translate("Dishes", "Songs that you picked on the map or in the library."),
    }[dish]


def name_of(recipe: Recipe, *, rows: SongRows | None) -> str:
    """Like Hyperballad; Rock: Predicted best."""
    name = _name_of_dish(recipe, rows)
    about = recipe.filters.genre or recipe.filters.artist
    return translate("Dishes", "{name}: {about}").format(name=name, about=about) if about else name


def _name_of_dish(recipe: Recipe, rows: SongRows | None) -> str:
    if rows is not None and recipe.dish is Dish.SIMILAR and recipe.like and recipe.like[0] in rows.ids:
        more = translate("Dishes", " and others") if len(recipe.like) > 1 else ""
        return translate("Dishes", "Like {title}").format(title=_title(recipe.like[0], rows)) + more
    ends = (recipe.start, recipe.end)
    if rows is not None and recipe.dish is Dish.PATH and all(each in rows.ids for each in ends if each) and all(ends):
        first, last = (_title(each, rows) for each in ends if each)
        return translate("Dishes", "From {first} to {last}").format(first=first, last=last)
    return {
        Dish.MIX: translate("Dishes", "Mix"),
        Dish.PATH: translate("Dishes", "Path"),
        Dish.CHOSEN: translate("Dishes", "Chosen songs"),
    }.get(recipe.dish, dish_name(recipe.dish))


def _title(song_id: SongId, rows: SongRows) -> str:
    return rows.song(song_id).title
