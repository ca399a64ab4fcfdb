"""A search for hyperparameters in the child: the study, its storage, and the training function that is tried."""

from pathlib import Path
from typing import Any

from core.training.context import Reporter
from core.training.experiments.own_function import TrainFunction
from core.training.protocol import TrainingJob
from core.training.rating.classifier_stage import train_classifier
from core.training.stages import context_of, tracker_of, train_function, untracked
from core.training.tuning import Tuning, tune

STUDIES = "studies.db"


def tune_models(job: TrainingJob, reporter: Reporter) -> dict[str, Any]:
    """Search the space of the configuration; returns the table of trials and the best values."""
    settings = job.options["tuning"]
    tuning = Tuning(
        what=job.options["what"],
        space=settings["search_space"]["parameters"],
        trials=job.options.get("trials") or settings["n_trials"],
        storage=Path(job.options["data_dir"]) / STUDIES,
        seed=job.seed,
        tracker_for=lambda name: tracker_of(job, reporter, name=name),
    )
    with context_of(untracked(job), reporter) as ctx:
        return tune(ctx, _train_function(job), tuning=tuning)


def _train_function(job: TrainingJob) -> TrainFunction:
    what = job.options["what"]
    return train_classifier if what == "classifier" else train_function(job)
