"""The stages that a model goes through in the child: trained in a context, told of, put where a scan finds it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from torch import nn

from core.analysis.facts import EncoderChoice
from core.analysis.worker import load_encoder
from core.errors import UserError
from core.models import checkpoint
from core.models.own_module import explained
from core.store.database import sentences
from core.store.embeddings import EmbeddingStore
from core.training.context import Reporter, TrainingContext
from core.training.embed import Extracted, extract_all_embeddings, version_of_embeddings
from core.training.encoder import train_encoder
from core.training.experiments.own_function import TrainFunction, load_function, run_function
from core.training.joint import train_joint
from core.training.loop.devices import choose_device
from core.training.protocol import TrainingJob
from core.training.tracking import OpenTracker, Untracked, open_tracker


def run_stage(job: TrainingJob, reporter: Reporter) -> dict[str, Any]:
    """Train what the job names; returns the last message."""
    with context_of(job, reporter) as ctx:
        result = train_function(job)(ctx)
    told = {
        "primary_metric": result.primary_metric,
        "primary_metric_name": result.primary_metric_name,
        "minimize": result.minimize,
        "checkpoint": str(result.best_model_path),
        **result.details,
    }
    return told if told.get("stopped") else told | placed(job, result.best_model_path)


@contextmanager
def context_of(job: TrainingJob, reporter: Reporter) -> Iterator[TrainingContext]:
    """What a training function works with; the tracked run ends with it."""
    limit = job.options.get("compute", {}).get("gpu_memory_limit_gb")
    device = choose_device(
        job.device, memory_limit_gb=limit, warn=lambda sentence: reporter.say("warning", sentence=sentence)
    )
    job.checkpoint_dir.mkdir(parents=True, exist_ok=True)
    hyper = {**job.hyperparameters, **_classes(job)}
    with explained(_classes(job).values()), tracker_of(job, reporter, name=job.kind) as tracker:
        tracker.log_params(hyper)
        yield TrainingContext(hyper, device.name, job.checkpoint_dir, tracker, job, job.songs, reporter)


def _classes(job: TrainingJob) -> dict[str, str]:
    named = {"encoder_class": job.encoder_class, "classifier_class": job.classifier_class}
    return {name: value for name, value in named.items() if value is not None}


def tracker_of(job: TrainingJob, reporter: Reporter, *, name: str) -> OpenTracker:
    """A tracked run by a name, as the configuration wants it."""
    settings = dict(job.options.get("mlflow", {}))
    if not settings.pop("enabled", True) or "data_dir" not in job.options:
        return Untracked()
    folder = Path(job.options["data_dir"]) / "tracking"
    named = f"{job.options.get('name', 'marmalade')} {name}"
    return open_tracker(settings, run_name=named, default_folder=folder, reporter=reporter, songs=job.songs)


def train_function(job: TrainingJob) -> TrainFunction:
    """The function that a kind of job runs; raises UserError for one of the owner's that cannot be loaded."""
    own = job.options.get("train_fn")
    if own is not None:
        function = load_function(own, relative_to=job.folder)
        return partial(run_function, function, reference=own)
    if "joint" in (job.kind.removeprefix("train-"), job.options.get("what")):
        return train_joint
    return train_encoder


def placed(job: TrainingJob, best: Path) -> dict[str, Any]:
    """Copy a trained encoder to where its version is looked for; nothing for a checkpoint that holds no encoder."""
    try:
        saved = checkpoint.load(best, part="encoder")
    except UserError:
        if job.kind != "run":
            raise
        return {}  # a function of the owner's may write what it likes
    encoder = saved.build(relative_to=job.folder, weights=job.pretrained_weights)
    if not callable(getattr(encoder, "get_embedding_dim", None)):
        return {}
    version = version_of_embeddings(encoder, job.excerpt)
    path = job.checkpoint_dir / f"{version}.pt"
    with sentences(path):
        checkpoint.copy(saved, path)
    return {"embedding_version": version, "reference": saved.config.reference, "checkpoint": str(path)}


def embed_songs(job: TrainingJob, reporter: Reporter) -> dict[str, Any]:
    """Give every song an embedding of the encoder that the job names."""
    encoder = _encoder(job)
    store = EmbeddingStore(job.embeddings_db)
    try:
        store.store_metadata(
            job.options["version"],
            encoder_class=job.options["reference"],
            hyperparameters={"excerpt": job.excerpt.name, "checkpoint": job.options["checkpoint"]},
        )
        with context_of(untracked(job), reporter) as ctx:
            found = extract_all_embeddings(encoder, job.songs, store, ctx, job.options.get("embed_batch_size", 64))
    finally:
        store.close()
    return _told(found)


def untracked(job: TrainingJob) -> TrainingJob:
    return replace(job, options={name: value for name, value in job.options.items() if name != "data_dir"})


def _encoder(job: TrainingJob) -> nn.Module:
    weights = job.options["checkpoint"]
    return load_encoder(
        EncoderChoice(
            reference=job.options["reference"],
            embedding_dim=job.hyperparameters["embedding_dim"],
            seed=job.seed,
            sample_rate=job.excerpt.sample_rate,
            folder=job.folder,
            checkpoint=Path(weights) if weights else None,
            weights=job.pretrained_weights,
        )
    )


def _told(found: Extracted) -> dict[str, Any]:
    return {
        "embedding_version": found.version,
        "embedded": found.embedded,
        "failed": found.failed,
        "complete": found.complete,
    }
