"""What other encoders hear: taken from the scan's store where it is there, else heard once and kept beside it."""

import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from torch import Tensor, nn

from core.analysis.facts import ExcerptChoice
from core.store.embeddings import EmbeddingStore
from core.training import embed
from core.training.context import TrainingContext
from core.training.embed import version_of_embeddings
from core.training.judgment import other_ears
from core.training.judgment.other_ears import BLISS, KEPT_IN, baseline_vectors, bliss_features
from core.training.protocol import TrainingJob, TrainingSong
from tests.audio_files import tone, write_wav
from tests.inline_pool import InlinePool
from tests.recorded_messages import Messages


class Loud(nn.Module):
    """As fast as an ear can be; it counts its batches."""

    sample_rate = 8000
    heard = 0

    def forward(self, audio: Tensor) -> Tensor:
        type(self).heard += len(audio)
        return audio.abs().mean(dim=-1, keepdim=True).repeat(1, 2)

    def get_embedding_dim(self) -> int:
        return 2


class Louder(Loud):
    """Another class, so of another version."""


@pytest.fixture(autouse=True)
def ears(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embed, "WorkerPool", lambda _workers, preload: InlinePool())
    monkeypatch.setattr(other_ears, "WorkerPool", lambda _workers: PoolAsContext())
    monkeypatch.setattr(other_ears, "ENCODERS", {"spectral": Loud, "random": Louder})
    monkeypatch.setattr(other_ears.importlib.util, "find_spec", lambda _: None)
    Loud.heard = Louder.heard = 0


class PoolAsContext(InlinePool):
    """As the pool that is opened for bliss."""


@pytest.fixture
def job(tmp_path: Path) -> TrainingJob:
    sounds = [write_wav(tmp_path / f"{row}.wav", tone(220, seconds=1, level=0.1 * (1 + row))) for row in range(3)]
    return TrainingJob(
        kind="evaluate",
        embeddings_db=tmp_path / "embeddings.db",
        companion_db=tmp_path / "companion.db",
        checkpoint_dir=tmp_path / "models",
        embedding_version="",
        songs=[TrainingSong(path.as_uri(), 0.5, "artist", "", path=str(path)) for path in sounds],
        excerpt=ExcerptChoice(duration=1.0, sample_rate=8000),
        cache_dir=tmp_path,
        device="cpu",
    )


def vectors_of(job: TrainingJob, messages: Messages | None = None) -> dict[str, np.ndarray]:
    ctx = TrainingContext({}, "cpu", job.checkpoint_dir, job=job, songs=job.songs, reporter=messages or Messages())
    return baseline_vectors(job, job.songs, ctx=ctx)


def test_what_was_heard_once_is_kept(job: TrainingJob) -> None:
    first = vectors_of(job)
    assert {name: matrix.shape for name, matrix in first.items()} == {"spectral": (3, 2), "random": (3, 2)}
    assert (np.diff(first["spectral"][:, 0]) > 0).all(), "in the order of the songs"
    heard = Loud.heard
    again = vectors_of(job)
    assert Loud.heard <= heard + 2, "noise, to see whether it keeps its promise"
    assert all(np.array_equal(first[name], again[name]) for name in first)
    assert (job.cache_dir / KEPT_IN).is_file()  # type: ignore[operator]


def test_what_the_scan_has_heard_is_not_heard_again(job: TrainingJob) -> None:
    version = version_of_embeddings(Loud(), job.excerpt)
    scanned = {song.song_id: np.full(2, number, np.float32) for number, song in enumerate(job.songs)}
    with closing(EmbeddingStore(job.embeddings_db)) as store:
        store.store_embeddings_batch(list(scanned.items()), version)
    found = vectors_of(job)
    assert found["spectral"][:, 0].tolist() == [0, 1, 2]
    assert Loud.heard <= 2, "its promise was asked for, at most"


def test_a_song_that_cannot_be_heard_has_no_numbers(job: TrainingJob) -> None:
    gone = replace(job.songs[1], song_id="file:///gone.wav", path="/gone.wav")
    found = vectors_of(replace(job, songs=[job.songs[0], gone, job.songs[2]]))
    assert np.isfinite(found["spectral"]).all(axis=1).tolist() == [True, False, True]


def test_stopped_before_anything_was_heard_nothing_is_compared(job: TrainingJob) -> None:
    messages = Messages(stop_after=("never", 0))
    messages.stopped = lambda: True  # type: ignore[method-assign]
    assert vectors_of(job, messages) == {}


@pytest.fixture
def bliss(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A stand-in for bliss-audio that reads every file but those named bad; the paths that it was asked for."""
    asked: list[str] = []

    def song(path: str) -> SimpleNamespace:
        asked.append(path)
        if "1.wav" in path:
            message = "no stream"
            raise RuntimeError(message)
        return SimpleNamespace(analysis=[float(len(asked))] * 23)

    monkeypatch.setitem(sys.modules, "bliss_audio", SimpleNamespace(Song=song))
    monkeypatch.setattr(other_ears.importlib.util, "find_spec", lambda _: object())
    return asked


def test_bliss_hears_whole_files_once(job: TrainingJob, bliss: list[str]) -> None:
    track = replace(job.songs[2], song_id="file:///cue#t=1", length=5.0)
    songs = [job.songs[0], job.songs[1], track]
    found = vectors_of(replace(job, songs=songs), messages := Messages())
    assert found["bliss"].shape == (3, 23)
    assert np.isfinite(found["bliss"]).all(axis=1).tolist() == [True, False, False]
    assert bliss == [job.songs[0].path, job.songs[1].path]
    assert messages.of("progress")[-1] == {"done": 2, "total": 2}
    vectors_of(replace(job, songs=songs))
    assert bliss[2:] == [job.songs[1].path], "only what gave nothing is tried again"
    with closing(EmbeddingStore(job.cache_dir / KEPT_IN)) as store:  # type: ignore[operator]
        assert store.filenames(BLISS) == {job.songs[0].song_id}


def test_bliss_is_not_asked_for_a_file_that_is_not_there(bliss: list[str]) -> None:
    assert bliss_features("/nowhere/at/all.mp3") is None
    assert bliss == []
