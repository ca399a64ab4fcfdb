"""Mixes of the whole library, and daily ones."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from core.recommend.filters import Filters
from core.recommend.mix import MOST, NOTHING, daily_mixes, mix
from core.recommend.stock import Stock
from core.recommend.suggestion import SongList
from core.song import Song
from tests.planted_stock import PlantedStock

PLANTED = PlantedStock(groups=6, songs_each=40, spread=1.0)


def stock(planted: PlantedStock = PLANTED) -> Stock:
    """Every third song is rated; songs of the first groups are liked more."""
    random = np.random.default_rng(0)
    liking = [
        float(np.clip(0.85 - 0.05 * planted.group_of(row) + random.normal(0, 0.08), 0.1, 1))
        for row in range(len(planted))
    ]
    ratings = {row: max(round(liking[row], 1), 0.1) for row in range(0, len(planted), 3)}
    return planted.stock(ratings=ratings, predicted={row: liking[row] for row in range(len(planted)) if row % 3})


STOCK = stock()


def relabeled(old: Stock, change: Callable[[int, Song], Song]) -> Stock:
    return replace(old, songs=[change(row, song) for row, song in enumerate(old.songs)])


def rows(found: SongList, *, of: Stock = STOCK) -> list[int]:
    return [of.row_of[each.song.song_id] for each in found.suggestions]


def test_no_variety_is_the_top_of_the_list() -> None:
    found = mix(STOCK, wanted=30, variety=0.0, smooth=False, seed=0)
    liking = [each.score for each in found.suggestions]
    assert liking == sorted(STOCK.liking.tolist(), reverse=True)[:30]
    assert found.notice == ""


def test_more_variety_is_more_diverse_and_less_liked() -> None:
    found = [mix(STOCK, wanted=30, variety=variety, seed=0).figures for variety in np.linspace(0, 1, 6)]
    for one, other in pairwise(found):
        assert other["diversity"] >= one["diversity"] - 1e-9
        assert other["liking"] <= one["liking"] + 1e-9
    assert found[-1]["diversity"] > found[0]["diversity"] + 0.05


def test_the_owners_rating_counts_before_the_prediction() -> None:
    planted = PlantedStock(groups=4, songs_each=10)
    rated_low = dict.fromkeys(range(40), 0.9)
    both = planted.stock(ratings={row: 0.2 if row < 20 else 0.8 for row in range(40)}, predicted=rated_low)
    found = mix(both, wanted=20, variety=1.0, seed=0)
    assert set(rows(found, of=both)) == set(range(20, 40))
    assert found.figures["liking"] == pytest.approx(0.8)


def test_songs_that_nothing_is_known_of_stay_out() -> None:
    planted = PlantedStock(groups=4, songs_each=10)
    partly = planted.stock(ratings={0: 0.9}, predicted=dict.fromkeys(range(1, 12), 0.7))
    found = mix(partly, wanted=20, variety=1.0, seed=0)
    assert set(rows(found, of=partly)) == set(range(12))
    assert found.notice == "Only 12 of 20 songs: no more liked songs fit."


def test_disliked_songs_are_no_variety_unless_the_owner_goes_that_low() -> None:
    planted = PlantedStock(groups=4, songs_each=10)
    ratings = {row: 0.9 if row < 25 else 0.2 for row in range(40)}
    partly = planted.stock(ratings=ratings)
    assert set(rows(mix(partly, wanted=40, variety=1.0, seed=0), of=partly)) == set(range(25))
    low = mix(partly, wanted=40, filters=Filters(min_rating=0.1), variety=1.0, seed=0)
    assert len(low.suggestions) == 40
    # A strict owner's best songs are liked all the same.
    strict = planted.stock(ratings={row: 0.4 if row < 25 else 0.1 for row in range(40)})
    assert set(rows(mix(strict, wanted=40, seed=0), of=strict)) == set(range(25))


@pytest.mark.parametrize("variety", [0.0, 0.5, 1.0])
def test_filters_hold(variety: float) -> None:
    filters = Filters(unrated=True, max_per_artist=1, without_songs=frozenset({STOCK.songs[1].song_id}))
    found = mix(STOCK, wanted=60, variety=variety, filters=filters, seed=0)
    assert len(found.suggestions) == 60
    assert not any(each.song.is_rated for each in found.suggestions)
    assert max(Counter(each.song.artist for each in found.suggestions).values()) == 1
    assert 1 not in rows(found)


def test_few_artists_fill_a_list_as_far_as_their_limit_goes() -> None:
    one_artist = relabeled(STOCK, lambda row, song: replace(song, artist="A" if row < 200 else f"B{row % 4}"))
    found = mix(one_artist, wanted=50, filters=Filters(max_per_artist=2), seed=0)
    assert len(found.suggestions) == 10
    assert found.notice == "Only 10 of 50 songs: no more liked songs fit with at most 2 of one artist."
    alone = relabeled(STOCK, lambda _, song: replace(song, artist="A", album="B"))
    assert len(mix(alone, wanted=50, seed=0).suggestions) == 50
    assert len(mix(alone, wanted=50, filters=Filters(max_per_album=3), seed=0).suggestions) == 3


def test_exploration_has_places_of_its_own_and_is_marked() -> None:
    planted = PlantedStock(groups=6, songs_each=40, spread=1.0)
    known = planted.stock(predicted=dict.fromkeys(range(200), 0.8), unplayable=(230,))
    found = mix(known, wanted=20, extra_rows=[239, 238, 239, 230, 0], seed=0)
    explored = [each.song.rowid for each in found.suggestions if each.is_exploration]
    assert len(found.suggestions) == len(set(rows(found, of=known))) == 20
    assert sorted(explored) == [0, 238, 239]
    assert found.figures["liking"] == pytest.approx(0.8)
    only = mix(known, wanted=2, extra_rows=[239, 238, 237], seed=0)
    assert sorted(rows(only, of=known)) == [238, 239]


def test_the_same_seed_gives_the_same_mix_and_another_draws_among_equals() -> None:
    equal = PlantedStock(groups=6, songs_each=40).stock(ratings=dict.fromkeys(range(240), 1.0))
    lists = [rows(mix(equal, wanted=10, variety=0.0, seed=seed), of=equal) for seed in (0, 0, 1)]
    assert lists[0] == lists[1]
    assert set(lists[0]) != set(lists[2])


def test_the_order_is_smooth_unless_it_is_not_wanted() -> None:
    plain, smooth = (mix(STOCK, wanted=30, smooth=each, seed=0) for each in (False, True))
    assert set(rows(plain)) == set(rows(smooth))
    units = STOCK.space.units
    plain_way, smooth_way = (
        sum(1 - float(units[one] @ units[other]) for one, other in pairwise(rows(each))) for each in (plain, smooth)
    )
    assert smooth_way < 0.9 * plain_way


def test_nothing_to_choose_from_is_said() -> None:
    empty = Stock.of([], filenames=[], vectors=np.empty((0, 4), np.float32), predictions={})
    for nothing in (empty, PLANTED.stock(), PLANTED.stock(predicted={0: np.nan})):
        assert mix(nothing, seed=0) == SongList("Mix", (), (NOTHING,))
        assert daily_mixes(nothing, seed=0) == [SongList("Mix 1", (), (NOTHING,))]
    assert mix(STOCK, filters=Filters(genre="polka"), seed=0).suggestions == ()


def test_a_song_without_a_number_for_its_prediction_is_left_out() -> None:
    odd = PLANTED.stock(predicted={0: 0.9, 1: np.nan, 2: 0.8})
    assert set(rows(mix(odd, seed=0), of=odd)) == {0, 2}


def test_all_songs_sound_the_same() -> None:
    same = PlantedStock(groups=1, songs_each=50, spread=0.0).stock(ratings=dict.fromkeys(range(50), 0.8))
    assert len(mix(same, wanted=20, variety=1.0, seed=0).suggestions) == 20
    assert [len(each.suggestions) for each in daily_mixes(same, wanted=20, seed=0)] == [20]


@pytest.mark.parametrize("variety", [-0.1, 1.1, np.nan])
def test_a_variety_beyond_the_slider_is_refused(variety: float) -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        mix(STOCK, variety=variety, seed=0)


def test_a_mix_has_an_end() -> None:
    many = PlantedStock(groups=11, songs_each=100, dimension=4).stock(ratings=dict.fromkeys(range(1100), 0.8))
    found = mix(many, wanted=5000, variety=0.0, smooth=False, seed=0)
    assert len(found.suggestions) == MOST
    assert found.notice == "A mix has at most 1000 songs."
    assert mix(STOCK, wanted=-1, seed=0).suggestions == ()


LIKED_GROUPS = {row: 0.9 for group in (0, 2, 4) for row in PLANTED.rows_of(group)[:20]}
DISLIKED_ONES = {row: 0.3 for group in (1, 3, 5) for row in PLANTED.rows_of(group)[:20]}
DAILY = PLANTED.stock(
    ratings=LIKED_GROUPS | DISLIKED_ONES,
    predicted={row: 0.8 - 0.3 * (PLANTED.group_of(row) % 2) for row in range(240) if row % 40 >= 20},
)


def test_each_kind_of_liked_songs_has_its_mix() -> None:
    found = daily_mixes(DAILY, wanted=20, seed=0)
    assert len(found) == 3
    groups = [Counter(PLANTED.group_of(row) for row in rows(each, of=DAILY)) for each in found]
    assert {next(iter(each)) for each in groups} == {0, 2, 4}
    assert all(len(each) == 1 for each in groups)
    for each in found:
        assert sum(entry.song.is_rated for entry in each.suggestions) == 10
        assert len(each.suggestions) == 20
        assert each.notice == ""


def test_no_song_is_in_two_mixes_and_no_two_have_one_name() -> None:
    found = daily_mixes(DAILY, wanted=60, seed=0)
    every = [row for each in found for row in rows(each, of=DAILY)]
    assert len(every) == len(set(every))
    assert len({each.title for each in found}) == len(found)
    assert all(each.notice.startswith("Only ") for each in found)


def test_daily_mixes_are_named_after_their_songs() -> None:
    genres = ("Doom Metal", "Polka", "Piano", "Polka", "Techno", "Polka")
    tagged = relabeled(
        DAILY,
        lambda row, song: replace(song, genre=genres[PLANTED.group_of(row)], artist=f"Band {PLANTED.group_of(row)}"),
    )
    titles = {each.title for each in daily_mixes(tagged, wanted=20, seed=0)}
    assert titles == {"Doom Metal with Band 0", "Piano with Band 2", "Techno with Band 4"}


def test_unrated_daily_mixes_still_follow_what_is_rated() -> None:
    found = daily_mixes(DAILY, wanted=10, filters=Filters(unrated=True), seed=0)
    assert len(found) == 3
    assert not any(entry.song.is_rated for each in found for entry in each.suggestions)


def test_a_few_new_ratings_leave_the_daily_mixes_much_as_they_were() -> None:
    before = daily_mixes(DAILY, wanted=20, seed=0)
    changed = replace(
        DAILY,
        songs=[replace(song, rating=0.8) if row in (25, 105, 185) else song for row, song in enumerate(DAILY.songs)],
    )
    after = daily_mixes(changed, wanted=20, seed=0)
    assert len(after) == len(before)
    for mixed in after:
        shared = max(len(set(rows(mixed, of=DAILY)) & set(rows(each, of=DAILY))) for each in before)
        assert shared >= 12


def test_a_small_library_has_one_daily_mix() -> None:
    planted = PlantedStock(groups=3, songs_each=4)
    small = planted.stock(ratings=dict.fromkeys(range(12), 0.8))
    found = daily_mixes(small, seed=0)
    assert [len(each.suggestions) for each in found] == [12]
    assert found[0].notice == "Only 12 of 40 songs: no more songs of this kind fit."
