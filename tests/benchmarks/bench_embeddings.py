"""What embeddings are worth on songs that nothing was trained on: artists, excerpts found again, planted tastes.

Run as ``python -m tests.benchmarks --music FOLDER embeddings``; the first folders are the artists. The artists are
split in two halves; the encoder that Marmalade ends with (preset ``quick``) is trained on one half and measured on the
other, then the other way round, and so is everything else. The first run decodes and tags, as ``encoders`` does.
"""

import importlib.util
import tempfile
import time
import wave
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.file_url import url_from_path
from core.models import checkpoint
from core.models.encoders import MelEncoder, SpectralEncoder
from core.models.musicnn import MusiCNNEncoder
from core.training.context import TrainingContext
from core.training.encoder import train_encoder
from core.training.protocol import TrainingSong
from tests.benchmarks.bench_encoders import embedded_by, mel_statistics, mfcc_statistics
from tests.benchmarks.measured_sound import measured_sound
from tests.benchmarks.ridge_of_tastes import spearman_of_tastes
from tests.benchmarks.taste import (
    RATE,
    Excerpts,
    Matrix,
    excerpts,
    planted_tastes,
    songs_below,
)

TASTES = 24
SONGS_OF_AN_ARTIST = 6
"""More would let a few artists decide."""
DRAWS = 20
"""Choices of an excerpt for each song, which are averaged."""


@dataclass(frozen=True)
class Half:
    """The excerpts of the artists that are measured; the encoder is trained on the others."""

    rows: NDArray[np.int64]
    heard: Excerpts
    learned: list[Path]


@dataclass(frozen=True)
class Figures:
    """Of one half: shares, and the Spearman of each taste."""

    artist: float
    first: float
    tenth: float
    tagged: NDArray[np.float64]
    measured: NDArray[np.float64]


def run(music: Path | None = None) -> None:
    """Print the table."""
    if music is None:
        print("embeddings are measured on music: --music FOLDER")
        return
    torch.set_num_threads(1)
    heard = excerpts(music)
    songs = np.array([file.stem.rpartition("-")[0] for file in heard.files])
    halves = _halves(heard, songs, songs_below(music))
    described = _described(heard)
    tastes = {
        "tags": planted_tastes(heard.heard[0], count=TASTES, seed=0),
        "measured": planted_tastes(heard.described(measured_sound), count=TASTES, seed=1),
    }
    among = " and ".join(str(len(_pairs(songs[half.rows]))) for half in halves)
    print(f"\n{len(set(songs))} songs of {len(set(heard.artists))} artists; excerpts are sought among {among}")
    print(f"{'':22}{'values':>7}{'P@1':>8}{'R@1':>8}{'R@10':>8}   taste by tags      taste by timbre, tempo, harmony")
    for name, features in described.items():
        _print(name, features.shape[1], [_figures(features[half.rows], half, songs, tastes) for half in halves])
    found = []
    for half in halves:
        features = half.heard.described(embedded_by(_trained(half)))
        found.append(_figures(features, half, songs, tastes))
    _print("preset quick", features.shape[1], found)


def _halves(heard: Excerpts, songs: NDArray[np.str_], paths: dict[str, Path]) -> list[Half]:
    """Each artist in the half that has fewer songs so far, the largest first; some songs of the largest left out."""
    random = np.random.default_rng(0)
    halves: list[list[str]] = [[], []]
    artists, counts = np.unique(heard.artists, return_counts=True)
    for artist in artists[np.argsort(-counts, kind="stable")]:
        own = random.permutation(np.unique(songs[heard.artists == artist]))
        min(halves, key=len).extend(own[:SONGS_OF_AN_ARTIST].tolist())
    return [
        _half(heard, np.flatnonzero(np.isin(songs, tested)), [paths[song] for song in learned])
        for tested, learned in (halves, halves[::-1])
    ]


def _half(heard: Excerpts, rows: NDArray[np.int64], learned: list[Path]) -> Half:
    return Half(rows, Excerpts([heard.files[row] for row in rows], heard.artists[rows]), learned)


def _described(heard: Excerpts) -> dict[str, Matrix]:
    described = {
        "log-mel statistics": heard.described(mel_statistics()),
        "MFCC statistics": heard.described(mfcc_statistics()),
    }
    if importlib.util.find_spec("bliss_audio"):
        described["bliss"] = heard.described(_bliss)
    encoders: Sequence[tuple[str, Callable[[], torch.nn.Module]]] = (
        ("SpectralEncoder", SpectralEncoder),
        ("MelEncoder, untrained", MelEncoder),
        ("MusiCNN", MusiCNNEncoder),
    )
    return described | {name: heard.described(embedded_by(make())) for name, make in encoders}


