"""What the child does for each kind of job: read the store, fit or evaluate, store what came of it."""

import hashlib
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from core.jobs.process_pool import get_default_workers
from core.models import checkpoint, registry
from core.models.checkpoint import CheckpointConfig
from core.store.companion import CompanionStore, Prediction
from core.store.database import sentences
from core.store.embeddings import EmbeddingStore
from core.store.matrix import EmbeddingMatrix
from core.training.classifier import ClassifierConfig, Epoch, Examples, FittedClassifier, train
from core.training.context import Reporter
from core.training.evaluation import evaluate, questions
from core.training.protocol import TrainingJob, TrainingSong, require_ratings
from core.training.retrieval import album_mates_at_10
from core.training.split import held_out_groups

HELD_OUT = 0.2


def train_classifier(job: TrainingJob, reporter: Reporter) -> dict[str, Any]:
    """Fit the classifier, write its checkpoint, predict every embedded song, store the predictions."""
    matrix = _matrix(job)
    songs, embeddings = _rated(job, matrix)
    config = config_of(job, reporter)
    held_out = held_out_groups([song.group for song in songs], share=HELD_OUT, seed=job.seed)
    reporter.say("started", kind=job.kind, device=config.device, songs=len(songs), held_out=int(held_out.sum()))

    def say_epoch(epoch: Epoch) -> None:
        reporter.say("epoch", epoch=epoch.number, **{"train/mse": epoch.train_mse, "val/mse": epoch.val_mse})

    examples = Examples(embeddings, np.array([song.rating for song in songs]), held_out)
    fitted = train(examples, config=config, on_epoch=say_epoch, stopped=reporter.stopped)
    version = _save(job, fitted, config=config, examples=examples, reporter=reporter)
    _store_predictions(job, fitted, version=version, matrix=matrix)
    return {
        "model_version": version,
        "checkpoint": str(job.checkpoint_dir / f"{version}.pt"),
        "primary_metric": fitted.val_mse,
        "primary_metric_name": "val_mse",
        "epochs": fitted.epochs,
        "songs": len(songs),
        "predicted": len(matrix.filenames),
    }


def evaluate_classifier(job: TrainingJob, reporter: Reporter) -> dict[str, Any]:
    """Held-out quality for both questions, each beside its baselines, and whether albums lie together.

    A question that is stopped before its end has an empty answer; the parent calls the whole incomplete.
    """
    matrix = _matrix(job)
    songs, embeddings = _rated(job, matrix)
    config = config_of(job, reporter)
    asked = questions(songs, seed=job.seed)
    total, done = sum(len(question.folds) for question in asked), 0
    reporter.say("started", kind=job.kind, device=config.device, songs=len(songs))

    def say_fold() -> None:
        nonlocal done
        done += 1
        reporter.say("probe", done=done, total=total)

    answers: dict[str, Any] = {}
    for question in asked:
        answers[question.name] = evaluate(
            question, embeddings=embeddings, songs=songs, config=config, on_fold=say_fold, stopped=reporter.stopped
        )
    albums = [f"{song.group}\n{song.album}" if song.album else "" for song in songs]
    return answers | {"retrieval": album_mates_at_10(embeddings, albums, seed=job.seed)}


def use_few_threads() -> None:
    """Leave cores to the player: these matrices are small, and waiting threads would only burn what they get."""
    torch.set_num_threads(get_default_workers())


def config_of(job: TrainingJob, reporter: Reporter) -> ClassifierConfig:
    """The run's configuration from the plan's keys; a GPU that is asked for and missing is a notice."""
    has_gpu = torch.cuda.is_available()
    if job.device == "cuda" and not has_gpu:
        reporter.say("warning", sentence="There is no CUDA device on this machine: training runs on the CPU.")
    hyper = job.hyperparameters
    return ClassifierConfig(
        reference=job.classifier_class or registry.DEFAULT_CLASSIFIER,
        folder=job.folder,
        hidden_dims=hyper["classifier_hidden_dims"],
        dropout=hyper["dropout"],
        learning_rate=hyper["classifier_lr"],
        epochs=hyper["classifier_epochs"],
        batch_size=hyper["classifier_batch_size"],
        device="cuda" if has_gpu and job.device != "cpu" else "cpu",
        seed=job.seed,
    )


def _matrix(job: TrainingJob) -> EmbeddingMatrix:
    store = EmbeddingStore(job.embeddings_db)
    try:
        return store.matrix(job.embedding_version)
    finally:
        store.close()


def _rated(job: TrainingJob, matrix: EmbeddingMatrix) -> tuple[list[TrainingSong], NDArray[np.float32]]:
    by_id = {song.song_id: song for song in job.rated}
    found, embeddings = matrix.rows(list(by_id))
    require_ratings(len(found))
    return [by_id[name] for name in found], embeddings


def _save(
    job: TrainingJob, fitted: FittedClassifier, *, config: ClassifierConfig, examples: Examples, reporter: Reporter
) -> str:
    """Write the checkpoint under a name made of what it learned from: equal data and settings give an equal name."""
    # With the epochs: a run that was stopped early must not take the place of one that was not.
    subject = hashlib.sha256(repr((config, job.embedding_version, fitted.epochs)).encode())
    for values in (examples.embeddings, examples.ratings, examples.held_out):
        subject.update(np.ascontiguousarray(values).tobytes())
    version = f"rating-{subject.hexdigest()[:8]}"
    saved = CheckpointConfig(
        reference=config.reference,
        arguments={"embedding_dim": examples.embeddings.shape[1], **config.arguments},
        metrics={"val_mse": fitted.val_mse, "radius": fitted.radius},
        data={"songs": len(examples.ratings), "mean_rating": float(examples.ratings.mean())},
        input_version=job.embedding_version,
    )
    path = job.checkpoint_dir / f"{version}.pt"
    with sentences(path):
        checkpoint.save(path, fitted.model, config=saved)
        if not reporter.stopped():
            checkpoint.save(job.checkpoint_dir / "classifier_best.pt", fitted.model, config=saved)
    reporter.say("checkpoint", path=str(path))
    return version


def _store_predictions(job: TrainingJob, fitted: FittedClassifier, *, version: str, matrix: EmbeddingMatrix) -> None:
    ratings = fitted.predict(matrix.vectors)
    low, high = fitted.interval(ratings)
    rows = zip(matrix.filenames, ratings.tolist(), low.tolist(), high.tolist(), strict=True)
    companion = CompanionStore(job.companion_db)
    try:
        companion.replace_predictions(version, [Prediction(*row) for row in rows])  # type: ignore[arg-type]  # keys of the store are song ids
    finally:
        companion.close()
