"""Orders of a list, and the places of songs that stay."""

from dataclasses import replace

from core.recommend.order import ordered, with_kept
from core.recommend.recipe import Order
from core.recommend.suggestion import Suggestion
from core.song import Song
from tests.planted_stock import PlantedStock

PLANTED = PlantedStock(groups=2, songs_each=4)
STOCK = PLANTED.stock(ratings={0: 0.6}, predicted={1: 0.9, 2: 0.3})


def entries(*rows: int) -> list[Suggestion]:
    return [STOCK.suggestion(row, score=0.0) for row in rows]


def in_order(order: Order, *rows: int, seed: int = 1) -> list[int]:
    found = ordered(entries(*rows), stock=STOCK, order=order, seed=seed)
    return [STOCK.row_of[each.song.song_id] for each in found]


def test_as_made_changes_nothing() -> None:
    assert in_order(Order.AS_MADE, 3, 0, 2) == [3, 0, 2]


def test_by_stars_given_and_predicted_the_others_last() -> None:
    assert in_order(Order.PREDICTED, 3, 2, 0, 1, 4) == [1, 0, 2, 3, 4]


def test_shuffled_anew_by_each_seed() -> None:
    some = in_order(Order.SHUFFLED, *range(8))
    assert sorted(some) == list(range(8))
    assert in_order(Order.SHUFFLED, *range(8)) == some
    assert in_order(Order.SHUFFLED, *range(8), seed=2) != some


def test_smooth_goes_through_one_group_and_then_the_other() -> None:
    groups = [PLANTED.group_of(row) for row in in_order(Order.SMOOTH, 0, 4, 1, 5, 2, 6)]
    assert groups in ([0, 0, 0, 1, 1, 1], [1, 1, 1, 0, 0, 0])


def test_songs_without_a_place_by_sound_come_last() -> None:
    unheard = Suggestion(Song(9, "x", "X", "", 0, -1.0, "file:///unheard.mp3"))
    assert ordered([unheard, *entries(0, 4, 1)], stock=STOCK, order=Order.SMOOTH, seed=1)[-1] is unheard


def test_by_artist_album_and_track_and_by_year() -> None:
    def song(title: str, artist: str, album: str, track: int, year: int) -> Suggestion:
        return Suggestion(Song(0, title, artist, album, year, -1.0, f"file:///{title}", track=track))

    songs = [song("a", "Bert", "x", 1, 0), song("b", "anna", "y", 2, 1999), song("c", "Anna", "Y", 1, 1970)]
    songs.append(song("d", "Anna", "", -1, -1))
    by_artist = ordered(songs, stock=STOCK, order=Order.ARTIST, seed=1)
    by_year = ordered(songs, stock=STOCK, order=Order.YEAR, seed=1)
    assert "".join(each.song.title for each in by_artist) == "dcba"
    assert "".join(each.song.title for each in by_year) == "cbad", "an unknown year comes last"


def test_kept_songs_stand_at_their_places() -> None:
    first, second, late = (replace(each, why="kept") for each in entries(5, 6, 7))
    found = with_kept(entries(0, 1, 2), [(99, late), (3, second), (0, first)])
    assert found == [first, *entries(0, 1), second, *entries(2), late]
