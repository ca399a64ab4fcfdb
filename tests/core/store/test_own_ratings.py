"""Stars given here: every statement is kept, and holds for the sound under whatever name."""

from core.song import UNRATED, SongId
from core.store.companion import CompanionStore, FileState
from core.store.own_ratings import Statement
from tests.clock import Clock

A, B, C = (SongId(f"file:///music/{name}.mp3") for name in "abc")


def hear(store: CompanionStore, *, mtime: float = 1.0, **sounds: str) -> None:
    """Let songs by these names have these sounds, in files last written to at ``mtime``."""
    store.save_file_states(
        FileState(SongId(f"file:///music/{name}.mp3"), 1, mtime, "excerpt", checksum=sound)
        for name, sound in sounds.items()
    )


def test_the_last_word_counts_and_all_of_them_are_kept(store: CompanionStore, clock: Clock) -> None:
    for clock.now, rating in ((100.0, 0.8), (200.0, 0.4), (300.0, UNRATED)):
        store.own_ratings.say([A], rating)
    assert store.own_ratings.statements() == {A: Statement(UNRATED, 300.0)}
    assert store.own_ratings.history(A) == [Statement(0.8, 100.0), Statement(0.4, 200.0), Statement(UNRATED, 300.0)]
    assert store.own_ratings.history(B) == []


def test_stars_hold_for_every_file_of_the_sound(store: CompanionStore, clock: Clock) -> None:
    hear(store, a="one", b="two")
    store.own_ratings.say([A], 0.8)
    hear(store, c="one")
    assert store.own_ratings.statements() == {A: Statement(0.8, 100.0), C: Statement(0.8, 100.0)}
    clock.now = 200.0
    store.own_ratings.say([C], 0.2)
    assert set(store.own_ratings.statements().values()) == {Statement(0.2, 200.0)}
    assert store.own_ratings.history(A) == [Statement(0.8, 100.0), Statement(0.2, 200.0)]


def test_stars_do_not_hold_for_another_sound_under_the_old_name(store: CompanionStore) -> None:
    hear(store, a="one", b="two")
    store.own_ratings.say([A], 0.8)
    hear(store, a="two", b="one")
    assert set(store.own_ratings.statements()) == {B}, "the names were swapped"


def test_stars_that_were_given_before_a_song_was_heard_follow_its_sound(store: CompanionStore, clock: Clock) -> None:
    store.own_ratings.say([A], 0.8)
    assert set(store.own_ratings.statements()) == {A}
    hear(store, a="one", b="one")
    assert set(store.own_ratings.statements()) == {A, B}
    store.own_ratings.hold_to_sounds()
    hear(store, a="another", c="one", mtime=200.0)
    assert set(store.own_ratings.statements()) == {B, C}, "the file became another sound, and its stars stay behind"


def test_a_file_that_was_written_to_before_it_was_heard_keeps_the_stars_of_its_name(
    store: CompanionStore, clock: Clock
) -> None:
    store.own_ratings.say([A], 0.8)
    hear(store, a="one", b="one", mtime=200.0)
    store.own_ratings.hold_to_sounds()
    assert set(store.own_ratings.statements()) == {A}


def test_of_what_was_said_before_and_after_hearing_the_newest_counts(store: CompanionStore, clock: Clock) -> None:
    store.own_ratings.say([A], 0.8)
    hear(store, a="one", mtime=200.0)
    clock.now = 300.0
    store.own_ratings.say([A], 0.3)
    assert store.own_ratings.statements()[A] == Statement(0.3, 300.0)
    assert store.own_ratings.history(A) == [Statement(0.8, 100.0), Statement(0.3, 300.0)]


def test_the_newest_word_on_a_sound_is_told_with_those_who_have_it(store: CompanionStore, clock: Clock) -> None:
    hear(store, a="one", b="one")
    store.own_ratings.say([A, C], 0.8)
    told = {said.sound: (said.song_id, said.statement, said.bearers) for said in store.own_ratings.newest()}
    statement = Statement(0.8, 100.0)
    assert told == {"one": (A, statement, {A, B}), C: (C, statement, {C})}


def test_stars_for_a_file_that_was_replaced_wait_until_it_is_heard(store: CompanionStore, clock: Clock) -> None:
    hear(store, a="one", b="one", c="two")
    clock.now = 200.0
    store.own_ratings.say([A], 0.8, changed={A})
    store.own_ratings.hold_to_sounds()
    assert set(store.own_ratings.statements()) == {A}
    hear(store, a="two", mtime=150.0)
    assert set(store.own_ratings.statements()) == {A, C}
