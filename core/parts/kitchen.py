"""The kitchen: from a recipe to a list, of whatever kind, with the songs in it that are to stay."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core.curation import Curation
from core.errors import UserError
from core.parts.discoveries import Discoveries
from core.parts.questions import Questions
from core.parts.remembered import Remembered
from core.parts.stock import Look, StockRoom, is_there, playable_list, rows_of
from core.recommend.best import POOL, best, drawn
from core.recommend.filters import Filters
from core.recommend.order import ordered, with_kept
from core.recommend.recipe import FIRST_SEED, Dish, Order, Recipe
from core.recommend.remark import Remark, Remarks
from core.recommend.short_reasons import with_short_reasons
from core.recommend.shortage import lower_minimum, recounted
from core.recommend.stock import Stock
from core.recommend.suggestion import SongList, Suggestion
from core.song import Song, SongId

KEPT = "You keep it in the list."


class Kitchen:
    """A part of the engine."""

    def __init__(self, *, stock: StockRoom, discoveries: Discoveries, questions: Questions) -> None:
        self._room, self._discoveries, self._questions = stock, discoveries, questions
        self._cooked = Remembered()

    def cook(self, recipe: Recipe) -> SongList:
        """The list of a recipe, each song with its reason; raises UserError for a recipe that lacks something."""
        _require_complete(recipe)
        look = self._room.look()
        stock = self._room.of(look)
        kept, lost = _kept(recipe, stock=stock, curation=look.curation)
        found = self._others(recipe, stock, look, kept=kept)
        others = ordered(found.suggestions, stock=stock, order=recipe.order, seed=recipe.seed)
        listed = with_kept(others, kept)
        examples = rows_of(recipe.like, stock=stock, curation=look.curation) if recipe.dish is Dish.SIMILAR else []
        told = with_short_reasons(listed, stock=stock, recipe=recipe, examples=examples)
        minimum = _lower_minimum(recipe, stock, kept=[each for _, each in kept], shown=len(told))
        return replace(found, suggestions=tuple(told), remarks=(*found.remarks, *minimum, *_lost(lost)))

    def has_predictions(self) -> bool:
        """Whether a list can be made by what is predicted; raises UserError before the first scan."""
        return self._room.now().has_predictions

    def _others(self, recipe: Recipe, stock: Stock, look: Look, *, kept: Sequence[tuple[int, Suggestion]]) -> SongList:
        """The songs beside those that stay, as many as are missing."""
        beside = stock.rows(each.song.song_id for _, each in kept).tolist()
        ids, filters = {each.song.song_id for _, each in kept}, recipe.filters
        missing = recipe.wanted - len(kept)
        limited = filters.max_per_artist is not None or filters.max_per_album is not None
        # Each song that stays may take the place of one of its artist and of one of its album.
        spare = 2 * len(kept) if limited and recipe.dish is not Dish.PATH else 0
        plain = replace(
            recipe,
            wanted=missing + spare,
            filters=replace(filters, without_songs=filters.without_songs | ids),
            order=Order.AS_MADE,
            locked=(),
            locked_places=(),
        )
        if missing < 1 and recipe.dish is not Dish.CHOSEN:
            return SongList(recipe.dish.capitalize(), ())
        found = self._remembered(plain, stock, look)
        chosen = found.suggestions
        if spare:
            by_row = {stock.row_of[each.song.song_id]: each for each in chosen}
            rows = filters.choose(by_row, stock=stock, wanted=missing, beside=beside)
            chosen = tuple(by_row[row] for row in rows)
        remarks = recounted(found.remarks, shown=len(chosen) + len(kept), wanted=recipe.wanted)
        return replace(found, suggestions=chosen, remarks=remarks)

    def _remembered(self, recipe: Recipe, stock: Stock, look: Look) -> SongList:
        """The list as it was made, unless the stock is another one since, or a file is gone."""
        known = self._cooked.get(recipe, stock=stock)
        if known is not None and all(is_there(each.song) for each in known.suggestions):
            return known
        made = self._made(recipe, stock, look)
        self._cooked.keep(recipe, made, stock=stock)
        return made

    def _made(self, recipe: Recipe, stock: Stock, look: Look) -> SongList:
        wanted, filters, seed = recipe.wanted, recipe.filters, recipe.seed
        if recipe.dish is Dish.CHOSEN:
            return _chosen(recipe, stock=stock, curation=look.curation)
        if recipe.dish is Dish.PATH and recipe.start is not None and recipe.end is not None:
            return self._discoveries.path(recipe.start, recipe.end, wanted=max(wanted, 2), filters=filters)
        if recipe.dish is Dish.MIX:
            return self._discoveries.mix(
                wanted=wanted, variety=recipe.variety, explored=recipe.explored, filters=filters, seed=seed
            )
        if recipe.dish is Dish.SURPRISE:
            return self._discoveries.surprise(wanted=wanted, filters=filters, seed=seed)
        if recipe.dish is Dish.RATE_NEXT:
            return self._questions.next(wanted=wanted, filters=filters, seed=seed)
        return self._drawn(recipe, stock, look)

    def _drawn(self, recipe: Recipe, stock: Stock, look: Look) -> SongList:
        """The lists that have one order: another seed draws from what comes first in it."""
        is_first = recipe.seed == FIRST_SEED
        wanted, filters = recipe.wanted if is_first else POOL * recipe.wanted, recipe.filters
        if recipe.dish is Dish.SIMILAR:
            found = self._discoveries.similar(recipe.like, minus=recipe.unlike, filters=filters, wanted=wanted)
        else:
            found = self._best(stock, look, wanted=wanted, filters=filters)
        count, made = len(found.suggestions), recipe.wanted
        found = replace(found, remarks=recounted(found.remarks, shown=min(count, made), wanted=made))
        shown = found if is_first else drawn(found, wanted=recipe.wanted, seed=recipe.seed)
        if recipe.dish is not Dish.BEST or not recipe.explored:
            return shown
        return self._explored(shown, stock, share=recipe.explored, filters=replace(filters, unrated=True))

    def _explored(self, shown: SongList, stock: Stock, *, share: float, filters: Filters) -> SongList:
        """The list with songs to find out about, of which the files are there too."""

        def make(now: Stock) -> SongList:
            # A drive may be unplugged at any time, and what is gone must not be offered again and again.
            chosen = [each for each in shown.suggestions if is_there(each.song)]
            return self._discoveries.explored(chosen, now, share=share, filters=filters)

        found = playable_list(make, stock)
        return replace(shown, suggestions=found.suggestions, remarks=shown.remarks or found.remarks)

    def _best(self, stock: Stock, look: Look, *, wanted: int, filters: Filters) -> SongList:
        """By prediction; before there are any, what can be offered without."""
        if stock.has_predictions:
            return playable_list(lambda now: best(now, wanted=wanted, filters=filters), stock)
        return self._discoveries.first_playlist(look, wanted=wanted, filters=replace(filters, unrated=True))


def _require_complete(recipe: Recipe) -> None:
    if recipe.wanted < 1:
        raise UserError("A list has at least one song: ask for more than none.")
    if recipe.dish is Dish.SIMILAR and not recipe.like:
        raise UserError("Choose a song that the others should be like.")
    if recipe.dish is Dish.PATH and (recipe.start is None or recipe.end is None):
        raise UserError("Choose the first and the last song of the path.")
    if recipe.dish is Dish.CHOSEN and not recipe.songs:
        raise UserError("Choose songs first, on the map or in the library.")


def _kept(recipe: Recipe, *, stock: Stock, curation: Curation) -> tuple[list[tuple[int, Suggestion]], int]:
    """The songs that stay with their places, and how many cannot; the ends of a path stay by themselves."""
    ends = {recipe.start, recipe.end} if recipe.dish is Dish.PATH else set()
    locked = [song_id for song_id in dict.fromkeys(recipe.locked) if song_id not in ends]
    place_of = dict(zip(recipe.locked, recipe.locked_places, strict=False))
    songs = _songs(locked, curation=curation)
    why = "" if recipe.dish in (Dish.BEST, Dish.MIX, Dish.PATH) else KEPT
    kept = [
        (place_of.get(song_id, number), _entry(songs[song_id], stock, why=why))
        for number, song_id in enumerate(locked)
        if song_id in songs and is_there(songs[song_id])
    ]
    return kept, len(locked) - len(kept)


def _chosen(recipe: Recipe, *, stock: Stock, curation: Curation) -> SongList:
    """The songs that were picked, in that order, as far as the filters let them."""
    songs = _songs(recipe.songs, curation=curation)
    present = {song.song_id: song for song in songs.values() if is_there(song)}
    rows = stock.rows(present)
    allowed = recipe.filters.allowed(stock) if len(rows) else np.zeros(0, dtype=bool)
    chosen = set(recipe.filters.choose(rows[allowed[rows]], stock=stock, wanted=len(rows))) if len(rows) else set()
    # Nothing is known of the sound of a song that nobody has listened to, but its owner picked it all the same.
    takes_unheard = replace(recipe.filters, without_songs=frozenset()) == Filters()
    listed = [
        _entry(song, stock)
        for song_id, song in present.items()
        if (stock.row_of[song_id] in chosen if song_id in stock.row_of else takes_unheard)
        and song_id not in recipe.filters.without_songs
    ]
    missing = len(set(recipe.songs)) - len(present)
    count = len(listed)
    return SongList("1 song" if count == 1 else f"{count:,} songs", tuple(listed), _missing(missing))


def _songs(song_ids: Sequence[SongId], *, curation: Curation) -> dict[SongId, Song]:
    """The songs that are meant, by the names that were given: of copies the one that is kept."""
    wanted = {curation.copy_of.get(song_id, song_id): song_id for song_id in reversed(song_ids)}
    found = {wanted[song.song_id]: song for song in curation.songs if song.song_id in wanted} if wanted else {}
    return {song_id: found[song_id] for song_id in song_ids if song_id in found}


def _entry(song: Song, stock: Stock, *, why: str = "") -> Suggestion:
    row = stock.row_of.get(song.song_id)
    return Suggestion(song, why=why) if row is None else stock.suggestion(row, score=0.0, why=why)


def _lower_minimum(recipe: Recipe, stock: Stock, *, kept: Sequence[Suggestion], shown: int) -> Remarks:
    """What a list of songs by their stars would hold with a lower minimum; before there are predictions nothing."""
    if recipe.dish in (Dish.CHOSEN, Dish.PATH, Dish.SURPRISE) or not stock.has_predictions:
        return ()
    unrated = recipe.filters.unrated or recipe.dish in (Dish.BEST, Dish.RATE_NEXT)
    songs = recipe.filters.without_songs | {each.song.song_id for each in kept}
    filters = replace(recipe.filters, unrated=unrated, without_songs=songs)
    beside = stock.rows(each.song.song_id for each in kept).tolist()
    return lower_minimum(stock, filters=filters, shown=shown, wanted=recipe.wanted, beside=beside)


def _lost(count: int) -> Remarks:
    if not count:
        return ()
    songs = "1 song that you keep is" if count == 1 else f"{count:,} songs that you keep are"
    return (Remark(f"{songs} left out, for the file is not there, or it is no music."),)


def _missing(count: int) -> Remarks:
    if not count:
        return ()
    songs = "1 of your songs is" if count == 1 else f"{count:,} of your songs are"
    return (Remark(f"{songs} left out: copies of others, spoken, or the file is not there."),)
