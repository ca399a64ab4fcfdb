"""The command that searches for better hyperparameters."""

from pathlib import Path
from typing import Annotated, Any

import typer

from core.cli.shell import Shell, command, required
from core.cli.terminal import Terminal, stopped_by_interrupt
from core.errors import UserError
from core.training.process import TrainingFinished

WHAT = ("encoder", "classifier", "joint")
YAML = (".yaml", ".yml")


@command("tune")
def tune(
    shell: Shell,
    what: Annotated[str, typer.Argument(metavar="encoder|classifier|joint|CONFIG", help="What is tuned.")],
    train_fn: Annotated[str | None, typer.Option(help="Your own training function: package.module:function.")] = None,
    n_trials: Annotated[int | None, typer.Option(min=1, help="Trials in all, those of earlier runs included.")] = None,
    tuner: Annotated[str, typer.Option(help="What searches; optuna is the only one.")] = "optuna",
) -> None:
    """Search for better hyperparameters in the space that the configuration names; starting again goes on."""
    if tuner != "optuna":
        raise typer.BadParameter(f"there is no tuner {tuner}: optuna is the only one.")
    config = Path(what) if what.endswith(YAML) else None
    subject = _subject(what, train_fn, is_config=config is not None)
    terminal = shell.terminal
    with shell.engine(config) as engine, stopped_by_interrupt() as control:
        events = engine.learning.tune(subject, train_fn=train_fn, trials=n_trials, control=control)
        finished = required(terminal.follow(events, what="Tuning", kind=TrainingFinished))
    if not finished.complete and not finished.result.get("trials"):
        raise UserError("Stopped before the first trial was through; the same command goes on.")
    _tell(terminal, finished.result)


def _subject(what: str, train_fn: str | None, *, is_config: bool) -> str:
    if train_fn is not None:
        return train_fn
    if what in WHAT:
        return what
    if is_config:
        raise typer.BadParameter("with a configuration as the first word, --train-fn says what is tuned.")
    raise typer.BadParameter(f"{what} cannot be tuned: name one of {', '.join(WHAT)}, or a configuration.")


def _tell(terminal: Terminal, result: dict[str, Any]) -> None:
    if terminal.as_json:
        terminal.json({name: value for name, value in result.items() if name != "seconds"})
        return
    rows = [
        (row["number"], row["state"], _number(row["value"]), _parameters(row), f"{row['seconds']:.0f}")
        for row in result["trials"]
    ]
    terminal.table(f"{len(rows)} of {result['asked']} trials", ["", "", result["metric"], "with", "seconds"], rows)
    if result["best"]:
        terminal.say(f"The best is number {result['best']['number']}. To use it, put this into your configuration:")
        terminal.say(result["yaml"].rstrip())


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}"


def _parameters(row: dict[str, Any]) -> str:
    return row["sentence"] or ", ".join(f"{name} {value}" for name, value in row["parameters"].items())
