"""The rows behind the table: order, search and subsets."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.song import UNRATED, Song, SongId
from core.store.companion import Prediction
from desktop.item_models import song_texts
from desktop.item_models.song_rows import Column, SongRows, Subset, make_rows
from desktop.item_models.song_texts import folded, folded_all, naturally, ranks_of

texts = st.text(max_size=12)


def song(number: int, **facts: object) -> Song:
    described = {"title": f"Title {number}", "artist": "A", "album": "B", "year": 2000, "rating": UNRATED} | facts
    return Song(rowid=number, filename=f"file:///{number}.mp3", **described)  # type: ignore[arg-type]


def rows_of(*songs: Song, predicted: dict[int, float] | None = None, skipped: dict[int, str] | None = None) -> SongRows:
    keys = {each.rowid: each.song_id for each in songs}
    predictions = {keys[n]: Prediction(keys[n], rating, 0.0, 1.0) for n, rating in (predicted or {}).items()}
    return make_rows(songs, predictions=predictions, skipped={keys[n]: why for n, why in (skipped or {}).items()})


def titles(rows: SongRows, column: Column, *, descending: bool = False) -> list[str]:
    return [rows.songs[number].title for number in rows.order(column, descending=descending)]


def test_songs_stand_by_artist_album_and_track() -> None:
    rows = rows_of(
        song(1, artist="b", album="a"), song(2, artist="A", album="z", track=2), song(3, artist="a", album="z", track=1)
    )
    assert [each.rowid for each in rows.songs] == [3, 2, 1]


def test_accents_and_case_do_not_matter_in_the_order() -> None:
    rows = rows_of(*(song(n, title=title) for n, title in enumerate(["zoo", "Étude", "apple", "Elbow", "Ärger"])))
    assert titles(rows, Column.TITLE) == ["apple", "Ärger", "Elbow", "Étude", "zoo"]


@pytest.mark.parametrize(
    ("column", "name"), [(Column.TITLE, "title"), (Column.ARTIST, "artist"), (Column.ALBUM, "album")]
)
def test_numbers_stand_by_their_size(column: Column, name: str) -> None:
    wanted = ["2 Unlimited", "10cc", "100", "Volume 1 Part 2", "Volume 1 Part 10", "Volume 02", "Volume 11"]
    rows = rows_of(*(song(n, **{name: wanted[n]}) for n in (4, 6, 1, 3, 0, 5, 2)))
    assert [getattr(rows.songs[n], name) for n in rows.order(column, descending=False)] == wanted
    assert [getattr(rows.songs[n], name) for n in rows.order(column, descending=True)] == wanted[::-1]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize(
    ("column", "unknown"),
    [(Column.YEAR, {"year": -1}), (Column.STARS, {"rating": UNRATED}), (Column.ALBUM, {"album": ""})],
)
def test_the_unknown_stands_last(column: Column, unknown: dict[str, object], *, descending: bool) -> None:
    known = {"year": 1990, "rating": 0.4, "album": "x"}
    rows = rows_of(song(1, **(known | unknown)), song(2, **known), song(3, **known))
    assert titles(rows, column, descending=descending)[-1] == "Title 1"


def test_equals_keep_their_order_in_both_directions() -> None:
    rows = rows_of(*(song(n, rating=0.8, track=n) for n in range(5)))
    assert titles(rows, Column.STARS) == titles(rows, Column.STARS, descending=True) == [f"Title {n}" for n in range(5)]


def test_every_word_must_be_found_somewhere() -> None:
    rows = rows_of(song(1, title="Jóga", artist="Björk"), song(2, title="Joga", artist="Other"))
    assert rows.matching("JOGA bjork").sum() == 1
    assert rows.matching(" ").all()
    assert not rows.matching("joga polka").any()


def test_words_are_not_found_across_fields() -> None:
    assert not rows_of(song(1, title="one", artist="two")).matching("onetwo").any()


def test_subsets() -> None:
    rows = rows_of(song(1, rating=0.2), song(2), song(3), predicted={2: 0.8, 3: 0.79}, skipped={1: "empty"})
    found = {subset: [rows.songs[n].rowid for n in np.flatnonzero(rows.matching("", [subset]))] for subset in Subset}
    empty = {key: [] for key in (Subset.COPIES, Subset.SPOKEN, Subset.REVIEW, Subset.NEW)}
    assert found == {Subset.RATED: [1], Subset.UNRATED: [2, 3], Subset.PROMISING: [2], Subset.SKIPPED: [1]} | empty
    assert rows.skipped == {rows.ids[SongId("file:///1.mp3")]: "empty"}


def test_no_songs() -> None:
    rows = rows_of()
    assert len(rows) == 0
    assert all(len(rows.order(column, descending=True)) == 0 for column in Column)
    assert len(rows.matching("word", [Subset.RATED])) == 0


def test_many_texts_are_ranked_as_if_they_were_sorted_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(song_texts, "SORTED_AT_ONCE", 3)
    values = ["b", "a 02", "", "a 10", "a 2", "b", "c", "a 002", "", "a 1"]
    keys = naturally(values)
    places = [sorted(set(keys)).index(key) if key else np.nan for key in keys]
    assert np.array_equal(ranks_of(values), places, equal_nan=True)


@given(st.lists(texts))
def test_many_texts_are_folded_as_single_ones(values: list[str]) -> None:
    assert folded_all(values) == [folded(value) for value in values]


@given(st.lists(st.tuples(texts, texts, texts), max_size=8), texts)
def test_what_is_found_holds_the_word(described: list[tuple[str, str, str]], word: str) -> None:
    songs = [song(n, title=title, artist=artist, album=album) for n, (title, artist, album) in enumerate(described)]
    rows = rows_of(*songs)
    for number in np.flatnonzero(rows.matching(word)):
        each = rows.songs[number]
        fields = [folded(text) for text in (each.title, each.artist, each.album, "2000")]
        assert all(any(part in text for text in fields) or "\n" in word for part in folded(word).split())


def test_an_unknown_year_is_not_found_by_its_sign() -> None:
    rows = rows_of(song(1, title="One", year=-1), song(2, title="Two", year=1999))
    assert [rows.songs[n].title for n in np.flatnonzero(rows.matching("1"))] == ["Two"]
    assert not rows.matching("-1").any()


def test_a_remark_is_searched_beside_the_texts() -> None:
    rows = rows_of(song(1, title="Broken"), song(2), skipped={1: "Damaged: no frame"})
    assert [rows.songs[n].title for n in np.flatnonzero(rows.matching("broken DAMAGED"))] == ["Broken"]
    assert not rows.matching("title damaged").any()
