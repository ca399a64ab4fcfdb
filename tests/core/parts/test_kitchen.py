"""Lists of every kind from recipes: filters, order, songs that stay, songs that were taken out, and what is said."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from core.analysis.speech_class import SpeechClass
from core.engine import Engine
from core.errors import UserError
from core.parts import kitchen
from core.recommend.filters import Filters
from core.recommend.recipe import Dish, Order, Recipe
from core.recommend.suggestion import SongList
from core.song import SongId
from tests.planted_library import RATED, TASTE, PlantedLibrary, predict

WANTED = 8


@pytest.fixture
def own_engine(library: PlantedLibrary) -> Iterator[Engine]:
    """For tests that change something."""
    with library.open() as engine:
        yield predicted(engine)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with PlantedLibrary.create(tmp_path_factory.mktemp("library")).open() as engine:
        yield predicted(engine)


def predicted(engine: Engine) -> Engine:
    songs = sorted(engine.library().songs, key=lambda song: song.track)
    predict(engine, {song.rowid: float(rating) for song, rating in zip(songs, TASTE.ratings, strict=True)})
    return engine


def name(engine: Engine, place: int) -> SongId:
    return next(song.song_id for song in engine.library().songs if song.track == place + 1)


def ids(found: SongList) -> list[SongId]:
    return [each.song.song_id for each in found.suggestions]


def recipe_of(engine: Engine, dish: Dish) -> Recipe:
    first, second, third = (name(engine, place) for place in (0, 1, RATED))
    return Recipe(dish, WANTED, like=(first,), start=first, end=second, songs=(first, second, third))


DISHES = pytest.mark.parametrize("dish", Dish)


@DISHES
def test_every_dish_is_served_with_reasons(engine: Engine, dish: Dish) -> None:
    found = engine.recipes.cook(recipe_of(engine, dish))
    assert len(found.suggestions) == (3 if dish is Dish.CHOSEN else WANTED)
    assert all(each.why for each in found.suggestions)
    assert found.title
    assert engine.recipes.cook(recipe_of(engine, dish)) == found


@DISHES
def test_a_kept_song_has_its_place_in_every_list(engine: Engine, dish: Dish) -> None:
    kept = (name(engine, 40), name(engine, 41))
    recipe = replace(recipe_of(engine, dish), locked=kept, locked_places=(4, 1))
    found = engine.recipes.cook(recipe)
    assert (ids(found)[1], ids(found)[-1 if dish is Dish.CHOSEN else 4]) == kept[::-1]
    assert len(set(ids(found))) == len(ids(found)) == (5 if dish is Dish.CHOSEN else WANTED)


@DISHES
def test_a_song_that_was_taken_out_does_not_come_back(engine: Engine, dish: Dish) -> None:
    recipe = recipe_of(engine, dish)
    out = ids(engine.recipes.cook(recipe))[1]
    again = engine.recipes.cook(replace(recipe, filters=Filters(without_songs=frozenset({out}))))
    assert out not in ids(again)
    assert again.suggestions


@pytest.mark.parametrize("dish", [Dish.BEST, Dish.SIMILAR, Dish.MIX, Dish.SURPRISE])
def test_another_seed_draws_other_songs(engine: Engine, dish: Dish) -> None:
    recipe = replace(recipe_of(engine, dish), wanted=6, explored=0.5)
    lists = [set(ids(engine.recipes.cook(replace(recipe, seed=seed)))) for seed in range(4)]
    assert any(found != lists[0] for found in lists) or dish is Dish.SURPRISE


def test_the_draw_is_told(engine: Engine) -> None:
    assert "Drawn from the first 15 songs" in engine.recipes.cook(Recipe(wanted=5, seed=1)).notice


def test_limits_count_the_songs_that_stay(engine: Engine) -> None:
    artist = next(song for song in engine.library().songs if song.song_id == name(engine, 50)).group
    recipe = Recipe(wanted=6, filters=Filters(max_per_artist=1), locked=(name(engine, 50),))
    found = engine.recipes.cook(recipe)
    groups = [each.song.group for each in found.suggestions]
    assert groups.count(artist) == 1
    assert len(set(groups)) == len(groups) == 6


def test_a_list_of_kept_songs_alone(engine: Engine) -> None:
    kept = (name(engine, 50), name(engine, 51))
    assert ids(engine.recipes.cook(Recipe(wanted=2, locked=kept))) == list(kept)


@pytest.mark.parametrize("seed", [42, 1])
@pytest.mark.parametrize("dish", [Dish.BEST, Dish.MIX, Dish.SIMILAR])
def test_too_few_songs_are_counted_as_they_were_asked_for(engine: Engine, dish: Dish, seed: int) -> None:
    """Whatever was made to spare, or stays anyway."""
    limits = Filters(max_per_artist=1, genre="jazz")
    recipe = replace(recipe_of(engine, dish), wanted=90, filters=limits, locked=(name(engine, 50),), seed=seed)
    found = engine.recipes.cook(recipe)
    assert f"Only {len(found.suggestions)} of 90 songs" in found.notice
    just_enough = replace(recipe, wanted=len(found.suggestions))
    assert "Only" not in engine.recipes.cook(just_enough).notice


def test_a_minimum_that_gives_less_than_wanted_names_one_that_gives_more(engine: Engine) -> None:
    recipe = Recipe(Dish.MIX, 12, filters=Filters(min_rating=0.95), locked=(name(engine, 50),))
    found = engine.recipes.cook(recipe)
    stars = re.search(r"A minimum of (\d\.\d) stars would give 12\.", found.notice)
    assert stars is not None
    again = engine.recipes.cook(replace(recipe, filters=Filters(min_rating=float(stars[1]) / 5)))
    assert (len(again.suggestions), again.notice) == (12, "")


def test_a_kept_song_that_cannot_be_played_is_told(own_engine: Engine, library: PlantedLibrary) -> None:
    library.paths[50].unlink()
    found = own_engine.recipes.cook(Recipe(wanted=5, locked=(name(own_engine, 50),)))
    assert len(found.suggestions) == 5
    assert "1 song that you keep is left out" in found.notice


def test_what_was_chosen_is_listed_even_unheard_but_not_spoken(own_engine: Engine, library: PlantedLibrary) -> None:
    songs = tuple(name(own_engine, place) for place in (3, 1, 2))
    own_engine.speech.say(songs[1], SpeechClass.SPOKEN)
    found = own_engine.recipes.cook(Recipe(Dish.CHOSEN, 1, songs=songs))
    assert ids(found) == [songs[0], songs[2]], "all of them, whatever number is wanted"
    assert "1 of your songs is left out" in found.notice
    library.paths[2].unlink()
    assert ids(own_engine.recipes.cook(Recipe(Dish.CHOSEN, 1, songs=songs))) == [songs[0]]


def test_filters_hold_for_chosen_songs_too(engine: Engine) -> None:
    songs = (name(engine, 0), name(engine, RATED))
    assert ids(engine.recipes.cook(Recipe(Dish.CHOSEN, songs=songs, filters=Filters(unrated=True)))) == [songs[1]]


def test_sorting_anew_makes_no_list_anew(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    found = engine.recipes.cook(Recipe(wanted=9))
    monkeypatch.setattr(kitchen, "best", None)
    by_year = engine.recipes.cook(Recipe(wanted=9, order=Order.YEAR))
    assert set(ids(by_year)) == set(ids(found))
    assert [each.song.year for each in by_year.suggestions] == sorted(each.song.year for each in by_year.suggestions)


def test_before_there_are_predictions_the_first_songs_are_offered(library: PlantedLibrary) -> None:
    with library.open() as engine:
        found = engine.recipes.cook(Recipe(wanted=4))
        assert len(found.suggestions) == 4
        assert all(not each.song.is_rated and each.predicted_rating is None for each in found.suggestions)
        assert "songs that you seem to like" in found.notice


@pytest.mark.parametrize(
    ("recipe", "sentence"),
    [
        (Recipe(wanted=0), "at least one song"),
        (Recipe(Dish.SIMILAR), "Choose a song that the others"),
        (Recipe(Dish.PATH), "Choose the first and the last song"),
        (Recipe(Dish.CHOSEN), "Choose songs first"),
    ],
)
def test_what_a_recipe_lacks_is_said(engine: Engine, recipe: Recipe, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        engine.recipes.cook(recipe)
