"""Paths change gradually, with no step larger than it must be."""

import warnings
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise, permutations

import numpy as np
import pytest

from core.errors import UserError
from core.recommend.filters import Filters
from core.recommend.path import path
from core.recommend.space.sound_space import SoundSpace
from core.recommend.stock import Stock
from core.recommend.suggestion import SongList
from core.recommend.transitions import largest_step, steps
from core.store.companion import Prediction
from tests.planted_stock import planted_song

SONGS = 120
PAIRS = [(3, 77), (118, 0), (50, 51), (9, 100)]


def planted_vectors(songs: int = SONGS, *, seed: int = 2, dimension: int = 24) -> np.ndarray:
    """Songs as in a library: around places of their own that are mixtures of a few kinds of music."""
    random = np.random.default_rng(seed)
    kinds = random.normal(size=(6, dimension))
    mixtures = random.dirichlet(np.full(6, 0.4), size=songs)
    return (mixtures @ kinds + 0.15 * random.normal(size=(songs, dimension))).astype(np.float32)


def stock_of(
    vectors: np.ndarray,
    *,
    ratings: Mapping[int, float] | None = None,
    songs_by_artist: int = 1,
    unplayable: tuple[int, ...] = (),
) -> Stock:
    songs = [replace(planted_song(row), artist=f"Artist {row // songs_by_artist}") for row in range(len(vectors))]
    predictions = {songs[row].song_id: value for row, value in (ratings or {}).items()}
    return Stock.of(
        songs,
        filenames=[song.song_id for song in songs],
        vectors=vectors,
        predictions={name: Prediction(name, value, 0.0, 1.0) for name, value in predictions.items()},
        unplayable=[songs[row].song_id for row in unplayable],
    )


STOCK = stock_of(planted_vectors())


def rows_of(found: SongList, stock: Stock = STOCK) -> list[int]:
    return [stock.row_of[each.song.song_id] for each in found.suggestions]


@pytest.mark.parametrize(("start", "end"), PAIRS)
@pytest.mark.parametrize("wanted", [2, 3, 5, 12])
def test_a_path_has_as_many_different_songs_as_wanted_and_its_ends(start: int, end: int, wanted: int) -> None:
    rows = rows_of(path(STOCK, start=start, end=end, wanted=wanted))
    assert (rows[0], rows[-1]) == (start, end)
    assert len(set(rows)) == len(rows) == wanted


@pytest.mark.parametrize("seed", range(4))
def test_no_path_of_few_songs_has_a_smaller_largest_step(seed: int) -> None:
    stock = stock_of(planted_vectors(9, seed=seed))
    found = path(stock, start=0, end=8, wanted=4)
    best = min(largest_step(stock, [0, *inner, 8]) for inner in permutations(range(1, 8), 2))
    # Only paths that go back may be a little smoother.
    assert best - 1e-6 <= found.figures["largest_step"] <= 1.1 * best


def test_the_largest_step_is_below_that_of_a_straight_line_walk() -> None:
    random = np.random.default_rng(0)
    pairs = [random.choice(SONGS, 2, replace=False) for _ in range(40)]
    figures = [path(STOCK, start=int(a), end=int(b), wanted=8).figures for a, b in pairs]
    assert all(each["largest_step"] <= each["straight_largest_step"] + 1e-6 for each in figures)
    assert np.mean([each["largest_step"] < each["straight_largest_step"] - 1e-6 for each in figures]) > 0.9


@pytest.mark.parametrize(("start", "end"), PAIRS)
def test_each_song_is_farther_along_than_the_one_before(start: int, end: int) -> None:
    rows = rows_of(path(STOCK, start=start, end=end, wanted=5))
    to_start, to_end = STOCK.space.distances(np.array([start, end]))[:, rows]
    assert (np.diff(to_start - to_end) > -1e-5).all()


