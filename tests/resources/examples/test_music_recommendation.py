"""The example that is there to be copied: its configuration loads, its models keep their promises, its stages train."""

import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib.resources import files
from pathlib import Path

import pytest
import torch

from core.config import Config, load_config
from core.models import checkpoint, registry
from core.training import classifier
from core.training.classifier import ClassifierConfig
from core.training.context import TrainingContext, TrainingResult
from core.training.experiments.own_function import load_function, run_function
from core.training.rating import classifier_stage
from tests.planted_jobs import planted_job

SHIPPED = Path(str(files("resources") / "examples"))
NAME = "examples.music_recommendation"


@pytest.fixture(autouse=True)
def one_thread() -> None:
    """As the child does: on a busy machine, two threads over matrices this small took ten times as long as one."""
    torch.set_num_threads(1)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the folder, as an owner would make it; what is imported from it is forgotten again."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "examples"]:
        monkeypatch.delitem(sys.modules, name)
    shutil.copytree(SHIPPED, tmp_path / "examples", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "examples"


@pytest.fixture
def config(folder: Path) -> Config:
    return load_config(folder / "music_example.yaml")


@pytest.fixture
def ctx(folder: Path, config: Config, monkeypatch: pytest.MonkeyPatch) -> TrainingContext:
    monkeypatch.setattr(classifier, "LEAST_STEPS", 60)
    monkeypatch.setattr(classifier_stage, "ClassifierConfig", partial(ClassifierConfig, patience=10))
    job = replace(planted_job(folder.parent), folder=config.folder, classifier_class=None)
    hyperparameters = config.hyperparameters.model_dump() | {"classifier_lr": 0.01, "classifier_hidden_dims": [16]}
    return TrainingContext(hyperparameters, "cpu", job.checkpoint_dir, job=job, songs=job.songs)


def run(name: str, ctx: TrainingContext) -> TrainingResult:
    assert ctx.job is not None
    reference = f"{NAME}:{name}"
    return run_function(load_function(reference, relative_to=ctx.job.folder), ctx, reference=reference)


def test_its_models_are_found_beside_the_configuration_and_keep_their_promises(config: Config) -> None:
    hyper = config.hyperparameters
    assert hyper.encoder_class is not None
    assert hyper.classifier_class is not None
    encoder = registry.build(hyper.encoder_class, relative_to=config.folder, embedding_dim=hyper.embedding_dim)
    assert registry.check_encoder(encoder, 22050, seconds=0.5) == 512
    rating = registry.build(
        hyper.classifier_class,
        relative_to=config.folder,
        embedding_dim=512,
        hidden_dims=hyper.classifier_hidden_dims,
    )
    registry.check_classifier(rating, 512)
    # The plan calls its constructors so, and nothing else may be needed.
    assert type(encoder)(embedding_dim=16).get_embedding_dim() == 16
    assert type(rating)(embedding_dim=16, hidden_dims=[8])(torch.zeros(2, 16)).shape == (2, 1)


def test_its_second_stage_trains_its_own_classifier(ctx: TrainingContext) -> None:
    result = run("train_classifier_stage", ctx)
    assert result.primary_metric_name == "val_mse"
    assert result.primary_metric < 0.04
    saved = checkpoint.load(result.best_model_path)
    assert saved.config.reference == f"{NAME}:MyClassifier"
    assert ctx.job is not None
    assert type(saved.build(relative_to=ctx.job.folder)).__name__ == "MyClassifier"


@pytest.mark.parametrize(
    ("stage", "module", "classes"),
    [
        ("train_encoder_stage", "core.training.encoder.train_encoder", {"encoder_class": "MyEncoder"}),
        (
            "train_joint",
            "core.training.joint.train_joint",
            {"encoder_class": "MyEncoder", "classifier_class": "MyClassifier"},
        ),
    ],
)
def test_its_other_stages_hand_their_classes_to_ours(
    ctx: TrainingContext, monkeypatch: pytest.MonkeyPatch, stage: str, module: str, classes: dict[str, str]
) -> None:
    def recorded(seen: dict[str, str]) -> Callable[[TrainingContext], TrainingResult]:
        def train(given: TrainingContext) -> TrainingResult:
            seen.update({name: given.hyperparameters[name].__name__ for name in classes})
            best = given.checkpoint_dir / "best.pt"
            best.parent.mkdir(parents=True, exist_ok=True)
            best.touch()
            return TrainingResult(0.5, "encoder_loss", minimize=True, best_model_path=best)

        return train

    seen: dict[str, str] = {}
    monkeypatch.setattr(module, recorded(seen))
    assert run(stage, ctx).primary_metric == 0.5
    assert seen == classes


def test_the_context_comes_from_core_itself() -> None:
    import core

    assert core.TrainingContext is TrainingContext
    assert core.TrainingResult is TrainingResult
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        core.Nothing  # type: ignore[attr-defined]  # noqa: B018 - looking is the test
