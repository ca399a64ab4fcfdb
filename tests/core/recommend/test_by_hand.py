"""What is done to a list by hand is said as another recipe, and can be taken back."""

from dataclasses import replace

from core.recommend.by_hand import all_back, as_before, locked, taken_out, unlocked, with_locks_of
from core.recommend.filters import Filters
from core.recommend.recipe import Dish, Recipe
from core.song import SongId

A, B, C, D = (SongId(f"file:///{name}.mp3") for name in "abcd")


def test_locked_songs_stay_where_they_are() -> None:
    once = locked(Recipe(), [C], shown=[A, B, C, D])
    assert (once.locked, once.locked_places) == ((C,), (2,))
    twice = locked(once, [A], shown=[A, B, C, D])
    assert (twice.locked, twice.locked_places) == ((A, C), (0, 2))


def test_a_locked_song_that_is_not_shown_stays_locked_without_a_place() -> None:
    found = locked(Recipe(locked=(D, A), locked_places=(7,)), [B], shown=[B, A])
    assert (found.locked, found.locked_places) == ((B, A, D), (0, 1))
    assert unlocked(found, [A, D]) == replace(found, locked=(B,), locked_places=(0,))


def test_songs_taken_out_are_let_go_and_not_wanted() -> None:
    recipe = Recipe(dish=Dish.CHOSEN, songs=(A, B, C), locked=(B,), locked_places=(1,))
    found = taken_out(recipe, [B])
    assert found.songs == (A, B, C)
    assert found.locked == found.locked_places == ()
    assert found.filters == Filters(without_songs=frozenset({B}))
    assert not all_back(found).filters.without_songs


def test_taking_back_leaves_what_the_form_says() -> None:
    before = Recipe(wanted=10)
    after = replace(taken_out(locked(before, [A], shown=[A]), [B]), wanted=30, seed=43)
    assert as_before(after, before) == replace(before, wanted=30)


def test_locks_are_those_of_another_recipe_or_none() -> None:
    mix = locked(Recipe(dish=Dish.MIX, wanted=10), [C], shown=[A, B, C])
    best = Recipe(wanted=30)
    assert with_locks_of(best, mix) == replace(best, locked=(C,), locked_places=(2,))
    assert with_locks_of(mix, Recipe()) == Recipe(dish=Dish.MIX, wanted=10)


def test_taking_back_what_was_done_to_another_kind_of_list_leaves_the_locks() -> None:
    mix = locked(Recipe(dish=Dish.MIX), [C], shown=[A, B, C])
    best = locked(taken_out(replace(mix, dish=Dish.BEST, locked=(), locked_places=()), [B]), [A], shown=[A])
    found = as_before(best, mix)
    assert (found.locked, found.locked_places) == ((A,), (0,))
    assert not found.filters.without_songs
