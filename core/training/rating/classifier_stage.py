"""The second stage of the plan: a rating classifier over the embeddings that the store holds, best weights kept."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.models import checkpoint, registry
from core.models.checkpoint import CheckpointConfig
from core.models.own_module import reference_of
from core.store.database import sentences
from core.store.embeddings import EmbeddingStore
from core.store.matrix import EmbeddingMatrix
from core.training.classifier import ClassifierConfig, Epoch, Examples, FittedClassifier, train
from core.training.context import TrainingContext, TrainingResult
from core.training.protocol import TrainingJob, TrainingSong, require_ratings
from core.training.split import artist_groups, held_out_groups

BEST = "classifier_best.pt"
STOPPED = "classifier_stopped.pt"
"""A run that was stopped early does not take the place of one that was not."""
HELD_OUT = 0.2
ALIKE = "The ratings that are learned from are all the same, so there is no taste to find in them: rate more songs."


@dataclass(frozen=True)
class ClassifierStage:
    """A fitted classifier with all that it was made of."""

    fitted: FittedClassifier
    config: ClassifierConfig
    examples: Examples
    songs: list[TrainingSong]
    """The rated songs that have an embedding, in the order of the examples."""
    matrix: EmbeddingMatrix
    """Every embedding of the version that was learned from."""
    saved: CheckpointConfig
    """What lies in the checkpoint beside the weights."""


def train_classifier(ctx: TrainingContext) -> TrainingResult:
    """Fit the classifier and write ``classifier_best.pt``; raises UserError for what the owner can mend.

    Reads ``classifier_class``, ``classifier_hidden_dims``, ``dropout``, ``classifier_lr``, ``classifier_epochs`` and
    ``classifier_batch_size``; the metric is ``val_mse``, over groups (artists) that were held out.
    """
    stage = fit_classifier(ctx)
    stopped = ctx.reporter.stopped()
    path = save_classifier(ctx, stage, name=STOPPED if stopped else BEST)
    fitted = stage.fitted
    return TrainingResult(
        primary_metric=fitted.val_mse,
        primary_metric_name="val_mse",
        minimize=True,
        best_model_path=path,
        details={
            "epochs": fitted.epochs,
            "stopped": stopped,
            "songs": len(stage.songs),
            "held_out": int(stage.examples.held_out.sum()),
        },
    )


def fit_classifier(ctx: TrainingContext) -> ClassifierStage:
    """Fit without writing anything; tells the reporter and the tracker of every epoch."""
    job = _job(ctx)
    matrix = _matrix(job)
    songs, embeddings = _rated(ctx, job, matrix)
    config = classifier_config(ctx)
    held_out = held_out_groups(artist_groups(songs), share=HELD_OUT, seed=config.seed)
    facts = {"songs": len(songs), "held_out": int(held_out.sum())}
    ctx.reporter.say("started", kind=job.kind, device=config.device, **facts)
    ctx.tracker.log_params({"classifier_class": config.reference, "embedding_version": job.embedding_version} | facts)

    def tell(epoch: Epoch) -> None:
        figures = {"train/mse": epoch.train_mse, "val/mse": epoch.val_mse}
        ctx.reporter.say("epoch", epoch=epoch.number, **figures)
        ctx.tracker.log_metrics(figures, step=epoch.number)

    examples = Examples(embeddings, np.array([song.rating for song in songs]), held_out)
    if examples.are_alike:
        ctx.reporter.say("warning", sentence=ALIKE)
    fitted = train(examples, config=config, on_epoch=tell, stopped=ctx.reporter.stopped)
    return ClassifierStage(fitted, config, examples, songs, matrix, _saved(job, fitted, config, examples))


def save_classifier(ctx: TrainingContext, stage: ClassifierStage, *, name: str) -> Path:
    """Write the checkpoint in the folder of the run, and hand the model to the tracker."""
    path = ctx.checkpoint_dir / name
    with sentences(path):
        checkpoint.save(path, stage.fitted.model, config=stage.saved)
    ctx.reporter.say("checkpoint", path=str(path))
    ctx.tracker.log_metrics({"val_mse": stage.fitted.val_mse}, step=stage.fitted.epochs)
    ctx.tracker.log_model(stage.fitted.model, artifact_path="classifier", framework="pytorch")
    return path


def classifier_config(ctx: TrainingContext) -> ClassifierConfig:
    """The run's configuration from the keys of the plan; what a program of one's own leaves out has its default."""
    hyper, job, usual = ctx.hyperparameters, ctx.job, ClassifierConfig()
    named = hyper.get("classifier_class") or (job and job.classifier_class) or registry.DEFAULT_CLASSIFIER
    return replace(
        usual,
        reference=reference_of(named),
        folder=job.folder if job else None,
        hidden_dims=list(hyper.get("classifier_hidden_dims", usual.hidden_dims)),
        dropout=hyper.get("dropout", usual.dropout),
        learning_rate=hyper.get("classifier_lr", usual.learning_rate),
        epochs=hyper.get("classifier_epochs", usual.epochs),
        batch_size=hyper.get("classifier_batch_size", hyper.get("batch_size", usual.batch_size)),
        device=ctx.device,
        seed=job.seed if job else usual.seed,
    )


def _job(ctx: TrainingContext) -> TrainingJob:
    if ctx.job is None:
        raise UserError(
            "A classifier learns from stored embeddings, which this TrainingContext does not name: "
            "start it with “marmalade run CONFIG --train-fn MODULE:FUNCTION”, or give the context a job."
        )
    return ctx.job


def _matrix(job: TrainingJob) -> EmbeddingMatrix:
    store = EmbeddingStore(job.embeddings_db)
    try:
        return store.matrix(job.embedding_version)
    finally:
        store.close()


def _rated(
    ctx: TrainingContext, job: TrainingJob, matrix: EmbeddingMatrix
) -> tuple[list[TrainingSong], NDArray[np.float32]]:
    by_id = {song.song_id: song for song in ctx.songs or job.songs if song.is_rated}
    found, embeddings = matrix.rows(list(by_id))
    require_ratings(len(found))
    return [by_id[name] for name in found], embeddings


def _saved(
    job: TrainingJob, fitted: FittedClassifier, config: ClassifierConfig, examples: Examples
) -> CheckpointConfig:
    return CheckpointConfig(
        reference=config.reference,
        arguments={"embedding_dim": examples.embeddings.shape[1], **config.arguments},
        metrics={"val_mse": fitted.val_mse, "radius": fitted.radius},
        data={"songs": len(examples.ratings), "mean_rating": float(examples.ratings.mean())},
        input_version=job.embedding_version,
    )
