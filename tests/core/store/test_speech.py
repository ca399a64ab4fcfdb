"""The speech cache keeps the plan's table, and the evidence beside it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import UserError
from core.song import SongId
from core.store.speech import SpeechCache, SpeechEntry, SpeechFacts

SPOKEN = SpeechFacts(0.8, 30.0, speech=0.9, singing=0.1, background=-40.0, bass=-20.0, method="a")
MUSIC = SpeechFacts(0.01, 30.0, method="a")


def song(name: str) -> SongId:
    return SongId(f"file:///music/{name}.mp3")


def entry(name: str, facts: SpeechFacts = SPOKEN, *, mtime: float = 5.5) -> SpeechEntry:
    return SpeechEntry(song(name), mtime, facts)


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[SpeechCache]:
    with closing(SpeechCache(tmp_path / "speech_cache.db")) as opened:
        yield opened


def test_the_table_and_the_index_are_those_of_the_plan(cache: SpeechCache, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "speech_cache.db")) as connection:
        columns = connection.execute("PRAGMA table_info(is_speech_cache)").fetchall()
        index = connection.execute("PRAGMA index_info(idx_speech_probability)").fetchall()
    assert [column[1:4] + column[5:] for column in columns] == [
        ("filename", "TEXT", 0, 1),
        ("speech_probability", "REAL", 1, 0),
        ("mtime", "REAL", 1, 0),
        ("updated_at", "REAL", 1, 0),
    ]
    assert [row[2] for row in index] == ["speech_probability"]


def test_what_is_saved_comes_back_after_reopening(tmp_path: Path) -> None:
    with closing(SpeechCache(tmp_path / "cache.db")) as first:
        first.save([entry("a"), entry("b", MUSIC)])
    with closing(SpeechCache(tmp_path / "cache.db")) as second:
        assert second.entries() == {song("a"): entry("a"), song("b"): entry("b", MUSIC)}
        assert second.probabilities() == {song("a"): 0.8, song("b"): 0.01}
        assert second.entry(song("b")) == entry("b", MUSIC)
        assert second.entry(song("c")) is None


def test_newer_facts_replace_older_ones(cache: SpeechCache) -> None:
    cache.save([entry("a")])
    cache.save([entry("a", MUSIC, mtime=6.0)])
    assert cache.entries() == {song("a"): entry("a", MUSIC, mtime=6.0)}


def test_a_song_gets_the_facts_of_one_that_sounds_like_it(cache: SpeechCache) -> None:
    cache.save([entry("a"), entry("taken", MUSIC)])
    sources = {song("taken"): song("a"), song("b"): song("unknown")}
    cache.copy(sources, mtimes={song("taken"): 7.5, song("b"): 8.5})
    assert cache.entries() == {song("a"): entry("a"), song("taken"): entry("taken", mtime=7.5)}


def test_two_songs_may_swap_their_facts(cache: SpeechCache) -> None:
    cache.save([entry("a"), entry("b", MUSIC)])
    cache.copy({song("a"): song("b"), song("b"): song("a")}, mtimes={song("a"): 1.5, song("b"): 2.5})
    assert cache.entries() == {song("b"): entry("b", mtime=2.5), song("a"): entry("a", MUSIC, mtime=1.5)}


def test_other_tags_are_another_time_and_the_same_facts(cache: SpeechCache) -> None:
    cache.save([entry("a")])
    cache.copy({song("a"): song("a")}, mtimes={song("a"): 9.5})
    assert cache.entries() == {song("a"): entry("a", mtime=9.5)}


def test_only_what_was_measured_with_a_method_is_known_of_it(cache: SpeechCache) -> None:
    cache.save([entry("a"), entry("b", replace(MUSIC, method="b"))])
    assert (cache.known("a"), cache.known("b"), cache.known("c")) == ({song("a")}, {song("b")}, set())


def test_voices_are_the_songs_from_a_ratio_on(cache: SpeechCache) -> None:
    cache.save([entry("a"), entry("b", MUSIC)])
    assert cache.voices(0.8) == {song("a"): SPOKEN}
    assert cache.voices(0.81) == {}
    assert set(cache.voices(0.0)) == {song("a"), song("b")}


def test_forgetting_leaves_the_others(cache: SpeechCache, tmp_path: Path) -> None:
    cache.save([entry("a"), entry("b")])
    cache.forget([song("a"), song("unknown")])
    assert set(cache.entries()) == {song("b")}
    with closing(sqlite3.connect(tmp_path / "speech_cache.db")) as connection:
        assert connection.execute("SELECT COUNT(*) FROM speech_evidence").fetchone() == (1,)


def test_a_file_that_follows_the_plan_alone_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "CREATE TABLE is_speech_cache (filename TEXT PRIMARY KEY, speech_probability REAL NOT NULL, "
            "mtime REAL NOT NULL, updated_at REAL NOT NULL)"
        )
        connection.execute("INSERT INTO is_speech_cache VALUES (?, 0.7, 5.5, 0)", [song("a")])
    with closing(SpeechCache(path)) as cache:
        assert cache.entries() == {song("a"): entry("a", SpeechFacts(0.7, 0.0))}


def test_nothing_is_stored_of_a_batch_with_a_wrong_value(cache: SpeechCache) -> None:
    wrong = SpeechEntry(song("b"), 1.0, SpeechFacts(0.5, None))  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError):
        cache.save([entry("a"), wrong])
    assert cache.entries() == {}


def test_a_newer_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    SpeechCache(tmp_path / "cache.db").close()
    with closing(sqlite3.connect(tmp_path / "cache.db")) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(UserError, match="newer Marmalade"):
        SpeechCache(tmp_path / "cache.db")
