"""Train a rating classifier, the plan's or the owner's, and the predictor that it is a part of."""

from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.models import checkpoint
from core.models.checkpoint import Checkpoint
from core.models.checks import check_classifier
from core.song import SongId
from core.store.companion import CompanionStore, Prediction
from core.store.database import sentences
from core.training.classifier import Examples, FittedClassifier, train
from core.training.context import Reporter
from core.training.protocol import TrainingJob
from core.training.rating.classifier_stage import (
    BEST,
    STOPPED,
    ClassifierStage,
    fit_classifier,
    save_classifier,
)
from core.training.rating.fitting import fit_predictor, store_predictor, version_of
from core.training.rating.hearing import Hearing, hearing_of
from core.training.rating.mixed_model import Names, fit
from core.training.rating.predictor import Predictor
from core.training.split import artist_groups, group_folds, held_out_groups
from core.training.stages import context_of, embed_songs, placed

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
    groups = artist_groups(songs)
    said = unheard_predictions(stage, groups=groups).astype(np.float32)[:, None]
    model = fit(ratings, vectors=said, names=Names.of(songs), groups=groups, seed=job.seed, kernel="linear")
    version = version_of(job, songs, stage.examples.embeddings, stage.config)
    own = job.checkpoint_dir / f"{version}.pt"
    with sentences(own):
        checkpoint.save(own, stage.fitted.model, config=stage.saved)
    predictor = Predictor(model, stage.fitted.model)
    heard = Hearing(stage.matrix.filenames, stage.matrix.vectors)
    return store_predictor(job, predictor, version=version, hearing=heard, reporter=reporter)


def predict_with(job: TrainingJob, reporter: Reporter) -> dict[str, Any]:
    """Predict every song with an encoder and a classifier from checkpoints that the owner names.

    Songs that the encoder has not heard are embedded first. The intervals are those that the classifier learned.
    """
    encoder_file, classifier_file = (Path(job.options[name]) for name in ("encoder", "classifier"))
    saved = checkpoint.load(classifier_file, part="classifier")
    placed_encoder = placed(job, encoder_file)
    if not placed_encoder:
        raise UserError(f"{encoder_file} holds no encoder.")
    version = placed_encoder["embedding_version"]
    embedded = embed_songs(replace(job, options={**job.options, **placed_encoder, "version": version}), reporter)
    if not embedded["complete"]:
        return {}
    _require_fit(saved, version, encoder=encoder_file, classifier=classifier_file)
    heard = hearing_of(replace(job, embedding_version=version, options={}))
    metrics = saved.config.metrics
    model = saved.build(relative_to=job.folder)
    check_classifier(model, heard.vectors.shape[1])  # it may be an encoder that was named twice
    fitted = FittedClassifier(model, metrics.get("val_mse", inf), 0, metrics.get("radius", inf))
    ratings = fitted.predict(np.asarray(heard.vectors))
    low, high = fitted.interval(ratings)
    rows = zip(heard.filenames, ratings.tolist(), low.tolist(), high.tolist(), strict=True)
    name = f"given-{sha256(repr((version, classifier_file.read_bytes())).encode()).hexdigest()[:8]}"
    with closing(CompanionStore(job.companion_db)) as companion:
        companion.replace_predictions(name, [Prediction(SongId(row[0]), *row[1:]) for row in rows])
    return {"model_version": name, "embedding_version": version}


def _require_fit(saved: Checkpoint, version: str, *, encoder: Path, classifier: Path) -> None:
    if saved.config.input_version not in ("", version):
        raise UserError(
            f"The classifier {classifier} was trained on embeddings of {saved.config.input_version}, but {encoder} "
            f"makes those of {version}: train it again."
        )


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
