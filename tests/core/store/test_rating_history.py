"""Ratings and when they changed: what a song came with has no time, what changes later has one."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from core.song import UNRATED, Song
from core.store import rating_history
from core.store.companion import CompanionStore, FileState

A = Song(1, "A", "Artist", "Album", 2001, 0.7, "file:///a.mp3")
B = replace(A, rowid=2, filename="file:///b.mp3", rating=UNRATED)


class Clock:
    """A time that the test sets."""

    now = 100.0

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(rating_history, "time", clock)
    return clock


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CompanionStore]:
    with closing(CompanionStore(tmp_path / "companion.db")) as opened:
        yield opened


def test_what_the_first_look_finds_was_there_before_us(store: CompanionStore, clock: Clock) -> None:
    assert store.ratings.note([A, B]) == []
    assert store.ratings.changed_at() == {}
    assert store.ratings.of(A.song_id) == [(0.7, None)]
    assert store.ratings.of(B.song_id) == [], "that a song is unrated is nothing to remember"


def test_every_change_is_kept_with_its_time(store: CompanionStore, clock: Clock) -> None:
    store.ratings.note([A, B])
    for now, rating in ((200.0, 0.9), (300.0, 0.2)):
        clock.now = now
        assert store.ratings.note([replace(A, rating=rating), B]) == [A.song_id]
    assert store.ratings.of(A.song_id) == [(0.7, None), (0.9, 200.0), (0.2, 300.0)]
    assert store.ratings.changed_at() == {A.song_id: 300.0}


def test_the_first_stars_of_a_song_that_was_listened_to_are_a_change(store: CompanionStore, clock: Clock) -> None:
    store.ratings.note([A, B])
    store.save_file_states([FileState(B.song_id, 5, 1.0, "excerpt")])
    assert store.ratings.note([A, replace(B, rating=0.4)]) == [B.song_id]
    assert store.ratings.changed_at() == {B.song_id: 100.0}


def test_the_stars_that_a_new_copy_comes_with_are_older_than_the_click_of_the_owner(
    store: CompanionStore, clock: Clock
) -> None:
    store.ratings.note([A, B])
    clicked, copy = replace(A, rating=0.9), replace(A, filename="file:///copy.mp3", rating=0.2)
    assert store.ratings.note([clicked, B]) == [A.song_id]
    clock.now = 200.0
    assert store.ratings.note([clicked, B, copy]) == []
    store.save_file_states([FileState(copy.song_id, 5, 1.0, "excerpt")])
    assert store.ratings.note([clicked, B, copy]) == [], "nor are they new when it was listened to"
    assert store.ratings.of(copy.song_id) == [(0.2, None)]
    assert store.ratings.changed_at() == {A.song_id: 100.0}
    clock.now = 300.0
    assert store.ratings.note([clicked, B, replace(copy, rating=0.3)]) == [copy.song_id]
    assert store.ratings.changed_at() == {A.song_id: 100.0, copy.song_id: 300.0}


def test_stars_that_are_taken_away_are_a_change(store: CompanionStore, clock: Clock) -> None:
    store.ratings.note([A])
    assert store.ratings.note([replace(A, rating=UNRATED)]) == [A.song_id]
    assert store.ratings.of(A.song_id) == [(0.7, None), (UNRATED, 100.0)]
    assert store.ratings.note([replace(A, rating=UNRATED)]) == []
    assert store.ratings.note([A]) == [A.song_id]


def test_a_song_that_is_gone_keeps_its_history(store: CompanionStore, clock: Clock) -> None:
    store.ratings.note([A, replace(B, rating=0.5)])
    store.ratings.note([])
    assert store.ratings.of(A.song_id) == [(0.7, None)]
    assert store.ratings.note([A]) == [], "and is no change when it is back"


def test_without_a_change_nothing_is_written(store: CompanionStore, tmp_path: Path) -> None:
    store.ratings.note([A, B])
    with closing(sqlite3.connect(tmp_path / "companion.db")) as connection:
        before = connection.execute("PRAGMA data_version").fetchone()
        store.ratings.note([A, B])
        assert connection.execute("PRAGMA data_version").fetchone() == before


def test_the_first_ratings_of_an_owner_who_had_none_are_changes(store: CompanionStore, clock: Clock) -> None:
    store.ratings.note([B])
    store.save_file_states([FileState(B.song_id, 5, 1.0, "excerpt")])
    store.ratings.note([replace(B, rating=0.6)])
    assert store.ratings.changed_at() == {B.song_id: 100.0}
