"""Tuning over training functions that cost nothing: it finds the best, goes on where it was, prunes, fails in words."""

import importlib.util
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from core.errors import UserError
from core.training import tuning as tuning_module
from core.training.context import TrainingContext, TrainingResult
from core.training.loop.encoder_config import TEACHING
from core.training.protocol import TrainingJob
from core.training.tracking import Untracked
from core.training.tuning import Tuning, tune
from tests.planted_jobs import planted_job
from tests.recorded_messages import Messages

pytest.importorskip("optuna")
sqlalchemy = pytest.importorskip("sqlalchemy")
event = sqlalchemy.event

SPACE: dict[str, dict[str, Any]] = {"encoder_lr": {"type": "loguniform", "low": 1e-5, "high": 1e-1}}
BEST_RATE = 1e-3


class Killed(BaseException):
    """Stands for a process that is gone."""


@dataclass
class Training:
    """Best at ``BEST_RATE``; remembers what it was called with."""

    asked: list[float] = field(default_factory=list)
    epochs: int = 0
    before: Callable[[TrainingContext], None] = lambda _: None

    def __call__(self, ctx: TrainingContext) -> TrainingResult:
        rate = ctx.hyperparameters["encoder_lr"]
        self.asked.append(rate)
        self.before(ctx)
        best = ctx.checkpoint_dir / "encoder_best.pt"
        best.write_text(str(rate))
        distance = abs(math.log10(rate / BEST_RATE))
        ran = 0
        for epoch in range(1, self.epochs + 1):
            ran = epoch
            ctx.reporter.say("probe", epoch=epoch, **{"probe/score": 1.0 - distance * epoch / self.epochs})
            ctx.reporter.say("epoch", epoch=epoch, **{"probe/score": 1.0 - distance * epoch / self.epochs})
            if ctx.reporter.stopped():
                break
        details = {"stopped": ctx.reporter.stopped(), "epochs": ran}
        return TrainingResult(distance, "encoder_loss", minimize=True, best_model_path=best, details=details)


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk() -> Iterator[None]:
    """Each trial writes some fifteen times, and a busy disk takes its time to swear to each."""
    event.listen(sqlalchemy.Engine, "connect", swear_nothing)
    yield
    event.remove(sqlalchemy.Engine, "connect", swear_nothing)


def swear_nothing(connection: Any, _: object) -> None:  # noqa: ANN401 - a connection of the driver
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture
def ctx(tmp_path: Path) -> TrainingContext:
    return TrainingContext({"encoder_lr": 0.1, "encoder_epochs": 3}, "cpu", tmp_path, reporter=Messages())


@pytest.fixture
def tuning(tmp_path: Path) -> Tuning:
    return Tuning("encoder", SPACE, 4, tmp_path / "store" / "tuning.db")


def reports(ctx: TrainingContext) -> Messages:
    assert isinstance(ctx.reporter, Messages)
    return ctx.reporter


def test_the_best_is_found_and_can_be_pasted(ctx: TrainingContext, tuning: Tuning) -> None:
    training = Training()
    found = tune(ctx, training, tuning=tuning)
    assert [row["state"] for row in found["trials"]] == ["complete"] * 4
    assert (found["metric"], found["minimize"]) == ("encoder_loss", True)
    assert found["best"]["value"] == min(row["value"] for row in found["trials"])
    assert yaml.safe_load(found["yaml"]) == {"hyperparameters": found["best"]["parameters"]}
    assert all(row["seconds"] >= 0 for row in found["trials"])
    assert [each["done"] for each in reports(ctx).of("trial")] == [1, 2, 3, 4]
    # The one model that is left is the best one's.
    assert Path(found["best"]["checkpoint"]).read_text() == str(found["best"]["parameters"]["encoder_lr"])
    assert len(list(ctx.checkpoint_dir.rglob("encoder_best.pt"))) == 1


