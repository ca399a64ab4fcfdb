"""Which song has which sound, as the files were heard last."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from core.song import SongId
from core.store.companion import MIGRATIONS
from core.store.database import Database
from core.store.sounds import Sounds

A, B, C, GONE = (SongId(f"file:///music/{name}.mp3") for name in ("a", "b", "c", "gone \udce9"))
HEARD = {A: "one", B: "one", C: None}


@pytest.fixture
def sounds() -> Iterator[Sounds]:
    with closing(Database(":memory:", migrations=MIGRATIONS)) as database:
        with database.transaction() as connection:
            connection.executemany(
                "INSERT INTO files (song_id, size, mtime, excerpt, checksum, updated_at) VALUES (?, 1, 1, 'e', ?, 1)",
                HEARD.items(),
            )
        yield Sounds(database)


def test_only_songs_that_were_heard_have_a_sound(sounds: Sounds) -> None:
    assert sounds.of([A, B, C, GONE]) == {A: "one", B: "one"}
    assert sounds.of([]) == {}


def test_a_sound_has_the_songs_that_were_heard_to_have_it(sounds: Sounds) -> None:
    assert sounds.songs(["one", "two"]) == {"one": {A, B}}
    assert sounds.songs([]) == {}


def test_what_was_said_of_a_sound_holds_for_all_that_have_it(sounds: Sounds) -> None:
    assert sounds.bearers([("one", A)]) == {"one": {A, B}}


def test_a_song_that_was_not_heard_since_is_what_it_was(sounds: Sounds) -> None:
    assert sounds.bearers([("one", GONE), ("two", C)]) == {"one": {A, B, GONE}, "two": {C}}


def test_a_song_that_has_another_sound_now_does_not_bear_the_old_one(sounds: Sounds) -> None:
    assert sounds.bearers([("two", A)]).get("two", set()) == set()


def test_a_song_stands_for_its_own_sound_until_it_was_heard_and_after(sounds: Sounds) -> None:
    assert sounds.bearers([(GONE, GONE), (A, A)]) == {GONE: {GONE}, A: {A}}
