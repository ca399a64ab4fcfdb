"""The excerpt: where it lies, what it holds, and what becomes of files that are damaged, lie or are no files."""

import os
import socket
from pathlib import Path

import numpy as np
import pytest
import torch

from core.audio.decode import decode_excerpt, load_audio_batch, load_audio_file
from core.audio.reasons import AudioError, SkipReason
from tests.audio_files import (
    FORMATS,
    add_broken_ogg_stream,
    add_id3_cover,
    chord,
    forget_flac_length,
    noise,
    rot,
    second_of,
    state_mp3_length,
    steps,
    tone,
    truncate,
    write_float_wav,
    write_sound,
    write_video,
    write_wav,
)

RATE = 22050


def failure(path: Path | str, **wish: float) -> AudioError:
    with pytest.raises(AudioError) as caught:
        decode_excerpt(path, **wish)
    return caught.value


def second_at(samples: torch.Tensor, seconds: float) -> float:
    """Which second of ``steps`` is heard ``seconds`` after the beginning of the samples."""
    begin = round(seconds * RATE)
    return second_of(samples[begin : begin + RATE // 2].numpy(), sample_rate=RATE)


@pytest.mark.parametrize("form", [*FORMATS, "aac", "aiff", "alac", "oga", "wv", "mka"])
def test_the_excerpt_is_the_centre_in_every_format(tmp_path: Path, form: str) -> None:
    path = write_sound(tmp_path / f"song.{form}", steps(70, channels=2))
    excerpt = decode_excerpt(path)
    assert excerpt.samples.dtype == torch.float32
    assert excerpt.samples.shape == (30 * RATE,)
    assert not excerpt.damaged
    # The centre of 70 s begins at 20 s; encoders shift by up to 0.1 s.
    assert excerpt.start == pytest.approx(20, abs=0.2)
    for after in (0, 10, 29):
        assert second_at(excerpt.samples, after + 0.25) == pytest.approx(20 + after, abs=0.4)


def test_an_excerpt_from_the_beginning(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "song.mp3", steps(70))
    samples = load_audio_file(path, center_crop=False, duration=10.0)
    assert samples.shape == (10 * RATE,)
    assert second_at(samples, 0.25) == pytest.approx(0, abs=0.4)


def test_a_song_shorter_than_the_excerpt_is_taken_whole(tmp_path: Path) -> None:
    excerpt = decode_excerpt(write_sound(tmp_path / "song.ogg", tone(seconds=3)))
    assert len(excerpt.samples) == pytest.approx(3 * RATE, abs=RATE * 0.1)
    assert not excerpt.damaged


def test_no_duration_means_the_whole_song(tmp_path: Path) -> None:
    samples = load_audio_file(write_sound(tmp_path / "song.flac", tone(seconds=40)), duration=None)
    assert samples.shape == (40 * RATE,)


@pytest.mark.parametrize("sample_rate", [8000, 11025, 16000, 22050, 32000, 44056, 44100, 48000, 96000])
def test_any_rate_is_resampled_without_a_change_of_pitch_or_level(tmp_path: Path, sample_rate: int) -> None:
    path = write_wav(tmp_path / "a.wav", tone(1000, sample_rate=sample_rate), sample_rate=sample_rate)
    samples = load_audio_file(path).numpy()[RATE : 3 * RATE]
    times = np.arange(len(samples)) / RATE
    # What the best-fitting sine of 1000 Hz leaves over is the error of the resampler: under -60 dB.
    basis = np.stack([np.sin(2 * np.pi * 1000 * times), np.cos(2 * np.pi * 1000 * times)], axis=1)
    weights, residual, *_ = np.linalg.lstsq(basis, samples, rcond=None)
    assert np.hypot(*weights) == pytest.approx(0.5, rel=0.01)
    assert residual[0] / np.square(samples).sum() < 1e-6


def test_what_lies_above_the_new_rate_is_not_folded_back(tmp_path: Path) -> None:
    samples = load_audio_file(write_wav(tmp_path / "a.wav", tone(15_000)))
    assert samples[RATE:-RATE].abs().max() < 0.005


@pytest.mark.parametrize("channels", [1, 2, 6])
def test_mono_is_the_mean_of_the_channels(tmp_path: Path, channels: int) -> None:
    sound = np.concatenate([tone(200 * (number + 1), channels=1) for number in range(channels)])
    path = write_sound(tmp_path / "a.flac", sound)
    mixed = load_audio_file(path)
    separate = load_audio_file(path, mono=False)
    assert separate.shape == (channels, 4 * RATE)
    torch.testing.assert_close(mixed, separate.mean(dim=0))
    assert mixed.abs().max() <= 0.51


def test_loud_channels_that_agree_do_not_clip_in_the_mix(tmp_path: Path) -> None:
    samples = load_audio_file(write_wav(tmp_path / "a.wav", tone(level=0.99)))
    assert samples.abs().max() == pytest.approx(0.99, abs=0.02)


def test_channels_that_cancel_each_other_out_leave_the_loudest(tmp_path: Path) -> None:
    sound = tone()
    sound[1] *= -1
    samples = load_audio_file(write_wav(tmp_path / "a.wav", sound))
    assert samples.abs().max() == pytest.approx(0.5, abs=0.02)


def test_silence_stays_silence(tmp_path: Path) -> None:
    assert load_audio_file(write_wav(tmp_path / "a.wav", tone(level=0.0))).abs().max() == 0


class TestSections:
    def test_a_section_has_its_own_centre(self, tmp_path: Path) -> None:
        path = write_sound(tmp_path / "album.flac", steps(100))
        excerpt = decode_excerpt(path, beginning=50.0, length=40.0)
        assert excerpt.start == pytest.approx(55)
        assert second_at(excerpt.samples, 0.25) == pytest.approx(55, abs=0.4)

    @pytest.mark.parametrize("length", [None, 0.0, -1.0])
    def test_a_section_without_length_goes_to_the_end(self, tmp_path: Path, length: float | None) -> None:
        path = write_sound(tmp_path / "album.flac", steps(100))
        assert decode_excerpt(path, beginning=80.0, length=length).start == pytest.approx(80)

    def test_the_longest_duration_is_compared_with_the_section(self, tmp_path: Path) -> None:
        path = write_sound(tmp_path / "album.flac", steps(100))
        assert len(load_audio_file(path, max_duration=120.0)) == 30 * RATE
        assert failure(path, max_duration=60.0).reason is SkipReason.TOO_LONG
        assert decode_excerpt(path, max_duration=60.0, beginning=40.0, length=50.0).start == pytest.approx(50)

    def test_a_section_behind_the_end_is_too_short(self, tmp_path: Path) -> None:
        path = write_sound(tmp_path / "album.flac", steps(10))
        assert failure(path, beginning=20.0, length=40.0).reason is SkipReason.TOO_SHORT


class TestRefusals:
    def test_a_missing_file(self, tmp_path: Path) -> None:
        (tmp_path / "dangling.mp3").symlink_to(tmp_path / "nothing.mp3")
        (tmp_path / "self.mp3").symlink_to("self.mp3")
        for name in ("no.mp3", "dangling.mp3", "self.mp3", "no/such/folder.mp3", "x" * 300, "nul\0byte.mp3"):
            assert failure(tmp_path / name).reason is SkipReason.MISSING

    def test_a_folder_a_pipe_and_a_socket_are_no_audio_and_do_not_block(self, tmp_path: Path) -> None:
        (tmp_path / "folder.mp3").mkdir()
        os.mkfifo(tmp_path / "pipe.mp3")
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(tmp_path / "socket.mp3"))
            for path in (*tmp_path.iterdir(), Path("/dev/zero")):
                assert failure(path).reason is SkipReason.NOT_AUDIO

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_a_file_that_we_may_not_read(self, tmp_path: Path) -> None:
        path = write_wav(tmp_path / "a.wav", tone())
        path.chmod(0)
        assert failure(path).reason is SkipReason.NO_PERMISSION

    def test_the_systems_no_is_no_permission(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object) -> int:
            raise PermissionError(13, "Permission denied")

        path = write_wav(tmp_path / "a.wav", tone())
        monkeypatch.setattr(os, "open", refuse)
        assert failure(path).reason is SkipReason.NO_PERMISSION

    def test_an_empty_file(self, tmp_path: Path) -> None:
        (tmp_path / "a.mp3").touch()
        assert failure(tmp_path / "a.mp3").reason is SkipReason.EMPTY

    @pytest.mark.parametrize(
        "content",
        [b"Just some notes.\n" * 500, b"<html><body>404</body></html>", bytes(100_000), bytes(range(1, 250)) * 400],
    )
    def test_what_is_no_audio(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "a.mp3").write_bytes(content)
        assert failure(tmp_path / "a.mp3").reason is SkipReason.NOT_AUDIO

    def test_a_moving_picture_without_sound(self, tmp_path: Path) -> None:
        assert failure(write_video(tmp_path / "film.mp4")).reason is SkipReason.NOT_AUDIO

    @pytest.mark.parametrize("form", ["mp3", "flac", "ogg", "m4a", "opus"])
    def test_a_header_and_nothing_more_is_damaged(self, tmp_path: Path, form: str) -> None:
        path = write_sound(tmp_path / f"a.{form}", noise(seconds=4))
        path.write_bytes(path.read_bytes()[:60])
        assert failure(path).reason is SkipReason.DAMAGED

    def test_less_than_half_a_second_is_too_short(self, tmp_path: Path) -> None:
        assert failure(write_wav(tmp_path / "a.wav", tone(seconds=0.49))).reason is SkipReason.TOO_SHORT
        assert len(load_audio_file(write_wav(tmp_path / "b.wav", tone(seconds=0.51)))) == pytest.approx(
            0.51 * RATE, abs=2
        )

    def test_a_message_names_neither_our_descriptor_nor_a_source_file(self, tmp_path: Path) -> None:
        (tmp_path / "a.flac").write_bytes(b"fLaC" + bytes(200))
        detail = failure(tmp_path / "a.flac").detail
        assert detail
        assert "/proc" not in detail
        assert ".cpp" not in detail


class TestDamage:
    @pytest.mark.parametrize("form", FORMATS)
    def test_half_a_download_gives_the_centre_of_what_is_there(self, tmp_path: Path, form: str) -> None:
        path = truncate(write_sound(tmp_path / f"a.{form}", steps(100)), share=0.5)
        excerpt = decode_excerpt(path)
        assert len(excerpt.samples) > 28 * RATE
        assert second_at(excerpt.samples, 0.25) == pytest.approx(10, abs=3)

    @pytest.mark.parametrize("form", ["mp3", "flac", "m4a"])
    def test_half_a_download_is_called_damaged_where_the_header_names_its_length(
        self, tmp_path: Path, form: str
    ) -> None:
        path = truncate(write_sound(tmp_path / f"a.{form}", noise(seconds=100)), share=0.5)
        excerpt = decode_excerpt(path)
        assert excerpt.damaged
        assert "of 100 s" in excerpt.damage

    @pytest.mark.parametrize("form", ["mp3", "flac", "ogg", "m4a", "opus"])
    def test_a_rotten_spot_costs_only_itself(self, tmp_path: Path, form: str) -> None:
        excerpt = decode_excerpt(rot(write_sound(tmp_path / f"a.{form}", noise(seconds=60)), begin=0.5, end=0.6))
        assert excerpt.damaged
        assert 15 * RATE < len(excerpt.samples) < 29.9 * RATE
        assert excerpt.samples.isfinite().all()

    @pytest.mark.parametrize("form", ["flac", "m4a"])
    def test_what_decodes_for_less_than_half_is_damaged(self, tmp_path: Path, form: str) -> None:
        path = rot(write_sound(tmp_path / f"a.{form}", noise(seconds=60)), begin=0.3, end=0.7)
        assert failure(path).reason is SkipReason.DAMAGED

    def test_values_that_are_no_numbers_are_cut_out(self, tmp_path: Path) -> None:
        sound = tone(seconds=4)
        sound[0, 44100:88200] = np.nan
        sound[1, 100_000] = np.inf
        sound[1, 120_000] = 1e30
        excerpt = decode_excerpt(write_float_wav(tmp_path / "a.wav", sound))
        assert excerpt.damaged
        assert excerpt.samples.isfinite().all()
        assert len(excerpt.samples) == pytest.approx(3 * RATE, abs=RATE * 0.1)

    def test_a_file_of_nothing_but_such_values_is_damaged(self, tmp_path: Path) -> None:
        path = write_float_wav(tmp_path / "a.wav", np.full((2, 100_000), np.nan, dtype=np.float32))
        assert failure(path).reason is SkipReason.DAMAGED

    def test_a_file_that_ffmpeg_refuses_is_read_by_libsndfile(self, tmp_path: Path) -> None:
        path = write_sound(tmp_path / "a.ogg", steps(70))
        whole = decode_excerpt(path)
        excerpt = decode_excerpt(add_broken_ogg_stream(path))
        assert not excerpt.damaged
        assert excerpt.samples.shape == (30 * RATE,)
        assert excerpt.metadata.codec == whole.metadata.codec == "VORBIS"
        assert second_at(excerpt.samples, 0.25) == pytest.approx(20, abs=0.4)

    def test_nothing_is_printed(self, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
        for form in FORMATS:
            path = rot(write_sound(tmp_path / f"a.{form}", noise(seconds=60)))
            decode_excerpt(path)
        assert capfd.readouterr() == ("", "")


class TestLyingHeaders:
    @pytest.mark.parametrize("frames", [1, 100_000])
    def test_an_mp3_that_claims_another_length(self, tmp_path: Path, frames: int) -> None:
        path = state_mp3_length(write_sound(tmp_path / "a.mp3", steps(70)), frames=frames)
        excerpt = decode_excerpt(path)
        assert len(excerpt.samples) == 30 * RATE
        assert second_at(excerpt.samples, 0.25) == pytest.approx(20, abs=1)

    def test_an_mp3_of_variable_rate_without_an_index(self, tmp_path: Path) -> None:
        sound = np.concatenate([steps(70)[:, : 35 * 44100] * 0.01, noise(seconds=35)], axis=1)
        path = write_sound(tmp_path / "a.mp3", sound, options=("-q:a", "2", "-write_xing", "0"))
        excerpt = decode_excerpt(path)
        assert excerpt.metadata.duration == pytest.approx(70, abs=0.5)
        assert excerpt.start == pytest.approx(20, abs=0.5)

    def test_two_mp3_files_joined(self, tmp_path: Path) -> None:
        first = write_sound(tmp_path / "a.mp3", steps(40)).read_bytes()
        second = write_sound(tmp_path / "b.mp3", noise(seconds=60)).read_bytes()
        (tmp_path / "c.mp3").write_bytes(first + second)
        assert decode_excerpt(tmp_path / "c.mp3").metadata.duration == pytest.approx(100, abs=1)

    def test_a_flac_of_unknown_length(self, tmp_path: Path) -> None:
        excerpt = decode_excerpt(forget_flac_length(write_sound(tmp_path / "a.flac", steps(70))))
        assert excerpt.metadata.duration == pytest.approx(70, abs=0.5)
        assert second_at(excerpt.samples, 0.25) == pytest.approx(20, abs=1)

    def test_an_adts_stream_of_unknown_length(self, tmp_path: Path) -> None:
        sound = np.concatenate([tone(seconds=10, level=0.01), noise(seconds=60)], axis=1)
        excerpt = decode_excerpt(write_sound(tmp_path / "a.aac", sound))
        assert excerpt.metadata.duration == pytest.approx(70, abs=0.5)

    def test_a_wav_that_claims_to_be_endless(self, tmp_path: Path) -> None:
        path = write_wav(tmp_path / "a.wav", steps(70))
        data = bytearray(path.read_bytes())
        data[4:8] = data[40:44] = b"\xff\xff\xff\xff"
        path.write_bytes(data)
        excerpt = decode_excerpt(path)
        assert excerpt.metadata.duration == pytest.approx(70, abs=0.5)
        assert second_at(excerpt.samples, 0.25) == pytest.approx(20, abs=0.5)


def test_cover_art_moves_nothing(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.mp3", chord(seconds=40))
    plain = decode_excerpt(path)
    covered = decode_excerpt(add_id3_cover(path))
    torch.testing.assert_close(covered.samples, plain.samples)
    assert covered.metadata.duration == plain.metadata.duration
    assert covered.metadata.bit_rate == plain.metadata.bit_rate


@pytest.mark.parametrize(
    "name", ["http: x.mp3", "concat:a|b.mp3", "file:x.flac", "50%41 #1?.ogg", "a\nb.wav", "-i.mp3"]
)
def test_awkward_names(tmp_path: Path, name: str) -> None:
    path = write_sound(tmp_path / "plain.flac", tone()).rename(tmp_path / name)
    assert decode_excerpt(path).metadata.filename == str(path)
    assert decode_excerpt(path).metadata.codec == "FLAC"


def test_a_name_that_is_not_utf_8(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/latin1 \xe9.flac"))
    write_sound(tmp_path / "plain.flac", tone()).rename(path)
    assert len(load_audio_file(path)) == 4 * RATE


def test_every_descriptor_is_closed(tmp_path: Path) -> None:
    good = write_sound(tmp_path / "a.mp3", tone())
    (tmp_path / "bad.mp3").write_bytes(b"no audio" * 100)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(3):
        decode_excerpt(good)
        failure(tmp_path / "bad.mp3")
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_batch_keeps_the_order_and_survives_a_bad_file(tmp_path: Path) -> None:
    first = write_sound(tmp_path / "a.mp3", tone(seconds=2))
    last = write_sound(tmp_path / "b.flac", tone(seconds=3))
    outcome = load_audio_batch([first, tmp_path / "no.mp3", last], num_workers=1)
    assert isinstance(outcome[0], torch.Tensor)
    assert isinstance(outcome[2], torch.Tensor)
    assert len(outcome[2]) == 3 * RATE
    assert isinstance(outcome[1], AudioError)
    assert outcome[1].reason is SkipReason.MISSING
