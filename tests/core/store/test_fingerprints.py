"""The duplicate cache: the plan's own table, and nothing in it that belongs to another file."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.audio.probe import AudioMetadata
from core.song import SongId
from core.store import fingerprints
from core.store.database import Database
from core.store.fingerprints import MIGRATIONS, ComparisonRecord, FingerprintRecord, FingerprintStore
from tests.planted_copies import random_items

A, B, C = SongId("file:///music/a.mp3"), SongId("file:///music/b.flac"), SongId("file:///music/rip.flac#t=61.5")
ITEMS = random_items(seed=1, length=221)

SEED_TABLE = """
    CREATE TABLE dedup_cache (
        filename TEXT PRIMARY KEY, file_size INTEGER, duration REAL, sample_rate INTEGER, bit_rate INTEGER,
        channels INTEGER, codec TEXT, mtime REAL, fingerprint TEXT, updated_at REAL
    )
"""


def metadata(song_id: SongId, *, size: int = 5_000_000, mtime: float = 1700000000.123456) -> AudioMetadata:
    return AudioMetadata(song_id, size, 180.5, 44100, 320, 2, "MP3", mtime)


def record(song_id: SongId, *, size: int = 5_000_000, heard: bool = True) -> FingerprintRecord:
    return FingerprintRecord(song_id, metadata(song_id, size=size), ITEMS if heard else None)


def verdict(first: SongId, second: SongId, likeness: str = "same audio") -> ComparisonRecord:
    return ComparisonRecord(first, second, likeness, 0.9, "")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[FingerprintStore]:
    opened = FingerprintStore(tmp_path / "fingerprints.db")
    yield opened
    opened.close()


def test_what_is_saved_is_found(store: FingerprintStore) -> None:
    store.save([record(A), record(B, heard=False)])
    assert store.metadata() == {A: metadata(A), B: metadata(B)}
    assert store.known() == {A}
    assert list(store.excerpts()) == [A]
    assert np.array_equal(store.excerpts()[A], ITEMS)
    assert store.excerpts()[A].dtype == np.uint32
    assert store.whole() == {}


@pytest.mark.parametrize("many", [0, 100])
def test_some_songs_can_be_asked_for(store: FingerprintStore, monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    monkeypatch.setattr(fingerprints, "MANY", many)
    store.save([record(A), record(B), record(C, heard=False)])
    wanted = [A, C, SongId("file:///nowhere")]
    assert store.metadata(wanted) == {A: metadata(A), C: metadata(C)}
    assert store.durations(wanted) == {A: 180.5, C: 180.5}
    assert set(store.excerpts(wanted)) == {A}
    assert (store.metadata([]), set(store.durations())) == ({}, {A, B, C})


def test_the_whole_fingerprint_stands_in_the_plan_s_column(store: FingerprintStore) -> None:
    store.save([record(A), record(B)])
    store.save_whole([(metadata(A), "AQAAxyz")])
    assert store.whole() == {A: "AQAAxyz"}
    with closing(sqlite3.connect(store.path)) as connection:
        rows = connection.execute("SELECT filename, fingerprint FROM dedup_cache ORDER BY filename").fetchall()
    assert rows == [(A, "AQAAxyz"), (B, None)]


def test_the_same_file_keeps_what_is_known_of_its_sound(store: FingerprintStore) -> None:
    store.save([record(A)])
    store.save_whole([(metadata(A), "AQAAxyz")])
    store.save([FingerprintRecord(A, replace(metadata(A), bit_rate=128))])
    assert store.metadata()[A].bit_rate == 128
    assert (store.known(), store.whole()) == ({A}, {A: "AQAAxyz"})


@pytest.mark.parametrize("changed", [metadata(A, size=1), metadata(A, mtime=1700000000.123457)])
def test_a_changed_file_loses_what_was_known(store: FingerprintStore, changed: AudioMetadata) -> None:
    store.save([record(A), record(B)])
    store.save_whole([(metadata(A), "AQAAxyz")])
    store.save([FingerprintRecord(A, changed)])
    assert store.metadata()[A] == changed
    assert (store.known(), store.whole()) == ({B}, {})


def test_a_fingerprint_of_the_file_before_comes_too_late(store: FingerprintStore) -> None:
    store.save([record(A)])
    store.save([record(A, size=6)])
    store.save_whole([(metadata(A), "of the old one")])
    assert store.whole() == {}


def test_other_tags_leave_the_sound_alone(store: FingerprintStore) -> None:
    store.save([record(A)])
    store.save_whole([(metadata(A), "AQAAxyz")])
    store.retag({A: (7, 8.5), B: (1, 1.0)})
    assert store.metadata() == {A: metadata(A, size=7, mtime=8.5)}
    assert (store.known(), store.whole()) == ({A}, {A: "AQAAxyz"})


def test_what_is_removed_is_gone(store: FingerprintStore) -> None:
    store.save([record(A), record(B)])
    store.remove([A, C])
    assert set(store.metadata()) == store.known() == {B}


def test_verdicts_are_kept_in_either_order(store: FingerprintStore) -> None:
    store.save([record(A), record(B), record(C)])
    store.save_comparisons([verdict(B, A), verdict(C, A, "different")])
    store.save_comparisons([verdict(A, B, "possible")])
    assert store.comparisons() == [verdict(A, B, "possible"), verdict(A, C, "different")]


@pytest.mark.parametrize("forget", ["change", "remove", "retag"])
def test_a_verdict_on_another_file_is_dropped(store: FingerprintStore, forget: str) -> None:
    store.save([record(A), record(B), record(C)])
    store.save_comparisons([verdict(A, B), verdict(B, C), verdict(A, C)], searched=[A, B, C])
    if forget == "change":
        store.save([record(B, size=9)])
    elif forget == "remove":
        store.remove([B])
    else:
        store.retag({B: (9, 9.0)})
    assert store.comparisons() == [verdict(A, C)]
    assert store.unsearched() == (set() if forget == "remove" else {B})


def test_a_verdict_on_a_file_that_is_gone_comes_too_late(store: FingerprintStore) -> None:
    store.save([record(A)])
    store.save_comparisons([verdict(A, B)], searched=[A, B])
    assert (store.comparisons(), store.unsearched()) == ([], set())


def test_a_song_that_is_heard_is_searched_for_again(store: FingerprintStore) -> None:
    store.save([record(A, heard=False), record(B)])
    store.save_comparisons([], searched=[A, B])
    store.save([record(A), record(B, heard=False)])
    assert store.unsearched() == {A}


def test_a_copy_of_a_file_needs_no_listening(store: FingerprintStore) -> None:
    store.save([record(A), record(B, size=9, heard=False)])
    store.save_whole([(metadata(A), "AQAAxyz")])
    store.save_comparisons([], searched=[A, B])
    store.copy({B: A, C: A})
    assert store.metadata() == {A: metadata(A), B: metadata(B, size=9), C: metadata(C)}
    assert store.whole() == dict.fromkeys((A, B, C), "AQAAxyz")
    assert store.known() == {A, B, C}
    assert np.array_equal(store.excerpts()[C], ITEMS)
    assert store.unsearched() == {B, C}


def test_a_copy_of_nothing_is_nothing(store: FingerprintStore) -> None:
    store.save([record(A)])
    store.copy({A: B, C: B})
    assert set(store.metadata()) == store.known() == {A}


def test_a_cache_from_before_the_verdicts_keeps_what_it_knew(tmp_path: Path) -> None:
    with closing(Database(tmp_path / "fingerprints.db", migrations=MIGRATIONS[:1])) as old:
        old.rows("INSERT INTO dedup_cache (filename, file_size, mtime) VALUES (?, 1, 2.0)", [A])
    with closing(FingerprintStore(tmp_path / "fingerprints.db")) as store:
        assert (set(store.metadata()), store.unsearched()) == ({A}, {A})


def test_the_schema_is_the_plan_s(store: FingerprintStore) -> None:
    with closing(sqlite3.connect(store.path)) as connection, closing(sqlite3.connect(":memory:")) as plan:
        plan.execute(SEED_TABLE)
        columns = "SELECT name, type, pk FROM pragma_table_info('dedup_cache')"
        assert connection.execute(columns).fetchall() == plan.execute(columns).fetchall()
        indexed = "SELECT name FROM pragma_index_info(?) ORDER BY seqno"
        signature = [row[0] for row in connection.execute(indexed, ["idx_metadata_sig"])]
        assert signature == ["file_size", "duration", "sample_rate", "bit_rate", "channels"]
        assert connection.execute(indexed, ["idx_mtime"]).fetchall() == [("mtime",)]


def test_a_store_can_be_passing() -> None:
    store = FingerprintStore(":memory:")
    store.save([record(A)])
    assert store.known() == {A}
    store.close()


def test_what_was_saved_is_there_the_next_time(tmp_path: Path) -> None:
    for _ in range(2):
        store = FingerprintStore(tmp_path / "fingerprints.db")
        store.save([record(A)])
        store.close()
    with closing(FingerprintStore(tmp_path / "fingerprints.db")) as store:
        assert store.known() == {A}
