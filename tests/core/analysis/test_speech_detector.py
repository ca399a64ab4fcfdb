"""The plan's SpeechDetector: in worker processes, cached by the time of the file, in the order of the songs."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.analysis.facts import SongTask
from core.analysis.known_sound import RATE, SpeechModelError, vowels
from core.analysis.speech_detector import SpeechDetector
from core.file_url import url_from_path
from core.jobs.process_pool import WorkerDied
from core.song import Song
from tests.audio_files import chord, write_sound


class Here(Executor):
    """Runs everything in this process, counts it, and may fail as a pool does."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.failures: dict[str, BaseException] = {}

    def submit(self, function: Callable[..., object], /, *args: list[SongTask]) -> "Future[object]":
        future: Future[object] = Future()
        names = [str(task.path).rpartition("/")[2] for task in args[0]] if args else ["check"]
        self.heard += names
        failure = next((self.failures[name] for name in names if name in self.failures), None)
        if failure is not None:
            future.set_exception(failure)
        else:
            future.set_result(function(*args))
        return future


def song(path: Path) -> Song:
    return Song(1, path.stem, "", "", -1, -1.0, url_from_path(path))


@pytest.fixture
def music(tmp_path: Path) -> Path:
    return write_sound(tmp_path / "music.flac", chord(seconds=8))


@pytest.fixture
def voice(tmp_path: Path) -> Path:
    return write_sound(tmp_path / "voice.flac", np.tile(vowels(), (2, 4)), sample_rate=RATE)


@pytest.fixture
def executor() -> Here:
    return Here()


@pytest.fixture
def detector(tmp_path: Path, executor: Here) -> Iterator[SpeechDetector]:
    with closing(SpeechDetector(tmp_path / "speech_cache.db", executor=executor)) as opened:
        yield opened


def test_speech_is_found_in_worker_processes(tmp_path: Path, music: Path, voice: Path) -> None:
    songs = [song(music), song(tmp_path / "missing.mp3"), song(voice)]
    with closing(SpeechDetector(tmp_path / "speech_cache.db")) as detector:
        results = detector.detect_speech_in_songs(songs, num_workers=1)
    assert [result.filename for result in results] == [songs[0].filename, songs[2].filename]
    assert results[0].speech_probability < 0.05
    assert results[1].speech_probability > 0.8


def test_a_song_is_heard_once_until_its_file_changes(
    detector: SpeechDetector, executor: Here, music: Path, voice: Path
) -> None:
    first = detector.detect_speech_in_songs([song(music), song(voice)])
    assert executor.heard == ["check", "music.flac", "voice.flac"]
    assert detector.detect_speech_in_songs([song(voice), song(music)]) == first[::-1]
    assert len(executor.heard) == 3
    os.utime(music, (1, 1))
    assert detector.detect_speech_in_songs([song(voice), song(music)]) == first[::-1]
    assert executor.heard[3:] == ["check", "music.flac"]


def test_a_cue_track_is_a_song_of_its_own(detector: SpeechDetector, voice: Path) -> None:
    track = replace(song(voice), is_cue_track=True, beginning=2.0, duration=4.0)
    assert [result.filename for result in detector.detect_speech_in_songs([track])] == [track.song_id]
    assert track.song_id.endswith("#t=2")


@pytest.mark.parametrize("failure", [WorkerDied("gone"), TimeoutError(), MemoryError()])
def test_a_worker_that_dies_costs_one_song(
    detector: SpeechDetector, executor: Here, music: Path, voice: Path, failure: BaseException
) -> None:
    executor.failures["voice.flac"] = failure
    results = detector.detect_speech_in_songs([song(voice), song(music)])
    assert [result.filename for result in results] == [song(music).filename]


def test_a_deaf_model_stops_everything(detector: SpeechDetector, executor: Here, music: Path) -> None:
    executor.failures["check"] = SpeechModelError("deaf")
    with pytest.raises(SpeechModelError, match="deaf"):
        detector.detect_speech_in_songs([song(music)])
    assert executor.heard == ["check"]


def test_a_damaged_file_and_a_stream_have_no_result(detector: SpeechDetector, tmp_path: Path) -> None:
    (tmp_path / "damaged.mp3").write_bytes(b"nothing" * 1000)
    stream = Song(1, "", "", "", -1, -1.0, "http://radio.example/live")
    assert detector.detect_speech_in_songs([song(tmp_path / "damaged.mp3"), stream]) == []
    assert detector.detect_speech_in_songs([]) == []
