"""No kind of list fails for want of songs: an emptied library has none, a new one a song or two."""

import itertools
import tracemalloc
from collections.abc import Callable

import numpy as np
import pytest

from core.recommend.albums import rank_albums
from core.recommend.bootstrap import bootstrap
from core.recommend.filters import Filters
from core.recommend.inquiry import asking_here
from core.recommend.mix import daily_mixes, mix
from core.recommend.path import path
from core.recommend.popularity import first_playlist, liking
from core.recommend.rate_next import rate_next
from core.recommend.similar import similar
from core.recommend.space.sound_space import SoundSpace
from core.recommend.stock import Stock
from core.recommend.surprise import exploration, exploration_rows, surprise
from core.song import Song
from core.training.rating.hearing import Hearing
from tests.planted_stock import PlantedStock

ANY = Filters()
FIRST = np.arange(2)
"""Songs of the planted stock that small ones are made of."""

LISTS: dict[str, Callable[[Stock], object]] = {
    "mix": lambda stock: mix(stock, wanted=5, seed=1).notice,
    "a varied mix of strangers": lambda stock: (
        mix(stock, wanted=5, variety=1, extra_rows=range(len(stock)), seed=1).notice
    ),
    "daily mixes": lambda stock: daily_mixes(stock, seed=1)[0].notice,
    "surprise": lambda stock: surprise(stock, wanted=5, filters=ANY, seed=1).notice,
    "first playlist": lambda stock: (
        first_playlist(stock, liked=liking(stock.songs), wanted=5, filters=ANY, seed=1).notice
    ),
    "albums": lambda stock: rank_albums(stock, library=stock.songs, wanted=5).notice,
    "albums of a song": lambda stock: rank_albums(stock, library=stock.songs, wanted=9, least_songs=1).notice,
    "similar": lambda stock: similar(stock, plus=[0], minus=range(1, len(stock))).notice if len(stock) else "none",
    "path": lambda stock: path(stock, start=0, end=len(stock) - 1, wanted=5).notice if len(stock) else "none",
    "rate next": lambda stock: rate_next(stock, ask=asking_here(hearing(stock)), filters=ANY, wanted=3),
    "exploration": lambda stock: [exploration(stock, wanted=5, filters=ANY, seed=1)],
    "exploration rows": lambda stock: [exploration_rows(stock, wanted=5, filters=ANY, seed=1)],
    "bootstrap": lambda stock: [bootstrap(stock)],
}


def hearing(stock: Stock) -> Hearing:
    return Hearing([*stock.song_ids], stock.space.units)


def small_stocks() -> dict[str, Stock]:
    """Of none, one and two songs: each rated or not, predicted or not, played or not, and playable or not."""
    planted = PlantedStock(groups=2, songs_each=5)
    found = {}
    for count in range(3):
        for said in itertools.product(*[(False, True)] * 4):
            rated, predicted, played, gone = said
            rows = range(count)
            whole = planted.stock(
                ratings=dict.fromkeys(rows, 0.8) if rated else {},
                predicted=dict.fromkeys(rows, 0.7) if predicted else {},
                plays=dict.fromkeys(rows, 3) if played else {},
                unplayable=tuple(rows) if gone else (),
            )
            found[f"{count} songs {said}"] = first_of(whole, planted, count)
    return found


def first_of(stock: Stock, planted: PlantedStock, count: int) -> Stock:
    songs = stock.songs[:count]
    return Stock.of(
        songs,
        filenames=[song.song_id for song in songs],
        vectors=planted.vectors[:count],
        predictions={
            song.song_id: each for song, each in zip(songs, stock.predictions, strict=False) if each is not None
        },
        unplayable=[song.song_id for row, song in enumerate(songs) if not stock.playable[row]],
    )


STOCKS = small_stocks()


@pytest.mark.parametrize("stock", STOCKS.values(), ids=STOCKS)
@pytest.mark.parametrize("make", LISTS.values(), ids=LISTS)
def test_a_list_of_few_songs_is_short_and_says_so(make: Callable[[Stock], object], stock: Stock) -> None:
    assert make(stock), "a list that is not full says why"


def test_it_takes_little_more_memory_than_the_places_of_its_songs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.training.judgment.neighbors.PIECE", 400)
    monkeypatch.setattr("core.store.matrix.PIECE", 400)
    count, dimension = 12_000, 256
    songs = [Song(row, "", "", "", -1, -1.0, f"file:///{row}.mp3") for row in range(count)]
    filenames = [song.song_id for song in songs][::-1]
    vectors = np.random.default_rng(6).normal(size=(count, dimension)).astype(np.float32)
    tracemalloc.start()
    try:
        stock = Stock.of(songs, filenames=filenames, vectors=vectors, predictions={})
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 1.8 * stock.space.units.nbytes, "each copy of all the embeddings would be one more"
    assert np.array_equal(stock.space.units[:2], SoundSpace.of(vectors[::-1].copy()).units[:2])
