"""Training a classifier: its checkpoint, and the predictor that hears with it."""

from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from core.analysis import worker
from core.analysis.facts import ExcerptChoice
from core.errors import UserError
from core.models import checkpoint, registry
from core.models.checkpoint import Checkpoint, CheckpointConfig
from core.models.classifiers import SimpleRatingClassifier
from core.song import SongId
from core.store.companion import CompanionStore, Prediction
from core.training import classifier, embed
from core.training.classifier import ClassifierConfig
from core.training.embed import version_of_embeddings
from core.training.protocol import TrainingJob, TrainingSong
from core.training.rating import classifier_stage
from core.training.rating.predictor import load_predictor, predictor_file
from core.training.rating.rating_stage import predict_with, train_ratings
from tests.audio_files import tone, write_wav
from tests.inline_pool import InlinePool
from tests.planted_jobs import NAMES, TASTE, VERSION, planted_job, with_own_classifier
from tests.recorded_messages import Messages


@pytest.fixture(autouse=True)
def short_training(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classifier, "LEAST_STEPS", 60)
    monkeypatch.setattr(classifier_stage, "ClassifierConfig", partial(ClassifierConfig, patience=10))


@pytest.fixture
def job(tmp_path: Path) -> TrainingJob:
    return planted_job(tmp_path)


def stored(job: TrainingJob, version: str) -> dict[str, float]:
    with closing(CompanionStore(job.companion_db)) as store:
        return {str(name): each.rating for name, each in store.predictions(version).items()}


def test_the_classifier_is_kept_and_the_predictor_hears_with_it(job: TrainingJob) -> None:
    result = train_ratings(job, Messages())
    best = checkpoint.load(job.checkpoint_dir / "classifier_best.pt")  # with weights_only=True
    assert result["checkpoint"] == str(job.checkpoint_dir / "classifier_best.pt")
    assert best.config.input_version == VERSION
    assert best.config.metrics["val_mse"] == result["primary_metric"]
    predictor = load_predictor(predictor_file(job.checkpoint_dir, result["model_version"]), folder=None)
    assert predictor.classifier is not None
    found = stored(job, result["model_version"])
    assert set(found) == set(NAMES)
    assert np.corrcoef([found[name] for name in NAMES[90:]], TASTE.ratings[90:])[0, 1] > 0.8


def test_without_a_class_of_the_owner_s_the_predictor_reads_the_embeddings(job: TrainingJob) -> None:
    result = train_ratings(replace(job, classifier_class=None), Messages())
    assert Path(result["checkpoint"]).name == "classifier_best.pt"
    predictor = load_predictor(predictor_file(job.checkpoint_dir, result["model_version"]), folder=None)
    assert predictor.classifier is None
    assert result["predictor_mse"] < result["primary_metric"]


def test_a_stopped_run_keeps_its_best_and_replaces_no_complete_one(job: TrainingJob) -> None:
    complete = train_ratings(job, Messages())
    before = stored(job, complete["model_version"])
    stopped = train_ratings(job, Messages(stop_after=("epoch", 7)))
    assert "model_version" not in stopped
    assert stopped["epochs"] == 7
    assert Path(stopped["checkpoint"]).is_file()
    assert stored(job, complete["model_version"]) == before
    best = checkpoint.load(job.checkpoint_dir / "classifier_best.pt")
    assert best.config.metrics["val_mse"] == complete["primary_metric"]


def test_a_promise_broken_after_training_predicts_nothing(job: TrainingJob, own_folder: Path) -> None:
    with pytest.raises(UserError, match="not finite"):
        train_ratings(with_own_classifier(job, "own_classifiers:NotNumbers", folder=own_folder), Messages())
    assert not list(job.checkpoint_dir.glob("*.npz"))


HEARS = """
import torch
from torch import nn


class Loud(nn.Module):
    sample_rate = 8000

    def __init__(self, embedding_dim=3):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(embedding_dim))
        self.embedding_dim = embedding_dim

    def forward(self, audio):
        return audio.abs().mean(dim=-1, keepdim=True) * self.scale

    def get_embedding_dim(self):
        return self.embedding_dim
"""


