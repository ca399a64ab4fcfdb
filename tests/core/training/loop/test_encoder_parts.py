"""From files and a class to a trained encoder: hearing sound, with a fixed backbone, with a teacher, broken."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from core.errors import UserError
from core.models import checkpoint
from core.training import presets
from core.training.context import TrainingContext, TrainingResult
from core.training.encoder import train_encoder
from core.training.joint import train_joint
from core.training.loop import encoder_config, encoder_parts
from core.training.loop.devices import Device
from core.training.loop.distributed import Ranks
from core.training.loop.encoder_config import EncoderConfig
from core.training.protocol import TrainingJob, TrainingSong
from tests.audio_files import chord, write_wav
from tests.planted_views import Recorder

RATE = 8000
SONGS = 30


class Hears(nn.Module):
    """Half a second of sound at a time, in bands of its spectrum."""

    sample_rate = RATE

    def __init__(self, embedding_dim: int = 8) -> None:
        super().__init__()
        self.linear = nn.Linear(64, embedding_dim)
        self.embedding_dim = embedding_dim

    def features(self, audio: Tensor) -> Tensor:
        spectra = torch.fft.rfft(audio.unfold(-1, 512, 512)).abs().mean(dim=1)[:, :256]
        return (spectra.unflatten(1, (64, 4)).mean(dim=2) + 1e-3).log()

    def forward(self, audio: Tensor) -> Tensor:
        return self.linear(self.features(audio))

    def get_embedding_dim(self) -> int:
        return self.embedding_dim


class Backed(Hears):
    """What it hears is fixed; only its head learns, from a start of its own."""

    backbone = "bands"

    def __init__(self, embedding_dim: int = 8, seed: int = 0, backbone: str = "auto") -> None:
        super().__init__(embedding_dim)
        self.head = self.linear
        self.fitted: list[tuple[int, int, int]] = []

    def fit_head(self, features: Tensor, songs: Tensor, groups: list[str]) -> None:
        self.fitted.append((len(features), len(songs.unique()), len(set(groups))))
        with torch.no_grad():
            self.head.weight.copy_(torch.eye(8, 64))


class WrongShape(Hears):
    def forward(self, audio: Tensor) -> Tensor:
        return super().forward(audio)[:, :3]


class NotNumbers(Hears):
    def forward(self, audio: Tensor) -> Tensor:
        return super().forward(audio) * torch.nan


@pytest.fixture(scope="module")
def songs(tmp_path_factory: pytest.TempPathFactory) -> list[TrainingSong]:
    folder = tmp_path_factory.mktemp("music")
    made = []
    for row in range(SONGS):
        notes = np.random.default_rng([3, row % 10]).integers(100, 2000, 3).tolist()
        sound = chord([float(note) + row for note in notes], seconds=6.5, sample_rate=RATE, channels=1)
        path = write_wav(folder / f"{row}.wav", sound, sample_rate=RATE)
        rating = 1.0 if row % 10 < 5 else 0.2
        made.append(TrainingSong(str(row), rating, f"artist {row % 10}", "", f"artist {row % 10}", path=str(path)))
    return made


def context(folder: Path, songs: list[TrainingSong], encoder: object, **hyper: object) -> TrainingContext:
    values = {"encoder_epochs": 2, "encoder_batch_size": 8, "embedding_dim": 8, "crop_seconds": 0.5} | hyper
    values |= {"excerpts_per_song": 2, "excerpt_seconds": 0.5, "encoder_class": encoder}
    return TrainingContext(values, "cpu", folder / "models", songs=songs, reporter=Recorder())


def test_an_encoder_of_the_owners_learns_from_sound(tmp_path: Path, songs: list[TrainingSong]) -> None:
    for mode in ("contrastive", "multitask"):
        ctx = context(tmp_path / mode, songs, Hears, mode=mode)
        result = train_encoder(ctx)
        saved = checkpoint.load(result.best_model_path)
        assert saved.config.reference.endswith(":Hears")
        assert saved.config.data["config"]["mode"] == mode
        again = Hears()
        again.load_state_dict(saved.state)
        assert result.details["epochs"] == 2


def test_an_encoder_with_a_fixed_backbone_learns_from_features(tmp_path: Path, songs: list[TrainingSong]) -> None:
    config = EncoderConfig(embedding_dim=8, excerpts_per_song=2, excerpt_seconds=0.5, crop_seconds=0.5)
    lost = [*songs, replace(songs[0], song_id="lost", path=str(tmp_path / "lost.wav"))]
    ctx = context(tmp_path, lost, Backed)
    parts = encoder_parts.parts_for(ctx, config, device=Device("cpu"), ranks=Ranks())
    assert isinstance(parts.encoder, Backed)
    assert parts.learner is parts.encoder.head
    assert list(parts.material.songs) == songs, "what could not be heard is left out"
    result = train_encoder(ctx)
    assert result.details["songs"] + result.details["held_out"] == SONGS
    stages = [message["name"] for message in ctx.reporter.of("stage")]  # type: ignore[attr-defined]
    assert stages == ["Listening for the training"] * 2


def test_the_head_starts_from_songs_that_are_learned_from(tmp_path: Path, songs: list[TrainingSong]) -> None:
    made: list[Backed] = []

    class Seen(Backed):
        def __init__(self, embedding_dim: int = 8) -> None:
            super().__init__(embedding_dim)
            made.append(self)

    result = train_encoder(context(tmp_path, songs, Seen))
    learned = result.details["songs"]
    assert made[0].fitted == [(2 * learned, learned, 10 - len(held_out(result)))]


def held_out(result: TrainingResult) -> list[str]:
    groups: list[str] = checkpoint.load(result.best_model_path).config.data["held_out"]
    return groups


def test_a_student_learns_what_its_teacher_says(
    tmp_path: Path, songs: list[TrainingSong], monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = {**presets.SETTINGS["quick"], "encoder_epochs": 1, "excerpts_per_song": 2, "excerpt_seconds": 0.5}
    quick |= {"encoder_class": "Backed", "crop_seconds": 0.5}
    monkeypatch.setattr(presets, "SETTINGS", {**presets.SETTINGS, "quick": quick})
    monkeypatch.setattr(encoder_parts.registry, "build", lambda *_, **__: Backed())
    ctx = context(tmp_path, songs, Hears, mode="distill", encoder_epochs=8, encoder_lr=0.02)
    train_encoder(ctx)
    epochs = [message["train/epoch_loss"] for message in ctx.reporter.of("epoch")]  # type: ignore[attr-defined]
    assert epochs[-1] < 0.7 * epochs[1], "the first epoch is the teacher's"
    assert (tmp_path / "models" / "teacher" / "encoder_best.pt").is_file()
    with pytest.raises(UserError, match="is not distilled"):
        train_encoder(context(tmp_path / "other", songs, Backed, mode="distill"))


def test_sound_is_rated_by_both_that_learn_together(tmp_path: Path, songs: list[TrainingSong]) -> None:
    for encoder in (Hears, Backed):
        ctx = context(tmp_path / encoder.__name__, songs, encoder, joint_epochs=2, joint_batch_size=8)
        result = train_joint(ctx)
        assert checkpoint.load(result.best_model_path, part="classifier").build()
        assert 0 < result.primary_metric < 1


@pytest.mark.parametrize(
    ("encoder", "sentence"), [(WrongShape, r"returns the shape \(2, 3\)"), (NotNumbers, "not finite numbers")]
)
def test_an_encoder_that_breaks_its_promise_is_a_sentence(
    tmp_path: Path, songs: list[TrainingSong], encoder: type, sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        train_encoder(context(tmp_path, songs, encoder))


def test_a_stop_while_songs_are_heard_ends_without_a_checkpoint(tmp_path: Path, songs: list[TrainingSong]) -> None:
    for encoder in (Hears, Backed):
        ctx = replace(context(tmp_path, songs, encoder), reporter=Recorder(stop_after=1))
        result = train_encoder(ctx)
        assert result.details["stopped"] is True
        assert not result.best_model_path.exists()


def test_threads_that_decode_are_as_many_as_is_allowed_and_useful(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoder_parts, "usable_cores", lambda: 3)
    for wanted, found in ((0, 1), (2, 2), (8, 3)):
        options = {"compute": {"dataloader_workers": wanted}}
        job = TrainingJob("train-encoder", tmp_path, tmp_path, tmp_path, "", [], options=options)
        assert encoder_parts.workers_of(TrainingContext({}, "cpu", tmp_path, job=job)) == found


def test_only_the_head_may_differ_between_features_of_one_backbone() -> None:
    one, other = Backed(), Backed()
    assert encoder_parts.backbone_version(one) != encoder_parts.backbone_version(Hears())
    one.linear, other.linear = nn.Linear(1, 1), nn.Linear(1, 1)
    one.linear.load_state_dict(other.linear.state_dict())
    assert encoder_parts.backbone_version(one) == encoder_parts.backbone_version(other)
    assert encoder_config.arguments_of(one, EncoderConfig())["backbone"] == "bands"
