"""Similar songs: the plain definition, more and less like these, filters, reachability, and the index."""

import sys
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from core.errors import UserError
from core.recommend.filters import Filters
from core.recommend.similar import similar
from core.recommend.space import sound_space
from core.recommend.space.sound_space import SoundSpace
from core.recommend.stock import Stock
from core.song import Song
from core.training.judgment.hubness import skewness

RANDOM = np.random.default_rng(1)
KINDS = 12


def stock_of(vectors: NDArray[np.float32]) -> Stock:
    songs = [
        Song(
            row,
            f"Song {row}",
            f"Artist {row % KINDS}",
            "",
            1960 + row % 60,
            -1.0,
            f"file:///{row:05}.ogg",
            genre="Rock",
        )
        for row in range(len(vectors))
    ]
    return Stock.of(songs, filenames=[song.filename for song in songs], vectors=vectors, predictions={})


def kinds_of_songs(count: int = 600, dimension: int = 32) -> NDArray[np.float32]:
    """Twelve kinds, each near to its neighbors in a ring; song ``row`` is of kind ``row % 12``."""
    kinds = np.arange(count) % KINDS
    centers = np.random.default_rng(2).normal(size=(KINDS, dimension))
    centers += np.roll(centers, 1, axis=0)
    noise = np.random.default_rng(3).normal(size=(count, dimension))
    return (centers[kinds] + 0.9 * noise).astype(np.float32)


STOCK = stock_of(kinds_of_songs())


def rows_of(stock: Stock, **wish: object) -> list[int]:
    return [stock.row_of[each.song.song_id] for each in similar(stock, **wish).suggestions]  # type: ignore[arg-type]


def plain_scores(stock: Stock, plus: list[int], minus: list[int], *, weight: float = 2.0) -> NDArray[np.float64]:
    """The definition, song by song."""
    units, reaches = stock.space.units.astype(np.float64), stock.space.reaches.astype(np.float64)

    def affinity(row: int, song: int) -> float:
        return float(np.exp(-(1.001 - units[row] @ units[song]) / (reaches[row] * reaches[song])))

    def nearness(affinities: list[float]) -> float:
        return float(np.sqrt(np.mean(np.sort(affinities)[::-1][:5] ** 2)))

    scores = np.empty(len(stock))
    for song in range(len(stock)):
        scores[song] = nearness([affinity(row, song) for row in plus])
        if minus:
            scores[song] *= (1 - nearness([affinity(row, song) for row in minus])) ** weight
    scores[[*plus, *minus]] = -1
    return scores


@pytest.mark.parametrize("minus", [[], [7], [7, 19, 31, 44, 90], list(range(300, 330))])
@pytest.mark.parametrize("plus", [[0], [0, 5, 12, 24, 36], list(range(0, 96, 12))])
def test_the_list_is_that_of_the_plain_definition(plus: list[int], minus: list[int]) -> None:
    scores = plain_scores(STOCK, plus, minus)
    found = similar(STOCK, plus=plus, minus=minus, wanted=40).suggestions
    assert [STOCK.row_of[each.song.song_id] for each in found] == np.argsort(-scores, kind="stable")[:40].tolist()
    assert [each.score for each in found] == pytest.approx(np.sort(scores)[::-1][:40], rel=1e-3)
    assert all(0 <= each.score <= 1 for each in found)


def test_minus_can_count_less() -> None:
    minus = [1, 13, 25]
    scores = plain_scores(STOCK, [0], minus, weight=1.5)
    found = rows_of(STOCK, plus=[0], minus=minus, minus_weight=1.5, wanted=30)
    assert found == np.argsort(-scores, kind="stable")[:30].tolist()
    assert (
        rows_of(STOCK, plus=[0], minus=[1], minus_weight=0.0)
        == [row for row in rows_of(STOCK, plus=[0], wanted=21) if row != 1][:20]
    )


def test_most_similar_songs_are_of_the_kind() -> None:
    found = rows_of(STOCK, plus=[0, 12, 24])
    assert np.mean([row % KINDS == 0 for row in found]) > 0.6


def test_both_kinds_are_found_for_examples_of_two() -> None:
    kinds = [row % KINDS for row in rows_of(STOCK, plus=[0, 12, 24, 6, 18, 30])]
    assert kinds.count(0) > 5
    assert kinds.count(6) > 5


def test_less_like_these_moves_the_list_away() -> None:
    plus, minus = [0, 12, 24], [1, 13, 25]
    before, after = rows_of(STOCK, plus=plus, wanted=60), rows_of(STOCK, plus=plus, minus=minus, wanted=60)
    assert sum(row % KINDS == 1 for row in after) < 0.75 * sum(row % KINDS == 1 for row in before)
    assert sum(row % KINDS == 0 for row in after) >= 0.95 * sum(row % KINDS == 0 for row in before)


def test_hundreds_of_disliked_songs_push_away_those_that_are_like_some_of_them() -> None:
    disliked = [row for row in range(600) if row % KINDS in {1, 3, 4, 5, 6, 7, 8, 9}]
    before, after = rows_of(STOCK, plus=[0], wanted=40), rows_of(STOCK, plus=[0], minus=disliked, wanted=40)
    assert not set(after) & set(disliked)
    assert set(after) != set(before)


