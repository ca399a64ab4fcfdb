"""Training functions of the owner's: found beside the configuration, called, and every broken promise a sentence."""

import logging
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from core.errors import UserError
from core.training.context import TrainingContext, TrainingResult
from core.training.experiments.own_function import load_function, run_function
from tests.recorded_messages import Messages

OWN = """
from pathlib import Path
from core import TrainingContext, TrainingResult

def train_stage(ctx: TrainingContext) -> TrainingResult:
    best = ctx.checkpoint_dir / "mine.pt"
    best.write_text("weights")
    return TrainingResult(0.5 * ctx.hyperparameters["scale"], "my_loss", minimize=True, best_model_path=best)

def broken(ctx):
    raise KeyError("encoder_lrr")

def quits(ctx):
    raise SystemExit(3)

def greedy(ctx, other):
    pass

async def later(ctx):
    pass

class Trainer:
    pass

NUMBER = 3
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "own_training.py").write_text(OWN)
    for name in [name for name in sys.modules if name == "own_training"]:
        monkeypatch.delitem(sys.modules, name)
    return tmp_path


@pytest.fixture
def ctx(tmp_path: Path) -> TrainingContext:
    return TrainingContext({"scale": 2.0}, "cpu", tmp_path)


def result(path: Path, **values: object) -> TrainingResult:
    (path / "best.pt").touch()
    usual = {
        "primary_metric": 0.5,
        "primary_metric_name": "loss",
        "minimize": True,
        "best_model_path": path / "best.pt",
    }
    return TrainingResult(**(usual | values))  # type: ignore[arg-type]


def test_a_function_is_found_and_run(folder: Path, ctx: TrainingContext) -> None:
    function = load_function("own_training:train_stage", relative_to=folder)
    found = run_function(function, ctx, reference="own_training:train_stage")
    assert (found.primary_metric, found.primary_metric_name) == (1.0, "my_loss")
    assert found.best_model_path.read_text() == "weights"


@pytest.mark.parametrize(
    ("reference", "sentence"),
    [
        ("own_training", "package.module:function"),
        ("own_training:", "package.module:function"),
        ("missing_training:f", 'no module "missing_training"'),
        ("own_training:missing", 'no function "missing"'),
        ("own_training:Trainer", "def Trainer"),
        ("own_training:NUMBER", "def NUMBER"),
        ("own_training:later", "def later"),
        ("own_training:greedy", "one argument"),
    ],
)
def test_what_cannot_be_called_is_one_sentence(folder: Path, reference: str, sentence: str) -> None:
    with pytest.raises(UserError) as raised:
        load_function(reference, relative_to=folder)
    assert sentence in str(raised.value)


@pytest.mark.parametrize(("name", "reason"), [("broken", "KeyError: 'encoder_lrr'"), ("quits", "SystemExit: 3")])
def test_an_error_is_one_sentence_with_its_traceback_in_the_log(
    folder: Path, ctx: TrainingContext, caplog: pytest.LogCaptureFixture, name: str, reason: str
) -> None:
    function = load_function(f"own_training:{name}", relative_to=folder)
    with caplog.at_level(logging.ERROR), pytest.raises(UserError) as raised:
        run_function(function, ctx, reference=f"own_training:{name}")
    assert reason in str(raised.value)
    assert "\n" not in str(raised.value)
    assert "Traceback" in caplog.text


def test_a_sentence_of_ours_is_left_as_it_is(ctx: TrainingContext) -> None:
    def refuses(_: TrainingContext) -> TrainingResult:
        message = "Rate more songs."
        raise UserError(message)

    with pytest.raises(UserError, match=r"^Rate more songs\.$"):
        run_function(refuses, ctx, reference="mine:refuses")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"primary_metric": float("nan")}, "finite number"),
        ({"primary_metric": float("inf")}, "finite number"),
        ({"primary_metric": "0.5"}, "finite number"),
        ({"primary_metric": torch.zeros(2)}, "finite number"),
        ({"primary_metric": None}, "finite number"),
        ({"best_model_path": Path("never.pt")}, "no such file"),
        ({"best_model_path": None}, "no such file"),
        ({"details": {"model": object()}}, "plain values"),
    ],
)
def test_a_broken_promise_is_one_sentence(ctx: TrainingContext, values: dict[str, object], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        run_function(lambda c: result(c.checkpoint_dir, **values), ctx, reference="mine:f")


@pytest.mark.parametrize("returned", [None, 0.5, {"primary_metric": 0.5}])
def test_only_a_result_is_a_result(ctx: TrainingContext, returned: object) -> None:
    with pytest.raises(UserError, match="must return a TrainingResult"):
        run_function(lambda _: returned, ctx, reference="mine:f")  # type: ignore[arg-type,return-value]


def test_a_tensor_and_a_relative_path_are_understood(ctx: TrainingContext) -> None:
    found = run_function(
        lambda c: result(c.checkpoint_dir, primary_metric=torch.tensor(0.25), best_model_path="best.pt"),
        ctx,
        reference="mine:f",
    )
    assert found.primary_metric == 0.25
    assert found.best_model_path == ctx.checkpoint_dir / "best.pt"


def test_a_run_that_was_stopped_before_it_began_owes_nothing(ctx: TrainingContext) -> None:
    values = {"primary_metric": float("inf"), "best_model_path": Path("never.pt"), "details": {"stopped": True}}
    stopping = replace(ctx, reporter=Messages(stop_after=("epoch", 0)))
    assert run_function(lambda c: result(c.checkpoint_dir, **values), stopping, reference="mine:f").details["stopped"]
    with pytest.raises(UserError, match="finite number"):
        run_function(lambda c: result(c.checkpoint_dir, **values), ctx, reference="mine:f")
