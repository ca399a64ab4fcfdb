"""The stages of a model: trained by whatever the job names, told of, put where a scan finds it, and heard by all."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from core.analysis import worker
from core.analysis.facts import ExcerptChoice
from core.errors import UserError
from core.models import checkpoint, musicnn_weights
from core.models.checkpoint import Checkpoint, CheckpointConfig
from core.models.classifiers import SimpleRatingClassifier
from core.models.registry import load, model_version
from core.store.embeddings import EmbeddingStore
from core.training import embed, stages
from core.training.encoder import train_encoder
from core.training.joint import train_joint
from core.training.loop.encoder_config import EncoderConfig, has_musicnn
from core.training.loop.encoder_parts import built_encoder
from core.training.protocol import TrainingJob, TrainingSong
from core.training.stages import context_of, embed_songs, placed, run_stage, tracker_of, train_function
from core.training.tracking import Untracked
from tests.audio_files import tone, write_wav
from tests.inline_pool import InlinePool
from tests.musicnn_files import write_package
from tests.recorded_messages import Messages

OWN = """
import torch
from torch import nn

from core.models import checkpoint
from core.models.checkpoint import CheckpointConfig
from core.training.context import TrainingResult


class Loud(nn.Module):
    sample_rate = 8000

    def __init__(self, embedding_dim=2):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(embedding_dim))
        self.embedding_dim = embedding_dim

    def forward(self, audio):
        return audio.abs().mean(dim=-1, keepdim=True) * self.scale

    def get_embedding_dim(self):
        return self.embedding_dim


def trains_an_encoder(ctx):
    path = ctx.checkpoint_dir / "mine.pt"
    checkpoint.save(path, Loud(3), config=CheckpointConfig("own_stage:Loud", {"embedding_dim": 3}))
    ctx.reporter.say("epoch", epoch=1, **{"train/total_loss": 0.5})
    return TrainingResult(0.25, "mine", minimize=False, best_model_path=path, details={"epochs": 1})


def writes_what_it_likes(ctx):
    path = ctx.checkpoint_dir / "notes.txt"
    path.write_text("no model at all")
    return TrainingResult(0.25, "mine", minimize=False, best_model_path=path)


def is_stopped(ctx):
    return TrainingResult(float("inf"), "mine", True, ctx.checkpoint_dir / "none.pt", details={"stopped": True})
