"""The audio cache: bounded, the oldest-used leave, and no kill, damage or full disk makes it tell a wrong sound."""

import errno
import hashlib
import logging
import multiprocessing
import os
import pickle
import shutil
import signal
from pathlib import Path

import numpy as np
import pytest

from core.training.data import audio_cache
from core.training.data.audio_cache import AudioCache, Sound

SAMPLES = 3000
SLOT = 8192


def key(name: object) -> bytes:
    return hashlib.sha256(str(name).encode()).digest()


def sound(number: int, *, samples: int = SAMPLES) -> Sound:
    return Sound(np.full(samples, number, np.int16), 1.0)


def cache_of(folder: Path, *, slots: int = 4, samples: int = SAMPLES, sample_rate: int = 100) -> AudioCache:
    return AudioCache(folder, sample_rate=sample_rate, samples=samples, max_bytes=slots * SLOT)


def values(cache: AudioCache, name: object) -> int | None:
    """The number that a sound was made of; None where there is none."""
    found = cache.get(key(name))
    if found is None:
        return None
    assert len(found.values) == SAMPLES
    assert (found.values == found.values[0]).all()
    return int(found.values[0])


def test_what_was_put_is_found_again(tmp_path: Path) -> None:
    cache = cache_of(tmp_path)
    cache.put(key("a"), sound(7))
    cache.put(key("b"), Sound(np.array([1, -2, 3], np.int16), 1.5))
    found = cache.get(key("b"))
    assert found is not None
    assert (found.values.tolist(), found.scale) == ([1, -2, 3], 1.5)
    assert (values(cache, "a"), cache.get(key("c")), len(cache), cache.notice) == (7, None, 2, "")
    assert values(cache_of(tmp_path), "a") == 7


def test_a_sound_may_be_replaced(tmp_path: Path) -> None:
    cache = cache_of(tmp_path)
    for number in (1, 2):
        cache.put(key("a"), sound(number))
    assert (values(cache, "a"), len(cache)) == (2, 1)


def test_the_one_not_used_for_longest_leaves(tmp_path: Path) -> None:
    cache = cache_of(tmp_path, slots=3)
    for number in range(3):
        cache.put(key(number), sound(number))
    assert values(cache, 0) == 0
    cache.put(key(3), sound(3))
    assert [values(cache, number) for number in range(4)] == [0, None, 2, 3]
    for number in range(4, 40):
        cache.put(key(number), sound(number))
    assert len(cache) == 3
    assert sum(path.stat().st_size for path in tmp_path.rglob("sound")) == 3 * SLOT


def test_rounding_keeps_what_is_over_full_scale() -> None:
    samples = np.array([0.0, 0.5, -1.2, 1.3], np.float32)
    rounded = Sound.of(samples)
    assert np.abs(rounded.samples() - samples).max() < 1.3 / 32767
    again = Sound.of(rounded.samples())
    assert again.values.tolist() == rounded.values.tolist()
    assert Sound.of(np.zeros(0, np.float32)).samples().tolist() == []


def test_a_sound_that_changed_on_disk_is_not_believed(tmp_path: Path) -> None:
    cache_of(tmp_path).put(key("a"), sound(7))
    path = next(tmp_path.rglob("sound"))
    content = bytearray(path.read_bytes())
    content[1000] ^= 1
    path.write_bytes(content)
    assert values(cache_of(tmp_path), "a") is None


def test_a_sound_that_broke_off_is_not_believed(tmp_path: Path) -> None:
    cache = cache_of(tmp_path)
    cache.put(key("a"), sound(7))
    os.truncate(next(tmp_path.rglob("sound")), 100)
    assert values(cache, "a") is None
    cache.put(key("a"), sound(8))
    assert values(cache, "a") == 8


@pytest.mark.parametrize("content", [b"", b"junk", b"junk" * 5000])
def test_an_index_that_is_none_is_made_anew(tmp_path: Path, content: bytes) -> None:
    cache_of(tmp_path).put(key("a"), sound(7))
    next(tmp_path.rglob("index")).write_bytes(content)
    cache = cache_of(tmp_path)
    assert values(cache, "a") is None
    cache.put(key("a"), sound(8))
    assert (values(cache, "a"), cache.notice) == (8, "")


