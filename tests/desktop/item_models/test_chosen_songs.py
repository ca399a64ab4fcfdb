"""Chosen songs stay the same songs, and rows are told as few spans."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from core.song import UNRATED, Song
from desktop.item_models.chosen_songs import ChosenSongs, edges_of
from desktop.item_models.song_texts import SongTexts, describe


def texts_of(*titles: str) -> SongTexts:
    return describe(
        [
            Song(rowid=1, filename=f"file:///m/{title}.mp3", title=title, artist="", album="", year=-1, rating=UNRATED)
            for title in titles
        ]
    )


@given(some.sets(some.integers(0, 60)))
def test_spans_hold_just_the_rows_and_never_touch(rows: set[int]) -> None:
    firsts, lasts = edges_of(np.array(sorted(rows), dtype=np.intp))
    spans = list(zip(firsts.tolist(), lasts.tolist(), strict=True))
    assert {row for first, last in spans for row in range(first, last + 1)} == rows
    assert all(last + 1 < first for (_, last), (first, _) in pairwise(spans))


def test_chosen_songs_are_found_in_another_library_as_far_as_they_are_there() -> None:
    before, after = texts_of("a", "b", "c", "d"), texts_of("0", "b", "c1", "d")
    chosen = ChosenSongs(before, np.array([True, True, True, False]))
    assert chosen.among(before) is chosen.is_chosen
    assert [after.known[number] for number in np.flatnonzero(chosen.among(after))] == ["file:///m/b.mp3"]