"""


@pytest.fixture(autouse=True)
def no_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embed, "WorkerPool", lambda _workers, preload: InlinePool())
    worker.load_encoder.cache_clear()


@pytest.fixture
def job(tmp_path: Path) -> TrainingJob:
    (tmp_path / "own_stage.py").write_text(OWN)
    sounds = [write_wav(tmp_path / f"{row}.wav", tone(220, seconds=1, level=0.1 * (1 + row))) for row in range(3)]
    return TrainingJob(
        kind="run",
        embeddings_db=tmp_path / "embeddings.db",
        companion_db=tmp_path / "companion.db",
        checkpoint_dir=tmp_path / "models",
        embedding_version="",
        songs=[TrainingSong(path.as_uri(), 0.5, "artist", "", path=str(path)) for path in sounds],
        hyperparameters={"embedding_dim": 2},
        folder=tmp_path,
        excerpt=ExcerptChoice(duration=1.0, sample_rate=8000),
        device="cpu",
    )


def with_function(job: TrainingJob, name: str) -> TrainingJob:
    return replace(job, options={"train_fn": f"own_stage:{name}"})


def test_an_encoder_of_an_own_function_is_told_of_and_put_where_a_scan_finds_it(job: TrainingJob) -> None:
    messages = Messages()
    told = run_stage(with_function(job, "trains_an_encoder"), messages)
    assert (told["primary_metric"], told["primary_metric_name"], told["minimize"]) == (0.25, "mine", False)
    assert told["epochs"] == 1
    assert told["reference"] == "own_stage:Loud"
    assert told["checkpoint"] == str(job.checkpoint_dir / f"{told['embedding_version']}.pt")
    encoder = checkpoint.load(Path(told["checkpoint"])).build(relative_to=job.folder)
    assert encoder.get_embedding_dim() == 3  # type: ignore[operator]
    assert told["embedding_version"].startswith(model_version(encoder))
    assert messages.of("epoch") == [{"epoch": 1, "train/total_loss": 0.5}]


def test_an_own_function_may_write_what_it_likes(job: TrainingJob) -> None:
    told = run_stage(with_function(job, "writes_what_it_likes"), Messages())
    assert told["checkpoint"] == str(job.checkpoint_dir / "notes.txt")
    assert "embedding_version" not in told


def test_what_was_stopped_before_it_began_is_put_nowhere(job: TrainingJob) -> None:
    told = run_stage(with_function(job, "is_stopped"), Stopped())
    assert told["stopped"] is True
    assert "embedding_version" not in told
    assert list(job.checkpoint_dir.iterdir()) == []


class Stopped(Messages):
    """From its beginning."""

    def stopped(self) -> bool:
        return True


def test_a_model_of_another_kind_is_no_encoder(job: TrainingJob) -> None:
    path = job.checkpoint_dir / "classifier.pt"
    checkpoint.save(path, SimpleRatingClassifier(4, [2]), config=_classifier())
    assert placed(job, path) == {}


def test_the_encoder_of_a_joint_file_is_found(job: TrainingJob) -> None:
    loud = load("own_stage:Loud", relative_to=job.folder)()
    encoder = Checkpoint(CheckpointConfig("own_stage:Loud"), checkpoint.weights_of(loud))
    classifier = Checkpoint(_classifier(), checkpoint.weights_of(SimpleRatingClassifier(4, [2])))
    path = job.checkpoint_dir / "best_model.pt"
    checkpoint.save_joint(path, encoder=encoder, classifier=classifier)
    found = placed(job, path)
    assert found["reference"] == "own_stage:Loud"
    assert checkpoint.load(Path(found["checkpoint"])).config == encoder.config


def _classifier() -> CheckpointConfig:
    return CheckpointConfig("SimpleRatingClassifier", {"embedding_dim": 4, "hidden_dims": [2]})


@pytest.mark.parametrize("kind", ["train-encoder", "train-joint"])
def test_our_own_trainings_must_leave_an_encoder(job: TrainingJob, kind: str) -> None:
    path = job.folder / "broken.pt"  # type: ignore[operator]
    path.write_bytes(b"half of")
    with pytest.raises(UserError, match="damaged"):
        placed(replace(job, kind=kind), path)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "options", "function"),
    [
        ("train-encoder", {}, train_encoder),
        ("train-joint", {}, train_joint),
        ("tune", {"what": "encoder"}, train_encoder),
        ("tune", {"what": "joint"}, train_joint),
    ],
)
def test_the_kind_of_the_job_chooses_the_function(
    job: TrainingJob, kind: str, options: dict[str, str], function: Callable[..., object]
) -> None:
    assert train_function(replace(job, kind=kind, options=options)) is function  # type: ignore[arg-type]


def test_a_function_that_is_not_there_is_one_sentence(job: TrainingJob) -> None:
    with pytest.raises(UserError, match="nothing_of_the_kind"):
        run_stage(with_function(job, "nothing_of_the_kind"), Messages())


def test_a_context_has_what_the_job_says(job: TrainingJob) -> None:
    named = replace(job, encoder_class="own_stage:Loud", classifier_class="mine:C")
    with context_of(named, messages := Messages()) as ctx:
        assert ctx.hyperparameters == {
            "embedding_dim": 2,
            "encoder_class": "own_stage:Loud",
            "classifier_class": "mine:C",
        }
        assert (ctx.device, ctx.songs, ctx.job) == ("cpu", job.songs, named)
        assert ctx.checkpoint_dir.is_dir()
        assert ctx.reporter is messages


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_a_gpu_that_is_not_there_is_a_warning(job: TrainingJob) -> None:
    with context_of(replace(job, device="cuda"), messages := Messages()) as ctx:
        assert ctx.device == "cpu"
    assert len(messages.of("warning")) == 1


@pytest.mark.parametrize(
    "options", [{}, {"mlflow": {"enabled": True}}, {"mlflow": {"enabled": False}, "data_dir": "/"}]
)
def test_what_nobody_wants_tracked_is_not(job: TrainingJob, options: dict[str, object]) -> None:
    assert isinstance(tracker_of(replace(job, options=options), Messages(), name="x"), Untracked)


def test_every_song_is_embedded_under_the_version_and_what_made_it_is_noted(job: TrainingJob) -> None:
    told = run_stage(with_function(job, "trains_an_encoder"), Messages())
    options = {**told, "version": told["embedding_version"], "embed_batch_size": 2}
    messages = Messages()
    found = embed_songs(replace(job, kind="embed", options=options), messages)
    assert found == {"embedding_version": options["version"], "embedded": 3, "failed": 0, "complete": True}
    assert [each["done"] for each in messages.of("progress")] == [0, 2, 3]
    with closing(EmbeddingStore(job.embeddings_db)) as store:
        matrix = store.matrix(options["version"])
        metadata = store.get_metadata(options["version"])
    assert set(matrix.filenames) == {song.song_id for song in job.songs}
    _, rows = matrix.rows([song.song_id for song in job.songs])
    assert (rows[:, 0] == sorted(rows[:, 0])).all(), "the louder, the more"
    assert metadata is not None
    again = embed_songs(replace(job, kind="embed", options=options), Messages())
    assert (again["embedded"], again["complete"]) == (0, True)


def test_an_encoder_without_a_checkpoint_is_as_its_constructor_makes_it(job: TrainingJob) -> None:
    plain = replace(job, options={"checkpoint": "", "reference": "own_stage:Loud"})
    encoder = stages._encoder(plain)
    assert encoder.get_embedding_dim() == 2  # type: ignore[operator]


def test_pretrained_weights_are_those_that_are_kept(
    job: TrainingJob, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = write_package(tmp_path / "musicnn")
    monkeypatch.setattr(musicnn_weights, "_installed", lambda: package)
    options = {"checkpoint": "", "reference": "MusiCNNEncoder"}
    kept = replace(job, cache_dir=tmp_path / "cache", options=options)
    assert has_musicnn(kept.pretrained_weights)
    assert kept.pretrained_weights == tmp_path / "cache" / "musicnn.safetensors"
    assert kept.pretrained_weights.is_file()
    assert job.pretrained_weights is None
    monkeypatch.setattr(musicnn_weights, "_installed", _nowhere)
    assert has_musicnn(kept.pretrained_weights)
    assert not has_musicnn(None)
    assert stages._encoder(kept).get_embedding_dim() == 400  # type: ignore[operator]
    with context_of(kept, Messages()) as ctx:
        config = EncoderConfig(reference="AdaptedEncoder", embedding_dim=8, crop_seconds=1.0)
        assert built_encoder(ctx, config).backbone == "musicnn+spectral"
    with context_of(job, Messages()) as ctx:
        assert built_encoder(ctx, config).backbone == "spectral"


def _nowhere() -> Path:
    message = "They are nowhere."
    raise UserError(message)
