"""A recipe: what the owner wants of a list, as plain values that can be kept and cooked again."""

from dataclasses import dataclass, field
from enum import StrEnum

from core.recommend.filters import Filters
from core.song import SongId

FIRST_SEED = 42
"""The list as it is made without any shuffling."""


class Dish(StrEnum):
    """What kind of list."""

    BEST = "best"
    """Unrated songs by their predicted stars."""
    SIMILAR = "similar"
    PATH = "path"
    MIX = "mix"
    SURPRISE = "surprise"
    RATE_NEXT = "rate next"
    CHOSEN = "chosen"
    """Songs that the owner picked by hand, on the map or in a table."""


class Order(StrEnum):
    AS_MADE = "as made"
    PREDICTED = "predicted"
    SMOOTH = "smooth"
    """Each song beside one that sounds alike."""
    ARTIST = "artist"
    YEAR = "year"
    SHUFFLED = "shuffled"


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that a list depends on, but for the library and the ratings as they are when it is made."""

    dish: Dish = Dish.BEST
    wanted: int = 50
    filters: Filters = field(default_factory=Filters)
    order: Order = Order.AS_MADE
    like: tuple[SongId, ...] = ()
    unlike: tuple[SongId, ...] = ()
    """Of SIMILAR."""
    start: SongId | None = None
    end: SongId | None = None
    """Of PATH."""
    songs: tuple[SongId, ...] = ()
    """Of CHOSEN."""
    variety: float = 0.5
    """Of MIX, 0 to 1: the diversity that is aimed at."""
    explored: float = 0.0
    """0 to 1: the share of songs that are there to find out."""
    seed: int = FIRST_SEED
    """Another one shuffles, and draws other songs where the list leaves a choice."""
    locked: tuple[SongId, ...] = ()
    """Songs that stay in the list whatever else of the recipe changes; those of another kind of list are none of it."""
    locked_places: tuple[int, ...] = ()
    """Where each locked song stands in the list, from 0; those for which none is given come where they stand here."""
