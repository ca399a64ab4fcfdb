"""Searches hyperparameters with Optuna: a study in SQLite below the profile, which goes on where it was left.

Optuna comes with the extra ``tuning``. A study is named after what is trained, on which data, in which space and with
which other hyperparameters: asked again, it repeats no finished trial.
"""

import hashlib
import importlib.util
import json
import logging
import math
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from core.errors import UserError
from core.models.own_module import brief
from core.training.context import Reporter, TrainingContext, TrainingResult
from core.training.experiments.search_space import Searched, searched_keys
from core.training.loop.encoder_config import TEACHING
from core.training.protocol import TrainingJob
from core.training.tracking import OpenTracker, Untracked, fingerprint_of

logger = logging.getLogger(__name__)

PROBE = "probe/score"
COLLAPSED = "probe/collapsed"
TRIALS_BEFORE_PRUNING = 4
"""That run to their end, so that there is a median to be below."""
MOST_REPEATS = 20
"""In a row: the space has been searched through."""
MISSING = 'Tuning needs Optuna, which is not installed: pip install "marmalade[tuning]" brings it.'

TrainFunction = Callable[[TrainingContext], TrainingResult]


@dataclass(frozen=True)
class TrialRow:
    """A line of the table at the end."""

    number: int
    state: str
    """``complete``, ``pruned`` or ``failed``."""
    value: float | None
    parameters: dict[str, Any]
    seconds: float
    sentence: str = ""
    """Why it failed."""


class TrialReporter:
    """What a trial says goes on to the listener; what its probe finds goes to Optuna, which may end the trial."""

    def __init__(self, listener: Reporter, trial: Any) -> None:  # noqa: ANN401 - Optuna's
        self._listener, self._trial = listener, trial
        self._step = -1
        self._is_teacher = False
        self.score: float | None = None
        """The best answer of the probe."""
        self.is_pruned = False

    def say(self, event: str, **values: Any) -> None:  # noqa: ANN401 - as the protocol
        if event != "preset" or self._trial.number == 0:  # it is the same for all of them
            self._listener.say(event, **({"trial": self._trial.number} | values))
        if event == "stage":  # what a teacher answers says nothing of the encoder that learns from it
            self._is_teacher = values.get("name") == TEACHING
        if PROBE not in values or self._is_teacher:
            return
        score = -1.0 if values.get(COLLAPSED, 0.0) > 0 else float(values[PROBE])
        step = int(values.get("epoch", self._step + 1))
        if step <= self._step or not math.isfinite(score):  # a probe is told of as such, and with its epoch
            return
        self._step = step
        self.score = score if self.score is None else max(self.score, score)
        self._trial.report(score, step)
        self.is_pruned = self.is_pruned or self._trial.should_prune()

    def stopped(self) -> bool:
        """A pruned trial ends as a stopped one does: after its step, without an exception."""
        return self.is_pruned or self._listener.stopped()


@dataclass(frozen=True)
class Tuning:
    """What is searched, and where the study is kept."""

    what: str
    """``encoder``, ``classifier``, ``joint``, or the reference of the owner's function."""
    space: Mapping[str, Mapping[str, Any]]
    """By key: ``type`` (categorical, uniform, loguniform, int), ``choices``, ``low``, ``high``."""
    trials: int
    """In all, those of former runs included."""
    storage: Path
    """The SQLite file."""
    seed: int = 42
    tracker_for: Callable[[str], OpenTracker] = field(default=lambda _: Untracked())
    """Opens a tracked run by its name; each trial has one."""


def tune(ctx: TrainingContext, train: TrainFunction, *, tuning: Tuning) -> dict[str, Any]:
    """Search until the asked number of trials is through or the owner stops; returns plain values for a message.

    A trial that ends in a UserError counts as failed; when all do, the first sentence is raised. Trials that were
    killed or stopped in the middle are taken up again, with their own checkpoints.
    """
    if importlib.util.find_spec("optuna") is None:
        raise UserError(MISSING)
    keys = searched_keys(tuning.space, what=tuning.what)
    name = _study_name(ctx, tuning, keys)
    with _study(tuning, name) as study:
        search = _Search(study, keys, ctx=ctx, train=train, tuning=tuning)
        search.take_up_interrupted()
        repeats = 0
        while len(search.rows()) < tuning.trials and repeats < MOST_REPEATS and not ctx.reporter.stopped():
            repeats = 0 if search.run_trial() else repeats + 1
        return search.summary()


