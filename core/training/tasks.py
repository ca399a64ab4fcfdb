"""What the child does for each kind of job; what a job does not need is not imported, for torch alone takes seconds."""

from importlib import import_module
from typing import Any

from core.training.context import Reporter
from core.training.protocol import Kind, TrainingJob

TASKS: dict[Kind, tuple[str, str]] = {
    "fit-predictor": ("rating.fitting", "fit_predictor"),
    "train-classifier": ("rating.rating_stage", "train_ratings"),
    "train-encoder": ("stages", "run_stage"),
    "train-joint": ("stages", "run_stage"),
    "run": ("stages", "run_stage"),
    "embed": ("stages", "embed_songs"),
    "predict": ("rating.rating_stage", "predict_with"),
    "tune": ("experiments.tuning_stage", "tune_models"),
    "evaluate": ("judgment.judging", "evaluate_predictor"),
    "self-check": ("judgment.judging", "check_itself"),
    "explain": ("explain_sound", "explain_sound"),
    "compare": ("judgment.judging", "compare_versions"),
    "export": ("transfer_stage", "export_encoder"),
    "import": ("transfer_stage", "import_encoder"),
}
"""The module of this folder, and its function of the job and the reporter."""


def run(job: TrainingJob, reporter: Reporter) -> dict[str, Any]:
    """Do what the job asks for; returns what the last message says. Raises UserError for what its owner can mend."""
    module, function = TASKS[job.kind]
    result: dict[str, Any] = getattr(import_module(f"core.training.{module}"), function)(job, reporter)
    return result