def test_of_many_disliked_songs_those_nearest_to_the_plus_examples_count() -> None:
    near = np.argsort(-STOCK.space.nearness(np.array([0]))[0])
    disliked = [int(row) for row in near[1:200:2]]
    found = similar(STOCK, plus=[0], minus=disliked, wanted=30).suggestions
    few = similar(STOCK, plus=[0], minus=disliked[:30], wanted=300).suggestions
    scores = {each.song.song_id: each.score for each in few}
    assert [each.score for each in found] == pytest.approx([scores[each.song.song_id] for each in found], rel=1e-5)


def test_the_examples_are_never_listed() -> None:
    found = rows_of(STOCK, plus=[0, 1], minus=[2, 3], wanted=600)
    assert len(found) == 596
    assert not {0, 1, 2, 3} & set(found)


def test_filters_hold() -> None:
    filters = Filters(first_year=1970, without_groups=frozenset({"artist 0"}), max_per_artist=2)
    songs = [each.song for each in similar(STOCK, plus=[0], filters=filters).suggestions]
    artists = [song.artist for song in songs]
    assert len(songs) == 20
    assert all(song.year >= 1970 for song in songs)
    assert "Artist 0" not in artists
    assert max(map(artists.count, artists)) == 2


def test_no_more_than_are_wanted() -> None:
    assert len(rows_of(STOCK, plus=[0], wanted=1)) == 1
    assert rows_of(STOCK, plus=[0], wanted=0) == []


def test_what_cannot_be_played_is_asked_about_but_never_listed() -> None:
    playable = np.arange(600) % 2 == 0
    assert all(row % 2 == 0 for row in rows_of(replace(STOCK, playable=playable), plus=[1], wanted=100))


def test_a_song_is_not_wanted_and_unwanted_at_once() -> None:
    with pytest.raises(UserError, match="cannot be both what you want more of and what you want less of"):
        similar(STOCK, plus=[0, 1], minus=[1])


def test_a_short_list_says_so() -> None:
    found = similar(STOCK, plus=[0], filters=Filters(max_per_artist=1))
    assert len(found.suggestions) == KINDS
    assert found.notice == "Only 12 of 20 songs: no more songs fit."
    assert similar(STOCK, plus=[0]).notice == ""
    assert similar(STOCK, plus=[0], filters=Filters(genre="polka")).notice == "No song fits."


def test_the_title_names_what_was_asked_for() -> None:
    assert similar(STOCK, plus=[5]).title == "Like Artist 5 – Song 5"
    assert similar(STOCK, plus=[5, 6]).title == "Like 2 songs"


def test_without_an_example_there_is_nothing_to_be_like() -> None:
    with pytest.raises(ValueError, match="at least one example"):
        similar(STOCK, plus=[])


def test_songs_that_sound_the_same_come_in_the_order_of_their_files() -> None:
    vectors = kinds_of_songs(100)
    vectors[50:60] = vectors[0]
    assert rows_of(stock_of(vectors), plus=[0], wanted=5) == [50, 51, 52, 53, 54]


def test_far_songs_keep_their_order() -> None:
    # One tight bundle, of whose songs all others are so far that the affinity is too small for a number.
    vectors = RANDOM.normal(size=(60, 16)).astype(np.float32)
    vectors[:30] = vectors[0] + 1e-3 * vectors[:30]
    stock = stock_of(vectors)
    found = rows_of(stock, plus=[0, 1], wanted=58)
    assert found[28:] == sorted(found[28:], key=lambda row: -stock.space.nearness(np.array([0, 1]))[:, row].max())


def test_every_song_is_in_a_list_and_none_in_most() -> None:
    random = np.random.default_rng(5)
    camp = random.normal(size=64) * random.choice([-1, 1], size=(400, 1))
    vectors = camp + np.exp(0.7 * random.normal(size=(400, 1))) * random.normal(size=(400, 64))
    stock = stock_of(vectors.astype(np.float32))
    listed = np.bincount(
        [row for asked in range(400) for row in rows_of(stock, plus=[asked], wanted=10)], minlength=400
    )
    assert listed.min() >= 1
    assert skewness(listed) < 1.5


def test_an_index_finds_nearly_the_same_and_widens_its_search_for_filters(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("faiss")
    stock = stock_of(kinds_of_songs(1500))
    indexed = replace(stock, space=replace(stock.space, known_reaches=stock.space.reaches, indexed_above=1000))
    plus, minus = [0, 12], [1]
    exact, found = rows_of(stock, plus=plus, minus=minus), rows_of(indexed, plus=plus, minus=minus)
    assert len(set(exact) & set(found)) >= 18
    monkeypatch.setattr(sound_space, "PROPOSED", 50)
    rare = Filters(without_groups=frozenset(f"artist {kind}" for kind in range(11)))
    assert len(rows_of(indexed, plus=plus, filters=rare, wanted=100)) == 100


def test_without_faiss_all_songs_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "faiss", None)
    space = SoundSpace(STOCK.space.units, indexed_above=10)
    assert rows_of(replace(STOCK, space=space), plus=[0]) == rows_of(STOCK, plus=[0])
