"""What a list may hold: each filter against the songs one by one, and the limits per artist and album."""

import time
from dataclasses import replace

import numpy as np
import pytest

from core.recommend.filters import Filters
from core.recommend.stock import Stock
from core.song import Song, SongId
from core.store.companion import Prediction

YESTERDAY, LONG_AGO = int(time.time()) - 86_400, 1_000_000_000
SONGS = [
    Song(0, "a", "Anna", "One", 1970, 0.8, "file:///a.ogg", genre="Hard Rock"),
    Song(1, "b", "anna", "One", 1985, -1.0, "file:///b.ogg", genre="rock"),
    Song(2, "c", "Bert", "Two", 0, -1.0, "file:///c.ogg", "Various", "Jazz", last_played=YESTERDAY),
    Song(3, "d", "Cleo", "", -1, 0.4, "file:///d.ogg", last_played=LONG_AGO),
    Song(4, "e", "Cleo", "", 2001, -1.0, "file:///e.ogg", genre="ROCK & ROLL", last_played=YESTERDAY),
]
STOCK = Stock.of(
    SONGS,
    filenames=[song.filename for song in SONGS],
    vectors=np.random.default_rng(1).normal(size=(5, 4)).astype(np.float32),
    predictions={SONGS[1].song_id: Prediction(SONGS[1].song_id, 0.9, 0.8, 1.0)},
)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), [0, 1, 2, 3, 4]),
        (Filters(genre="Rock"), [0, 1, 4]),
        (Filters(genre="polka"), []),
        (Filters(first_year=1980), [1, 4]),
        (Filters(first_year=-5), [0, 1, 4]),
        (Filters(last_year=1985), [0, 1]),
        (Filters(first_year=1971, last_year=2000), [1]),
        (Filters(min_rating=0.75), [0, 1]),
        (Filters(unrated=True), [1, 2, 4]),
        (Filters(without_groups=frozenset({"anna", "nobody"})), [2, 3, 4]),
        (Filters(without_songs=frozenset({SONGS[2].song_id, SongId("file:///unheard.ogg")})), [0, 1, 3, 4]),
        (Filters(genre="rock", unrated=True, last_year=1999), [1]),
        (Filters(artist="ANN"), [0, 1]),
        (Filters(artist="various"), [2]),
        (Filters(not_played_for_days=30), [0, 1, 3]),
        (Filters(not_played_for_days=0), [0, 1, 2, 3, 4]),
    ],
)
def test_each_filter_lets_through_what_fits(filters: Filters, expected: list[int]) -> None:
    assert np.flatnonzero(filters.allowed(STOCK)).tolist() == expected


def test_what_cannot_be_played_is_never_allowed() -> None:
    playable = np.array([True, False, True, True, False])
    assert np.flatnonzero(Filters(genre="rock").allowed(replace(STOCK, playable=playable))).tolist() == [0]
    assert playable.tolist() == [True, False, True, True, False]


def test_no_more_of_an_artist_or_an_album_than_wanted() -> None:
    everything = range(5)
    assert Filters(max_per_artist=1).choose(everything, stock=STOCK, wanted=9) == [0, 2, 3]
    assert Filters(max_per_album=1).choose(everything, stock=STOCK, wanted=9) == [0, 2, 3, 4]
    assert Filters().choose(everything, stock=STOCK, wanted=2) == [0, 1]


def test_only_as_many_rows_are_looked_at_as_needed() -> None:
    rows = iter(range(5))
    assert Filters().choose(rows, stock=STOCK, wanted=3) == [0, 1, 2]
    assert next(rows) == 3
