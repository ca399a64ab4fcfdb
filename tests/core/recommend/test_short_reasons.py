"""The few words beside each song of a list."""

from dataclasses import replace

from core.recommend.recipe import Dish, Recipe
from core.recommend.short_reasons import with_short_reasons
from core.recommend.stock import Stock
from core.recommend.suggestion import Suggestion
from tests.planted_stock import PlantedStock

PLANTED = PlantedStock(groups=2, songs_each=4)


def whys(stock: Stock, dish: Dish, suggestions: list[Suggestion], *examples: int) -> list[str]:
    told = with_short_reasons(suggestions, stock=stock, recipe=Recipe(dish), examples=examples)
    return [each.why for each in told]


def entry(stock: Stock, row: int, score: float = 0.0, **facts: object) -> Suggestion:
    return stock.suggestion(row, score=score, **facts)  # type: ignore[arg-type]


def name(stock: Stock, row: int) -> str:
    return f"{stock.songs[row].artist} – {stock.songs[row].title}"


def test_the_liked_song_that_a_song_sounds_like() -> None:
    stock = PLANTED.stock(ratings={0: 0.8, 4: 1.0, 5: 0.4}, predicted={1: 0.9, 6: 0.8})
    found = whys(stock, Dish.BEST, [entry(stock, 1), entry(stock, 6), entry(stock, 0)])
    assert found == [
        f"Sounds like {name(stock, 0)} (4 stars).",
        f"Sounds like {name(stock, 4)} (5 stars).",
        "You gave it 4 stars.",
    ]


def test_where_nothing_is_liked_the_prediction_has_to_do() -> None:
    stock = PLANTED.stock(ratings={0: 0.4}, predicted={1: 0.92})
    assert whys(stock, Dish.BEST, [entry(stock, 1), entry(stock, 2)]) == ["Predicted to get 4.6 stars.", ""]


def test_a_song_that_is_there_to_find_out_says_so() -> None:
    stock = PLANTED.stock(ratings={0: 1.0})
    assert whys(stock, Dish.MIX, [entry(stock, 1, is_exploration=True)]) == ["To find out what you think of it."]


def test_a_reason_that_is_there_stays() -> None:
    stock = PLANTED.stock()
    assert whys(stock, Dish.SURPRISE, [entry(stock, 1, why="Because.")]) == ["Because."]


def test_how_close_a_song_is_to_the_one_example() -> None:
    stock = PLANTED.stock()
    found = whys(stock, Dish.SIMILAR, [entry(stock, 1, 0.6), entry(stock, 2, 0.1)], 0)
    assert found == [f"Very close to {name(stock, 0)}.", f"Close to {name(stock, 0)}."]


def test_which_of_several_examples_is_near() -> None:
    stock = PLANTED.stock()
    found = whys(stock, Dish.SIMILAR, [entry(stock, 1), entry(stock, 6)], 0, 4)
    assert found == [f"Close to {name(stock, 0)}.", f"Close to {name(stock, 4)}."]


def test_the_steps_of_a_path() -> None:
    stock = PLANTED.stock()
    found = whys(stock, Dish.PATH, [entry(stock, row) for row in (0, 1, 4, 5)])
    assert found[0] == "The path starts here."
    assert found[1].startswith("A step of 0.")
    assert found[2:] == ["The largest step of the path.", "The path ends here."]


def test_what_the_owner_chose() -> None:
    stock = PLANTED.stock()
    assert whys(stock, Dish.CHOSEN, [entry(stock, 1)]) == ["You chose it."]


def test_surprises_say_what_is_new_about_each() -> None:
    """Each says of which genre it is, and which rated song is nearest; that all are far says nothing."""
    planted = PLANTED.stock(ratings={0: 0.8, 4: 0.2}, predicted={1: 0.9, 5: 0.8, 6: 0.7})
    genres = {0: "Jazz", 1: "Jazz", 4: "Polka", 5: "Tango"}
    songs = [replace(song, genre=genres.get(row, "")) for row, song in enumerate(planted.songs)]
    stock = replace(planted, songs=songs)
    found = whys(
        stock, Dish.SURPRISE, [entry(stock, row, why="Unlike anything.", is_exploration=True) for row in (1, 5, 6)]
    )
    assert found == [
        f"Jazz, but far from {name(stock, 0)} (4 stars).",
        f"Tango, new to you; the nearest is {name(stock, 4)} (1 star).",
        f"Far from {name(stock, 4)} (1 star), the nearest that you have rated.",
    ]
