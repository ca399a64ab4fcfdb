"""The values that travel to a worker and back."""

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from core.analysis.facts import AnalysisSettings, EncoderChoice, ExcerptChoice, SongFailure, SongTask
from core.audio.reasons import SkipReason
from core.song import SongId


def test_an_excerpt_is_named_after_all_that_is_heard() -> None:
    plan = ExcerptChoice()
    others = [
        replace(plan, sample_rate=16000),
        replace(plan, duration=12.5),
        replace(plan, center_crop=False),
        replace(plan, max_duration=600.0),
    ]
    assert plan.name == "center-30s-22050Hz-max900s"
    assert len({each.name for each in (plan, *others)}) == 5


def test_settings_survive_the_way_and_are_equal_after_it() -> None:
    settings = AnalysisSettings(EncoderChoice("SpectralEncoder", 512, 42, folder=Path("/configs")))
    again = pickle.loads(pickle.dumps(settings))  # noqa: S301 - our own bytes
    assert again == settings
    assert hash(again.encoder) == hash(settings.encoder), "the worker remembers its encoder by it"


def test_a_failure_keeps_the_state_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(b"1234")
    failure = SongFailure.of(SongTask(SongId("a"), path), SkipReason.DAMAGED, "half")
    assert (failure.size, failure.mtime) == (4, path.stat().st_mtime)


@pytest.mark.parametrize("path", [None, Path("/never/there.mp3"), Path("/zero\0byte.mp3")])
def test_a_failure_without_a_file_has_none(path: Path | None) -> None:
    failure = SongFailure.of(SongTask(SongId("a"), path), SkipReason.MISSING, "gone")
    assert (failure.size, failure.mtime) == (-1, -1.0)
