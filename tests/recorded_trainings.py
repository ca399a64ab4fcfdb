"""Stands for the training child where only the question is whether it is started at all, and with which job.

Use::

    monkeypatch.setattr(engine, "run_training", trainings := Trainings())
    assert len(trainings.jobs) == 1
"""

from collections.abc import Iterator
from typing import Any

from core.jobs.events import Control, Event
from core.training.process import TrainingFinished
from core.training.protocol import TrainingJob


class Trainings:
    """Every job that was asked for; ``result`` is what the child would find, ``complete`` false a child stopped."""

    def __init__(self) -> None:
        self.jobs: list[TrainingJob] = []
        self.complete = True
        self.result: dict[str, Any] = {}

    def __call__(self, job: TrainingJob, *, control: Control | None = None) -> Iterator[Event]:
        self.jobs.append(job)
        yield TrainingFinished(
            complete=self.complete, result={"model_version": f"rating-{len(self.jobs)}"} | self.result
        )
