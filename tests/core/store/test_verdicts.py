"""What the owner said outlives everything, holds for a sound under every name, and can be taken back."""

from contextlib import closing
from pathlib import Path

import pytest

from core.song import SongId
from core.store.companion import CompanionStore, FileState
from core.store.verdicts import Verdicts

A, B, C, NEW = (SongId(f"file:///music/{name}.mp3") for name in ("a", "b", "c", "new"))


@pytest.fixture
def verdicts(store: CompanionStore) -> Verdicts:
    return store.verdicts


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


def hear(store: CompanionStore, **sounds: str) -> None:
    """Let songs by these names have these sounds."""
    ids = {SongId(f"file:///music/{name.replace('__', '/')}.mp3"): sound for name, sound in sounds.items()}
    store.save_file_states(FileState(song_id, 1, 1.0, "excerpt", checksum=sound) for song_id, sound in ids.items())


def test_what_was_said_holds_for_the_sound_under_every_name(store: CompanionStore) -> None:
    hear(store, a="one", b="two", c="three")
    store.verdicts.say_not_duplicates([pair(A, B)])
    store.verdicts.say_keep(A)
    store.verdicts.say_speech(A, "music")
    hear(store, new="one")
    assert store.verdicts.not_duplicates() == {pair(A, B), pair(NEW, B)}
    assert store.verdicts.speech() == {A: "music", NEW: "music"}
    assert store.verdicts.kept_copies(present={NEW, B}) == {NEW}
    assert store.verdicts.kept_copies(present={A, NEW, B}) == {A}, "a mere copy is not what was chosen"


def test_what_was_said_does_not_hold_for_another_sound_under_the_old_name(store: CompanionStore) -> None:
    hear(store, a="one", b="two")
    store.verdicts.say_keep(A)
    store.verdicts.say_speech(A, "spoken")
    hear(store, a="two", b="one")
    assert store.verdicts.speech() == {B: "spoken"}, "the names were swapped"
    assert store.verdicts.kept_copies(present={A, B}) == {B}


def test_what_was_taken_back_under_a_new_name_stays_taken_back(store: CompanionStore) -> None:
    hear(store, a="one", b="two")
    store.verdicts.say_speech(A, "spoken")
    store.verdicts.say_not_duplicates([pair(A, B)])
    hear(store, new="one")
    store.verdicts.take_back_speech(NEW)
    store.verdicts.take_back_not_duplicates([pair(NEW, B)])
    hear(store, c="one")
    assert (store.verdicts.speech(), store.verdicts.not_duplicates()) == ({}, set())


def test_what_was_said_before_a_song_was_heard_stands(store: CompanionStore) -> None:
    store.verdicts.say_speech(A, "spoken")
    store.verdicts.say_not_duplicates([pair(A, B)])
    hear(store, a="one", b="two")
    assert store.verdicts.speech() == {A: "spoken"}
    assert store.verdicts.not_duplicates() == {pair(A, B)}
    store.verdicts.take_back_speech(A)
    assert store.verdicts.speech() == {}


def test_exact_copies_stay_apart_when_their_folders_are_renamed(store: CompanionStore) -> None:
    hear(store, a="one", b="one")
    store.verdicts.say_not_duplicates([pair(A, B)])
    hear(store, c="one", new="one")
    assert store.verdicts.not_duplicates(present={C, NEW}) == {pair(C, NEW)}


def test_of_exact_copies_the_one_with_the_kept_name_is_kept_after_a_move(store: CompanionStore) -> None:
    hear(store, old__x="one", old__y="one")
    store.verdicts.say_keep(SongId("file:///music/old/y.mp3"), instead_of=[SongId("file:///music/old/x.mp3")])
    hear(store, new__x="one", new__y="one")
    there = {SongId("file:///music/new/x.mp3"), SongId("file:///music/new/y.mp3")}
    assert store.verdicts.kept_copies(present=there) == {SongId("file:///music/new/y.mp3")}
