"""A small trained encoder in a planted library, and children that run in this process.

Use::

    monkeypatch.setattr(transfer, "run_training", run_here)
    version = plant_encoder(engine)
"""

import json
from collections.abc import Iterator

from core.analysis.facts import ExcerptChoice
from core.engine import Engine
from core.jobs.events import Control, Event, Notice
from core.models import checkpoint, registry
from core.models.checkpoint import CheckpointConfig
from core.training import tasks
from core.training.embed import version_of_embeddings
from core.training.process import TrainingFinished
from core.training.protocol import TrainingJob
from tests.recorded_messages import Messages

ARGUMENTS = {"embedding_dim": 8, "seed": 5}
METRICS = {"probe/score": 0.5}


def plant_encoder(engine: Engine) -> str:
    """Leave an encoder as its training and its embedding leave it; returns its version."""
    encoder = registry.build("MelEncoder", **ARGUMENTS)
    groups = [song.group for song in engine.library().songs[:7]]
    data = {"songs": 53, "rated": 30, "held_out": groups, "epoch": 4, "config": {"mode": "contrastive"}}
    version = version_of_embeddings(encoder, ExcerptChoice())
    file = engine.encoders.checkpoint_of(version)
    checkpoint.save(file, encoder, config=CheckpointConfig("MelEncoder", ARGUMENTS, METRICS, data))
    store, old = engine.stores.embeddings, engine.stores.embeddings.matrix(engine.active_version or "")
    rows = [(name, vector[:8]) for name, vector in zip(old.filenames, old.vectors, strict=True)]
    store.store_embeddings_batch(rows, version)
    store.store_metadata(version, encoder_class="MelEncoder", hyperparameters={})
    figures = {"primary_metric": 3.25, "primary_metric_name": "encoder_loss"}
    engine.stores.companion.save_run(
        "train-encoder", model_version=version, report={"embedding_version": version, **figures}
    )
    return version


def run_here(job: TrainingJob, *, control: Control | None = None) -> Iterator[Event]:
    """Do a job in this process, through the words that a child would get."""
    messages = Messages()
    result = tasks.run(TrainingJob.from_message(json.loads(json.dumps(job.to_message()))), messages)
    yield from (Notice(sentence) for sentence in messages.sentences)
    yield TrainingFinished(result=json.loads(json.dumps(result)))
