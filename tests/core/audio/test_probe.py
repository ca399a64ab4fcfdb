"""The facts about a file that nothing has to be decoded for."""

import subprocess
import sys
from pathlib import Path

import pytest

from core.audio.probe import probe
from core.audio.reasons import AudioError, SkipReason
from tests.audio_files import (
    add_broken_ogg_stream,
    add_flac_picture,
    add_id3_cover,
    chord,
    noise,
    tone,
    write_sound,
    write_wav,
)


@pytest.mark.parametrize(
    ("form", "codec"),
    [
        ("mp3", "MP3"), ("flac", "FLAC"), ("ogg", "VORBIS"), ("wav", "PCM"), ("m4a", "AAC"), ("opus", "OPUS"),
        ("alac", "ALAC"), ("oga", "FLAC"), ("aiff", "PCM"), ("wv", "WAVPACK"), ("mka", "VORBIS"),
    ],
)  # fmt: skip
def test_the_stream_names_the_codec_whatever_the_extension(tmp_path: Path, form: str, codec: str) -> None:
    path = write_sound(tmp_path / f"a.{form}", tone(seconds=4, channels=1, sample_rate=48000), sample_rate=48000)
    metadata = probe(path.rename(tmp_path / "renamed.xyz"))
    assert metadata.codec == codec
    assert metadata.duration == pytest.approx(4, abs=0.1)
    assert (metadata.sample_rate, metadata.channels) == (48000, 1)


def test_size_time_and_name_are_those_of_the_file(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", tone())
    metadata = probe(path)
    status = path.stat()
    assert (metadata.filename, metadata.file_size, metadata.mtime) == (str(path), status.st_size, status.st_mtime)


@pytest.mark.parametrize("bit_rate", [96, 128, 320])
def test_the_bit_rate_of_an_mp3(tmp_path: Path, bit_rate: int) -> None:
    path = write_sound(tmp_path / "a.mp3", noise(seconds=10), bit_rate=bit_rate)
    assert probe(path).bit_rate == bit_rate


def test_the_bit_rate_of_an_mp3_of_variable_rate_is_its_mean(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.mp3", noise(seconds=10), options=("-q:a", "4"))
    assert probe(path).bit_rate == pytest.approx(path.stat().st_size * 8 / 10 / 1000, rel=0.02)


def test_the_bit_rate_of_a_wav(tmp_path: Path) -> None:
    assert probe(write_wav(tmp_path / "a.wav", tone())).bit_rate == 1411


@pytest.mark.parametrize("form", ["flac", "opus", "oga"])
def test_where_no_bit_rate_is_named_it_is_that_of_the_stream(tmp_path: Path, form: str) -> None:
    path = write_sound(tmp_path / f"a.{form}", noise(seconds=10))
    assert probe(path).bit_rate == pytest.approx(path.stat().st_size * 8 / 10 / 1000, rel=0.02)


def test_pictures_do_not_count_as_sound(tmp_path: Path) -> None:
    flac = write_sound(tmp_path / "a.flac", chord(seconds=10))
    mp3 = write_sound(tmp_path / "a.mp3", chord(seconds=10), options=("-write_xing", "0"))
    before = probe(flac).bit_rate, probe(mp3).bit_rate
    assert (probe(add_flac_picture(flac)).bit_rate, probe(add_id3_cover(mp3)).bit_rate) == before


def test_a_file_for_libsndfile_is_described_too(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.ogg", chord(seconds=10))
    plain, refused = probe(path), probe(add_broken_ogg_stream(path))
    assert (refused.codec, refused.sample_rate, refused.channels) == (plain.codec, plain.sample_rate, plain.channels)
    assert refused.duration == pytest.approx(plain.duration, abs=0.01)


def test_copies_have_one_signature_and_other_songs_another(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.mp3", chord())
    copy = tmp_path / "b.mp3"
    copy.write_bytes(path.read_bytes())
    assert probe(path).signature() == probe(copy).signature()
    assert probe(path).signature() != probe(write_sound(tmp_path / "c.mp3", chord(seconds=5))).signature()


def test_what_is_no_audio_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_text("no audio " * 100)
    with pytest.raises(AudioError) as caught:
        probe(tmp_path / "a.mp3")
    assert caught.value.reason is SkipReason.NOT_AUDIO


def test_the_values_come_without_torch() -> None:
    code = "import sys, core.audio.probe, core.audio.reasons; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
