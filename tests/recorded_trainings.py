"""Stands for the training child where only the question is whether it is started at all, and with which job.

Use::

    monkeypatch.setattr(learning, "run_training", trainings := Trainings())
    assert len(trainings.jobs) == 1
"""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

from core.jobs.events import Control, Event
from core.song import SongId
from core.store.companion import CompanionStore, Prediction
from core.store.embeddings import EmbeddingStore
from core.training.process import TrainingFinished
from core.training.protocol import TrainingJob
from core.training.rating.predictor import predictor_file


class Trainings:
    """Every job that was asked for; ``result`` is what the child would find, ``complete`` false a child stopped."""

    def __init__(self) -> None:
        self.jobs: list[TrainingJob] = []
        self.complete = True
        self.result: dict[str, Any] = {}

    def __call__(self, job: TrainingJob, *, control: Control | None = None) -> Iterator[Event]:
        self.jobs.append(job)
        result = {"model_version": f"rating-{len(self.jobs)}"} | self.result
        if self.complete and job.kind in ("fit-predictor", "train-classifier"):
            _predict_all(job, result["model_version"])
        yield TrainingFinished(complete=self.complete, result=result)


def _predict_all(job: TrainingJob, version: str) -> None:
    """Leave behind what the child does: predictions for all songs, and a checkpoint, here an empty one."""
    job.checkpoint_dir.mkdir(parents=True, exist_ok=True)
    predictor_file(job.checkpoint_dir, version).touch()
    with closing(EmbeddingStore(job.embeddings_db)) as embeddings, closing(CompanionStore(job.companion_db)) as store:
        names = sorted(embeddings.filenames(job.embedding_version))
        store.replace_predictions(version, [Prediction(SongId(name), 0.5, 0.4, 0.6) for name in names])
