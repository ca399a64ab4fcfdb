"""Lists of all kinds from the engine: what may be in one, and what the owner named."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from core.analysis.speech_class import SpeechClass
from core.curation import Curation
from core.engine import Engine
from core.errors import UserError
from core.parts import suggestions as module
from core.parts.discoveries import RATED_FIRST
from core.parts.suggestions import Source
from core.recommend.filters import Filters
from core.recommend.ranking import Wish
from core.recommend.recipe import Dish, Recipe
from core.recommend.suggestion import SongList, Suggestion
from core.song import Song, SongId
from core.store.companion import FileState
from core.store.fingerprints import ComparisonRecord
from tests.library_databases import SongRow
from tests.listened_library import listen_to
from tests.planted_library import RATED, SONGS, TASTE, PlantedLibrary, predict

SPOKEN, SKIPPED, UNAVAILABLE, COPY, KEPT, MISSING = 50, 51, 52, 53, 54, 55
"""Places of songs, unrated ones, that no list may hold; the copy that is kept may be."""
NEVER = {SPOKEN, SKIPPED, UNAVAILABLE, COPY, MISSING}


@dataclass(frozen=True)
class Planted:
    """A library of which some songs are not to be offered; they are predicted best of all."""

    engine: Engine
    library: PlantedLibrary

    def id(self, place: int) -> SongId:
        return self.songs[place].song_id

    @property
    def songs(self) -> list[Song]:
        return sorted(self.engine.library().songs, key=lambda song: song.track)

    def places(self, *lists: SongList) -> list[int]:
        return [each.song.track - 1 for found in lists for each in found.suggestions]


@pytest.fixture
def planted(tmp_path: Path) -> Iterator[Planted]:
    library = PlantedLibrary.create(tmp_path)
    with library.open() as engine:
        planted = Planted(engine, library)
        songs = planted.songs
        liking = {song.rowid: float(rating) for song, rating in zip(songs, TASTE.ratings, strict=True)}
        predict(engine, liking | {songs[place].rowid: 1.0 for place in (*NEVER, KEPT)})
        engine.speech.say(songs[SPOKEN].song_id, SpeechClass.SPOKEN)
        excerpt = engine.stores.companion.file_states()[songs[SKIPPED].song_id].excerpt
        engine.stores.companion.save_file_states([FileState(songs[SKIPPED].song_id, 1, 1.0, excerpt, "damaged")])
        library.database.change(library.paths[UNAVAILABLE], unavailable=1)
        record = ComparisonRecord(songs[COPY].song_id, songs[KEPT].song_id, "same audio", 0.9, "")
        engine.stores.fingerprints.save_comparisons([record])
        (copies,) = engine.curation().duplicates
        engine.duplicates.say_keep(songs[KEPT].song_id, copies=copies)
        library.paths[MISSING].unlink()
        yield planted


MAKERS: dict[str, Callable[[Planted], list[SongList]]] = {
    "similar": lambda at: [at.engine.discoveries.similar([at.id(0)], wanted=SONGS)],
    "path": lambda at: [at.engine.discoveries.path(at.id(0), at.id(1), wanted=SONGS)],
    "mix": lambda at: [at.engine.discoveries.mix(wanted=SONGS, explored=0.5)],
    "daily mixes": lambda at: list(at.engine.discoveries.daily_mixes(wanted=SONGS, explored=0.5)),
    "rate next": lambda at: [at.engine.questions.next(wanted=SONGS)],
    "surprise": lambda at: [at.engine.discoveries.surprise(wanted=SONGS)],
    "recipe": lambda at: [at.engine.recipes.cook(Recipe(Dish.BEST, SONGS, explored=0.5))],
}


@pytest.mark.parametrize("name", MAKERS)
def test_no_list_holds_what_is_spoken_skipped_gone_or_a_copy(planted: Planted, name: str) -> None:
    found = planted.places(*MAKERS[name](planted))
    assert len(found) > 5
    assert not NEVER & set(found)
    assert len(set(found)) == len(found), "and no song twice"


def test_recommendations_hold_none_of_them_either(planted: Planted) -> None:
    wish = Wish(top_n=SONGS, min_rating=0.0, explored=0.5)
    found = [each.song.track - 1 for each in planted.engine.rank(wish).recommendations]
    assert len(found) == SONGS - RATED - len(NEVER)
    assert not NEVER & set(found)


def test_the_kept_copy_stands_for_the_other_that_is_named(planted: Planted) -> None:
    of_copy, of_kept = (planted.engine.discoveries.similar([planted.id(each)]) for each in (COPY, KEPT))
    assert planted.places(of_copy) == planted.places(of_kept)
    assert KEPT not in planted.places(of_copy)


@pytest.mark.parametrize(("place", "sentence"), [(SPOKEN, "is spoken"), (SKIPPED, "has not been listened to")])
def test_a_song_of_which_nothing_is_known_is_one_sentence(planted: Planted, place: int, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        planted.engine.discoveries.similar([planted.id(place)])


def test_other_artists_and_less_of_what_is_disliked(planted: Planted) -> None:
    asked = planted.songs[0]
    others = planted.engine.discoveries.similar([asked.song_id], other_artists=True, wanted=SONGS)
    assert asked.artist not in {each.song.artist for each in others.suggestions}
    liked = [float(TASTE.ratings[each]) for each in planted.places(planted.engine.discoveries.similar([asked.song_id]))]
    unlike = planted.engine.discoveries.similar([asked.song_id], unlike_disliked=True)
    assert np.mean([TASTE.ratings[each] for each in planted.places(unlike)]) > np.mean(liked)


def test_a_share_of_each_mix_is_there_to_find_out(planted: Planted) -> None:
    none, some = (planted.engine.discoveries.mix(wanted=20, explored=share) for share in (0.0, 0.2))
    assert [sum(each.is_exploration for each in found.suggestions) for found in (none, some)] == [0, 4]
    daily = planted.engine.discoveries.daily_mixes(wanted=10, explored=0.2)
    assert any(each.is_exploration for found in daily for each in found.suggestions)


def test_a_path_leads_from_one_song_to_the_other(planted: Planted) -> None:
    found = planted.places(planted.engine.discoveries.path(planted.id(3), planted.id(8), wanted=6))
    assert (found[0], found[-1], len(found)) == (3, 8, 6)


def test_filters_hold_for_a_list(planted: Planted) -> None:
    found = planted.engine.discoveries.mix(filters=Filters(genre="jazz", unrated=True), explored=0)
    assert found.suggestions
    assert {each.song.genre for each in found.suggestions} == {"Jazz"}
    assert not any(each.song.is_rated for each in found.suggestions)


def test_before_the_first_scan_there_is_one_sentence(tmp_path: Path) -> None:
    library = PlantedLibrary.create(tmp_path)
    with library.open() as engine:
        engine.stores.companion.save_setting("active_embeddings", None)
        with pytest.raises(UserError, match="been listened to yet"):
            engine.discoveries.mix()


def test_a_playlist_of_the_owner_speaks_for_its_songs_under_the_copies_that_are_kept(planted: Planted) -> None:
    planted.library.database.add_playlist("Road trip", planted.library.paths[COPY], planted.library.paths[40])
    look = planted.engine.stock.look()
    stock = planted.engine.stock.of(look)
    liked = planted.engine.discoveries.liked_without_stars(stock, look.curation)
    unlisted = stock.row_of[planted.id(41)]
    assert all(liked[stock.row_of[planted.id(place)]] > liked[unlisted] for place in (KEPT, 40))


def test_our_own_playlists_are_no_word_of_the_owner(planted: Planted) -> None:
    planted.engine.suggestions.write_list(planted.engine.discoveries.mix(wanted=3))
    planted.library.database.add_playlist("Mix", planted.library.paths[40])
    look = planted.engine.stock.look()
    stock = planted.engine.stock.of(look)
    assert planted.engine.discoveries.liked_without_stars(stock, look.curation)[stock.row_of[planted.id(40)]] == 0


ALL = Wish(top_n=SONGS, min_rating=0.0, explored=0.5)
BEING_STORED = 56


def unlook(planted: Planted, place: int) -> FileState:
    """Take back the last that a scan stores of a song: the state of its file."""
    state = planted.engine.stores.companion.file_states()[planted.id(place)]
    with planted.engine.stores.companion._database.transaction() as connection:
        connection.execute("DELETE FROM files WHERE song_id = ?", [state.song_id])
    return state


@pytest.mark.parametrize("name", [*MAKERS, "albums", "rank"])
def test_no_list_holds_a_song_that_a_scan_is_about_to_store(planted: Planted, name: str) -> None:
    """It has its embedding, and nobody knows yet whether it is spoken, or a copy."""
    unlook(planted, BEING_STORED)
    makers = MAKERS | {
        "albums": lambda at: [SongList("", at.engine.discoveries.albums(wanted=SONGS).songs)],
        "rank": lambda at: [SongList("", tuple(Suggestion(each.song) for each in at.engine.rank(ALL).recommendations))],
    }
    found = planted.places(*makers[name](planted))
    assert len(found) > 5
    assert BEING_STORED not in found


def test_a_song_that_is_stored_while_a_list_is_made_waits_for_the_next(
    planted: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read before could not know that it is spoken."""
    state, curation = unlook(planted, BEING_STORED), planted.engine.stock._curation

    def then_stored() -> Curation:
        found = curation()
        planted.engine.stores.companion.save_file_states([state])
        return found

    monkeypatch.setattr(planted.engine.stock, "_curation", then_stored)
    lists = (planted.places(planted.engine.discoveries.similar([planted.id(0)], wanted=SONGS)) for _ in range(2))
    assert [BEING_STORED in places for places in lists] == [False, True]


