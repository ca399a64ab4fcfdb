"""What a list is called by itself: by what it is made of."""

from PySide6.QtCore import QCoreApplication

from core.recommend.recipe import Dish, Recipe
from core.song import SongId
from desktop.item_models.song_rows import SongRows
from desktop.widgets.recipe_dishes import dish_name


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
    return QCoreApplication.translate("Naming", text)