def test_asked_again_it_repeats_nothing(ctx: TrainingContext, tuning: Tuning) -> None:
    first, again, more = Training(), Training(), Training()
    found = tune(ctx, first, tuning=tuning)
    assert tune(ctx, again, tuning=tuning)["trials"] == found["trials"]
    assert again.asked == []
    further = tune(ctx, more, tuning=replace(tuning, trials=5))
    assert len(more.asked) == 1
    assert set(more.asked).isdisjoint(first.asked)
    assert further["trials"][:4] == found["trials"]


@pytest.mark.parametrize(
    "change",
    [
        lambda ctx, tuning: (replace(ctx, hyperparameters=ctx.hyperparameters | {"encoder_epochs": 4}), tuning),
        lambda ctx, tuning: (ctx, replace(tuning, what="mine:train")),
        lambda ctx, tuning: (ctx, replace(tuning, space={"encoder_lr": SPACE["encoder_lr"] | {"low": 1e-6}})),
    ],
    ids=["other settings", "another function", "another space"],
)
def test_what_cannot_be_compared_is_another_study(ctx: TrainingContext, tuning: Tuning, change: Any) -> None:  # noqa: ANN401
    first = tune(ctx, Training(), tuning=replace(tuning, trials=1))
    changed, asked = change(ctx, replace(tuning, trials=1))
    assert tune(changed, Training(), tuning=asked)["study"] != first["study"]


def test_a_bad_beginning_is_pruned_by_the_probe(ctx: TrainingContext, tuning: Tuning) -> None:
    found = tune(ctx, Training(epochs=5), tuning=replace(tuning, trials=10))
    states = [row["state"] for row in found["trials"]]
    assert states[:4] == ["complete"] * 4
    assert "pruned" in states
    assert (found["metric"], found["minimize"]) == ("probe/score", False)
    assert found["best"]["value"] == max(row["value"] for row in found["trials"] if row["state"] == "complete")
    assert found["complete"]


def test_a_stopped_study_takes_its_trial_up_again(ctx: TrainingContext, tuning: Tuning) -> None:
    first, rest = Training(epochs=3), Training(epochs=3)
    stopping = replace(ctx, reporter=Messages(stop_after=("epoch", 5)))
    found = tune(stopping, first, tuning=tuning)
    assert not found["complete"]
    assert [row["state"] for row in found["trials"]] == ["complete"]
    found = tune(ctx, rest, tuning=tuning)
    assert rest.asked[0] == first.asked[1]
    assert len(found["trials"]) == 4
    assert found["complete"]


def test_a_killed_study_takes_its_trial_up_again_where_its_checkpoint_lies(
    ctx: TrainingContext, tuning: Tuning
) -> None:
    folders: list[Path] = []

    def dies(trial: TrainingContext) -> None:
        folders.append(trial.checkpoint_dir)
        (trial.checkpoint_dir / "encoder_last.pt").write_text("half")
        raise Killed

    first = Training(before=dies)
    with pytest.raises(Killed):
        tune(ctx, first, tuning=tuning)
    seen: list[bool] = []
    rest = Training(before=lambda trial: seen.append((trial.checkpoint_dir / "encoder_last.pt").exists()))
    assert len(tune(ctx, rest, tuning=tuning)["trials"]) == 4
    assert rest.asked[0] == first.asked[0]
    assert seen == [True] + [False] * 3


def test_a_failed_trial_is_a_row_and_the_study_goes_on(ctx: TrainingContext, tuning: Tuning) -> None:
    training = Training()

    def refuses_one(_: TrainingContext) -> None:
        if len(training.asked) == 2:
            message = "The loss is no number any more."
            raise UserError(message)

    training.before = refuses_one
    found = tune(ctx, training, tuning=tuning)
    assert [row["state"] for row in found["trials"]].count("failed") == 1
    assert found["trials"][1]["sentence"] == "The loss is no number any more."
    assert found["best"]["number"] != 1


