"""The first days: plays, playlists and few stars, and the lists that are made of them."""

from dataclasses import replace

import numpy as np
import pytest

from core.library.playlists import PlayerPlaylist
from core.recommend.filters import Filters
from core.recommend.popularity import SPANNING, first_playlist, liking, playlist_liking, popularity
from core.recommend.remark import About
from core.recommend.stock import Stock
from core.song import Song, SongId
from tests.planted_stock import PlantedStock, planted_song

ANY = Filters()
PLANTED = PlantedStock(groups=5, songs_each=12)


def heard(plays: int, skips: int = 0, score: float = -1.0) -> Song:
    return replace(planted_song(0), playcount=plays, skipcount=skips, score=score)


def test_once_to_the_end_is_less_than_often_and_seldom_skipped() -> None:
    values = popularity([heard(1), heard(200, skips=5), heard(20), heard(0)])
    assert values[1] > values[2] > values[0] > values[3] == 0
    assert values.max() <= 1


def test_skips_count_against_a_song() -> None:
    values = popularity([heard(50), heard(50, skips=10), heard(50, skips=100), heard(0, skips=3)])
    assert (np.diff(values) < 0).all()
    assert values[3] == 0


def test_a_single_skip_says_little() -> None:
    """Drawn to all songs together: one listening in two was skipped, but of two that is nearly chance."""
    few, many = popularity([heard(1), heard(1, skips=1), *[heard(50)] * 20])[[0, 1]]
    of_few = many / few
    all_of_many, half_of_many = popularity([heard(50), heard(50, skips=50), *[heard(50)] * 20])[[0, 1]]
    assert half_of_many / all_of_many < of_few - 0.2


def test_the_score_tells_how_far_it_was_heard() -> None:
    far, near, unknown = popularity([heard(30, score=95), heard(30, score=40), heard(30, score=0)])
    assert far > near
    assert unknown > near  # 0 is what Clementine stores before it has a score


def test_nobody_has_played_anything() -> None:
    assert popularity([heard(0), heard(0, skips=2)]).tolist() == [0, 0]
    assert popularity([]).tolist() == []


def playlist(name: str, count: int, **marks: bool) -> PlayerPlaylist:
    return PlayerPlaylist(name, tuple(SongId(f"file:///{number}") for number in range(count)), **marks)


def test_a_chosen_few_say_more_than_a_tab_of_everything() -> None:
    few, many, everything = (
        playlist_liking([playlist("Evening", count)], songs_count=10_000).get(SongId("file:///0"), 0.0)
        for count in (100, 5000, 10_000)
    )
    assert few == pytest.approx(0.6 * 0.5)
    assert few > 5 * many > 0 == everything


def test_starred_before_named_before_unnamed() -> None:
    starred, named, unnamed = (
        playlist_liking([each], songs_count=1000)[SongId("file:///0")]
        for each in (playlist("Playlist 2", 10, is_favorite=True), playlist("Evening", 10), playlist("Playlist 2", 10))
    )
    assert starred > named > unnamed > 0


def test_what_the_player_fills_says_nothing() -> None:
    assert playlist_liking([playlist("Smart", 10, is_automatic=True)], songs_count=1000) == {}


def test_two_playlists_say_more_than_one() -> None:
    one, two = (playlist_liking([playlist("Evening", 10)] * times, songs_count=1000) for times in (1, 2))
    assert 1 > two[SongId("file:///0")] > one[SongId("file:///0")]


def test_stars_stand_before_plays() -> None:
    songs = [replace(heard(90), rating=0.3), replace(heard(0), rating=1.0), heard(90), heard(0)]
    values = liking(songs, of_playlists={songs[3].song_id: 0.5})
    assert values[0] == 0
    assert values[1] == 1
    assert values[2] > 0.5
    assert liking([heard(0)], of_playlists={heard(0).song_id: 0.5}).tolist() == [0.5]
    assert liking([heard(0)]).tolist() == [0]


def test_a_first_playlist_has_what_is_liked_and_what_sounds_like_it() -> None:
    played = {row: 30 for group in (0, 2) for row in PLANTED.rows_of(group)[:3]}
    stock = PLANTED.stock(plays=played)
    found = first_playlist(stock, liked=liking(stock.songs), wanted=12, filters=ANY, seed=1)
    groups = [PLANTED.group_of(each.song.rowid) for each in found.suggestions]
    assert sorted(groups) == [0] * 6 + [2] * 6
    assert set(played) <= {each.song.rowid for each in found.suggestions}
    assert found.notice == (
        "There are no stars yet: these are songs that you seem to like, by plays and playlists, and songs that sound "
        "like them."
    )


def test_every_entry_says_why() -> None:
    stock = PLANTED.stock(plays={0: 30}, skips={0: 1})
    first, second = first_playlist(stock, liked=liking(stock.songs), wanted=2, filters=ANY, seed=1).suggestions
    assert first.why == "You played it 30 times and skipped it once."
    assert second.why == "Sounds like Artist 0 – Song 0, which you played 30 times and skipped once."
    assert first.score > second.score > 0


