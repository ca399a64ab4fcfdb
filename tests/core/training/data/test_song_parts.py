"""The parts of a song that a backbone hears: where they lie, how long they are, and that none is heard twice."""

from pathlib import Path

import pytest
import torch

from core.analysis.facts import ExcerptChoice
from core.audio import open_file as opening
from core.audio.decode import decode_excerpt
from core.audio.reasons import AudioError, SkipReason
from core.training.data import song_parts as parts
from core.training.data.excerpts import Place
from core.training.data.song_parts import song_parts
from tests.audio_files import second_of, steps, write_wav

RATE = 8000
EXCERPT = ExcerptChoice(sample_rate=RATE, duration=10.0)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("song")
    return write_wav(folder / "a.wav", steps(60, sample_rate=RATE, channels=1), sample_rate=RATE)


def places(
    path: Path, *, count: int = 3, section: tuple[float, float | None] = (0.0, None), centered: bool = True
) -> list[float]:
    """The second at which the excerpt begins, then those of the stretches."""
    excerpt = ExcerptChoice(sample_rate=RATE, duration=10.0, center_crop=centered)
    heard, others = song_parts(Place("x", str(path), *section), excerpt, seconds=5.0, count=count)
    assert heard is not None
    return [second_of(sound[: RATE // 2].numpy(), sample_rate=RATE) for sound in (heard, *others)]


def test_stretches_lie_beside_the_excerpt(path: Path) -> None:
    assert places(path) == pytest.approx([25, 7.5, 47.5], abs=0.6)
    assert places(path, centered=False) == pytest.approx([0, 27.5, 47.5], abs=0.6)
    assert places(path, count=5) == pytest.approx([25, 3.5, 15.5, 39.5, 51.5], abs=0.6)
    assert places(path, count=1) == pytest.approx([25], abs=0.6)


def test_a_section_is_heard_as_if_it_were_a_file(path: Path) -> None:
    assert places(path, section=(20.0, 30.0)) == pytest.approx([30, 22.5, 42.5], abs=0.6)
    assert places(path, section=(30.0, 12.0)) == pytest.approx([31, 30, 38], abs=0.6)
    assert places(path, section=(30.0, 7.0)) == pytest.approx([30, 33.5], abs=0.6), "too short for three"
    assert places(path, section=(30.0, 2.0)) == pytest.approx([30], abs=0.6)


def test_the_excerpt_is_that_of_a_scan_and_the_file_is_opened_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = decode_excerpt(path, sample_rate=RATE, duration=10.0).samples
    opened: list[str] = []

    def counted(name: str) -> object:
        opened.append(name)
        return opening.open_file(name)

    monkeypatch.setattr(parts, "open_file", counted)
    heard, others = song_parts(Place("x", str(path)), EXCERPT, seconds=4.0, count=3)
    assert heard is not None
    assert torch.equal(heard, expected)
    assert [len(sound) for sound in others] == [4 * RATE] * 2
    assert opened == [str(path)]


def test_an_excerpt_that_is_known_is_not_decoded(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "decode_wish", lambda *_, **__: pytest.fail("it was decoded"))
    heard, others = song_parts(Place("x", str(path)), EXCERPT, seconds=4.0, count=3, with_excerpt=False)
    assert heard is None
    assert [len(sound) for sound in others] == [4 * RATE] * 2


@pytest.mark.parametrize("content", [b"", b"no sound"])
def test_no_sound_is_an_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(content)
    with pytest.raises(AudioError):
        song_parts(Place("x", str(path)), EXCERPT, seconds=4.0, count=3)


def test_what_a_scan_finds_too_long_is_not_learned_from(path: Path) -> None:
    excerpt = ExcerptChoice(sample_rate=RATE, duration=10.0, max_duration=30.0)
    with pytest.raises(AudioError) as caught:
        song_parts(Place("x", str(path)), excerpt, seconds=4.0, count=3)
    assert caught.value.reason is SkipReason.TOO_LONG
