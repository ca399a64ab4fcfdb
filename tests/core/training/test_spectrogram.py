"""The picture of a sound shows its tones where they are, and its WAV file holds the samples."""

import wave
from pathlib import Path

import numpy as np
import torch

from core.audio.excerpt import Excerpt
from core.audio.probe import AudioMetadata
from core.training.spectrogram import save_spectrogram, spectrogram_of, write_wave
from core.training.spectrogram_file import Spectrogram

RATE = 8000
TIMES = np.arange(4 * RATE) / RATE
SAMPLES = np.where(TIMES < 2, np.sin(2 * np.pi * 300 * TIMES), np.sin(2 * np.pi * 2500 * TIMES)).astype(np.float32)
METADATA = AudioMetadata.__new__(AudioMetadata)
"""Nothing reads it here."""
EXCERPT = Excerpt(torch.from_numpy(SAMPLES), METADATA, 60.0)


def loudest(found: Spectrogram, share: float) -> float:
    """The frequency that is loudest when so much of the time is over."""
    band = int(found.decibels[:, int(share * found.decibels.shape[1])].argmax())
    return float((found.hertz[band] + found.hertz[band + 1]) / 2)


def test_tones_lie_where_they_are() -> None:
    found = spectrogram_of(EXCERPT, rate=RATE)
    assert (found.start, found.stop) == (60, 64)
    assert found.decibels.shape[0] == len(found.hertz) - 1 == 96
    assert 390 <= found.decibels.shape[1] <= 402
    assert found.decibels.max() == 0
    assert found.decibels.min() >= -80.001
    assert abs(loudest(found, 0.25) - 300) < 40
    assert abs(loudest(found, 0.75) - 2500) < 100


def test_it_is_kept_below_the_cache(tmp_path: Path) -> None:
    path = save_spectrogram(tmp_path, "file:///music/\udce9.mp3", EXCERPT, rate=RATE)
    assert path.parent.parent == tmp_path
    assert Spectrogram.load(path).start == 60


def test_the_excerpt_can_be_played(tmp_path: Path) -> None:
    write_wave(tmp_path / "new" / "a.wav", 2 * SAMPLES, rate=RATE)
    with wave.open(str(tmp_path / "new" / "a.wav")) as file:
        assert (file.getframerate(), file.getnchannels(), file.getnframes()) == (RATE, 1, len(SAMPLES))
        frames = np.frombuffer(file.readframes(len(SAMPLES)), "<i2")
    assert np.abs(frames / 32767 - np.clip(2 * SAMPLES, -1, 1)).max() < 1e-3
