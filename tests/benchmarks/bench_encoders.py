"""The encoders' speed on one core, and how well tastes planted over real music are predicted from their embeddings.

Run as ``python -m tests.benchmarks --music FOLDER encoders``; without music only the speed is measured. The first run
decodes and tags (some 15 minutes for 400 excerpts on one core); later ones use what it kept below the temporary folder.
"""

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
import torch
import torchaudio.transforms
from numpy.typing import NDArray
from torch import Tensor

from core.models.encoders import MelEncoder, SimpleAudioEncoder, SpectralEncoder
from core.training.classifier import ClassifierConfig, Examples, train
from core.training.split import held_out_groups
from tests.benchmarks.taste import RATE, Matrix, Predict, excerpts, planted_tastes, ridge, spearman_of_unheard

TASTES = 24
TASTES_FOR_THE_CLASSIFIER = 6
"""It is trained for each taste and fold: some seconds each."""
REPEATS = 15


def run(music: Path | None = None) -> None:
    """Print both tables."""
    torch.set_num_threads(1)
    _print_speed()
    if music is not None:
        _print_taste(music)


def _print_speed() -> None:
    audio = torch.randn(1, 30 * RATE) * 0.1
    print("encoder                values   ms of processor time for 30 s")
    for encoder in (SpectralEncoder(), MelEncoder(), SimpleAudioEncoder()):
        milliseconds = median(_processor_time(encoder.eval(), audio) for _ in range(REPEATS)) * 1e3
        print(f"{type(encoder).__name__:22} {encoder.get_embedding_dim():6} {milliseconds:8.1f}")


def _processor_time(encoder: torch.nn.Module, audio: Tensor) -> float:
    with torch.inference_mode():
        start = time.process_time()
        encoder(audio)
        return time.process_time() - start


def _print_taste(music: Path) -> None:
    songs = excerpts(music)
    tags, hidden = songs.heard
    described = {
        "MFCC statistics": songs.described(mfcc_statistics()),
        "log-mel statistics": songs.described(mel_statistics()),
        "MelEncoder, untrained": songs.described(embedded_by(MelEncoder())),
        "SpectralEncoder": songs.described(embedded_by(SpectralEncoder())),
        "MusiCNN": hidden,
    }
    print(f"\n{len(songs.files)} excerpts, {len(set(songs.artists))} artists: Spearman on artists never heard")
    # The features were chosen on the first tastes; the others were never looked at.
    sets = {seed: planted_tastes(tags, count=TASTES, seed=seed) for seed in (0, 100)}
    for name, features in described.items():
        scores = [spearman_of_unheard(features, sets[seed], artists=songs.artists, predict=ridge) for seed in sets]
        print(f"{name:24} ridge       " + "  ".join(f"{score:.3f}" for score in scores), flush=True)
    for name in ("MFCC statistics", "SpectralEncoder"):
        scores = [_score(described[name], sets[seed], songs.artists, _classifier) for seed in sets]
        print(f"{name:24} classifier  " + "  ".join(f"{score:.3f}" for score in scores), flush=True)


def _score(features: Matrix, tastes: list[NDArray[np.float64]], artists: NDArray[np.str_], predict: Predict) -> float:
    return spearman_of_unheard(features, tastes[:TASTES_FOR_THE_CLASSIFIER], artists=artists, predict=predict)


def _classifier(
    features: Matrix, stars: NDArray[np.float64], artists: NDArray[np.str_], test: Matrix
) -> NDArray[np.float64]:
    held_out = held_out_groups(list(artists), share=0.2, seed=42)
    return train(Examples(features, stars, held_out), config=ClassifierConfig()).predict(test)


def embedded_by(encoder: torch.nn.Module) -> Callable[[Tensor], Tensor]:
    """A function from samples to an embedding."""
    encoder.eval()
    return lambda audio: encoder(audio.unsqueeze(0))[0]


def mfcc_statistics() -> Callable[[Tensor], Tensor]:
    """Mean and deviation of 30 coefficients."""
    transform = torchaudio.transforms.MFCC(RATE, n_mfcc=30, melkwargs={"n_fft": 2048, "hop_length": 512, "n_mels": 128})
    return lambda audio: _mean_and_deviation(transform(audio))


def mel_statistics() -> Callable[[Tensor], Tensor]:
    """Mean and deviation of 96 bands."""
    transform = torchaudio.transforms.MelSpectrogram(RATE, n_fft=2048, hop_length=512, n_mels=96)
    return lambda audio: _mean_and_deviation((transform(audio) + 1e-6).log())


def _mean_and_deviation(values: Tensor) -> Tensor:
    return torch.cat([values.mean(dim=1), values.std(dim=1)])
