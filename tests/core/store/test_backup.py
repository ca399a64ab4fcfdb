"""What was said is collected and merged: nothing is lost, nothing comes twice, the newer word stands."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from core.song import UNRATED, Song, SongId
from core.store.companion import CompanionStore, FileState
from core.store.keepsakes import ChoiceRow, Keepsakes, KeptCopyRow, OwnRatingRow, PlayerRatingRow, SpeechRow
from core.store.made_playlists import MadePlaylist
from core.store.own_ratings import Statement

A = Song(1, "A", "Artist", "Album", 2001, 0.7, "file:///a.mp3")
B = replace(A, rowid=2, filename="file:///b.mp3", rating=UNRATED)
MADE = MadePlaylist("One", {Path("/lists/One.xspf"): "sum"}, "{}", (A.song_id,), 5.0, keep_up_to_date=True)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CompanionStore]:
    with closing(CompanionStore(tmp_path / "here" / "companion.db")) as opened:
        yield opened


@pytest.fixture
def other(tmp_path: Path) -> Iterator[CompanionStore]:
    with closing(CompanionStore(tmp_path / "there" / "companion.db")) as opened:
        yield opened


def say_everything(store: CompanionStore) -> None:
    store.save_file_states([FileState(A.song_id, 1, 1.0, "x", checksum="one")])
    store.ratings.note([A, B])
    store.ratings.note([replace(A, rating=0.3), B])
    store.own_ratings.say([A.song_id, B.song_id], 0.9)
    store.own_ratings.take_back([B.song_id])
    store.verdicts.say_not_duplicates([frozenset((A.song_id, B.song_id))])
    store.verdicts.say_keep(A.song_id)
    store.verdicts.say_speech(B.song_id, "spoken")
    store.made_playlists.save(MADE)
    for name in ("recipe:one", "choice:two", "work_mode", "predictor", "active_embeddings"):
        store.save_setting(name, {"name": name})


def test_everything_said_arrives_and_only_once(store: CompanionStore, other: CompanionStore) -> None:
    say_everything(store)
    keepsakes = store.backups.collect()
    assert keepsakes.counts() == {
        "own_ratings": 3,
        "player_ratings": 2,
        "not_duplicates": 1,
        "kept_copies": 1,
        "speech": 1,
        "choices": 3,
        "playlists": 1,
    }
    assert other.backups.merge(keepsakes) == keepsakes.counts()
    assert other.backups.collect() == keepsakes
    assert set(other.backups.merge(keepsakes).values()) == {0}
    assert set(store.backups.merge(keepsakes).values()) == {0}, "nor does it come twice where it was said"
    assert other.setting("recipe:one") == {"name": "recipe:one"}
    assert other.setting("predictor") is None, "which is of the other machine's models"
    assert other.verdicts.speech() == {B.song_id: "spoken"}
    assert other.made_playlists.all() == store.made_playlists.all()
    assert other.own_ratings.statements()[A.song_id].rating == 0.9


def test_a_playlist_that_was_made_since_keeps_its_file(store: CompanionStore, other: CompanionStore) -> None:
    store.made_playlists.save(MADE)
    newer = replace(MADE, made_at=6.0, songs=(B.song_id,))
    other.made_playlists.save(newer)
    assert other.backups.merge(store.backups.collect())["playlists"] == 0
    assert [each.songs for each in other.made_playlists.all()] == [newer.songs]


def test_a_song_that_was_heard_since_is_not_restored_twice(store: CompanionStore, other: CompanionStore) -> None:
    store.own_ratings.say([A.song_id], 0.9)
    keepsakes = store.backups.collect()
    other.backups.merge(keepsakes)
    other.save_file_states([FileState(A.song_id, 1, 1.0, "x", checksum="one")])
    other.own_ratings.hold_to_sounds()
    assert other.backups.merge(keepsakes)["own_ratings"] == 0
    assert len(other.own_ratings.history(A.song_id)) == 1


def test_another_map_brings_nothing_twice(store: CompanionStore, other: CompanionStore) -> None:
    say_everything(store)
    keepsakes = store.backups.collect()
    other.backups.merge(keepsakes)
    new = other.backups.merge(keepsakes.renamed(lambda name: SongId(f"{name}.moved")))
    assert (new["player_ratings"], new["kept_copies"]) == (0, 0)


def test_the_newer_word_stands_whichever_way_it_is_carried(store: CompanionStore) -> None:
    def said(rating: float, speech: str, at: float) -> Keepsakes:
        return Keepsakes(
            own_ratings=(OwnRatingRow("one", A.song_id, rating, at),),
            kept_copies=(KeptCopyRow("one", A.song_id if rating > 0.5 else B.song_id, at),),
            speech=(SpeechRow("one", A.song_id, speech, at),),
            choices=(ChoiceRow("choice:one", f'"{speech}"'),),
        )

    store.backups.merge(said(0.8, "music", 100.0))
    store.backups.merge(said(0.2, "spoken", 50.0))
    assert store.own_ratings.statements() == {A.song_id: Statement(0.8, 100.0)}
    assert [each.rating for each in store.own_ratings.history(A.song_id)] == [0.2, 0.8]
    assert (store.verdicts.speech(), store.verdicts.kept_copies()) == ({A.song_id: "music"}, {A.song_id})
    store.backups.merge(said(0.4, "spoken", 150.0))
    assert store.own_ratings.statements() == {A.song_id: Statement(0.4, 150.0)}
    assert (store.verdicts.speech(), store.verdicts.kept_copies()) == ({A.song_id: "spoken"}, {B.song_id})
    assert store.setting("choice:one") == "music", "what is chosen here stays"


def test_ratings_seen_elsewhere_are_no_change_here(store: CompanionStore, other: CompanionStore) -> None:
    store.ratings.note([A])
    store.ratings.note([replace(A, rating=0.3)])
    other.ratings.note([A])
    other.backups.merge(store.backups.collect())
    assert other.ratings.note([A]) == []
    assert other.ratings.changed_at() == {}
    assert len(other.ratings.of(A.song_id)) == 3


def test_a_store_that_was_lost_gets_the_times_of_its_ratings_back(store: CompanionStore, other: CompanionStore) -> None:
    store.ratings.note([A])
    store.ratings.note([replace(A, rating=0.3)])
    other.ratings.note([replace(A, rating=0.3)])
    assert other.ratings.changed_at() == {}
    other.backups.merge(store.backups.collect())
    assert other.ratings.changed_at() == store.ratings.changed_at() != {}


def test_a_restore_before_the_first_look_leaves_it_the_first(store: CompanionStore) -> None:
    store.backups.merge(Keepsakes(player_ratings=(PlayerRatingRow(A.song_id, None, 0.2, 5.0, 5.0),)))
    assert store.ratings.note([A]) == []
    assert store.ratings.changed_at() == {}


def test_the_store_is_copied_before_anything_is_written_and_only_then(store: CompanionStore, tmp_path: Path) -> None:
    copy = tmp_path / "here" / "companion.db.before-restore.bak"
    store.own_ratings.say([A.song_id], 0.5)
    keepsakes = store.backups.collect()
    store.backups.merge(keepsakes)
    assert not copy.exists()
    store.backups.merge(Keepsakes(own_ratings=(OwnRatingRow("one", B.song_id, 0.2, 5.0),)))
    with closing(CompanionStore(copy)) as before:
        assert before.backups.collect() == keepsakes


def test_settings_that_no_backup_carries_are_not_restored(store: CompanionStore) -> None:
    store.backups.merge(Keepsakes(choices=(ChoiceRow("predictor", "{}"),)))
    assert store.setting("predictor") is None