def _bliss(audio: Tensor) -> Tensor:
    import bliss_audio

    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        with wave.open(file, "wb") as sound:
            sound.setparams((1, 2, RATE, 0, "NONE", ""))
            sound.writeframes((audio.clamp(-1, 1) * 32767).to(torch.int16).numpy().tobytes())
        file.flush()
        return torch.tensor(bliss_audio.Song(file.name).analysis, dtype=torch.float32)


def _trained(half: Half) -> torch.nn.Module:
    """The encoder that the preset makes of the songs that are not measured."""
    songs = [
        TrainingSong(url_from_path(path), -1.0, path.parts[-3], path.parts[-2], artist=path.parts[-3], path=str(path))
        for path in half.learned
    ]
    start, processor = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        ctx = TrainingContext({"preset": "quick"}, "cpu", Path(folder), songs=songs)
        encoder = checkpoint.load(train_encoder(ctx).best_model_path).build()
    elapsed, processor = time.perf_counter() - start, time.process_time() - processor
    print(f"trained on {len(songs)} songs in {elapsed:.0f} s ({processor:.0f} s of processor time)", flush=True)
    return encoder


def _figures(own: Matrix, half: Half, songs: NDArray[np.str_], tastes: dict[str, list[NDArray[np.float64]]]) -> Figures:
    """Everything about one half, in which nothing was trained but the ridge, on other artists of it."""
    artists = half.heard.artists
    unit = _unit(own)
    pairs = _pairs(songs[half.rows])
    similarity = unit[pairs[:, 0]] @ unit[pairs[:, 1]].T
    ranks = np.concatenate([_ranks(similarity), _ranks(similarity.T)])
    scores = {
        name: spearman_of_tastes(own, np.stack(planted, axis=1)[half.rows], artists=artists)
        for name, planted in tastes.items()
    }
    artist = _same_artist(unit, songs[half.rows], artists)
    return Figures(artist, float((ranks < 1).mean()), float((ranks < 10).mean()), scores["tags"], scores["measured"])


def _unit(features: Matrix) -> Matrix:
    deviation = features.std(axis=0)
    standardized = (features - features.mean(axis=0)) / np.where(deviation > 0, deviation, 1)
    unit: Matrix = standardized / np.maximum(np.linalg.norm(standardized, axis=1, keepdims=True), 1e-9)
    return unit


def _pairs(songs: NDArray[np.str_]) -> NDArray[np.int64]:
    """The rows (songs, 2) of songs with two excerpts."""
    return np.array([rows[:2] for song in np.unique(songs) if len(rows := np.flatnonzero(songs == song)) > 1])


def _ranks(similarity: Matrix) -> NDArray[np.int64]:
    ranks: NDArray[np.int64] = (similarity > np.diag(similarity)[:, None]).sum(axis=1)
    return ranks


def _same_artist(unit: Matrix, songs: NDArray[np.str_], artists: NDArray[np.str_]) -> float:
    """How often the nearest song, by one excerpt of each, is of the same artist, where there is one."""
    random, hits = np.random.default_rng(0), []
    for _ in range(DRAWS):
        drawn = np.array([random.choice(np.flatnonzero(songs == song)) for song in np.unique(songs)])
        similarity, same = unit[drawn] @ unit[drawn].T, artists[drawn] == artists[drawn][:, None]
        np.fill_diagonal(similarity, -np.inf)
        asked = same.sum(axis=1) > 1
        hits.append(same[np.arange(len(drawn)), similarity.argmax(axis=1)][asked].mean())
    return float(np.mean(hits))


def _print(name: str, values: int, halves: list[Figures]) -> None:
    shares = "".join(
        f"{np.mean([getattr(half, figure) for half in halves]):8.3f}" for figure in ("artist", "first", "tenth")
    )
    tastes = "  ".join(
        _interval(np.mean([getattr(half, kind) for half in halves], axis=0)) for kind in ("tagged", "measured")
    )
    print(f"{name:22}{values:7}{shares}   {tastes}", flush=True)


def _interval(scores: NDArray[np.float64]) -> str:
    """Mean and 95 % interval over the tastes."""
    half_width = 1.96 * scores.std(ddof=1) / len(scores) ** 0.5
    return f"{scores.mean():.3f} ± {half_width:.3f}   "
