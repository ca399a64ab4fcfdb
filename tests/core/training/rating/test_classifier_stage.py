"""The plan's second stage: the best checkpoint, the metric, what is told and tracked, and the owner's own class."""

from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from core.errors import UserError
from core.models import checkpoint
from core.training import classifier
from core.training.classifier import ClassifierConfig, predict
from core.training.context import TrainingContext
from core.training.rating import classifier_stage
from core.training.rating.classifier_stage import train_classifier
from tests.planted_jobs import NAMES, TASTE, VERSION, planted_job
from tests.recorded_messages import Messages


@dataclass
class RecordedTracker:
    """Remembers what a run wanted to keep."""

    params: dict[str, Any] = field(default_factory=dict)
    metrics: list[tuple[dict[str, float], int | None]] = field(default_factory=list)
    models: list[str] = field(default_factory=list)

    def log_params(self, params: Any) -> None:  # noqa: ANN401
        self.params |= params

    def log_metrics(self, metrics: Any, step: int | None = None) -> None:  # noqa: ANN401
        self.metrics.append((dict(metrics), step))

    def log_model(self, model: Any, artifact_path: str, **_: Any) -> None:  # noqa: ANN401
        self.models.append(artifact_path)


@pytest.fixture(autouse=True)
def short_training(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classifier, "LEAST_STEPS", 60)
    monkeypatch.setattr(classifier_stage, "ClassifierConfig", partial(ClassifierConfig, patience=10))


@pytest.fixture
def ctx(tmp_path: Path) -> TrainingContext:
    job = planted_job(tmp_path)
    return TrainingContext(
        dict(job.hyperparameters),
        "cpu",
        job.checkpoint_dir,
        RecordedTracker(),
        job,
        job.songs,
        Messages(),
    )


def test_the_best_weights_are_kept_with_what_they_were_made_of(ctx: TrainingContext) -> None:
    result = train_classifier(ctx)
    assert (result.primary_metric_name, result.minimize) == ("val_mse", True)
    assert result.best_model_path == ctx.checkpoint_dir / "classifier_best.pt"
    loaded = checkpoint.load(result.best_model_path)
    assert loaded.config.metrics["val_mse"] == result.primary_metric
    assert loaded.config.input_version == VERSION
    assert len(predict(loaded.build(), TASTE.vectors)) == len(NAMES)
    assert result.details["songs"] == 90
    assert not result.details["stopped"]


def test_what_happens_is_told_and_tracked(ctx: TrainingContext) -> None:
    result = train_classifier(ctx)
    reports, tracker = ctx.reporter, ctx.tracker
    assert isinstance(reports, Messages)
    assert isinstance(tracker, RecordedTracker)
    epochs = reports.of("epoch")
    assert len(epochs) == result.details["epochs"]
    assert min(each["val/mse"] for each in epochs) == result.primary_metric
    assert [step for values, step in tracker.metrics if "val/mse" in values] == [each["epoch"] for each in epochs]
    assert tracker.metrics[-1][0] == {"val_mse": result.primary_metric}
    assert tracker.models == ["classifier"]
    assert tracker.params["songs"] == 90


def test_a_stopped_run_takes_no_complete_ones_place(ctx: TrainingContext) -> None:
    complete = train_classifier(ctx)
    before = complete.best_model_path.read_bytes()
    stopped = train_classifier(replace(ctx, reporter=Messages(stop_after=("epoch", 5))))
    assert stopped.details["epochs"] == 5
    assert stopped.details["stopped"]
    assert stopped.best_model_path != complete.best_model_path
    assert stopped.best_model_path.exists()
    assert complete.best_model_path.read_bytes() == before


def test_equal_ratings_are_told_of_and_nothing_is_claimed_of_others(ctx: TrainingContext) -> None:
    train_classifier(ctx)
    flat = [replace(song, rating=0.8) for song in ctx.job.songs]  # type: ignore[union-attr]
    told = Messages()
    result = train_classifier(replace(ctx, songs=flat, reporter=told))
    assert [each["sentence"] for each in told.of("warning")] == [classifier_stage.ALIKE]
    assert result.details["epochs"] == ctx.hyperparameters["classifier_epochs"]
    assert ctx.reporter.of("warning") == []  # type: ignore[attr-defined]


def test_a_class_may_be_handed_over_as_it_is(ctx: TrainingContext, own_folder: Path) -> None:
    from core.models.own_module import import_own

    ctx.job = replace(planted_job(own_folder), folder=own_folder)
    ctx.hyperparameters["classifier_class"] = import_own("own_classifiers", relative_to=own_folder).Plain
    result = train_classifier(ctx)
    assert checkpoint.load(result.best_model_path).config.reference == "own_classifiers:Plain"


def test_the_songs_of_the_context_are_learned_from(ctx: TrainingContext) -> None:
    assert train_classifier(replace(ctx, songs=ctx.songs[:40])).details["songs"] == 40
    with pytest.raises(UserError, match="Only 5 of your rated songs"):
        train_classifier(replace(ctx, songs=ctx.songs[:5]))


def test_a_context_without_a_job_is_one_sentence(ctx: TrainingContext) -> None:
    with pytest.raises(UserError, match="stored embeddings"):
        train_classifier(replace(ctx, job=None))


def test_what_is_left_out_has_the_plans_default(ctx: TrainingContext) -> None:
    config = classifier_stage.classifier_config(replace(ctx, hyperparameters={}))
    assert (config.hidden_dims, config.learning_rate, config.batch_size) == ([256, 128], 0.0001, 256)
