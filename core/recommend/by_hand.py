"""What the owner changes in a list by hand, said as another recipe: it holds when the list is made anew."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from core.recommend.recipe import Recipe
from core.song import SongId


def locked(recipe: Recipe, songs: Iterable[SongId], *, shown: Sequence[SongId]) -> Recipe:
    """These songs stay too, and every locked one where it is in the list as ``shown``."""
    wanted = {*recipe.locked, *songs}
    places = {song_id: place for place, song_id in enumerate(shown) if song_id in wanted}
    unseen = tuple(song_id for song_id in recipe.locked if song_id not in places)
    return replace(recipe, locked=(*places, *unseen), locked_places=tuple(places.values()))


def unlocked(recipe: Recipe, songs: Iterable[SongId]) -> Recipe:
    """These songs may go."""
    free = set(songs)
    placed = [
        (song_id, place)
        for song_id, place in zip(recipe.locked, recipe.locked_places, strict=False)
        if song_id not in free
    ]
    unseen = [song_id for song_id in recipe.locked[len(recipe.locked_places) :] if song_id not in free]
    return replace(
        recipe,
        locked=(*(song_id for song_id, _ in placed), *unseen),
        locked_places=tuple(place for _, place in placed),
    )


def with_locks_of(recipe: Recipe, other: Recipe) -> Recipe:
    """The recipe with what is locked in another one."""
    return replace(recipe, locked=other.locked, locked_places=other.locked_places)


def taken_out(recipe: Recipe, songs: Iterable[SongId]) -> Recipe:
    """These songs are not wanted in the list; others may take their places."""
    gone = frozenset(songs)
    return replace(
        unlocked(recipe, gone),
        filters=replace(recipe.filters, without_songs=recipe.filters.without_songs | gone),
    )


def all_back(recipe: Recipe) -> Recipe:
    """The songs that were taken out may come again."""
    return replace(recipe, filters=replace(recipe.filters, without_songs=frozenset()))


def as_before(recipe: Recipe, before: Recipe) -> Recipe:
    """The recipe with all that is changed by hand as it was ``before``; what the form says stays.

    Locks of another kind of list are left to that kind.
    """
    return replace(
        with_locks_of(recipe, before if before.dish is recipe.dish else recipe),
        seed=before.seed,
        filters=replace(recipe.filters, without_songs=before.filters.without_songs),
    )
