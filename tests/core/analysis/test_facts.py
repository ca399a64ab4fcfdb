"""The values that travel to a worker and back."""

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from core.analysis.facts import (
    ALL_PARTS,
    NO_PART,
    AnalysisSettings,
    EncoderChoice,
    ExcerptChoice,
    Part,
    SongFacts,
    SongFailure,
    SongTask,
)
from core.audio.probe import AudioMetadata
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


def test_a_part_can_be_left_out_of_the_settings() -> None:
    settings = AnalysisSettings(EncoderChoice("SpectralEncoder", 512, 42))
    assert settings.parts == ALL_PARTS == Part.EMBEDDING | Part.FINGERPRINT | Part.SPEECH
    without = settings.without(Part.SPEECH)
    assert (without.parts, without.without(Part.SPEECH)) == (Part.EMBEDDING | Part.FINGERPRINT, without)
    assert without.without(Part.EMBEDDING).without(Part.FINGERPRINT).parts == NO_PART
    assert pickle.loads(pickle.dumps(without)) == without  # noqa: S301 - our own bytes


@pytest.mark.parametrize(("damage", "was_heard"), [("", True), ("ends at 3 s", True), (None, False)])
def test_what_was_only_recognized_was_not_heard(damage: str | None, was_heard: bool) -> None:
    metadata = AudioMetadata("a", 100, 180.0, 44100, 192, 2, "MP3", 1.5)
    assert SongFacts(SongId("a"), metadata, damage=damage).was_heard is was_heard
