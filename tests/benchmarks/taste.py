"""Planted tastes over real music: excerpts, stars by a mixture of perceptual tags plus noise, artists never heard.

The tags come from the trained taggers in the wheel ``musicnn``, which is fetched once. Songs of which we know what
somebody would like are not to be had; a taste made of what taggers hear comes nearest, and has a known best result.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.stats import beta, rankdata, spearmanr
from sklearn.linear_model import RidgeCV
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from torch import Tensor
from torchcodec.decoders import AudioDecoder

from core.models.musicnn import MusiCNN
from core.models.musicnn_weights import NETWORKS, musicnn_state, read_checkpoint
from tests.benchmarks.musicnn_taggers import vgg_tags

RATE = 22050
SECONDS = 30.0
EXCERPTS_OF_A_SONG = 2
CEILING = 0.82
"""Spearman of the taste without noise with the stars: what a perfect model would reach."""
SOUND = {".mp3", ".ogg", ".flac", ".m4a", ".opus", ".wav"}
CACHE = Path(tempfile.gettempdir()) / "marmalade-taste"

Matrix = NDArray[np.float32]
Predict = Callable[[Matrix, NDArray[np.float64], NDArray[np.str_], Matrix], NDArray[np.float64]]
"""Fits on (songs, features), stars and artists of some songs; predicts stars for the features of others."""


@dataclass(frozen=True)
class Excerpts:
    """Disjoint excerpts of real music, kept decoded below ``CACHE``."""

    files: list[Path]
    artists: NDArray[np.str_]

    def audio(self, number: int) -> Tensor:
        """Mono samples at ``RATE``."""
        return torch.from_numpy(np.load(self.files[number]))

    def described(self, describe: Callable[[Tensor], Tensor]) -> Matrix:
        """One row for each excerpt, from a function of its samples."""
        with torch.inference_mode():
            return np.stack([describe(self.audio(number)).numpy() for number in range(len(self.files))])

    @cached_property
    def heard(self) -> tuple[Matrix, Matrix]:
        """What the taggers say: log-odds of 100 tags (VGG), and the 400 values before the tags (MusiCNN)."""
        stored = CACHE / f"tags-{_name_of(*self.files)}.npz"
        if not stored.exists():
            both = self.described(_taggers(_wheel()))
            np.savez(stored, tags=both[:, :100], hidden=both[:, 100:])
        found = np.load(stored)
        odds = np.clip(found["tags"], 1e-3, 1 - 1e-3)
        return np.log(odds / (1 - odds)), found["hidden"]


def excerpts(music: Path) -> Excerpts:
    """Two excerpts of each song below a folder whose first folders are the artists; planted cases are left out."""
    CACHE.mkdir(exist_ok=True)
    index = CACHE / f"excerpts-{_name_of(music.resolve())}.json"
    if not index.exists():
        songs = songs_below(music).values()
        rows = [(str(file), path.relative_to(music).parts[0]) for path in songs for file in _decoded(path)]
        index.write_text(json.dumps(rows))
    rows = json.loads(index.read_text())
    return Excerpts([Path(file) for file, _ in rows], np.array([artist for _, artist in rows]))


def planted_tastes(tags: Matrix, *, count: int, seed: int) -> list[NDArray[np.float64]]:
    """Stars (0 to 1, in steps of 0.1, mostly 0.8 and 1) by mixtures of three to five tags, likes and dislikes."""
    random = np.random.default_rng(seed)
    scaled = (tags - tags.mean(axis=0)) / tags.std(axis=0)
    tastes = []
    for _ in range(count):
        chosen = random.choice(tags.shape[1], random.integers(3, 6), replace=False)
        liking = scaled[:, chosen] @ random.normal(size=len(chosen))
        tastes.append(_with_noise(liking / liking.std(), random.normal(size=len(liking))))
    return tastes


def spearman_of_unheard(
    features: Matrix, tastes: list[NDArray[np.float64]], *, artists: NDArray[np.str_], predict: Predict
) -> float:
    """The mean Spearman over tastes and five folds, each of artists that the others do not have."""
    found = []
    for stars in tastes:
        for train, test in GroupKFold(5).split(features, groups=artists):
            predicted = predict(features[train], stars[train], artists[train], features[test])
            found.append(spearmanr(predicted, stars[test]).statistic)
    return float(np.nan_to_num(found).mean())


def ridge(train: Matrix, stars: NDArray[np.float64], artists: NDArray[np.str_], test: Matrix) -> NDArray[np.float64]:
    """Ridge regression on standardized features, its penalty chosen on artists held out from the training songs."""
    folds = list(GroupKFold(4).split(train, groups=artists))
    model = make_pipeline(StandardScaler(), RidgeCV(alphas=np.logspace(0, 5, 11), cv=folds))
    return model.fit(train, stars).predict(test)


def _with_noise(liking: NDArray[np.float64], noise: NDArray[np.float64]) -> NDArray[np.float64]:
    """Stars with as much noise as leaves ``CEILING``, found by halving."""
    least, most = 0.0, 5.0
    for _ in range(30):
        middle = (least + most) / 2
        enough = spearmanr(liking, _stars(liking + middle * noise)).statistic < CEILING
        least, most = (least, middle) if enough else (middle, most)
    return _stars(liking + least * noise)


def _stars(liking: NDArray[np.float64]) -> NDArray[np.float64]:
    shares = (rankdata(liking) - 0.5) / len(liking)
    return np.round(beta.ppf(shares, 4, 1.5) * 10) / 10


def songs_below(music: Path) -> dict[str, Path]:
    """The songs of a folder without planted cases, by what the names of their excerpts begin with."""
    songs = sorted(path for path in music.rglob("*") if path.suffix in SOUND and "_planted" not in path.parts)
    return {_name_of(path): path for path in songs}


def _name_of(*paths: Path) -> str:
    return hashlib.sha256("".join(map(str, paths)).encode(errors="surrogateescape")).hexdigest()[:16]


def _decoded(path: Path) -> list[Path]:
    decoder = AudioDecoder(str(path), sample_rate=RATE, num_channels=1)
    duration = decoder.metadata.duration_seconds or 0.0
    count = min(EXCERPTS_OF_A_SONG, max(1, int(duration // SECONDS)))
    files = []
    for number in range(count):
        start = max(0.0, (number + 0.5) * duration / count - SECONDS / 2)
        samples = decoder.get_samples_played_in_range(start, min(duration, start + SECONDS)).data[0].numpy()
        files.append(CACHE / f"{_name_of(path)}-{number}.npy")
        np.save(files[-1], samples)
    return files


def _wheel() -> Path:
    if not list(CACHE.glob("musicnn-*.whl")):
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(CACHE), "musicnn"]
        subprocess.run(command, check=True)
    return next(CACHE.glob("musicnn-*.whl"))


def _taggers(wheel: Path) -> Callable[[Tensor], Tensor]:
    """From samples to 100 tags and 400 hidden values: means over a third of the patches, which is plenty."""
    encoder = MusiCNN(every=3)
    encoder.load_state_dict(musicnn_state(package=wheel))
    taggers = [read_checkpoint(wheel, f"{name}_vgg") for name in NETWORKS]

    def describe(audio: Tensor) -> Tensor:
        patches = encoder.mel(audio.unsqueeze(0))[0]
        tags = [vgg_tags(tagger, patches) for tagger in taggers]
        return torch.cat([*(part.mean(dim=0) for part in tags), encoder(audio.unsqueeze(0))[0]])

    return describe
