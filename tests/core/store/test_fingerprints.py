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
from core.store.fingerprints import FingerprintRecord, FingerprintStore, record_of
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


def test_a_moved_file_keeps_its_facts(store: FingerprintStore) -> None:
    store.save([record(A), record(B, size=9)])
    store.move({A: C, B: A})
    assert {song_id: found.file_size for song_id, found in store.metadata().items()} == {A: 9, C: 5_000_000}
    assert store.known() == {A, C}


def test_two_files_may_change_places(store: FingerprintStore) -> None:
    store.save([record(A, size=1), record(B, size=2, heard=False)])
    store.move({A: B, B: A})
    assert {song_id: found.file_size for song_id, found in store.metadata().items()} == {A: 2, B: 1}
    assert store.known() == {B}


def test_a_move_onto_a_known_file_replaces_it(store: FingerprintStore) -> None:
    store.save([record(A, size=1), record(B, size=2)])
    store.move({A: B})
    assert {song_id: found.file_size for song_id, found in store.metadata().items()} == {B: 1}


def test_what_is_removed_is_gone(store: FingerprintStore) -> None:
    store.save([record(A), record(B)])
    store.remove([A, C])
    assert set(store.metadata()) == store.known() == {B}


def test_a_section_has_its_own_key_and_duration() -> None:
    found = record_of(C, metadata(SongId("/music/rip.flac")), duration=93.25, items=ITEMS)
    assert (found.song_id, found.metadata.filename, found.metadata.duration) == (C, C, 93.25)


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