@dataclass
class Given:
    """Models in files, songs that sound, and the job that asks for predictions by them."""

    job: TrainingJob
    encoder: Checkpoint
    version: str

    def classifier(self, *, input_version: str) -> Checkpoint:
        model = SimpleRatingClassifier(3, [4])
        config = CheckpointConfig(
            "SimpleRatingClassifier",
            {"embedding_dim": 3, "hidden_dims": [4]},
            metrics={"val_mse": 0.01, "radius": 0.2},
            input_version=input_version,
        )
        return Checkpoint(config, checkpoint.weights_of(model))

    def asking(self, encoder: Path, classifier: Path) -> TrainingJob:
        return replace(self.job, options={"encoder": str(encoder), "classifier": str(classifier)})


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Given:
    monkeypatch.setattr(embed, "WorkerPool", lambda _workers, preload: InlinePool())
    worker.load_encoder.cache_clear()
    (tmp_path / "hears_loudness.py").write_text(HEARS)
    sounds = [write_wav(tmp_path / f"{row}.wav", tone(220, seconds=1, level=0.1 * (1 + row))) for row in range(3)]
    job = replace(
        planted_job(tmp_path, kind="predict"),
        songs=[TrainingSong(path.as_uri(), -1, "artist", "", path=str(path)) for path in sounds],
        folder=tmp_path,
        excerpt=ExcerptChoice(duration=1.0, sample_rate=8000),
        hyperparameters={"embedding_dim": 3},
    )
    loud = registry.build("hears_loudness:Loud", relative_to=tmp_path)
    encoder = Checkpoint(CheckpointConfig("hears_loudness:Loud"), checkpoint.weights_of(loud))
    return Given(job, encoder, version_of_embeddings(loud, job.excerpt))


def test_given_models_predict_every_song_beside_the_current_ones(given: Given, tmp_path: Path) -> None:
    with closing(CompanionStore(given.job.companion_db)) as store:
        store.replace_predictions("rating-1", [Prediction(SongId("file:///a"), 0.5, 0.4, 0.6)])
    encoder, classifier = tmp_path / "encoder_best.pt", tmp_path / "classifier_best.pt"
    checkpoint.copy(given.encoder, encoder)
    checkpoint.copy(given.classifier(input_version=given.version), classifier)
    result = predict_with(given.asking(encoder, classifier), Messages())
    assert result["embedding_version"] == given.version
    assert set(stored(given.job, result["model_version"])) == {song.song_id for song in given.job.songs}
    assert stored(given.job, "rating-1") == {"file:///a": 0.5}
    with closing(CompanionStore(given.job.companion_db)) as store:
        found = store.predictions(result["model_version"]).values()
    assert all(0 <= each.low <= each.rating <= each.high <= 1 for each in found)
    assert {round(each.high - each.low, 6) for each in found} == {0.4}, "as far as the classifier is off"
    again = predict_with(given.asking(encoder, classifier), Messages())
    assert again == result


def test_one_file_of_a_joint_training_is_both(given: Given, tmp_path: Path) -> None:
    best = tmp_path / "best_model.pt"
    checkpoint.save_joint(best, encoder=given.encoder, classifier=given.classifier(input_version=given.version))
    result = predict_with(given.asking(best, best), Messages())
    assert len(stored(given.job, result["model_version"])) == 3


def test_models_that_do_not_belong_together_are_one_sentence(given: Given, tmp_path: Path) -> None:
    best = tmp_path / "best_model.pt"
    checkpoint.save_joint(best, encoder=given.encoder, classifier=given.classifier(input_version="other-1"))
    with pytest.raises(UserError, match=r"was trained on embeddings of other-1, but .* makes those of"):
        predict_with(given.asking(best, best), Messages())


def test_stopped_while_it_listens_it_predicts_nothing(given: Given, tmp_path: Path) -> None:
    best = tmp_path / "best_model.pt"
    checkpoint.save_joint(best, encoder=given.encoder, classifier=given.classifier(input_version=given.version))
    job = given.asking(best, best)
    slow = replace(job, options={**job.options, "embed_batch_size": 1})
    assert predict_with(slow, Messages(stop_after=("progress", 2))) == {}


def test_an_encoder_in_the_place_of_the_classifier_is_one_sentence(given: Given, tmp_path: Path) -> None:
    encoder = tmp_path / "encoder_best.pt"
    checkpoint.copy(given.encoder, encoder)
    with pytest.raises(UserError, match="Loud"):
        predict_with(given.asking(encoder, encoder), Messages())
