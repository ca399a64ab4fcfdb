"""How long a library will take, from a sample that is really listened to."""

from pathlib import Path

import pytest

from core.config import Config
from core.jobs.events import Control, Progress
from core.library.clementine import read_library
from core.parts import time_estimate
from core.parts.time_estimate import TimeEstimated, estimate_time
from core.song import Song
from tests.audio_files import chord, write_sound
from tests.inline_pool import InlinePool
from tests.library_databases import PlayerDatabase, SongRow

CONFIG = Config.model_validate({"hyperparameters": {"encoder_class": "SpectralEncoder"}, "compute": {"num_workers": 1}})


@pytest.fixture
def songs(tmp_path: Path) -> list[Song]:
    """Six files and two rows without one, of which one is known to be gone."""
    paths = [tmp_path / f"{number}.wav" for number in range(6)]
    for number, path in enumerate(paths):
        write_sound(path, chord((220.0 + 20 * number,), seconds=1.0))
    rows = [SongRow(path=path) for path in (*paths, tmp_path / "away.wav")]
    rows.append(SongRow(path=tmp_path / "gone.wav", unavailable=1))
    return read_library(PlayerDatabase.create(tmp_path / "clementine.db", songs=rows).path).songs


def test_times_a_sample_and_counts_what_is_there(songs: list[Song], monkeypatch: pytest.MonkeyPatch) -> None:
    pool = InlinePool.in_place_of_workers(monkeypatch)
    events = list(estimate_time(songs, config=CONFIG))
    estimate = events[-1]
    assert isinstance(estimate, TimeEstimated)
    assert estimate.songs == 7
    assert estimate.seconds is not None
    assert estimate.seconds > 0
    assert len(pool.calls) == 6
    assert events[0] == Progress(0, 6)


def test_takes_only_a_sample_spread_over_the_library(songs: list[Song], monkeypatch: pytest.MonkeyPatch) -> None:
    pool = InlinePool.in_place_of_workers(monkeypatch)
    monkeypatch.setattr(time_estimate, "SAMPLE", 2)
    list(estimate_time(songs[:6], config=CONFIG))
    assert [arguments[0].path.name for _, arguments in pool.calls] == ["0.wav", "2.wav", "4.wav"]


def test_a_stopped_one_and_one_without_files_say_nothing(songs: list[Song], monkeypatch: pytest.MonkeyPatch) -> None:
    InlinePool.in_place_of_workers(monkeypatch)
    control = Control()
    control.stop()
    assert list(estimate_time(songs, config=CONFIG, control=control))[-1] == TimeEstimated(complete=False, songs=7)
    assert list(estimate_time(songs[6:], config=CONFIG)) == [TimeEstimated(songs=1)]
