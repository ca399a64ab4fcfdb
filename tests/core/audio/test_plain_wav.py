"""Plain WAVs are described as FFmpeg describes them; every other file is left to FFmpeg."""

import struct
from pathlib import Path

import numpy as np
import pytest

from core.audio.open_file import open_file
from core.audio.plain_wav import describe_plain_wav
from core.audio.probe import AudioMetadata, probe
from core.audio.reader import open_readers
from tests.audio_files import FORMATS, noise, tone, truncate, write_float_wav, write_sound, write_wav


def described(path: Path) -> AudioMetadata | None:
    with open_file(path) as file:
        return describe_plain_wav(file)


def by_ffmpeg(path: Path) -> AudioMetadata:
    with open_file(path) as file:
        return next(open_readers(file, sample_rate=None)).metadata


def insert(path: Path, chunk: bytes, *, at: int) -> Path:
    data = path.read_bytes()
    path.write_bytes(data[:at] + chunk + data[at:])
    return path


@pytest.mark.parametrize("channels", [1, 2, 6])
@pytest.mark.parametrize("sample_rate", [8000, 11025, 44100, 48000, 192000])
def test_it_says_what_ffmpeg_says(tmp_path: Path, channels: int, sample_rate: int) -> None:
    sound = noise(seconds=1.237, channels=channels, sample_rate=sample_rate)
    path = write_wav(tmp_path / "a.wav", sound, sample_rate=sample_rate)
    assert described(path) == by_ffmpeg(path)


@pytest.mark.parametrize("at", [12, 36])
def test_tags_before_the_samples_are_passed_over(tmp_path: Path, at: int) -> None:
    tags = b"LIST" + struct.pack("<I", 13) + b"INFOIART" + struct.pack("<I", 1) + b"A" + b"\0"
    path = insert(write_wav(tmp_path / "a.wav", tone(seconds=2)), tags, at=at)
    found = described(path)
    assert found == by_ffmpeg(path)
    assert found.duration == 2


def test_tags_behind_the_samples_are_passed_over(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", tone(seconds=2))
    path.write_bytes(path.read_bytes() + b"id3 " + struct.pack("<I", 4) + b"ID3\x03")
    assert described(path) == by_ffmpeg(path)


@pytest.mark.parametrize("form", [*(form for form in FORMATS if form != "wav"), "aiff"])
def test_other_formats_are_left_to_ffmpeg(tmp_path: Path, form: str) -> None:
    assert described(write_sound(tmp_path / f"a.{form}", tone(seconds=1))) is None


@pytest.mark.parametrize("codec", ["pcm_u8", "pcm_s24le", "pcm_mulaw", "adpcm_ima_wav"])
def test_other_samples_are_left_to_ffmpeg(tmp_path: Path, codec: str) -> None:
    assert described(write_sound(tmp_path / "a.wav", tone(seconds=1), options=("-c:a", codec))) is None


def test_floats_are_left_to_ffmpeg(tmp_path: Path) -> None:
    assert described(write_float_wav(tmp_path / "a.wav", tone(seconds=1))) is None


@pytest.mark.parametrize("share", [0.0003, 0.5, 0.99])
def test_a_broken_off_file_is_left_to_ffmpeg(tmp_path: Path, share: float) -> None:
    assert described(truncate(write_wav(tmp_path / "a.wav", tone(seconds=1)), share=share)) is None


@pytest.mark.parametrize("field", [(22, 0), (24, 0), (32, 3), (40, 0), (40, 5)])
def test_a_header_that_contradicts_itself_is_left_to_ffmpeg(tmp_path: Path, field: tuple[int, int]) -> None:
    path, (at, value) = write_wav(tmp_path / "a.wav", tone(seconds=1)), field
    data = bytearray(path.read_bytes())
    data[at : at + 2] = struct.pack("<H", value)
    if at == 40:
        data[at + 2 : at + 4] = bytes(2)
    path.write_bytes(data)
    assert described(path) is None


def test_a_stream_that_passes_for_samples_is_left_to_ffmpeg(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", np.zeros((2, 44100), dtype=np.float32))
    data = bytearray(path.read_bytes())
    data[1044:1048] = bytes.fromhex("fe7f0180")
    path.write_bytes(data)
    assert described(path) is None


def test_a_probe_asks_it_first(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", tone(seconds=2))
    assert probe(path) == described(path)
