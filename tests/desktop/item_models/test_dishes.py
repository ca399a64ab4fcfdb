"""A list is called by what it is made of."""

import pytest

from core.recommend.filters import Filters
from core.recommend.recipe import Dish, Recipe
from core.song import Song
from desktop.item_models.dishes import about_dish, dish_name, name_of
from desktop.item_models.song_rows import make_rows

SONGS = [Song(n, title, "Björk", "", 1995, -1.0, f"file:///{n}.mp3") for n, title in enumerate(("Army of Me", "Joga"))]
A, B = (song.song_id for song in SONGS)


@pytest.mark.parametrize(
    ("recipe", "name"),
    [
        (Recipe(), "Predicted best"),
        (Recipe(filters=Filters(genre="Rock")), "Predicted best: Rock"),
        (Recipe(Dish.SIMILAR, like=(A,)), "Like Army of Me"),
        (Recipe(Dish.SIMILAR, like=(A, B)), "Like Army of Me and others"),
        (Recipe(Dish.PATH, start=A, end=B), "From Army of Me to Joga"),
        (Recipe(Dish.PATH, start=A), "Path"),
    ],
)
def test_the_name_of_a_list(recipe: Recipe, name: str) -> None:
    assert name_of(recipe, rows=make_rows(SONGS, predictions={}, skipped={})) == name


def test_every_kind_has_a_name_and_an_explanation() -> None:
    assert len({dish_name(dish) for dish in Dish}) == len({about_dish(dish) for dish in Dish}) == len(Dish)
