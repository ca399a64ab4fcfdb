"""A job for the training child over planted embeddings in real stores.

Use::

    from tests.planted_jobs import planted_job

    job = planted_job(tmp_path, rated=60)
"""

from dataclasses import replace
from pathlib import Path

from core.store.embeddings import EmbeddingStore
from core.training.protocol import Kind, TrainingJob
from tests.planted_taste import PlantedTaste

TASTE = PlantedTaste(songs=120)
NAMES = [f"file:///music/{number:03}.mp3" for number in range(TASTE.songs)]
VERSION = "planted-1"


def planted_job(folder: Path, *, rated: int = 90, kind: Kind = "train-classifier") -> TrainingJob:
    """All songs have an embedding, the first ones a rating; a small network, so that a run takes a second."""
    store = EmbeddingStore(folder / "embeddings.db")
    store.store_embeddings_batch(list(zip(NAMES, TASTE.vectors, strict=True)), VERSION)
    store.close()
    return TrainingJob(
        kind=kind,
        embeddings_db=folder / "embeddings.db",
        companion_db=folder / "companion.db",
        checkpoint_dir=folder / "models",
        embedding_version=VERSION,
        songs=TASTE.rated(NAMES)[:rated],
        classifier_class="SimpleRatingClassifier",
        hyperparameters={
            "classifier_hidden_dims": [16],
            "dropout": 0.3,
            "classifier_lr": 0.02,
            "classifier_epochs": 20,
            "classifier_batch_size": 256,
        },
        device="cpu",
        seed=1,
    )


def with_own_classifier(job: TrainingJob, reference: str, *, folder: Path) -> TrainingJob:
    """The same job for a classifier of the owner's, in a module in ``folder``."""
    return replace(job, classifier_class=reference, folder=folder)