class _Search:
    """A study with what its trials are made of."""

    def __init__(
        self,
        study: Any,  # noqa: ANN401 - Optuna's
        keys: list[Searched],
        *,
        ctx: TrainingContext,
        train: TrainFunction,
        tuning: Tuning,
    ) -> None:
        self._study, self._keys, self._ctx, self._train, self._tuning = study, keys, ctx, train, tuning
        self._folder = ctx.checkpoint_dir / "tuning" / str(study.study_name)

    def take_up_interrupted(self) -> None:
        """A trial that was killed or stopped left no end: it is closed, and its values come first now."""
        from optuna.trial import TrialState

        for trial in self._study.get_trials(states=(TrialState.RUNNING,)):
            self._study.tell(trial.number, state=TrialState.FAIL)
            if trial.params:
                self._study.enqueue_trial(trial.params)

    def run_trial(self) -> bool:
        """Try one more set of values; False for a set that was tried before, which costs nothing."""
        from optuna.trial import TrialState

        started = time.monotonic()
        trial = self._study.ask({key.name: key.distribution for key in self._keys})
        known = self._row_with(self._values(trial.params))
        if known:
            if known.value is None:
                self._study.tell(trial, state=TrialState.FAIL)
            else:
                trial.set_user_attr("same_as", known.number)
                self._study.tell(trial, self._score_of(known.value))
            return False
        reporter = TrialReporter(self._ctx.reporter, trial)
        try:
            result = self._trained(trial, reporter)
            score = self._score(result, reporter)
        except UserError as error:
            if not self._ctx.reporter.stopped():
                self._end(trial, TrialState.FAIL, started, sentence=str(error))
            return True
        if reporter.is_pruned:
            self._end(trial, TrialState.PRUNED, started, value=self._value_of(score))
        elif not self._ctx.reporter.stopped() or result.details.get("stopped") is False:
            trial.set_user_attr("checkpoint", str(result.best_model_path))
            self._end(trial, TrialState.COMPLETE, started, value=self._value_of(score), score=score)
        return True

    def _trained(self, trial: Any, reporter: TrialReporter) -> TrainingResult:  # noqa: ANN401 - Optuna's
        parameters = self._values(trial.params)
        hyperparameters = self._ctx.hyperparameters | parameters
        folder = self._folder_of(trial.params)
        folder.mkdir(parents=True, exist_ok=True)
        job = self._ctx.job and _job_of_trial(self._ctx.job, parameters, folder=folder)
        with self._tuning.tracker_for(f"{self._tuning.what} trial {trial.number}") as tracker:
            tracker.log_params(parameters)
            return self._train(
                replace(
                    self._ctx,
                    hyperparameters=hyperparameters,
                    checkpoint_dir=folder,
                    job=job,
                    tracker=tracker,
                    reporter=reporter,
                )
            )

    def _end(
        self,
        trial: Any,  # noqa: ANN401 - Optuna's
        state: Any,  # noqa: ANN401 - Optuna's
        started: float,
        *,
        value: float | None = None,
        score: float | None = None,
        sentence: str = "",
    ) -> None:
        for name, kept in (("seconds", time.monotonic() - started), ("value", value), ("sentence", sentence)):
            trial.set_user_attr(name, kept)
        self._study.tell(trial, score, state=state)
        self._keep_only_best()
        row = self.rows()[-1]
        self._ctx.reporter.say("trial", **asdict(row), done=len(self.rows()), total=self._tuning.trials)
        if row.value is not None:
            self._ctx.tracker.log_metrics({"tuning/value": row.value}, step=row.number)

    def _score(self, result: TrainingResult, reporter: TrialReporter) -> float:
        """What Optuna maximizes: the probe's best answer where there is one, else the metric of the result."""
        found = (PROBE, False, reporter.score)
        if reporter.score is None:
            found = (result.primary_metric_name, result.minimize, float(result.primary_metric))
        name, minimize, value = found
        if value is None or not math.isfinite(value):
            raise UserError(f"The training measured {name} as {value}, which is no finite number.")
        metric = self._study.user_attrs.get("metric")
        if metric is None:
            self._study.set_user_attr("metric", name)
            self._study.set_user_attr("minimize", minimize)
        elif metric != name:
            raise UserError(f"This trial measured {name} and earlier ones {metric}: they cannot be compared.")
        return -value if minimize else value

    def _value_of(self, score: float) -> float:
        return -score if self._study.user_attrs.get("minimize") else score

    _score_of = _value_of

    def rows(self) -> list[TrialRow]:
        """The trials that came to an end, in order; without those that only repeated another."""
        from optuna.trial import TrialState

        names = {TrialState.COMPLETE: "complete", TrialState.PRUNED: "pruned", TrialState.FAIL: "failed"}
        return [
            TrialRow(
                trial.number,
                names[trial.state],
                trial.user_attrs["value"],
                self._values(trial.params),
                trial.user_attrs["seconds"],
                trial.user_attrs["sentence"],
            )
            for trial in self._study.get_trials(deepcopy=False)
            if trial.state.is_finished() and "seconds" in trial.user_attrs
        ]

    def _row_with(self, parameters: Mapping[str, Any]) -> TrialRow | None:
        return next((row for row in self.rows() if row.parameters == parameters), None)

    def _best(self) -> Any:  # noqa: ANN401 - Optuna's
        from optuna.trial import TrialState

        trials = self._study.get_trials(deepcopy=False, states=(TrialState.COMPLETE,))
        # The first of equals: one that only repeats another has no checkpoint of its own.
        return max((each for each in trials if "seconds" in each.user_attrs), key=lambda each: each.value, default=None)

    def _keep_only_best(self) -> None:
        """Fifty trials would leave fifty models behind."""
        best = self._best()
        kept = self._folder_of(best.params) if best else None
        for folder in self._folder.iterdir() if self._folder.is_dir() else ():
            if folder != kept:
                shutil.rmtree(folder, ignore_errors=True)

    def _folder_of(self, params: Mapping[str, Any]) -> Path:
        return self._folder / f"trial-{_digest(dict(params))}"

    def _values(self, params: Mapping[str, Any]) -> dict[str, Any]:
        return {key.name: key.value(params[key.name]) for key in self._keys if key.name in params}

    def summary(self) -> dict[str, Any]:
        """The last message: the table, the best values, and the lines to paste into the configuration."""
        rows, best = self.rows(), self._best()
        failed = [row for row in rows if row.state == "failed"]
        if rows and len(failed) == len(rows):
            count = f"All {len(rows)} trials" if len(rows) > 1 else "The only trial"
            raise UserError(f"{count} failed: {failed[0].sentence}")
        parameters = self._values(best.params) if best else {}
        return {
            "study": self._study.study_name,
            "metric": self._study.user_attrs.get("metric", ""),
            "minimize": self._study.user_attrs.get("minimize", False),
            "complete": not self._ctx.reporter.stopped(),
            "trials": [asdict(row) for row in rows],
            "asked": self._tuning.trials,
            "best": {
                "number": best.number,
                "value": best.user_attrs["value"],
                "parameters": parameters,
                "checkpoint": best.user_attrs["checkpoint"],
            }
            if best
            else None,
            "yaml": yaml.safe_dump({"hyperparameters": parameters}, sort_keys=False) if best else "",
        }


