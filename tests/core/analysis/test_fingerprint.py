"""Fingerprints of samples and of files: what Chromaprint itself would give, whatever the way in."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import chromaprint
import numpy as np
import pytest

from core.analysis import fingerprint
from core.analysis.fingerprint import (
    NO_LIBRARY,
    RATE,
    decode_items,
    fingerprint_blocks,
    fingerprint_file,
    fingerprint_samples,
    is_available,
)
from core.audio.reasons import AudioError, SkipReason
from core.errors import UserError
from tests.audio_files import write_wav
from tests.planted_copies import Items, Samples, bit_error, melody


def as_chromaprint_hears(samples: Samples, *, sample_rate: int) -> Items:
    """The items with Chromaprint's own resampling."""
    printer = chromaprint.Fingerprinter()
    printer.start(sample_rate, 1)
    printer.feed((samples * 32767).astype("<i2").tobytes())
    return np.array(chromaprint.decode_fingerprint(printer.finish())[0], dtype=np.uint32)


def high_pitch(frequency: float, *, seconds: float = 10.0, sample_rate: int = 22050) -> Samples:
    return np.sin(2 * np.pi * frequency * np.arange(round(seconds * sample_rate)) / sample_rate).astype(np.float32)


@pytest.fixture
def no_library(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def refuse(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(fingerprint, "import_module", refuse)
    fingerprint._chromaprint.cache_clear()
    yield
    fingerprint._chromaprint.cache_clear()


def test_halving_here_gives_what_chromaprint_gives() -> None:
    samples = melody(seed=1)
    ours, theirs = fingerprint_samples(samples), as_chromaprint_hears(samples, sample_rate=22050)
    assert len(ours) == len(theirs)
    assert bit_error(ours, theirs) < 0.005


def test_another_rate_is_left_to_chromaprint() -> None:
    samples = melody(seed=1, sample_rate=16000)
    expected = as_chromaprint_hears(samples, sample_rate=16000)
    assert np.array_equal(fingerprint_samples(samples, sample_rate=16000), expected)


def test_pitches_above_what_chromaprint_hears_do_not_fold_onto_the_music() -> None:
    samples = melody(seed=1, seconds=20)
    whistle = high_pitch(9000, seconds=20)
    assert bit_error(fingerprint_samples(samples), fingerprint_samples(samples + 0.3 * whistle)) < 0.01


def test_other_music_has_other_bits() -> None:
    one, other = fingerprint_samples(melody(seed=1)), fingerprint_samples(melody(seed=2))
    assert bit_error(one, other) > 0.4


def test_gain_changes_next_to_nothing() -> None:
    samples = melody(seed=1)
    expected = fingerprint_samples(samples)
    assert bit_error(expected, fingerprint_samples(samples / 4)) < 0.01
    assert bit_error(expected, fingerprint_samples(samples * 2 / np.abs(samples).max())) < 0.01


def test_too_loud_does_not_wrap_around() -> None:
    loud = melody(seed=1) * 10
    assert bit_error(fingerprint_samples(loud), fingerprint_samples(np.clip(loud, -2, 2))) < 0.01


def test_blocks_give_what_one_piece_gives() -> None:
    samples = melody(seed=1, sample_rate=RATE)
    whole = fingerprint_blocks([samples])
    pieces = fingerprint_blocks(np.array_split(samples, 7))
    assert np.array_equal(whole.items, pieces.items)
    assert whole.encoded == pieces.encoded
    assert pieces.duration == pytest.approx(40.0, abs=0.01)


@pytest.mark.parametrize("seconds", [0.0, 0.001, 2.0])
def test_what_is_too_short_has_no_items(seconds: float) -> None:
    assert len(fingerprint_samples(melody(seed=1)[: round(seconds * 22050)])) == 0


def test_encoding_and_decoding_lose_nothing() -> None:
    found = fingerprint_blocks([melody(seed=1, sample_rate=RATE)])
    assert np.array_equal(decode_items(found.encoded), found.items)
    assert found.items.dtype == np.uint32


def test_a_file_has_the_fingerprint_of_its_sound(tmp_path: Path) -> None:
    samples = melody(seed=1, seconds=70)
    path = write_wav(tmp_path / "song.wav", samples[None], sample_rate=22050)
    found = fingerprint_file(path)
    assert found.duration == pytest.approx(70, abs=0.05)
    assert bit_error(found.items, fingerprint_samples(samples)) < 0.01


def test_a_section_of_a_file_has_a_fingerprint_of_its_own(tmp_path: Path) -> None:
    samples = melody(seed=1, seconds=60)
    path = write_wav(tmp_path / "rip.wav", samples[None], sample_rate=22050)
    found = fingerprint_file(path, beginning=20, length=25)
    assert found.duration == pytest.approx(25, abs=0.05)
    assert bit_error(found.items, fingerprint_samples(samples[20 * 22050 : 45 * 22050])) < 0.01


def test_a_file_that_is_no_sound_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.mp3"
    path.write_text("no music")
    with pytest.raises(AudioError) as caught:
        fingerprint_file(path)
    assert caught.value.reason is SkipReason.NOT_AUDIO


def test_the_library_is_there() -> None:
    assert is_available()
    assert import_module("chromaprint") is fingerprint._chromaprint()


@pytest.mark.usefixtures("no_library")
def test_without_the_library_one_sentence_says_so() -> None:
    assert not is_available()
    with pytest.raises(UserError, match="libchromaprint1") as caught:
        fingerprint_samples(melody(seed=1, seconds=3))
    assert str(caught.value) == NO_LIBRARY
