"""What is drawn among equals."""

from core.recommend.mixes.lots import lots
from tests.planted_stock import planted_song

SONGS = [planted_song(row) for row in range(50)]


def test_a_song_has_the_same_lot_among_other_songs() -> None:
    assert lots(SONGS, seed=1)[7] == lots(SONGS[7:8], seed=1)[0]
    assert len(set(lots(SONGS, seed=1).tolist())) == 50


def test_another_seed_draws_another_order() -> None:
    orders = {tuple(lots(SONGS, seed=seed).argsort().tolist()) for seed in (0, 1, -1, 2**60)}
    assert len(orders) == 4
    assert tuple(range(50)) not in orders


def test_no_songs_and_names_that_are_no_text() -> None:
    assert len(lots([], seed=0)) == 0
    odd = planted_song(0).__class__(1, "", "", "", 0, -1.0, "file:///m/\udcff.mp3")
    assert len(lots([odd], seed=0)) == 1
