"""A recipe of which every field differs from that of a new one."""

from core.recommend.filters import Filters
from core.recommend.recipe import Dish, Order, Recipe
from core.song import SongId


def full_recipe(one: SongId, other: SongId) -> Recipe:
    """A path from ``one`` song to another."""
    return Recipe(
        dish=Dish.PATH,
        wanted=12,
        filters=Filters(
            genre="Rock",
            artist="Artist",
            first_year=1970,
            last_year=1999,
            min_rating=0.7,
            unrated=True,
            without_groups=frozenset({"bert", "cleo"}),
            without_songs=frozenset({one, other}),
            not_played_for_days=30,
            max_per_artist=2,
            max_per_album=1,
        ),
        order=Order.SMOOTH,
        like=(one,),
        unlike=(other,),
        start=one,
        end=other,
        songs=(other, one),
        variety=0.25,
        explored=0.1,
        seed=7,
        locked=(other,),
        locked_places=(3,),
    )
