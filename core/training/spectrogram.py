"""The sound of an excerpt to look at and to listen to: a small log-mel spectrogram, and a WAV file."""

import wave
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from torchaudio.transforms import MelSpectrogram

from core.audio.excerpt import Excerpt
from core.training.spectrogram_file import FOLDER, Spectrogram
from core.whole_file import written_whole

BANDS = 96
FRAMES = 400
WINDOW = 2048
MEL_BREAK, MEL_SLOPE = 700.0, 2595.0
QUIET = 80.0
"""Decibels below the loudest that are still drawn."""


def save_spectrogram(cache: Path, song_id: str, excerpt: Excerpt, *, rate: int) -> Path:
    """Write the log-mel spectrogram of an excerpt below the cache; returns its file."""
    name = sha256(song_id.encode(errors="surrogateescape")).hexdigest()[:16]
    path = cache / FOLDER / f"{name}.npz"
    path.parent.mkdir(parents=True, exist_ok=True)
    spectrogram_of(excerpt, rate=rate).save(path)
    return path


def spectrogram_of(excerpt: Excerpt, *, rate: int) -> Spectrogram:
    """The log-mel spectrogram (96, about 400) of mono samples at a rate, in decibels below the loudest."""
    hop = max(1, -(-len(excerpt.samples) // FRAMES))
    transform = MelSpectrogram(rate, n_fft=WINDOW, hop_length=hop, n_mels=BANDS, pad_mode="constant")
    power = transform(excerpt.samples).numpy()
    loudest = max(float(power.max()), 1e-10)
    decibels = 10 * np.log10(np.maximum(power / loudest, 10 ** (-QUIET / 10)))
    mels = np.linspace(0, MEL_SLOPE * np.log10(1 + rate / 2 / MEL_BREAK), BANDS + 1)
    edges = MEL_BREAK * (10 ** (mels / MEL_SLOPE) - 1)
    stop = excerpt.start + len(excerpt.samples) / rate
    return Spectrogram(decibels.astype(np.float32), edges.astype(np.float64), excerpt.start, stop)


def write_wave(path: Path, samples: NDArray[np.float32], *, rate: int) -> None:
    """Write mono samples (n,) from -1 to 1 as 16-bit sound that every player plays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = (np.clip(samples, -1, 1) * 32767).astype("<i2")
    with written_whole(path) as file, wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(whole.tobytes())