def test_whys_without_plays() -> None:
    stock = PLANTED.stock(ratings={0: 0.9})
    liked = liking(stock.songs, of_playlists={stock.songs[30].song_id: 0.5})
    found = first_playlist(stock, liked=liked, wanted=10, filters=ANY, seed=1)
    assert {"You gave it 4.5 stars.", "You put it into a playlist."} <= {each.why for each in found.suggestions}
    assert found.notice.startswith("There is only 1 rating yet: ")


def test_every_mood_comes_early() -> None:
    plays = {row: 30 + row for row in range(0, len(PLANTED), 6)}
    stock = PLANTED.stock(plays=plays)
    found = first_playlist(stock, liked=liking(stock.songs), wanted=25, filters=ANY, seed=1)
    assert {PLANTED.group_of(each.song.rowid) for each in found.suggestions[:8]} == set(range(5))
    assert len({each.song.song_id for each in found.suggestions}) == 25


def test_a_mood_that_is_liked_more_has_more() -> None:
    plays = {**dict.fromkeys(PLANTED.rows_of(1)[:6], 30), PLANTED.rows_of(3)[0]: 30}
    stock = PLANTED.stock(plays=plays)
    found = first_playlist(stock, liked=liking(stock.songs), wanted=14, filters=ANY, seed=1)
    groups = [PLANTED.group_of(each.song.rowid) for each in found.suggestions]
    assert 1 <= groups.count(3) <= 3
    assert groups.count(1) >= 10


def test_two_songs_at_one_place_are_one_mood() -> None:
    planted = PlantedStock(groups=2, songs_each=4, spread=0)
    stock = planted.stock(plays={0: 5, 1: 5, 2: 5})
    found = first_playlist(stock, liked=liking(stock.songs), wanted=9, filters=ANY, seed=1)
    assert {0, 1, 2} <= {each.song.rowid for each in found.suggestions}


def test_what_is_disliked_is_not_near_enough() -> None:
    """Neither songs of few stars nor such as are skipped more often than played."""
    stock = PLANTED.stock(plays={0: 30}, ratings={1: 0.2, 2: 0.4}, skips={3: 1})
    found = first_playlist(stock, liked=liking(stock.songs), wanted=60, filters=ANY, seed=1)
    assert not {each.song.rowid for each in found.suggestions} & {1, 2, 3}


def test_filters_hold() -> None:
    stock = PLANTED.stock(plays=dict.fromkeys(range(6), 30), unplayable=(1,))
    filters = Filters(max_per_artist=1, without_songs=frozenset([stock.songs[2].song_id]))
    found = first_playlist(stock, liked=liking(stock.songs), wanted=20, filters=filters, seed=1)
    rows = [each.song.rowid for each in found.suggestions]
    assert not {1, 2} & set(rows)
    assert len({stock.artists[row] for row in rows}) == len(rows)


def test_where_nothing_is_liked_the_list_spans_the_library() -> None:
    stock = PLANTED.stock(unplayable=(0,))
    found = first_playlist(stock, liked=liking(stock.songs), wanted=5, filters=ANY, seed=1)
    assert {PLANTED.group_of(each.song.rowid) for each in found.suggestions} == set(range(5))
    assert {each.why for each in found.suggestions} == {SPANNING}
    assert found.notice.startswith("There are no stars and no plays yet")


def test_what_is_said_of_no_song_is_so() -> None:
    def notice(stock: Stock, genre: str = "") -> str:
        return first_playlist(stock, liked=liking(stock.songs), wanted=5, filters=Filters(genre=genre), seed=1).notice

    assert notice(PLANTED.stock(), "polka") == "No song fits."
    assert notice(PLANTED.stock(plays={0: 3}), "polka") == "No song fits."
    assert notice(PLANTED.stock(ratings={0: 0.2})).startswith("Nothing tells yet what you like: these songs span")
    nothing = Stock.of([], filenames=[], vectors=PLANTED.vectors[:0], predictions={})
    assert notice(nothing) == "There is no song that was listened to."


def test_too_few_fit() -> None:
    stock = PLANTED.stock(plays={0: 3})
    found = first_playlist(stock, liked=liking(stock.songs), wanted=500, filters=ANY, seed=1)
    assert found.notice.endswith(f"Only {len(found.suggestions)} of 500 songs fit.")


def test_that_rated_songs_are_still_to_be_heard_is_no_lack_of_ratings() -> None:
    stock = PLANTED.stock(ratings={1: 1.0})
    found = first_playlist(stock, liked=liking(stock.songs), wanted=2, filters=ANY, seed=1, rated=261)
    assert found.notice.startswith("Of the songs that you have rated, 1 of 261 have been listened to so far: these are")
    assert [each.about for each in found.remarks] == [About.UNHEARD]