def test_songs_on_a_line_come_evenly() -> None:
    angles = np.linspace(0.0, 2.6, 41)
    line = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    stock = replace(stock_of(line), space=SoundSpace(line))
    assert rows_of(path(stock, start=0, end=40, wanted=6), stock) == [0, 8, 16, 24, 32, 40]


@pytest.mark.parametrize(("start", "end"), [PAIRS[0], PAIRS[1], PAIRS[3]])
def test_one_song_more_never_makes_the_largest_step_larger(start: int, end: int) -> None:
    stock = stock_of(planted_vectors(600))
    largest = [path(stock, start=start, end=end, wanted=wanted).figures["largest_step"] for wanted in range(2, 16)]
    assert all(after <= before + 1e-6 for before, after in pairwise(largest))


def test_scores_and_figures_tell_the_steps() -> None:
    found = path(STOCK, start=3, end=77, wanted=6)
    sizes = steps(STOCK, rows_of(found))
    assert [each.score for each in found.suggestions] == pytest.approx([1.0, *(1 - size for size in sizes)])
    assert found.figures["largest_step"] == max(sizes)
    assert found.figures["mean_step"] == pytest.approx(np.mean(sizes))
    assert found.title == "From Artist 3 – Song 3 to Artist 77 – Song 77"


def test_weight_trades_smoothness_for_songs_that_are_liked() -> None:
    random = np.random.default_rng(5)
    stock = stock_of(planted_vectors(), ratings={row: float(random.random()) for row in range(SONGS)})
    liked, largest, straight = [], [], []
    for weight in (0.0, 0.5, 1.0):
        found = [path(stock, start=a, end=b, wanted=8, weight=weight) for a, b in PAIRS]
        liked.append(np.mean([each.predicted_rating or 0 for every in found for each in every.suggestions[1:-1]]))
        largest.append([every.figures["largest_step"] for every in found])
        straight.append([every.figures["straight_largest_step"] for every in found])
    assert liked[0] < liked[1] < liked[2]
    assert np.mean(largest[0]) < np.mean(largest[1])
    assert (np.array(largest) <= np.maximum(largest[0], straight) + 1e-6).all()


def test_songs_without_prediction_are_neither_better_nor_worse() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        without = path(STOCK, start=3, end=77, wanted=8, weight=0.5)
    some = stock_of(planted_vectors(), ratings=dict.fromkeys(range(0, SONGS, 3), 0.7))
    equal = path(some, start=3, end=77, wanted=8, weight=0.5)
    assert rows_of(without) == rows_of(equal, some)


def test_artists_keep_their_limit_and_the_ends_count() -> None:
    stock = stock_of(planted_vectors(), songs_by_artist=6)
    without_limit = set()
    for start, end in PAIRS[:2] + PAIRS[3:]:
        rows = rows_of(path(stock, start=start, end=end, wanted=12, filters=Filters(max_per_artist=1)), stock)
        assert len(rows) == 12
        assert max(Counter(stock.artists[rows]).values()) == 1
        without_limit.add(
            max(Counter(stock.artists[rows_of(path(stock, start=start, end=end, wanted=12), stock)]).values())
        )
    assert max(without_limit) > 1


def test_ends_by_one_artist_stay_though_it_may_have_but_one_song() -> None:
    stock = stock_of(planted_vectors(), songs_by_artist=10)
    rows = rows_of(path(stock, start=30, end=39, wanted=8, filters=Filters(max_per_artist=1)), stock)
    assert (rows[0], rows[-1], len(rows)) == (30, 39, 8)
    assert max(Counter(stock.artists[rows[1:-1]]).values()) == 1
    assert stock.artists[30] not in stock.artists[rows[1:-1]]


def test_limits_may_leave_fewer_songs_and_it_is_said() -> None:
    stock = stock_of(planted_vectors(40), songs_by_artist=10)
    found = path(stock, start=0, end=39, wanted=8, filters=Filters(max_per_artist=1))
    assert len(found.suggestions) == 4
    assert "Only 4 of 8 songs" in found.notice


