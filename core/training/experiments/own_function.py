"""A training function of the owner's, "module:function" beside the configuration: found, called, and not trusted."""

import inspect
import json
import logging
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from core.errors import UserError
from core.models.own_module import brief, import_own
from core.training.context import TrainingContext, TrainingResult

logger = logging.getLogger(__name__)

TrainFunction = Callable[[TrainingContext], TrainingResult]


def load_function(reference: str, *, relative_to: Path | None = None) -> TrainFunction:
    """Find ``examples.mine:train_stage`` as models are found; raises UserError with one sentence when it is missing."""
    module_name, _, name = reference.partition(":")
    if not module_name or not name:
        raise UserError(f'The training function "{reference}" should be written as package.module:function.')
    found = getattr(import_own(module_name, relative_to=relative_to), name, None)
    if found is None:
        raise UserError(f'The module "{module_name}" has no function "{name}".')
    if inspect.isclass(found) or not callable(found) or inspect.iscoroutinefunction(found):
        raise UserError(
            f'"{reference}" is no training function: it should take a TrainingContext, as “def {name}(ctx)”.'
        )
    _check_signature(found, reference)
    return found  # type: ignore[no-any-return]  # what it returns is checked when it has


def run_function(function: TrainFunction, ctx: TrainingContext, *, reference: str) -> TrainingResult:
    """Call the owner's function; whatever goes wrong in it ends in one sentence, with its traceback in the log."""
    try:
        returned = function(ctx)
    except UserError:  # what one of our own training functions says is meant for the owner
        raise
    except (Exception, SystemExit) as error:  # the owner's own code may raise anything
        logger.exception("the training function %s failed", reference)
        sentence = f'The training function "{reference}" failed: {brief(error)}; the log shows where.'
        raise UserError(sentence) from error
    return _checked(returned, ctx, subject=f'The training function "{reference}"')


def _check_signature(function: TrainFunction, reference: str) -> None:
    try:
        inspect.signature(function).bind(None)
    except TypeError as error:
        sentence = f'The training function "{reference}" must take one argument, the TrainingContext.'
        raise UserError(sentence) from error
    except ValueError:  # something built in, which does not tell
        return


def _checked(returned: object, ctx: TrainingContext, *, subject: str) -> TrainingResult:
    """The result as promised: a finite metric with a name, a model that is there, and details that can be told."""
    if not isinstance(returned, TrainingResult):
        kind = "nothing" if returned is None else f"a value of the type {type(returned).__name__}"
        raise UserError(f"{subject} returned {kind}, but it must return a TrainingResult.")
    if ctx.reporter.stopped() and returned.details.get("stopped") is True:  # before there was anything to measure
        return returned
    metric = _finite(returned.primary_metric)
    name = str(returned.primary_metric_name)
    if metric is None:
        raise UserError(f"{subject} returned {returned.primary_metric!r} as {name}, but it must be a finite number.")
    path = _existing(returned.best_model_path, ctx)
    if path is None:
        raise UserError(f"{subject} names {returned.best_model_path} as its best model, but there is no such file.")
    try:
        details = json.loads(json.dumps(returned.details))
    except (TypeError, ValueError) as error:
        raise UserError(f"{subject} returned details that are not plain values: {brief(error)}.") from error
    return replace(
        returned,
        primary_metric=metric,
        primary_metric_name=name,
        minimize=bool(returned.minimize),
        best_model_path=path,
        details=details,
    )


def _finite(value: object) -> float | None:
    """A number, or a tensor or array of one value; None for anything else."""
    try:
        number = float(value)  # type: ignore[arg-type]  # what cannot be one says so
    except (TypeError, ValueError, RuntimeError):  # torch raises the last for a tensor of several values
        return None
    return number if math.isfinite(number) and not isinstance(value, str) else None


def _existing(path: object, ctx: TrainingContext) -> Path | None:
    """The file, where a relative path may start from the checkpoints or from the present folder."""
    if not isinstance(path, str | Path) or not str(path):
        return None
    places = (ctx.checkpoint_dir / path, Path(path).absolute())
    return next((place for place in places if place.is_file()), None)
