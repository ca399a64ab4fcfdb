"""Train a rating classifier, the plan's or the owner's, and the predictor that it is a part of."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.models import checkpoint
from core.store.database import sentences
from core.training.classifier import Examples, train
from core.training.classifier_stage import (
    BEST,
    STOPPED,
    ClassifierStage,
    fit_classifier,
    save_classifier,
)
from core.training.context import Reporter
from core.training.fitting import fit_predictor, store_predictor, version_of
from core.training.mixed_model import Names, fit
from core.training.predictor import Predictor
from core.training.protocol import TrainingJob
from core.training.split import group_folds, held_out_groups
from core.training.stages import context_of

FOLDS = 5
INNER_SHARE = 0.2


def train_ratings(job: TrainingJob, reporter: Reporter) -> dict[str, Any]:
    """Fit the classifier and write ``classifier_best.pt``; then fit the predictor and predict every embedded song.

    A class that the owner names is what the predictor hears with. Without one it reads the embeddings itself, which
    was better than the plan's classifier wherever it was measured. A run that was stopped predicts nothing.
    """
    with context_of(job, reporter) as ctx:
        stage = fit_classifier(ctx)
        stopped = reporter.stopped()
        path = save_classifier(ctx, stage, name=STOPPED if stopped else BEST)
    facts = {
        "checkpoint": str(path),
        "primary_metric": stage.fitted.val_mse,
        "primary_metric_name": "val_mse",
        "epochs": stage.fitted.epochs,
        "songs": len(stage.songs),
    }
    if stopped:
        return facts
    predicted = fit_predictor(job, reporter) if job.classifier_class is None else _predict_with(stage, job, reporter)
    return predicted | facts | {"predictor": predicted["checkpoint"], "predictor_mse": predicted["primary_metric"]}


def _predict_with(stage: ClassifierStage, job: TrainingJob, reporter: Reporter) -> dict[str, Any]:
    """Let the predictor hear what the classifier says of an embedding, as it says it of songs that it did not learn."""
    ratings, songs = stage.examples.ratings, stage.songs
    groups = [song.group for song in songs]
    said = unheard_predictions(stage, groups=groups).astype(np.float32)[:, None]
    model = fit(ratings, vectors=said, names=Names.of(songs), groups=groups, seed=job.seed, kernel="linear")
    version = version_of(job, songs, stage.examples.embeddings, stage.config)
    own = job.checkpoint_dir / f"{version}.pt"
    with sentences(own):
        checkpoint.save(own, stage.fitted.model, config=stage.saved)
    predictor = Predictor(model, stage.fitted.model)
    return store_predictor(job, predictor, version=version, matrix=stage.matrix, reporter=reporter)


def unheard_predictions(stage: ClassifierStage, *, groups: list[str]) -> NDArray[np.float64]:
    """What a classifier of this configuration says of each rated song (songs,) when its group was not learned from."""
    embeddings, ratings = stage.examples.embeddings, stage.examples.ratings
    said = np.full(len(ratings), ratings.mean())
    for held in group_folds(groups, folds=FOLDS, seed=stage.config.seed):
        inner = [group for group, is_held in zip(groups, held, strict=True) if not is_held]
        if len(inner) < 2:
            continue
        held_out = held_out_groups(inner, share=INNER_SHARE, seed=stage.config.seed)
        fitted = train(Examples(embeddings[~held], ratings[~held], held_out), config=stage.config)
        said[held] = fitted.predict(embeddings[held])
    return said