def test_a_given_model_may_have_heard_what_no_scan_has_looked_at(planted: Planted) -> None:
    unlook(planted, BEING_STORED)
    source = Source("rating-1", planted.engine.active_version or "")
    offered = planted.engine.suggestions.rank(Wish(top_n=SONGS, min_rating=0.0), source=source).recommendations
    assert BEING_STORED in {each.song.track - 1 for each in offered}


@pytest.fixture
def uncompared(planted: Planted) -> Planted:
    """As while a scan is under way: 56 and 57 are of one sound, and nobody has compared them yet."""
    both = [planted.id(place) for place in (56, 57)]
    states = planted.engine.stores.companion.file_states()
    planted.engine.stores.companion.save_file_states([states[each]._replace(checksum="one sound") for each in both])
    with planted.engine.stores.fingerprints._database.transaction() as connection:
        connection.executemany("DELETE FROM searched WHERE filename = ?", [[each] for each in both])
    return planted


def test_songs_that_may_be_copies_wait_until_they_were_compared(uncompared: Planted) -> None:
    found = uncompared.places(uncompared.engine.discoveries.similar([uncompared.id(0)], wanted=SONGS))
    assert len({56, 57} & set(found)) == 1
    wish = Wish(top_n=SONGS, min_rating=0.0)
    offered = {each.song.track - 1 for each in uncompared.engine.rank(wish).recommendations}
    assert len({56, 57} & offered) == 1


