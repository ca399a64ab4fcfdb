"""The four helpers of the plan for an encoder of the owner's own."""

import math

import pytest
import torch

from core.audio.augment import AudioAugmentor
from core.audio.preprocessing import apply_augmentation, extract_mel_spectrogram, normalize_audio, pad_or_truncate

RATE = 22050


def test_a_tone_lies_in_its_mel_band() -> None:
    tone = torch.sin(2 * math.pi * 1000 * torch.arange(RATE) / RATE)
    spectrogram = extract_mel_spectrogram(tone, n_mels=64)
    assert spectrogram.shape == (64, RATE // 512 + 1)
    # 64 bands evenly over the mel scale, 2595 log10(1 + f / 700): 1 kHz is 1,000 of the 3,176 that 11,025 Hz are.
    assert int(spectrogram[:, 20].argmax()) == pytest.approx(1000 / 3176 * 65 - 1, abs=1)


def test_silence_has_a_floor_and_power_none() -> None:
    silence = torch.zeros(2, RATE)
    assert (extract_mel_spectrogram(silence) == -100).all()
    assert (extract_mel_spectrogram(silence, decibels=False) == 0).all()


def test_audio_is_brought_to_a_peak_or_a_loudness() -> None:
    audio = torch.tensor([[0.1, -0.2, 0.0, 0.1], [0.0, 0.0, 0.0, 0.0]])
    assert torch.allclose(normalize_audio(audio)[0], torch.tensor([0.5, -1.0, 0.0, 0.5]))
    even = normalize_audio(audio, by="loudness", level=0.1)
    assert even[0].square().mean().sqrt().item() == pytest.approx(0.1)
    assert (even[1] == 0).all()


def test_audio_is_brought_to_one_length() -> None:
    audio = torch.arange(10.0)
    assert pad_or_truncate(audio, 4).tolist() == [3, 4, 5, 6]
    assert pad_or_truncate(audio, 4, center=False).tolist() == [0, 1, 2, 3]
    assert pad_or_truncate(audio[:2].expand(3, -1), 4).tolist() == [[0, 1, 0, 0]] * 3


def test_augmentation_takes_one_song_or_many() -> None:
    audio = 0.1 * torch.randn(3, RATE, generator=torch.Generator().manual_seed(0))
    augmentor = AudioAugmentor(crop_samples=5000)
    assert torch.equal(apply_augmentation(audio, augmentor, seed=1), augmentor(audio, seed=1))
    assert apply_augmentation(audio[0], seed=1).shape == (RATE,)
