"""Excerpts of songs for training: fixed lengths, sections, damage, the cache."""

import logging
import os
from pathlib import Path

import numpy as np
import pytest
import torch

from core.analysis.facts import ExcerptChoice
from core.audio.reasons import AudioError, SkipReason
from core.errors import UserError
from core.file_url import url_from_path
from core.song import Song
from core.training.data.excerpts import MOST_NAMED, Excerpts, Place, decoded_excerpt, fixed_length
from core.training.protocol import TrainingSong
from tests.audio_files import second_of, steps, tone, write_wav

RATE = 8000
PLAN = ExcerptChoice(sample_rate=RATE, duration=2.0)


def song_at(path: Path, *, beginning: float = 0.0, length: float | None = None) -> TrainingSong:
    return TrainingSong(str(path), -1.0, "x", "", path=str(path), beginning=beginning, length=length)


def songs_in(folder: Path, count: int) -> list[TrainingSong]:
    sounds = [tone(200.0 + 50 * number, seconds=3.0, sample_rate=RATE, channels=1) for number in range(count)]
    return [
        song_at(write_wav(folder / f"{number}.wav", sound, sample_rate=RATE)) for number, sound in enumerate(sounds)
    ]


def test_an_excerpt_is_the_same_with_and_without_a_cache(tmp_path: Path) -> None:
    songs = songs_in(tmp_path, 2)
    plain = Excerpts(songs, PLAN).load(1)
    cached = Excerpts(songs, PLAN, cache_dir=tmp_path / "cache")
    assert torch.equal(cached.load(1), plain)
    assert torch.equal(cached.load(1), plain)
    assert torch.equal(Excerpts(songs, PLAN, cache_dir=tmp_path / "cache").load(1), plain)
    assert (len(plain), plain.dtype) == (2 * RATE, torch.float32)


def test_the_second_time_nothing_is_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    songs = songs_in(tmp_path, 1)
    first = Excerpts(songs, PLAN, cache_dir=tmp_path / "cache").load(0)
    monkeypatch.setattr("core.training.data.excerpts.decode_excerpt", None)
    assert torch.equal(Excerpts(songs, PLAN, cache_dir=tmp_path / "cache").load(0), first)


@pytest.mark.parametrize("change", ["mtime", "size", "plan"])
def test_what_changed_is_decoded_again(tmp_path: Path, change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    songs, plan = songs_in(tmp_path, 1), PLAN
    Excerpts(songs, plan, cache_dir=tmp_path / "cache").load(0)
    path = Path(songs[0].path)
    before = path.stat()
    match change:
        case "mtime":
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
        case "size":
            path.write_bytes(path.read_bytes() + b"\0\0")
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        case "plan":
            plan = ExcerptChoice(sample_rate=RATE, duration=2.0, center_crop=False)
    monkeypatch.setattr("core.training.data.excerpts.decode_excerpt", None)
    with pytest.raises(TypeError, match="not callable"):
        Excerpts(songs, plan, cache_dir=tmp_path / "cache").load(0)


def test_a_section_is_heard_at_the_rate_of_whoever_listens(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "cd.wav", steps(40, sample_rate=RATE, channels=1), sample_rate=RATE)
    heard = decoded_excerpt(Place.of(song_at(path, beginning=20.0, length=10.0)), PLAN, rate=RATE // 2)
    assert (heard.start, len(heard.samples)) == (pytest.approx(24), RATE)
    whole = decoded_excerpt(Place.of(song_at(path)), ExcerptChoice(duration=2.0, center_crop=False), rate=RATE)
    assert whole.start == 0


def test_a_cue_track_is_its_section(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "cd.wav", steps(40, sample_rate=RATE, channels=1), sample_rate=RATE)
    track = Song(1, "t", "", "", -1, -1.0, url_from_path(path), duration=10.0, beginning=20.0, is_cue_track=True)
    heard = Excerpts([track], PLAN).load(0).numpy()
    assert second_of(heard[: RATE // 2], sample_rate=RATE) == pytest.approx(24, abs=0.6)
    assert Place.of(track) == Place(track.song_id, str(path), 20.0, 10.0)


def test_a_song_that_does_not_decode_is_replaced_and_named_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    songs = songs_in(tmp_path, 4)
    Path(songs[1].path).write_bytes(b"no sound")
    Path(songs[3].path).unlink()
    excerpts = Excerpts(songs, PLAN, cache_dir=tmp_path / "cache")
    with caplog.at_level(logging.WARNING):
        assert [excerpts.load_or_next(row)[0] for row in (0, 1, 2, 3, 1, 3)] == [0, 2, 2, 0, 2, 0]
    assert excerpts.unheard == {songs[1].song_id: SkipReason.NOT_AUDIO, songs[3].song_id: SkipReason.MISSING}
    assert len(caplog.records) == 2
    with pytest.raises(AudioError):
        excerpts.load(1)


def test_only_those_that_are_named_take_the_place_of_a_song(tmp_path: Path) -> None:
    excerpts = Excerpts([*songs_in(tmp_path, 2), song_at(tmp_path / "gone.wav"), *songs_in(tmp_path, 2)], PLAN)
    assert excerpts.load_or_next(2, among=[0, 2, 4])[0] == 4
    assert excerpts.load_or_next(2, among=[0, 2])[0] == 0
    assert excerpts.load_or_next(1, among=[0, 2])[0] == 0, "one that is not named is not loaded either"
    with pytest.raises(UserError, match="music folder"):
        excerpts.load_or_next(2, among=[2])


def test_a_music_folder_that_is_gone_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="music folder"):
        Excerpts([song_at(tmp_path / "gone.wav")], PLAN).load_or_next(0)


def test_a_drive_that_is_gone_does_not_fill_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    songs = [song_at(tmp_path / f"gone {number}.wav") for number in range(100)]
    excerpts = Excerpts([*songs, *songs_in(tmp_path, 1)], PLAN)
    with caplog.at_level(logging.WARNING):
        assert excerpts.load_or_next(0)[0] == 100
    assert len(excerpts.unheard) == 100
    assert len(caplog.records) == MOST_NAMED + 1


def test_samples_are_cut_or_filled() -> None:
    assert fixed_length(torch.ones(3), 5).tolist() == [1, 1, 1, 0, 0]
    assert fixed_length(torch.ones(7), 5).tolist() == [1] * 5


def test_a_place_is_told_apart_by_its_section_and_its_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"1")
    keys = {
        Place("x", str(path), 0.0, None).key(),
        Place("x", str(path), 1.0, None).key(),
        Place("x", str(path)).key(PLAN),
    }
    path.write_bytes(b"12")
    keys.add(Place("x", str(path), 0.0, None).key())
    assert len(keys) == 4
    assert all(len(each) == 32 for each in keys)
    assert np.frombuffer(next(iter(keys)), "<u8").shape == (4,)


def test_a_file_that_is_gone_has_an_empty_key(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", tone(200, seconds=1.0, sample_rate=RATE, channels=1), sample_rate=RATE)
    place = Place("x", str(path))
    assert place.known_key(PLAN) == place.key(PLAN) != b""
    path.unlink()
    assert place.known_key(PLAN) == b""