def test_songs_that_the_owner_calls_different_need_not_wait(uncompared: Planted) -> None:
    assert len(uncompared.engine.stock.look().unsettled) == 1
    uncompared.engine.duplicates.say_different([uncompared.id(56), uncompared.id(57)])
    assert uncompared.engine.stock.look().unsettled == set()
    found = uncompared.places(uncompared.engine.discoveries.similar([uncompared.id(0)], wanted=SONGS))
    assert {56, 57} <= set(found)


def test_files_that_are_away_are_said_to_be(planted: Planted) -> None:
    for path in planted.library.paths:
        path.unlink(missing_ok=True)
    lists = [*(MAKERS[name](planted)[0] for name in MAKERS), planted.engine.rank(Wish(min_rating=0.0))]
    assert all("is a drive not mounted?" in each.notice for each in lists)


def test_where_only_rated_songs_are_predicted_surely_the_first_songs_are_offered(planted: Planted) -> None:
    store = planted.engine.stores.companion
    rated = {song.song_id for song in planted.songs if song.is_rated}
    unsure = [
        each if each.song_id in rated else each._replace(low=0.0, high=1.0)
        for each in store.predictions("rating-1").values()
    ]
    store.replace_predictions("rating-1", unsure)
    offered = planted.engine.rank(Wish(top_n=5)).recommendations
    assert len(offered) == 5
    assert {each.predicted_rating for each in offered} == {None}
    assert len(planted.engine.discoveries.mix(wanted=10).suggestions) == 10


def test_limits_per_artist_hold_with_songs_to_find_out_about(planted: Planted) -> None:
    wish = Wish(top_n=10, min_rating=0.0, max_per_artist=1, explored=0.3)
    artists = [each.song.artist for each in planted.engine.rank(wish).recommendations]
    assert len(set(artists)) == len(artists) > 5
    limits = Filters(max_per_artist=2)
    for found in planted.engine.discoveries.daily_mixes(wanted=12, explored=0.3, filters=limits):
        listed = [each.song.artist for each in found.suggestions]
        assert max(listed.count(artist) for artist in listed) <= 2


def test_a_drive_that_goes_away_meanwhile_ends_the_list(planted: Planted, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files are there when songs are ranked, and gone when some are added to find out about."""
    rank = module.rank

    def then_gone(*arguments: object, **named: object) -> object:
        found = rank(*arguments, **named)  # type: ignore[arg-type]
        for path in planted.library.paths:
            path.unlink(missing_ok=True)
        return found

    monkeypatch.setattr(module, "rank", then_gone)
    assert planted.engine.rank(Wish(min_rating=0.0, explored=0.2)).recommendations == []


def test_albums_say_that_their_files_are_away(planted: Planted) -> None:
    for path in planted.library.paths:
        path.unlink(missing_ok=True)
    assert "is a drive not mounted?" in planted.engine.discoveries.albums().notice


def test_a_first_list_of_rated_songs_alone_says_what_it_waits_for(tmp_path: Path) -> None:
    rated = SongRow(path=tmp_path / "rated.mp3", rating=0.8)
    rated.path.touch()
    listened = listen_to(tmp_path, [rated])
    listened.database.add(SongRow(path=tmp_path / "new.mp3"))
    with listened.open() as engine:
        assert engine.recipes.cook(Recipe(Dish.BEST)).notice == RATED_FIRST.text
