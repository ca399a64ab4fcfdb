"""Ratings and when they changed: what a song came with has no time, what changes later has one."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from core.song import UNRATED, Song, SongId
from core.store.companion import MIGRATIONS, CompanionStore, FileState
from core.store.database import Database
from core.store.rating_history import LastStars
from tests.clock import Clock

A = Song(1, "A", "Artist", "Album", 2001, 0.7, "file:///a.mp3")
B = replace(A, rowid=2, filename="file:///b.mp3", rating=UNRATED)


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


def hear(store: CompanionStore, song: Song, sound: str, *, mtime: float = 1.0, size: int = 5) -> None:
    store.save_file_states([FileState(song.song_id, size, mtime, "excerpt", checksum=sound)])


def sounds(store: CompanionStore) -> list[tuple[str | None, float]]:
    return [(each.sound, each.rating) for each in store.ratings.last_stars()]


def test_a_rating_is_held_to_the_sound_that_was_rated(store: CompanionStore, clock: Clock) -> None:
    hear(store, A, "one")
    store.ratings.note([A])
    hear(store, A, "two", mtime=50.0)
    assert store.ratings.last_stars() == [LastStars(A.song_id, "one", "two", 0.7, None, 100.0)]


def test_a_song_that_is_heard_after_it_was_rated_gets_its_sound(store: CompanionStore, clock: Clock) -> None:
    store.ratings.note([A])
    assert sounds(store) == [(None, 0.7)]
    hear(store, A, "one", mtime=50.0)
    assert sounds(store) == [("one", 0.7)], "before it is written down"
    store.ratings.note([A])
    hear(store, A, "two", mtime=70.0)
    assert sounds(store) == [("one", 0.7)]


def test_a_file_that_was_written_to_since_it_was_rated_tells_nothing_of_its_sound(
    store: CompanionStore, clock: Clock
) -> None:
    store.ratings.note([A])
    hear(store, A, "one", mtime=150.0)
    store.ratings.note([A])
    assert sounds(store) == [(None, 0.7)]


@pytest.mark.parametrize(
    ("changes", "is_same"),
    [
        ({}, True),
        ({"filesize": 5, "mtime": 2}, True),
        ({"filesize": 6, "mtime": 1}, False),
        ({"filesize": 5, "mtime": 40}, False),
        ({"filesize": 5, "mtime": 40, "mapped_path": "/mnt/a.mp3"}, True),
        ({"filesize": 6, "mtime": 40, "mapped_path": "/mnt/a.mp3"}, False),
        ({"filesize": 5, "mtime": 40, "is_cue_track": True}, True),
    ],
)
def test_what_was_heard_before_the_file_was_replaced_is_not_what_was_rated(
    store: CompanionStore, clock: Clock, changes: dict[str, object], is_same: bool
) -> None:
    song = replace(A, **changes)  # type: ignore[arg-type]
    hear(store, song, "one", mtime=1.0)
    clock.now = 200.0
    for _ in range(2):
        store.ratings.note([song, B])
    assert [sound for sound, _ in sounds(store)] == ["one" if is_same else None]


def test_a_click_left_of_the_stars_takes_them_away_and_a_rescan_loses_them(store: CompanionStore, clock: Clock) -> None:
    store.ratings.note([A])
    gone = replace(A, rating=UNRATED)
    assert store.ratings.note([gone], cleared=lambda: {A.song_id}) == [A.song_id]
    assert store.ratings.of(A.song_id) == [(0.7, None), (0.0, 100.0)]
    assert store.ratings.note([gone]) == [], "the player makes a -1 of the 0"
    assert store.ratings.last_stars() == []
    store.ratings.note([A])
    store.ratings.note([gone])
    assert [each.rating for each in store.ratings.last_stars()] == [0.7]
    store.ratings.note([gone], cleared=lambda: {A.song_id})
    assert store.ratings.last_stars() == [], "stars that were lost can be let go in the player"


def test_nobody_asks_what_was_clicked_away_while_no_stars_are_gone(store: CompanionStore) -> None:
    def fail() -> set[SongId]:
        raise AssertionError

    store.ratings.note([A, B], cleared=fail)
    store.ratings.note([replace(A, rating=0.1), B], cleared=fail)


def test_stars_in_the_player_are_a_change_where_stars_were_given_here_before(
    store: CompanionStore, clock: Clock
) -> None:
    store.ratings.note([A, B])
    store.own_ratings.say([B.song_id], 0.9)
    assert store.ratings.note([A, replace(B, rating=0.2)]) == [B.song_id]


def test_ratings_of_the_second_version_get_the_sounds_that_are_known(tmp_path: Path) -> None:
    path = tmp_path / "companion.db"
    with closing(Database(path, migrations=MIGRATIONS[:2])) as database, database.transaction() as connection:
        connection.execute("INSERT INTO files VALUES (?, 1, 2.0, 'one', 'x', NULL, '', 3.0)", [A.song_id])
        connection.executemany(
            "INSERT INTO rating_history (song_id, rating, seen_at) VALUES (?, ?, ?)",
            [(A.song_id, 0.7, None), (B.song_id, 0.4, None), (B.song_id, 0.5, 9.0)],
        )
    with closing(CompanionStore(path)) as store:
        assert store.ratings.last_stars() == [
            LastStars(A.song_id, "one", "one", 0.7, None, None),
            LastStars(B.song_id, None, None, 0.5, 9.0, None),
        ]
        assert store.ratings.changed_at() == {B.song_id: 9.0}
        assert store.own_ratings.statements() == {}
    assert path.with_name("companion.db.version-2.bak").exists()


def test_the_history_of_a_sound_spans_its_names(store: CompanionStore, clock: Clock) -> None:
    moved = replace(A, rowid=3, filename="file:///moved.mp3", rating=UNRATED)
    hear(store, A, "one")
    store.ratings.note([A, B])
    hear(store, moved, "one")
    clock.now = 200.0
    store.ratings.note([B, replace(moved, rating=0.9)])
    assert store.ratings.of(moved.song_id) == [(0.9, 200.0)]
    assert store.ratings.of_sound(moved.song_id) == store.ratings.of_sound(A.song_id) == [(0.7, None), (0.9, 200.0)]
    assert store.ratings.of_sound(B.song_id) == []


def test_stars_that_the_player_writes_into_the_tags_do_not_hide_the_sound(store: CompanionStore, clock: Clock) -> None:
    hear(store, A, "one")
    tagged = replace(A, filesize=6, mtime=101)
    store.ratings.note([tagged])
    hear(store, A, "one", mtime=101.5, size=6)
    assert sounds(store) == [("one", 0.7)]


def test_what_another_process_notes_in_between_is_noted_once(store: CompanionStore, tmp_path: Path) -> None:
    store.ratings.note([A, B])
    gone = replace(A, rating=UNRATED)

    def look_there_too() -> set[SongId]:
        with closing(CompanionStore(tmp_path / "companion.db")) as other:
            other.ratings.note([gone, B])
        return set()

    store.ratings.note([gone, B], cleared=look_there_too)
    assert [rating for rating, _ in store.ratings.of(A.song_id)] == [0.7, UNRATED]