def test_when_all_fail_the_first_sentence_is_said(ctx: TrainingContext, tuning: Tuning) -> None:
    def refuses(_: TrainingContext) -> TrainingResult:
        message = "No music here."
        raise UserError(message)

    with pytest.raises(UserError, match=r"^All 4 trials failed: No music here\.$"):
        tune(ctx, refuses, tuning=tuning)


def test_a_metric_that_is_no_number_fails_the_trial(ctx: TrainingContext, tuning: Tuning) -> None:
    def vague(trial: TrainingContext) -> TrainingResult:
        return TrainingResult(float("nan"), "loss", minimize=True, best_model_path=trial.checkpoint_dir)

    with pytest.raises(UserError, match="measured loss as nan"):
        tune(ctx, vague, tuning=replace(tuning, trials=1))


def test_a_small_space_is_searched_through_once(
    ctx: TrainingContext, tuning: Tuning, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tuning_module, "MOST_REPEATS", 6)
    space: Mapping[str, Mapping[str, Any]] = {"encoder_lr": {"type": "categorical", "choices": [1e-4, 1e-3]}}
    training = Training()
    found = tune(ctx, training, tuning=replace(tuning, space=space))
    assert sorted(training.asked) == [1e-4, 1e-3]
    assert len(found["trials"]) == 2
    assert found["best"]["parameters"] == {"encoder_lr": 1e-3}
    assert Path(found["best"]["checkpoint"]).exists()


def test_what_is_tried_counts_as_written_down_by_the_owner(ctx: TrainingContext, tuning: Tuning) -> None:
    """A preset replaces what was not."""
    jobs: list[TrainingJob | None] = []
    job = replace(planted_job(ctx.checkpoint_dir), options={"explicit": ["dropout"]})
    training = Training(before=lambda trial: jobs.append(trial.job))
    tune(replace(ctx, job=job, songs=job.songs), training, tuning=replace(tuning, trials=1))
    assert jobs[0] is not None
    assert jobs[0].options["explicit"] == ["dropout", "encoder_lr"]
    assert jobs[0].hyperparameters["encoder_lr"] == training.asked[0]
    assert jobs[0].checkpoint_dir != job.checkpoint_dir


def test_a_teacher_is_not_what_is_judged(ctx: TrainingContext, tuning: Tuning) -> None:
    def teaches(trial: TrainingContext) -> None:
        trial.reporter.say("stage", name=TEACHING)
        trial.reporter.say("probe", epoch=40, **{"probe/score": 99.0})
        trial.reporter.say("stage", name="Training the student")

    found = tune(ctx, Training(before=teaches, epochs=2), tuning=replace(tuning, trials=1))
    assert found["best"]["value"] < 1.0


def test_the_preset_is_told_once_for_all_trials(ctx: TrainingContext, tuning: Tuning) -> None:
    training = Training(before=lambda trial: trial.reporter.say("preset", name="quick", reason="It was asked for."))
    tune(ctx, training, tuning=replace(tuning, trials=3))
    assert [each["name"] for each in reports(ctx).of("preset")] == ["quick"]


def test_each_trial_has_a_tracked_run_of_its_own(ctx: TrainingContext, tuning: Tuning) -> None:
    opened: list[str] = []

    def tracker_for(name: str) -> Untracked:
        opened.append(name)
        return Untracked()

    tune(ctx, Training(), tuning=replace(tuning, trials=2, tracker_for=tracker_for))
    assert opened == ["encoder trial 0", "encoder trial 1"]


def test_without_optuna_a_sentence_says_what_brings_it(
    ctx: TrainingContext, tuning: Tuning, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(UserError, match=r'pip install "marmalade\[tuning\]"'):
        tune(ctx, Training(), tuning=tuning)


def test_a_file_that_is_no_study_is_one_sentence(ctx: TrainingContext, tuning: Tuning) -> None:
    tuning.storage.parent.mkdir()
    tuning.storage.write_text("not a database" * 100)
    with pytest.raises(UserError, match=r"tuning\.db cannot be used for tuning"):
        tune(ctx, Training(), tuning=tuning)
