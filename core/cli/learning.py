"""Commands about learning: train, evaluate."""

from typing import Any

from core.cli.shell import Shell, command, required
from core.cli.terminal import Terminal, stopped_by_interrupt
from core.errors import UserError
from core.training.process import TrainingFinished


@command("train-classifier")
def train_classifier(shell: Shell) -> None:
    """Learn from your ratings and predict every song."""
    terminal = shell.terminal
    with shell.engine() as engine, stopped_by_interrupt() as control:
        events = engine.train_classifier(control=control)
        result = _result(terminal.follow(events, what="Learning", kind=TrainingFinished))
    if terminal.as_json:
        names = ("checkpoint", "primary_metric", "primary_metric_name", "epochs", "seconds")
        terminal.json({"version": result["model_version"], **{name: result[name] for name in names}})
    else:
        terminal.say(
            f"Learned from {result['songs']} ratings in {result['seconds']:.1f} s ({result['epochs']} epochs, "
            f"held-out error {result['primary_metric']:.4f}); {result['predicted']} songs have a prediction."
        )


@command("evaluate")
def evaluate(shell: Shell) -> None:
    """Measure the predictions on songs that were held out, against predictors that do not listen."""
    terminal = shell.terminal
    with shell.engine() as engine, stopped_by_interrupt() as control:
        events = engine.evaluate(control=control)
        result = _result(terminal.follow(events, what="Evaluating", kind=TrainingFinished))
    if terminal.as_json:
        terminal.json({name: value for name, value in result.items() if name != "seconds"})
        return
    for name in ("unseen_artist", "known_artist"):
        _tell_question(terminal, name, result[name])


def _tell_question(terminal: Terminal, name: str, answer: dict[str, Any]) -> None:
    if not answer:
        terminal.say(f"{name}: there are too few ratings to hold any out.")
        return
    lines = {"model": answer["model"], **answer["baselines"]}
    columns = list(answer["model"])
    rows = [[who, *("-" if line[key] is None else line[key] for key in columns)] for who, line in lines.items()]
    terminal.table(f"{name} ({answer['songs']} songs; errors in stars)", ["", *columns], rows)


def _result(finished: TrainingFinished | None) -> dict[str, Any]:
    result = required(finished).result
    if not finished or not finished.complete:
        raise UserError("Stopped before the end; what was learned before stays in use.")
    return dict(result)
