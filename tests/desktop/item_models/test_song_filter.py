"""Filters over rows, and as text."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.song import Song
from desktop.item_models.nothing_found import why_nothing
from desktop.item_models.song_filter import SongFilter, filter_from_text
from desktop.item_models.song_rows import SongRows, Subset, make_rows
from desktop.item_models.song_texts import kinds_of


@pytest.fixture
def rows() -> SongRows:
    facts = (("Rock", 1994, 0.8), ("rock", 2001, -1.0), ("Jazz", 1999, -1.0), ("", -1, -1.0))
    songs = [
        Song(n, f"Title {n}", "A", "B", year, rating, f"file:///{n}.mp3", genre=genre)
        for n, (genre, year, rating) in enumerate(facts)
    ]
    return make_rows(songs, predictions={}, skipped={})


def found(rows: SongRows, **wanted: object) -> list[int]:
    mask = SongFilter(**wanted).matching(rows)  # type: ignore[arg-type]
    return sorted(rows.songs[number].rowid for number in np.flatnonzero(mask))


def test_kinds_are_one_of_several_and_all_else_is_together(rows: SongRows) -> None:
    assert found(rows, genres=("Rock",)) == [0, 1]
    assert found(rows, genres=("Rock", "Jazz"), decades=("1990",)) == [0, 2]
    assert found(rows, genres=("Rock",), subsets=frozenset({Subset.UNRATED}), text="title") == [1]
    assert found(rows, genres=("",)) == found(rows, decades=("",)) == [3]
    assert found(rows, genres=("Polka",)) == []
    assert found(rows, songs=(rows.songs[0].song_id,), text="title 0") == [0]


def test_kinds_are_counted_without_regard_to_case() -> None:
    kinds = kinds_of(["Rock", "ROCK", "Ärger", "arger", ""])
    assert dict(zip(kinds.names, kinds.counts, strict=True)) == {"Rock": 2, "Ärger": 2, "": 1}
    assert kinds_of([]).names == []


@given(st.text(), st.sets(st.sampled_from(Subset)), st.lists(st.text()), st.lists(st.text()))
def test_a_filter_comes_back(text: str, subsets: set[Subset], genres: list[str], decades: list[str]) -> None:
    wanted = SongFilter(text, frozenset(subsets), tuple(genres), tuple(decades))
    assert filter_from_text(wanted.to_text()) == wanted


@pytest.mark.parametrize("text", ["", "[", "[]", '{"subsets": 3, "genres": [1, null]}', '{"subsets": ["gone"]}'])
def test_what_is_not_understood_filters_nothing(text: str) -> None:
    assert not filter_from_text(text)


@pytest.mark.parametrize("subset", Subset)
def test_there_is_always_a_reason(subset: Subset) -> None:
    heading, _ = why_nothing(SongFilter(subsets=frozenset({subset})), player="Clementine")
    assert heading