@contextmanager
def _study(tuning: Tuning, name: str) -> Iterator[Any]:
    """The study in its file, opened or begun; raises UserError for a file that Optuna cannot use."""
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    try:
        tuning.storage.parent.mkdir(parents=True, exist_ok=True)
        storage = optuna.storages.RDBStorage(f"sqlite:///{tuning.storage}")
    except Exception as error:  # SQLAlchemy, Alembic and Optuna have errors of their own for it
        logger.warning("the study could not be opened", exc_info=True)
        raise UserError(f"{tuning.storage} cannot be used for tuning: {brief(error)}.") from error
    try:
        study = optuna.create_study(
            storage=storage,
            study_name=name,
            direction="maximize",
            load_if_exists=True,
            pruner=optuna.pruners.MedianPruner(n_startup_trials=TRIALS_BEFORE_PRUNING, n_warmup_steps=1),
        )
        # A sampler begins anew with each run: with one seed for all, a resumed study would ask what it asked before.
        study.sampler = optuna.samplers.TPESampler(seed=tuning.seed + len(study.get_trials(deepcopy=False)))
        yield study
    finally:
        storage.remove_session()
        storage.engine.dispose()


def _job_of_trial(job: TrainingJob, parameters: Mapping[str, Any], *, folder: Path) -> TrainingJob:
    """The same job with these values, which no preset may replace: they count as written down by the owner."""
    explicit = sorted({*job.options.get("explicit", ()), *parameters})
    return replace(
        job,
        hyperparameters=job.hyperparameters | dict(parameters),
        checkpoint_dir=folder,
        options=job.options | {"explicit": explicit},
    )


def _study_name(ctx: TrainingContext, tuning: Tuning, keys: list[Searched]) -> str:
    """Equal names mean trials that can be compared."""
    fixed = {name: repr(value) for name, value in ctx.hyperparameters.items() if name not in {k.name for k in keys}}
    job = ctx.job and {
        "version": ctx.job.embedding_version,
        "classes": [ctx.job.encoder_class, ctx.job.classifier_class],
        "excerpt": asdict(ctx.job.excerpt),
        "seed": ctx.job.seed,
        "options": {name: ctx.job.options.get(name) for name in ("preset", "mode", "train_fn", "explicit")},
    }
    space = {key.name: repr(key.distribution) for key in keys}
    subject = {"what": tuning.what, "data": fingerprint_of(ctx.songs), "space": space, "fixed": fixed, "job": job}
    return f"{tuning.what}-{_digest(subject)}".replace("/", "_")


def _digest(subject: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(subject, sort_keys=True, default=repr).encode()).hexdigest()[:10]
