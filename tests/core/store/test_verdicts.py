"""What the owner said outlives everything, follows moved files, and can be taken back."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.song import SongId
from core.store.companion import CompanionStore
from core.store.verdicts import Verdicts

A, B, C, NEW = (SongId(f"file:///music/{name}.mp3") for name in ("a", "b", "c", "new"))


@pytest.fixture
def verdicts(tmp_path: Path) -> Iterator[Verdicts]:
    with closing(CompanionStore(tmp_path / "companion.db")) as store:
        yield store.verdicts


def pair(first: SongId, second: SongId) -> frozenset[SongId]:
    return frozenset((first, second))


def test_all_that_was_said_comes_back(tmp_path: Path) -> None:
    with closing(CompanionStore(tmp_path / "companion.db")) as store:
        store.verdicts.say_not_duplicates([pair(B, A)])
        store.verdicts.say_keep(A)
        store.verdicts.say_speech(C, "spoken")
    with closing(CompanionStore(tmp_path / "companion.db")) as store:
        assert store.verdicts.not_duplicates() == {pair(A, B)}
        assert store.verdicts.kept_copies() == {A}
        assert store.verdicts.speech() == {C: "spoken"}


def test_all_that_was_said_can_be_taken_back(verdicts: Verdicts) -> None:
    verdicts.say_not_duplicates([pair(A, B), pair(B, C)])
    verdicts.take_back_not_duplicates([pair(B, A), pair(A, C)])
    assert verdicts.not_duplicates() == {pair(B, C)}
    verdicts.say_keep(A)
    verdicts.take_back_keep(A)
    assert verdicts.kept_copies() == set()
    verdicts.say_speech(A, "music")
    verdicts.take_back_speech(A)
    assert verdicts.speech() == {}


def test_the_last_word_stands(verdicts: Verdicts) -> None:
    verdicts.say_speech(A, "music")
    verdicts.say_speech(A, "spoken")
    assert verdicts.speech() == {A: "spoken"}
    verdicts.say_keep(A)
    verdicts.say_keep(B, instead_of=[A, C])
    assert verdicts.kept_copies() == {B}


def test_saying_it_twice_is_saying_it_once(verdicts: Verdicts) -> None:
    for _ in range(2):
        verdicts.say_not_duplicates([pair(A, B)])
        verdicts.say_keep(A)
        verdicts.say_speech(A, "music")
    verdicts.take_back_not_duplicates([pair(A, B)])
    assert verdicts.not_duplicates() == set()


@pytest.mark.parametrize("new", [NEW, SongId("file:///0.mp3"), SongId("file:///z.mp3")])
def test_what_was_said_of_an_old_name_holds_for_the_new_one_too(verdicts: Verdicts, new: SongId) -> None:
    verdicts.say_not_duplicates([pair(A, B), pair(C, A), pair(B, C)])
    verdicts.say_keep(A)
    verdicts.say_speech(A, "music")
    verdicts.copy({new: A})
    assert verdicts.not_duplicates() == {pair(A, B), pair(A, C), pair(B, C), pair(new, B), pair(new, C)}
    assert verdicts.kept_copies() == {A, new}, "the old name may come back"
    assert verdicts.speech() == {A: "music", new: "music"}


def test_what_was_said_of_the_new_name_itself_stands(verdicts: Verdicts) -> None:
    verdicts.say_speech(A, "music")
    verdicts.say_speech(NEW, "spoken")
    verdicts.say_not_duplicates([pair(A, NEW)])
    verdicts.copy({NEW: A})
    assert verdicts.speech() == {A: "music", NEW: "spoken"}
    assert verdicts.not_duplicates() == {pair(A, NEW)}


def test_two_songs_that_are_moved_together_stay_apart(verdicts: Verdicts) -> None:
    other = SongId("file:///other.mp3")
    verdicts.say_not_duplicates([pair(A, B)])
    verdicts.copy({NEW: A, other: B})
    assert pair(NEW, other) in verdicts.not_duplicates(), "as in a folder that was renamed"


def test_of_a_song_without_verdicts_nothing_is_copied(verdicts: Verdicts) -> None:
    verdicts.copy({NEW: A})
    verdicts.copy({})
    assert (verdicts.not_duplicates(), verdicts.kept_copies(), verdicts.speech()) == (set(), set(), {})
