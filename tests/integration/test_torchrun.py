"""Two real processes, as ``torchrun`` starts them, train one encoder: the same that one process trains."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest
import torch

from core.analysis.facts import ExcerptChoice
from core.models import checkpoint
from core.training.process import EpochDone, PresetChosen, Probed, TrainingFinished, run_training
from core.training.protocol import TrainingJob, TrainingSong
from tests.audio_files import chord, write_wav
from tests.integration.planted_training import train

HEARS = """
import torch
from torch import nn


class Hears(nn.Module):
    sample_rate = 8000

    def __init__(self, embedding_dim=8):
        super().__init__()
        self.linear = nn.Linear(64, embedding_dim)
        self.embedding_dim = embedding_dim

    def forward(self, audio):
        spectra = torch.fft.rfft(audio.unfold(-1, 512, 512)).abs().mean(dim=1)[:, :256]
        return self.linear((spectra.unflatten(1, (64, 4)).mean(dim=2) + 1e-3).log())

    def get_embedding_dim(self):
        return self.embedding_dim
"""
RATE = 8000
ROOT = Path(__file__).parents[2]
EPOCHS = 3


@pytest.mark.usefixtures("capfd")
def test_two_processes_train_what_one_does(tmp_path: Path) -> None:
    torch.set_num_threads(1)
    run = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    module = ["-m", "tests.integration.planted_training", str(tmp_path / "both"), str(EPOCHS), "--plain"]
    done = subprocess.run(
        [sys.executable, *run, *module], cwd=ROOT, capture_output=True, text=True, check=False, timeout=100
    )
    assert done.returncode == 0, done.stderr
    messages = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    alone = train(tmp_path / "alone", epochs=EPOCHS, plain=True)
    first, second = (torch.load(tmp_path / "both" / f"rank-{rank}-of-2.pt", weights_only=True) for rank in (0, 1))
    for name, weights in alone.items():
        assert torch.equal(first[name], second[name])
        assert torch.allclose(first[name], weights, atol=1e-5)
    begun = [message for message in messages if message["event"] == "started"]
    assert [message["processes"] for message in begun] == [2], "the first process alone talks"
    assert len([message for message in messages if message["event"] == "epoch"]) == EPOCHS
    assert (tmp_path / "both" / "models" / "encoder_best.pt").is_file()


def sounding_song(folder: Path, row: int) -> TrainingSong:
    notes = np.random.default_rng([3, row % 10]).integers(100, 2000, 3).tolist()
    sound = chord([float(note) + row for note in notes], seconds=2.0, sample_rate=RATE, channels=1)
    path = write_wav(folder / f"{row}.wav", sound, sample_rate=RATE)
    return TrainingSong(path.as_uri(), 0.5, f"artist {row % 10}", "", f"artist {row % 10}", path=str(path))


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files of this process and its children."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


@pytest.mark.usefixtures("capfd")
def test_a_job_for_two_processes_is_torchrun_s(tmp_path: Path, temporary: Path) -> None:
    """As ``marmalade train-encoder --processes 2`` asks for it: events of one process, a model of both."""
    (tmp_path / "hears.py").write_text(HEARS)
    job = TrainingJob(
        kind="train-encoder",
        embeddings_db=tmp_path / "embeddings.db",
        companion_db=tmp_path / "companion.db",
        checkpoint_dir=tmp_path / "models",
        embedding_version="",
        songs=[sounding_song(tmp_path, row) for row in range(30)],
        encoder_class="hears:Hears",
        hyperparameters={"encoder_epochs": 2, "encoder_batch_size": 8, "embedding_dim": 8, "crop_seconds": 0.5},
        folder=tmp_path,
        excerpt=ExcerptChoice(duration=2.0, sample_rate=RATE),
        device="cpu",
        options={"processes": 2, "explicit": ["encoder_epochs", "encoder_batch_size", "embedding_dim"]},
    )
    events = list(run_training(job))
    last = events[-1]
    assert isinstance(last, TrainingFinished)
    assert last.complete
    assert last.result is not None
    assert [event.number for event in events if isinstance(event, EpochDone)] == [1, 2]
    assert [event.epoch for event in events if isinstance(event, Probed)] == [0, 1, 2]
    assert len([event for event in events if isinstance(event, PresetChosen) and event.name == "own"]) == 1
    saved = checkpoint.load(Path(last.result["checkpoint"]))
    assert Path(last.result["checkpoint"]).stem == last.result["embedding_version"]
    assert not list(temporary.iterdir())
    assert saved.build(relative_to=tmp_path).get_embedding_dim() == 8  # type: ignore[operator]
