"""Recipes as text: every key comes back, and what cannot be read is said in a sentence."""

import json
from dataclasses import fields

import pytest

from core.recommend.filters import Filters
from core.recommend.recipe import Dish, Recipe
from core.recommend.recipe_text import FILTERS, RECIPE, VERSION, UnreadableRecipe, recipe_of, text_of
from core.song import SongId
from tests.full_recipe import full_recipe

FULL = full_recipe(SongId("file:///a%20b.mp3"), SongId("file:///\udcff.mp3#t=12.5"))


@pytest.mark.parametrize("recipe", [Recipe(), FULL])
def test_a_recipe_comes_back_as_it_was(recipe: Recipe) -> None:
    assert recipe_of(text_of(recipe)) == recipe
    text_of(recipe).encode("ascii")


def test_every_field_can_be_read() -> None:
    assert set(RECIPE) == {each.name for each in fields(Recipe)} - {"filters"}
    assert set(FILTERS) == {each.name for each in fields(Filters)}
    assert all(getattr(FULL, name) != getattr(Recipe(), name) for name in RECIPE), "and is tried here"
    assert all(getattr(FULL.filters, name) != getattr(Filters(), name) for name in FILTERS)


def test_an_older_recipe_without_a_key_has_its_default() -> None:
    assert recipe_of('{"version": 1, "dish": "mix", "filters": {"genre": "Jazz"}}') == Recipe(
        dish=Dish.MIX, filters=Filters(genre="Jazz")
    )


def test_a_newer_recipe_is_named_as_such() -> None:
    with pytest.raises(UnreadableRecipe, match="newer Marmalade"):
        recipe_of(json.dumps({"version": VERSION + 1, "dish": "soup"}))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"version": 1, "dish": "soup"}',
        '{"version": 1, "colour": "red"}',
        '{"version": 1, "wanted": "many"}',
        '{"version": 1, "wanted": 1.5}',
        '{"version": 1, "wanted": true}',
        '{"version": 1, "songs": [5]}',
        '{"version": 1, "filters": {"unrated": 1}}',
        '{"version": 1, "filters": []}',
        '{"version": "1"}',
    ],
)
def test_a_damaged_recipe_is_a_sentence(text: str) -> None:
    with pytest.raises(UnreadableRecipe, match="stays as it is"):
        recipe_of(text)
