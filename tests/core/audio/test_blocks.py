"""A song in blocks: nothing lost, nothing moved, whatever is damaged in between."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch

from core.audio import blocks
from core.audio.blocks import BLOCK, decode_blocks
from core.audio.open_file import OpenFile
from core.audio.probe import AudioMetadata
from core.audio.reasons import AudioError, SkipReason
from tests.audio_files import add_broken_ogg_stream, rot, second_of, state_mp3_length, steps, truncate, write_sound

RATE = 11025


def decoded(path: Path, *, beginning: float = 0.0, length: float | None = None) -> np.ndarray:
    return np.concatenate(list(decode_blocks(path, sample_rate=RATE, beginning=beginning, length=length)))


def second_at(sound: np.ndarray, seconds: float) -> float:
    """Which second of ``steps`` is heard in the half second from there."""
    start = round(seconds * RATE)
    return second_of(sound[start : start + RATE // 2], sample_rate=RATE)


@pytest.mark.parametrize("suffix", ["mp3", "flac", "ogg", "wav", "m4a", "opus"])
def test_all_blocks_together_are_the_song(tmp_path: Path, suffix: str) -> None:
    path = write_sound(tmp_path / f"song.{suffix}", steps(75))
    blocks = list(decode_blocks(path, sample_rate=RATE))
    sound = np.concatenate(blocks)
    assert len(blocks) == 3
    assert max(map(len, blocks)) <= BLOCK * RATE + 1
    assert len(sound) / RATE == pytest.approx(75, abs=0.2)
    assert [round(second_at(sound, at + 0.25)) for at in (2, 29, 30, 59, 60, 70)] == [2, 29, 30, 59, 60, 70]


def test_a_section_begins_and_ends_where_it_should(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "rip.flac", steps(80))
    sound = decoded(path, beginning=20, length=45)
    assert len(sound) / RATE == pytest.approx(45, abs=0.01)
    assert [round(second_at(sound, at + 0.25)) for at in (0, 40)] == [20, 60]


def test_what_follows_damage_stays_in_its_place(tmp_path: Path) -> None:
    path = rot(write_sound(tmp_path / "song.flac", steps(150)), begin=0.42, end=0.55)
    sound = decoded(path)
    assert len(sound) / RATE == pytest.approx(150, abs=0.3)
    assert round(second_at(sound, 140.25)) == 140


def test_a_download_that_broke_off_ends_where_it_ends(tmp_path: Path) -> None:
    path = truncate(write_sound(tmp_path / "song.mp3", steps(120)), share=0.5)
    sound = decoded(path)
    assert 55 < len(sound) / RATE < 92
    assert round(second_at(sound, 50.25)) == 50


def test_a_wrong_length_in_the_header_is_not_believed(tmp_path: Path) -> None:
    path = state_mp3_length(write_sound(tmp_path / "song.mp3", steps(40)), frames=10**6)
    assert len(decoded(path)) / RATE == pytest.approx(40, abs=0.5)


def test_the_second_reader_gets_its_turn(tmp_path: Path) -> None:
    path = add_broken_ogg_stream(write_sound(tmp_path / "song.ogg", steps(35)))
    assert len(decoded(path)) / RATE == pytest.approx(35, abs=0.1)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [("a.mp3", None, SkipReason.MISSING), ("a.mp3", b"", SkipReason.EMPTY), ("a.mp3", b"text", SkipReason.NOT_AUDIO)],
)
def test_what_cannot_be_read_has_its_reason(tmp_path: Path, name: str, data: bytes | None, reason: SkipReason) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(AudioError) as caught:
        decoded(path)
    assert caught.value.reason is reason


class LostSeeker:
    """A reader of ``steps`` that is exact as long as it reads on, and a second off after each seek."""

    def __init__(self, file: OpenFile, sample_rate: int) -> None:
        self._sound, self._rate = torch.from_numpy(steps(100, sample_rate=sample_rate, channels=1)), sample_rate
        self._at = 0.0
        self.metadata = AudioMetadata(file.filename, file.size, 100.0, sample_rate, 128, 1, "VORBIS", file.mtime)

    def read(self, start: float, stop: float) -> torch.Tensor:
        lost = 0.0 if start == self._at else 1.0
        self._at = stop
        return self._sound[:, round((start + lost) * self._rate) :][:, : round((stop - start) * self._rate)]


def test_a_file_that_cannot_be_sought_is_read_in_one_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def readers(file: OpenFile, *, sample_rate: int) -> Iterator[LostSeeker]:
        yield LostSeeker(file, sample_rate)

    monkeypatch.setattr(blocks, "open_readers", readers)
    path = write_sound(tmp_path / "song.wav", steps(1))
    sound = decoded(path)
    assert np.array_equal(sound, steps(100, sample_rate=RATE, channels=1)[0])