def test_a_smaller_limit_gives_the_room_back(tmp_path: Path) -> None:
    cache = cache_of(tmp_path, slots=4)
    for number in range(4):
        cache.put(key(number), sound(number))
    del cache
    smaller = cache_of(tmp_path, slots=2)
    assert next(tmp_path.rglob("sound")).stat().st_size == 2 * SLOT
    assert [values(smaller, number) for number in range(4)] == [0, 1, None, None]
    larger = cache_of(tmp_path, slots=6)
    for number in range(10, 14):
        larger.put(key(number), sound(number))
    assert [values(larger, number) for number in (0, 1, 10, 13)] == [0, 1, 10, 13]


def test_room_that_another_uses_is_not_taken_from_it(tmp_path: Path) -> None:
    cache = cache_of(tmp_path, slots=4)
    for number in range(4):
        cache.put(key(number), sound(number))
    smaller = cache_of(tmp_path, slots=2)
    assert values(cache, 3) == 3
    smaller.put(key(9), sound(9))
    assert values(cache, 9) == 9


def test_excerpts_of_other_lengths_leave(tmp_path: Path) -> None:
    old = cache_of(tmp_path, sample_rate=100)
    old.put(key("a"), sound(7))
    in_use = cache_of(tmp_path, sample_rate=200)
    assert values(old, "a") == 7, "it is still in use"
    del old
    cache_of(tmp_path, sample_rate=200)
    assert sorted(path.name for path in (tmp_path / "audio").iterdir()) == [f"v1-200-{SAMPLES}"]
    assert in_use.notice == ""


def test_a_copy_in_another_process_sees_the_same(tmp_path: Path) -> None:
    cache = cache_of(tmp_path)
    copy = pickle.loads(pickle.dumps(cache))  # noqa: S301 - our own
    copy.put(key("a"), sound(7))
    assert values(cache, "a") == 7


def test_a_full_disk_costs_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    cache = cache_of(tmp_path)
    cache.put(key("a"), sound(7))
    copy = pickle.loads(pickle.dumps(cache))  # noqa: S301 - our own

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "pwrite", full)
    with caplog.at_level(logging.WARNING):
        for each in (cache, copy, cache):
            each.put(key("b"), sound(8))
    assert [record.getMessage() for record in caplog.records] == [cache.notice]
    assert copy.notice == cache.notice
    assert "No space left" in cache.notice
    assert (values(cache, "a"), values(cache, "b")) == (7, None)
    monkeypatch.undo()
    assert cache_of(tmp_path).notice == "", "the next run tries again"


def test_the_disk_is_not_filled_to_the_brim(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = cache_of(tmp_path)
    monkeypatch.setattr(audio_cache, "KEPT_FREE", shutil.disk_usage(tmp_path).total)
    cache.put(key("a"), sound(7))
    assert values(cache, "a") is None
    assert "nearly full" in cache.notice


def test_a_folder_that_cannot_be_made_switches_it_off(tmp_path: Path) -> None:
    (tmp_path / "audio").write_text("in the way")
    cache = cache_of(tmp_path)
    cache.put(key("a"), sound(7))
    assert cache.notice
    assert cache.get(key("a")) is None


def test_no_room_at_all_switches_it_off(tmp_path: Path) -> None:
    cache = cache_of(tmp_path, slots=0)
    cache.put(key("a"), sound(7))
    assert cache.get(key("a")) is None
    assert "no room" in cache.notice


def test_the_default_limit_leaves_most_of_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(audio_cache, "KEPT_FREE", 0)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=30 * SLOT))
    cache = AudioCache(tmp_path, sample_rate=100, samples=SAMPLES)
    for number in range(9):
        cache.put(key(number), sound(number))
    assert len(cache) == 3


def _work(folder: Path, first: int, rounds: int) -> None:
    cache = cache_of(folder, slots=6)
    for number in range(rounds):
        name = (first + number * 7) % 20
        known = values(cache, name)
        assert known in (None, name)
        if known is None:
            cache.put(key(name), sound(name))
    assert cache.notice == ""


def test_processes_that_write_at_once_never_tell_a_wrong_sound(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=_work, args=(tmp_path, first, 300)) for first in range(3)]
    for process in processes:
        process.start()
    _work(tmp_path, 11, 300)
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]


def test_a_kill_at_any_moment_leaves_a_cache_that_tells_no_wrong_sound(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    cache = cache_of(tmp_path, slots=6)
    for delay in range(8):
        process = context.Process(target=_work, args=(tmp_path, delay, 100_000))
        process.start()
        for _ in range(200 + 40 * delay):
            assert all(values(cache, name) in (None, name) for name in range(2))
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
    _work(tmp_path, 0, 40)