def test_filters_hold_for_the_songs_between() -> None:
    without = frozenset(STOCK.songs[row].group for row in range(40, 120))
    rows = rows_of(path(STOCK, start=3, end=77, wanted=8, filters=Filters(without_groups=without)))
    assert (rows[0], rows[-1]) == (3, 77)
    assert all(row < 40 for row in rows[1:-1])


def test_songs_that_cannot_be_played_are_never_in_a_path() -> None:
    first = rows_of(path(STOCK, start=3, end=77, wanted=8))
    stock = stock_of(planted_vectors(), unplayable=tuple(first[1:-1]))
    found = rows_of(path(stock, start=3, end=77, wanted=8), stock)
    assert len(found) == 8
    assert not set(found) & set(first[1:-1])


def test_an_end_that_cannot_be_played_leads_the_way_and_is_left_out() -> None:
    whole = path(STOCK, start=3, end=77, wanted=8)
    stock = stock_of(planted_vectors(), unplayable=(77,))
    found = path(stock, start=3, end=77, wanted=8)
    assert rows_of(found, stock) == rows_of(whole)[:-1]
    assert found.notice == "Artist 77 – Song 77 cannot be played and is left out."
    assert found.figures == whole.figures


def test_a_path_from_a_song_to_itself_is_that_song() -> None:
    found = path(STOCK, start=5, end=5, wanted=8)
    assert rows_of(found) == [5]
    assert found.notice == "The path starts and ends with the same song."


def test_a_stock_of_two_songs_gives_two() -> None:
    stock = stock_of(planted_vectors(2))
    found = path(stock, start=1, end=0, wanted=6)
    assert rows_of(found, stock) == [1, 0]
    assert "Only 2 of 6 songs" in found.notice


def test_a_song_is_no_path() -> None:
    with pytest.raises(UserError, match="at least two songs"):
        path(STOCK, start=3, end=77, wanted=1)


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_songs_that_all_sound_the_same_make_a_path(value: float) -> None:
    stock = stock_of(np.full((20, 8), value, dtype=np.float32))
    rows = rows_of(path(stock, start=19, end=4, wanted=7), stock)
    assert (rows[0], rows[-1]) == (19, 4)
    assert len(set(rows)) == 7


def test_two_songs_that_sound_the_same_are_joined_by_songs_like_them() -> None:
    vectors = planted_vectors()
    vectors[77] = vectors[3]
    stock = stock_of(vectors)
    found = path(stock, start=3, end=77, wanted=5)
    rows = rows_of(found, stock)
    assert (rows[0], rows[-1], len(set(rows))) == (3, 77, 5)
    others = np.sort(stock.space.distances(np.array([3]))[0][[row for row in range(SONGS) if row not in (3, 77)]])
    assert found.figures["largest_step"] <= others[6]


def test_a_jump_that_cannot_be_avoided_is_said() -> None:
    vectors = planted_vectors(40)
    vectors[:, -1] = 0
    vectors[39] = 0
    vectors[39, -1] = 50
    found = path(stock_of(vectors), start=0, end=39, wanted=6)
    assert "The largest step is from" in found.notice
    assert "to Artist 39 – Song 39: they sound hardly more alike than any two songs." in found.notice
    assert path(STOCK, start=3, end=77, wanted=8).notice == ""


def test_a_path_does_not_depend_on_the_order_of_the_stock() -> None:
    order = np.random.default_rng(1).permutation(SONGS)
    vectors = planted_vectors()
    songs = [STOCK.songs[row] for row in order]
    stock = Stock.of(songs, filenames=[song.song_id for song in songs], vectors=vectors[order], predictions={})
    start, end = stock.rows([STOCK.songs[3].song_id, STOCK.songs[77].song_id])
    found = path(stock, start=int(start), end=int(end), wanted=9)
    expected = path(STOCK, start=3, end=77, wanted=9)
    assert [each.song for each in found.suggestions] == [each.song for each in expected.suggestions]
